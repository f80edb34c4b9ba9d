//! Units: the district, its departments, townships, and the enterprises, which are the sites.

use serde::{Deserialize, Serialize};

use crate::id::UnitId;

/// Where a unit stands (层级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum UnitLevel {
    /// 区
    District,
    /// 区直部门
    Department,
    /// 乡镇（街道）
    Township,
    /// 生产经营单位
    Enterprise,
}

impl UnitLevel {
    /// Everything but enterprises.
    #[must_use]
    pub const fn is_government(self) -> bool {
        !matches!(self, Self::Enterprise)
    }
}

/// On what ground a unit may order rectification (责令整改权限).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// 法定
    Statutory,
    /// 委托
    Delegated,
}

/// A site's risk colour (风险等级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// 红
    Red,
    /// 橙
    Orange,
    /// 黄
    Yellow,
    /// 蓝
    Blue,
}

/// A node of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name, unique among government units.
    pub name: String,
    /// Where it stands.
    pub level: UnitLevel,
    /// What the import finds it by: the credit code of an enterprise, else the name.
    pub key: String,
    /// Above it in territory (属地).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// 行业
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Its industry's regulators (行业主管部门).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regulators: Vec<UnitId>,
    /// A district-wide remit (全区监管职责), in its words: the unit then oversees every site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remit: Option<String>,
    /// The power to order rectification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<Power>,
    /// 地址
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// (latitude, longitude), WGS-84 degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(f64, f64)>,
    /// 风险等级
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// 从业人数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<u32>,
}
