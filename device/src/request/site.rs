//! Sites and the start of an inspection.

use serde::{Deserialize, Serialize};
use xunan_core::id::{DocId, PersonId, RowId, UnitId};
use xunan_core::record::Location;
use xunan_core::register::{InspectionKind, Risk};
use xunan_core::timestamp::Date;

use super::finding::FindingRow;
use super::inspection::InspectionRow;
use super::shown::{PersonShown, UnitShown};
use super::target::CountsFor;

/// The start screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Start {
    /// The month shown.
    pub month: u8,
    /// Planned visits of this month (and open ones of the last), mine first.
    pub planned: Vec<SiteRow>,
    /// The nearest, if a position was given.
    pub nearest: Vec<SiteRow>,
    /// Where I inspected last.
    pub recent: Vec<SiteRow>,
    /// Days left of the month.
    pub days_left: u32,
}

/// A site in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SiteRow {
    /// The site.
    pub site: UnitShown,
    /// 行业
    pub industry: String,
    /// 地址
    pub address: String,
    /// Metres from me.
    pub distance: Option<f64>,
    /// The planned visit.
    pub plan: Option<RowId>,
    /// Its kind.
    pub kind: Option<InspectionKind>,
    /// Its month.
    pub month: Option<u8>,
    /// 本年已查 by my unit.
    pub visits: u32,
    /// 上限
    pub limit: Option<u32>,
    /// Already begun and not finished: to go on with or to join.
    pub open: Option<DocId>,
}

/// What the start screen opens in place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VisitView {
    /// The site.
    pub site: SiteRow,
    /// Kinds that I may begin here, the proposed one first.
    pub kinds: Vec<InspectionKind>,
    /// The basis that each of these kinds has by itself: plan, action or recheck; nothing = its
    /// people say it.
    pub bases: Vec<String>,
    /// Planned visits that this one fulfils.
    pub plan: Vec<PlanShown>,
    /// Open planned visits of other units at the same site: may be made jointly.
    pub joint: Vec<PlanShown>,
    /// The last visit of my unit.
    pub last: Option<Date>,
    /// Findings not closed at this site.
    pub open_findings: u32,
    /// Checklists, the chosen ones first.
    pub lists: Vec<ListChoice>,
    /// The proposed team.
    pub team: Vec<OfficerShown>,
    /// Two officers with valid certificates?
    pub officers_valid: u32,
    /// Whose targets it counts for.
    pub counts_for: CountsFor,
    /// Inspections of this site under way that I may join, and am not in yet.
    pub joinable: Vec<InspectionRow>,
}

/// A planned visit.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlanShown {
    /// The row.
    pub id: RowId,
    /// Its unit's short name.
    pub unit: String,
    /// Its month.
    pub month: u8,
    /// Its kind.
    pub kind: InspectionKind,
    /// Its officers' names.
    pub officers: Vec<String>,
}

/// A checklist to choose.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ListChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name, or nothing.
    pub english: String,
    /// Number of items.
    pub items: u32,
    /// Proposed by the plan, the industry or the last time.
    pub chosen: bool,
    /// Offered under "more".
    pub more: bool,
}

/// An officer and the certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OfficerShown {
    /// Who.
    pub person: PersonShown,
    /// leader, member or expert.
    pub role: String,
    /// 执法证号
    pub certificate: Option<String>,
    /// Valid through.
    pub expires: Option<Date>,
    /// Valid today.
    pub valid: bool,
    /// Named by the plan.
    pub planned: bool,
}

/// Begins an inspection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Begin {
    /// The site, or
    pub site: Option<UnitId>,
    /// words for a place that isn't in the register.
    pub place: Option<String>,
    /// Its kind.
    pub kind: InspectionKind,
    /// plan, action, report or recheck.
    pub basis: Option<String>,
    /// Planned visits that it fulfils.
    pub plan: Vec<RowId>,
    /// Checklists by code.
    pub lists: Vec<String>,
    /// The team beside me: person and role.
    pub team: Vec<(PersonId, String)>,
    /// My own role.
    pub role: String,
    /// Where it begins.
    pub loc: Option<Location>,
}

/// Who is suggested as responsible for a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Suggested {
    /// For a general one.
    pub general: Option<PersonId>,
    /// For a major one.
    pub major: Option<PersonId>,
}

/// A site's card.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SiteView {
    /// The site.
    pub site: SiteRow,
    /// Its people, principal and safety officer first.
    pub people: Vec<PersonShown>,
    /// Which of them is suggested as responsible.
    pub suggested: Suggested,
    /// Territory: the township's in-charge leader; industry: the regulators'.
    pub overseers: Vec<(UnitShown, Option<PersonShown>)>,
    /// Its open findings.
    pub findings: Vec<FindingRow>,
    /// Its inspections, newest first.
    pub inspections: Vec<InspectionRow>,
    /// Its risk colour.
    pub risk: Option<Risk>,
}
