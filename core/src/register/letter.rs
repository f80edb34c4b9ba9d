//! Letters of responsibility and their targets.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, RowId, UnitId};

/// Whom a letter binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// A unit, and with it its main leader.
    Unit(UnitId),
    /// A person.
    Person(PersonId),
}

/// A letter of responsibility (责任书) for a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// 年度
    pub year: i32,
    /// 签发单位
    pub issuer: UnitId,
    /// 签订单位（人）
    pub signer: Signer,
}

/// What a target runs over (周期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 月
    Month,
    /// 季
    Quarter,
    /// 年
    Year,
}

/// A decimal number as the spreadsheet has it, kept exact: thousandths.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Goal(pub i64);

impl Goal {
    /// A whole number.
    #[must_use]
    pub const fn whole(n: i32) -> Self {
        Self((n as i64).saturating_mul(1000))
    }
}

/// How a value becomes points (评分规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointRule {
    /// 按比例得分
    Proportional,
    /// 全有或全无
    AllOrNothing,
    /// 每条/每次扣N分, in thousandths of a point.
    Deduct(Goal),
}

/// One target (目标) of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which letter.
    pub letter: RowId,
    /// The metric's code in [`crate::target::catalogue`], if the name is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// 指标, as the spreadsheet words it.
    pub name: String,
    /// 目标值, thousandths; "100%" and a percent cell are 100.
    pub goal: Goal,
    /// 周期
    pub period: Period,
    /// 分值, thousandths of a point.
    pub weight: Goal,
    /// 评分规则
    pub rule: PointRule,
    /// 一票否决
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub veto: bool,
}
