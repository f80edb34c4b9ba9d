//! Persons, their posts, and their devices.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};
use crate::timestamp::{Date, Timestamp};

/// A person's enforcement certificate (执法证).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Certificate {
    /// 执法证号
    pub number: String,
    /// 证件有效期: valid through this day.
    pub expires: Date,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// 姓名
    pub name: String,
    /// 手机号; absent where the reader may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// 执法证
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

/// The ten kinds of post (岗位类别), which decide rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// 党委主要负责人
    Party,
    /// 主要领导
    Main,
    /// 分管领导
    InCharge,
    /// 一岗双责成员
    DualDuty,
    /// 安监人员
    Supervisor,
    /// 检查人员
    Inspector,
    /// 企业主要负责人
    Principal,
    /// 安全员
    SafetyOfficer,
    /// 从业人员
    Worker,
    /// 管理员
    Administrator,
}

impl PostKind {
    /// All ten.
    pub const ALL: [Self; 10] = [
        Self::Party,
        Self::Main,
        Self::InCharge,
        Self::DualDuty,
        Self::Supervisor,
        Self::Inspector,
        Self::Principal,
        Self::SafetyOfficer,
        Self::Worker,
        Self::Administrator,
    ];
    /// A leader: an inspection counts as led when one takes part in the leader's role.
    #[must_use]
    pub const fn is_leader(self) -> bool {
        matches!(
            self,
            Self::Party | Self::Main | Self::InCharge | Self::DualDuty
        )
    }
    /// Held in a government unit.
    #[must_use]
    pub const fn is_government(self) -> bool {
        self.is_leader() || matches!(self, Self::Supervisor | Self::Inspector)
    }
    /// Held in an enterprise.
    #[must_use]
    pub const fn is_enterprise(self) -> bool {
        matches!(self, Self::Principal | Self::SafetyOfficer | Self::Worker)
    }
}

/// A person's office in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// 岗位类别
    pub kind: PostKind,
    /// 职务, shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// 分管工作, shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub duties: String,
}

/// A person's device; its actors belong to it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Whose.
    pub person: PersonId,
    /// Ed25519 public key, hex.
    pub public_key: String,
    /// What it runs on, for showing.
    #[serde(default)]
    pub platform: String,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}
