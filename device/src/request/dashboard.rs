//! The dashboard: few numbers that somebody acts on, each with the records behind it.

use serde::{Deserialize, Serialize};

use super::area::Unsynced;
use super::finding::FindingRow;
use super::shown::{PersonShown, UnitShown};

/// What a number counts; its records are the finding table's with the same measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Past the deadline, not rectified.
    Overdue,
    /// Reported, nobody ordered anything.
    NotOrdered,
    /// Rectified, nobody re-checked.
    NotRechecked,
    /// Major, not closed.
    MajorOpen,
    /// With a deadline in the period that counts.
    Due,
    /// Those of them that were not rectified in time.
    DueMissed,
    /// Reported in the period.
    Reported,
}

/// The dashboard of a unit in a period.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Dashboard {
    /// Whose; none for who has no unit.
    pub unit: Option<UnitShown>,
    /// `2026-11`, `2026-Q4` or `2026`.
    pub period: String,
    /// It is the running one: the numbers are of now.
    pub running: bool,
    /// Overdue, not ordered, not re-checked, major.
    pub numbers: Vec<DashboardNumber>,
    /// Rectified on time ÷ due in the period.
    pub rate: Option<Rate>,
    /// The same of the period before.
    pub before: Option<Rate>,
    /// How many were left out of the rate.
    pub left_out: u32,
    /// The unit's own goal for this rate, in per cent.
    pub goal: Option<f64>,
    /// The rate of each month of the year that has begun.
    pub months: Vec<MonthRate>,
    /// By township; within a township by site. What holds the rate back comes first.
    pub parts: Vec<DashboardPart>,
    /// Findings reported in the period by the checklist's section; the most first.
    pub kinds: Vec<DashboardKind>,
    /// The longest overdue, with whom it has come up to.
    pub overdue: Vec<Escalated>,
    /// Devices of the unit's people that have not synced for more than a day.
    pub unsynced: Vec<Unsynced>,
}

/// A number of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DashboardNumber {
    /// What it counts.
    pub measure: Measure,
    /// How many.
    pub count: u32,
    /// How many of them are past the day by which something is to be done.
    pub late: u32,
    /// The one that waits longest: its site's short name and the days since, if there is one.
    pub longest: Option<(String, i32)>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rate {
    /// As they should be.
    pub good: u32,
    /// Of all; 0: there was nothing to count.
    pub of: u32,
}

/// A month's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MonthRate {
    /// 1–12
    pub month: u8,
    /// Its rate; none while it isn't counted (before counting began, or still to come).
    pub rate: Option<Rate>,
    /// It is running: its number is so far.
    pub running: bool,
}

/// A part of the area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DashboardPart {
    /// The township or the site.
    pub unit: UnitShown,
    /// Rectified on time ÷ due in the period.
    pub rate: Rate,
    /// Overdue.
    pub overdue: u32,
    /// Not re-checked.
    pub not_rechecked: u32,
    /// Major, not closed.
    pub major: u32,
}

/// Findings of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DashboardKind {
    /// The checklist's section; empty: found without a checklist.
    pub section: String,
    /// Reported.
    pub reported: u32,
    /// Of these not closed.
    pub open: u32,
}

/// An overdue finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Escalated {
    /// Its row.
    pub row: FindingRow,
    /// The leader that it has come up to.
    pub to: Option<PersonShown>,
}
