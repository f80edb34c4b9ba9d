//! The year's plan: sites by month, what is done and late, where nobody is to go.

use serde::{Deserialize, Serialize};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, PersonId, RowId};
use xunan_core::register::InspectionKind;

use super::shown::{PersonShown, UnitShown};

/// The year's plan of a unit's area.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanView {
    /// Whose plan; none for who has no unit.
    pub unit: Option<UnitShown>,
    /// The year.
    pub year: i32,
    /// Years that have a plan.
    pub years: Vec<i32>,
    /// The running month, if it is this year's.
    pub month: Option<u8>,
    /// Days left of the running month, today not counted.
    pub days_left: u32,
    /// Visits of the unit and those below it.
    pub sum: PlanSum,
    /// Sites, the riskier first.
    pub rows: Vec<PlanRow>,
    /// What to deal with, the most urgent first.
    pub matters: Vec<PlanMatter>,
}

/// Visits of a unit and those below it, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanSum {
    /// All of the year that are counted.
    pub all: u32,
    /// Made, with a complete record.
    pub done: u32,
    /// Their month is over; a visit until the end of the next still fulfils them.
    pub late: u32,
    /// Not made, and no longer to be made.
    pub missed: u32,
    /// Due this month.
    pub due: u32,
    /// Later this year.
    pub coming: u32,
    /// Their month was over before counting began.
    pub before: u32,
}

/// A site's year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanRow {
    /// The site.
    pub site: UnitShown,
    /// Its planned visits by month, the unit's own first.
    pub visits: Vec<PlanVisit>,
    /// 本年已查 / 上限 of the unit that is nearest to its limit here.
    pub limit: Option<VisitLimit>,
    /// Nobody is to visit it this quarter, and nobody did.
    pub gap: bool,
}

/// How often a unit officially inspected a site this year, against its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VisitLimit {
    /// The unit's short name.
    pub unit: String,
    /// Visits made.
    pub made: u32,
    /// 年度检查上限
    pub limit: u32,
}

/// How a planned visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    /// A complete official inspection fulfilled it.
    Done,
    /// Its month is over; until the end of the next it still counts.
    Late,
    /// Due this month.
    Due,
    /// Its month is still to come.
    Coming,
    /// Not made, and no longer to be made.
    Missed,
    /// Its month was over before counting began.
    Before,
}

/// A planned visit in its month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanVisit {
    /// The plan's row.
    pub id: RowId,
    /// Its unit's short name.
    pub unit: String,
    /// What officials call it, for a narrow cell.
    pub tiny: String,
    /// It counts for the unit shown: its own, or one below it.
    pub own: bool,
    /// Its month.
    pub month: u8,
    /// Its kind.
    pub kind: InspectionKind,
    /// Its officers.
    pub officers: Vec<PlanOfficer>,
    /// How it stands.
    pub state: VisitState,
    /// Why I can't change it, by the rules that the relay refuses by; none if I can.
    pub fixed: Option<Code>,
    /// What it was before somebody changed it.
    pub was: Option<PlanWas>,
    /// The inspection that fulfilled it, or one whose record is not complete.
    pub inspection: Option<DocId>,
}

/// An officer of a planned visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanOfficer {
    /// Who.
    pub id: PersonId,
    /// 姓名
    pub name: String,
}

/// What a planned visit was as it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanWas {
    /// Its month, if it was moved.
    pub month: Option<u8>,
    /// Its officers, if they were others.
    pub officers: Vec<String>,
    /// Who changed it last.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A planned visit that is to be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VisitChangeView {
    /// The visit as it is.
    pub visit: PlanVisit,
    /// Where.
    pub site: UnitShown,
    /// Whose visit it is.
    pub unit: UnitShown,
    /// Its officers with their posts.
    pub officers: Vec<PersonShown>,
    /// The months that it may be moved to.
    pub months: Vec<u8>,
    /// Who may stand in.
    pub stand_ins: Vec<PersonShown>,
    /// Which of its officers leads it.
    pub leader: Option<PersonId>,
    /// Who of the stand-ins may lead it instead.
    pub leaders: Vec<PersonId>,
    /// Whom to ask, if I may not.
    pub ask: Vec<PersonShown>,
    /// Why it can't become what was chosen so far.
    pub wrong: Option<Problem>,
    /// Whose plan completion the visit leaves and enters by what was chosen so far.
    pub moves: Vec<TargetMove>,
}

/// Whose plan completion a change moves a visit from and to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TargetMove {
    /// A unit's short name, or a person's.
    pub whose: String,
    /// The period in which it no longer counts (`2026-11`, `2026-Q4`, `2026`).
    pub from: Option<String>,
    /// The period in which it counts instead.
    pub to: Option<String>,
}

/// What is to be dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PlanMatterKind {
    /// Last month's visits that can still be made.
    Late,
    /// Visits due this month.
    Due,
    /// Visits that can no longer be made.
    Missed,
    /// Sites that nobody is to visit this quarter.
    Gap,
    /// More visits than the limit allows.
    Over,
    /// Two units are due at one site: one joint visit does for both.
    Joint,
}

/// Something to deal with, and at which sites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanMatter {
    /// What.
    pub kind: PlanMatterKind,
    /// The sites, the riskier first.
    pub sites: Vec<PlanMatterSite>,
}

/// A site of a matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanMatterSite {
    /// The site.
    pub site: UnitShown,
    /// The visit, if it is about one.
    pub visit: Option<RowId>,
    /// The visit's month.
    pub month: Option<u8>,
    /// The officers, or the units that could go together.
    pub names: Vec<String>,
    /// The limit that was passed.
    pub limit: Option<VisitLimit>,
}
