//! The year's inspection plan.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};
use crate::timestamp::Date;

/// The kind of an inspection, and of a planned visit (检查方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    /// 日常, also 双随机
    Routine,
    /// 专项
    Special,
    /// 领导带队
    LeaderLed,
    /// 复查
    Recheck,
    /// 企业自查
    #[serde(rename = "self")]
    SelfInspection,
    /// 岗位自查
    Post,
}

impl InspectionKind {
    /// Its word in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Special => "special",
            Self::LeaderLed => "leader_led",
            Self::Recheck => "recheck",
            Self::SelfInspection => "self",
            Self::Post => "post",
        }
    }
    /// By people of government units; self-inspections and post checks are internal.
    #[must_use]
    pub const fn is_official(self) -> bool {
        !matches!(self, Self::SelfInspection | Self::Post)
    }
    /// From its word in records.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Routine,
            Self::Special,
            Self::LeaderLed,
            Self::Recheck,
            Self::SelfInspection,
            Self::Post,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// A row of the year's plan: a visit that a unit is to make to a site in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedVisit {
    /// 年度
    pub year: i32,
    /// 计划月份, 1–12
    pub month: u8,
    /// 检查单位
    pub unit: UnitId,
    /// 检查对象
    pub site: UnitId,
    /// 检查方式: routine, special or leader_led
    pub kind: InspectionKind,
    /// 检查表: codes
    #[serde(default)]
    pub lists: Vec<String>,
    /// 检查人员
    #[serde(default)]
    pub officers: Vec<PersonId>,
    /// 年度检查上限（次）, per unit and site
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Why and by whom it isn't as it was imported; what was, is in the earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<PlanChange>,
}

/// That a planned visit was moved, or its officers replaced, after the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Who changed it.
    pub by: PersonId,
    /// Why, in that person's words.
    pub reason: String,
}

impl PlannedVisit {
    /// The day on which it is due: the last of its month.
    #[must_use]
    pub fn due(&self) -> Date {
        last_day(self.year, self.month)
    }
    /// The last day on which it can be fulfilled: a visit is open until the end of the month after
    /// its month.
    #[must_use]
    pub fn open_until(&self) -> Date {
        let (year, month) = next(self.year, self.month);
        last_day(year, month)
    }
}

const fn next(year: i32, month: u8) -> (i32, u8) {
    if month >= 12 {
        (year.saturating_add(1), 1)
    } else {
        (year, month.saturating_add(1))
    }
}

/// The calendar's last day for what is no month.
fn last_day(year: i32, month: u8) -> Date {
    let (year, month) = next(year, month);
    let first = Date::from_ymd(year, month, 1);
    first.map_or(Date::LAST, |first| first.plus_days(-1))
}
