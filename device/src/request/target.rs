//! Targets: progress, what is left, whose targets a visit counts for, a number's records.

use serde::{Deserialize, Serialize};
use xunan_core::id::{RowId, UnitId};
use xunan_core::register::Period;
use xunan_core::target::Grade;

use super::shown::{Due, PersonShown, Place, UnitShown};

/// A target with its progress.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TargetRow {
    /// The target.
    pub id: RowId,
    /// As the letter words it.
    pub name: String,
    /// Its metric's code, if known.
    pub metric: Option<String>,
    /// What it runs over.
    pub period: Period,
    /// The running period: `2026-11`, `2026-Q4`, `2026`.
    pub label: String,
    /// How it stands.
    pub standing: Standing,
    /// What was counted and out of how many (rates), or the count and the goal.
    pub value: Option<(f64, f64)>,
    /// The goal as written.
    pub goal: f64,
    /// In per cent.
    pub percent: bool,
    /// 0..1 for the bar.
    pub progress: Option<f64>,
    /// Fewer is better.
    pub fewer: bool,
    /// Weight in points.
    pub weight: f64,
    /// Points so far, where the rule gives some.
    pub points: Option<f64>,
    /// Veto item.
    pub veto: bool,
    /// Items still doable, soonest first.
    pub left: Vec<LeftItem>,
    /// How many are left to do to reach the goal.
    pub missing: Option<f64>,
    /// Provisional until then.
    pub provisional: bool,
}

/// How a target stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "is", content = "why")]
pub enum Standing {
    /// 已达到
    Reached,
    /// Nothing to count, counted as met.
    MetByNothing,
    /// On its way.
    Running,
    /// 已达不到
    OutOfReach,
    /// The period is over and the goal was not reached.
    Missed,
    /// 未计数, with the reason's key: `no_training`, `not_visible`, `unknown_metric` …
    NotCounted(String),
    /// 未启用: before `counted_from`.
    NotStarted,
    /// 不适用
    NotApplicable,
    /// Counted and shown, no points: unlawful as a target.
    NoPoints(String),
}

/// Something still to do for a target.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LeftItem {
    /// Where a tap leads.
    pub place: Option<Place>,
    /// The site's short name.
    pub site: String,
    /// By when.
    pub due: Option<Due>,
    /// The month it falls into.
    pub month: Option<u8>,
}

/// Whose targets a visit counts for: 计入 N 人、M 个单位.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CountsFor {
    /// People with what it counts for.
    pub people: Vec<(PersonShown, Vec<TargetBrief>)>,
    /// Units with what it counts for.
    pub units: Vec<(UnitShown, Vec<TargetBrief>)>,
}

/// A target in a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TargetBrief {
    /// The target.
    pub id: RowId,
    /// As the letter words it.
    pub name: String,
    /// How many are left to do, if that can be said.
    pub missing: Option<f64>,
}

/// A number's records.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Number {
    /// The target with its progress in this period.
    pub target: TargetRow,
    /// Whose letter.
    pub whose: String,
    /// Periods that can be chosen.
    pub periods: Vec<String>,
    /// What was counted, problems first.
    pub counted: Vec<Counted>,
    /// What was left out, by reason.
    pub left_out: Vec<(String, Vec<Counted>)>,
}

/// A record behind a number.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Counted {
    /// Where a tap leads.
    pub place: Option<Place>,
    /// The site's short name.
    pub site: String,
    /// The finding's text, the visit's kind …
    pub line: String,
    /// In the numerator.
    pub counts: bool,
    /// How many days it took, for numbers about time.
    pub days: Option<i32>,
    /// Its date.
    pub date: Option<xunan_core::timestamp::Date>,
    /// By when it can still be done.
    pub due: Option<Due>,
}

/// My letter and my unit's letters.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Responsibility {
    /// My own letters.
    pub own: Vec<LetterView>,
    /// My units' letters.
    pub unit: Vec<LetterView>,
    /// Units below that have letters, with their totals.
    pub below: Vec<(UnitShown, Option<f64>)>,
}

/// A letter with its targets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LetterView {
    /// The letter.
    pub id: RowId,
    /// The year.
    pub year: i32,
    /// Issued by.
    pub issuer: String,
    /// Signed by.
    pub signer: String,
    /// Its unit, for a unit's letter.
    pub unit: Option<UnitId>,
    /// Its targets.
    pub targets: Vec<TargetRow>,
    /// Total of the counted targets, 0..100, and their weight.
    pub total: Option<f64>,
    /// Weight of the counted targets.
    pub counted_weight: f64,
    /// Weight of all targets.
    pub weight: f64,
    /// A veto item isn't reached.
    pub vetoed: bool,
    /// What the total amounts to so far.
    pub grade: Option<Grade>,
}

/// A unit's card.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitView {
    /// The unit.
    pub unit: UnitShown,
    /// Its letters.
    pub letters: Vec<LetterView>,
    /// Its people.
    pub people: Vec<PersonShown>,
    /// Units below.
    pub below: Vec<UnitShown>,
}
