//! Tables of findings and inspections: filtered and sorted on the device, a page at a time.

use serde::{Deserialize, Serialize};
use xunan_core::record::{FindingState, Level, Origin};
use xunan_core::register::InspectionKind;
use xunan_core::timestamp::{Date, Timestamp};

use super::area::DeskScope;
use super::dashboard::Measure;
use super::finding::FindingRow;
use super::inspection::InspectionRow;
use super::shown::UnitShown;

/// Which findings, in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct FindingAsk {
    /// Whose area; reported in which period, or counted in it by the measure.
    pub scope: DeskScope,
    /// Exactly the records of a number of the dashboard.
    pub measure: Option<Measure>,
    /// In these states; empty = all.
    pub states: Vec<FindingState>,
    /// Of this level.
    pub level: Option<Level>,
    /// Of this section of a checklist; empty = found without one.
    pub section: Option<String>,
    /// Words in text, place, site; pinyin initials of the site too.
    pub query: String,
    /// Sorted by.
    pub by: FindingColumn,
    /// The other way round.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows at most; 0 = 50.
    pub limit: u32,
}

/// By what findings can be sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named like the columns")]
pub enum FindingColumn {
    /// Open before closed, soonest due first.
    #[default]
    Due,
    Site,
    Part,
    Text,
    Section,
    Level,
    State,
    Reported,
    Deadline,
    Reporter,
}

/// A page of the finding table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FindingTable {
    /// Whose area; none for who has no unit.
    pub unit: Option<UnitShown>,
    /// The rows.
    pub rows: Vec<FindingLine>,
    /// How many fit.
    pub total: u32,
    /// Sections to choose from: those that findings of the scope have.
    pub sections: Vec<String>,
}

/// A finding in the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FindingLine {
    /// Its row.
    pub row: FindingRow,
    /// The site's territory, short.
    pub part: String,
    /// The section of its item.
    pub section: String,
    /// official, self or report.
    pub origin: Origin,
    /// When it was reported.
    pub reported: Timestamp,
    /// By whom.
    pub reporter: String,
    /// Deadline in force.
    pub deadline: Option<Date>,
    /// When it was rectified.
    pub rectified: Option<Timestamp>,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Who is to rectify.
    pub responsible: Vec<String>,
    /// The units that it is with, short.
    pub units: Vec<String>,
    /// The officers that it is with.
    pub officers: Vec<String>,
}

/// How far an inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InspectionState {
    /// Going on.
    Unfinished,
    /// Finished.
    Finished,
    /// Withdrawn.
    Withdrawn,
}

/// Which inspections, in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct InspectionAsk {
    /// Whose area; begun in which period.
    pub scope: DeskScope,
    /// How far; none = all.
    pub state: Option<InspectionState>,
    /// Of these kinds; empty = all.
    pub kinds: Vec<InspectionKind>,
    /// Words in site, conclusion or team; pinyin initials of the site too.
    pub query: String,
    /// Sorted by.
    pub by: InspectionColumn,
    /// The other way round.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows at most; 0 = 50.
    pub limit: u32,
}

/// By what inspections can be sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named like the columns")]
pub enum InspectionColumn {
    /// Newest first.
    #[default]
    Began,
    Site,
    Part,
    Kind,
    State,
    Answered,
    Findings,
}

/// A page of the inspection table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InspectionTable {
    /// Whose area; none for who has no unit.
    pub unit: Option<UnitShown>,
    /// The rows.
    pub rows: Vec<InspectionLine>,
    /// How many fit.
    pub total: u32,
}

/// An inspection in the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InspectionLine {
    /// Its row.
    pub row: InspectionRow,
    /// The site's territory, short.
    pub part: String,
    /// How far it is.
    pub state: InspectionState,
    /// The units of its team, short.
    pub units: Vec<String>,
    /// The conclusion.
    pub end: String,
}
