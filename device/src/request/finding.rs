//! Findings: lists, the detail with its timeline, reporting.

use serde::{Deserialize, Serialize};
use xunan_core::code::Problem;
use xunan_core::id::{DocId, EventId, PersonId, UnitId};
use xunan_core::record::{Clause, FindingState, Level, Location, Origin};
use xunan_core::timestamp::Date;

use super::shown::{By, Due, Kept, NewPhoto, PersonShown, PhotoShown, UnitShown};

/// Which findings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct FindingFilter {
    /// Words in text, site, place; pinyin initials of the site too.
    pub query: String,
    /// In these states; empty = all.
    pub states: Vec<FindingState>,
    /// Of this site.
    pub site: Option<UnitId>,
    /// Past the deadline.
    pub overdue: bool,
    /// Major or suspected.
    pub major: bool,
    /// I reported it or am responsible.
    pub mine: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows at most; 0 = 50.
    pub limit: u32,
}

/// A finding in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FindingRow {
    /// Which.
    pub id: DocId,
    /// The site, or
    pub site: Option<UnitShown>,
    /// the place in words.
    pub place: Option<String>,
    /// What.
    pub text: String,
    /// Where at the site.
    pub location: String,
    /// Level.
    pub level: Level,
    /// Major without a clause yet.
    pub suspected: bool,
    /// State.
    pub state: FindingState,
    /// The date that matters now: deadline, or the re-check's.
    pub due: Option<Due>,
    /// Its thumbnail's hash.
    pub thumb: Option<String>,
    /// Work halted.
    pub halted: bool,
    /// On a level's list.
    pub listed: bool,
    /// Contradictory events.
    pub disputed: bool,
    /// Past its deadline.
    pub overdue: bool,
    /// Number of its item in the inspection, if any.
    pub item: Option<(String, String)>,
    /// Everything of it is synced.
    pub kept: Kept,
    /// Not opened on this device.
    pub new: bool,
}

/// A finding, whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FindingView {
    /// Its row.
    pub row: FindingRow,
    /// official, self or report.
    pub origin: Origin,
    /// The inspection it was found in.
    pub from: Option<DocId>,
    /// Its item's text.
    pub item_text: Option<String>,
    /// The clause of a major one.
    pub clause: Option<Clause>,
    /// 依据
    pub basis: String,
    /// Proposed deadline.
    pub proposed_due: Option<Date>,
    /// Proposed responsible person.
    pub proposed_who: Option<PersonShown>,
    /// Deadline in force.
    pub deadline: Option<Due>,
    /// Last day of the re-check.
    pub recheck_due: Option<Due>,
    /// From when a later deadline can be asked for, while I answer for it and that day is to come.
    pub ask_from: Option<Date>,
    /// Photos before.
    pub before: Vec<PhotoShown>,
    /// Photos after.
    pub after: Vec<PhotoShown>,
    /// Who is responsible, and on what ground.
    pub responsible: Vec<ResponsibleShown>,
    /// Newest first.
    pub timeline: Vec<TimelineEntry>,
    /// What I may do now, the likely one first.
    pub actions: Vec<ActionOffer>,
    /// Fields of the report in which people who had not seen each other's words differ.
    pub conflicts: Vec<FieldConflict>,
    /// Contradictory events.
    pub disputes: Vec<EventId>,
    /// Reported by.
    pub by: By,
    /// I may still change its report.
    pub may_edit: bool,
    /// Where it was recorded.
    pub loc: Option<Location>,
}

/// A decision that waits to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WaitingShown {
    /// Its number, for undo.
    pub command: i64,
    /// Until then it can be taken back.
    pub undo_until: f64,
    /// What was decided: an event's kind.
    pub what: String,
    /// Where: the site's short name, or the place in words.
    pub place: String,
}

/// A field of a report with values that contradict each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldConflict {
    /// text, where, level, clause, basis, due or who.
    pub field: String,
    /// What was said, the one that counts first.
    pub said: Vec<FieldSaid>,
}

/// What somebody said in a field.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldSaid {
    /// What an edit sets to choose it.
    pub edit: FindingEdit,
    /// As it stands in the record; a person's name.
    pub words: String,
    /// By whom.
    pub by: By,
}

/// Somebody who is responsible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ResponsibleShown {
    /// rectify, principal, territory or industry.
    pub ground: String,
    /// The person.
    pub person: Option<PersonShown>,
    /// The unit, for territory and industry.
    pub unit: Option<UnitShown>,
}

/// One line of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TimelineEntry {
    /// The event; none for the report itself.
    pub event: Option<EventId>,
    /// The event's kind, or `reported`, `began`.
    pub kind: String,
    /// Who.
    pub by: By,
    /// Its unit's short name.
    pub unit: Option<String>,
    /// Its officers' names.
    pub officers: Vec<String>,
    /// Its words: text, reason, ground.
    pub text: String,
    /// Its date: deadline.
    pub due: Option<Date>,
    /// Person it names.
    pub who: Option<String>,
    /// Unit it names.
    pub to: Option<String>,
    /// Its photos.
    pub photos: Vec<PhotoShown>,
    /// It doesn't hold or count, and why: a key for the screen's words.
    pub void: Option<String>,
    /// An official act without two valid certificates.
    pub marked: bool,
    /// Claimed and received are more than 24 h apart.
    pub clock: bool,
}

impl TimelineEntry {
    /// An entry that says only who and when.
    pub(crate) fn of(by: By) -> Self {
        Self {
            event: None,
            kind: String::new(),
            by,
            unit: None,
            officers: Vec::new(),
            text: String::new(),
            due: None,
            who: None,
            to: None,
            photos: Vec::new(),
            void: None,
            marked: false,
            clock: false,
        }
    }
}

/// An act that I may do now.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ActionOffer {
    /// The event's kind.
    pub kind: String,
    /// Units of mine that may issue it.
    pub units: Vec<UnitShown>,
    /// Officers proposed: me and the second one that I used last.
    pub officers: Vec<super::site::OfficerShown>,
    /// People to choose from: responsible persons, assignees.
    pub people: Vec<PersonShown>,
    /// Units to choose from: for `proposed` and `transferred`.
    pub to: Vec<UnitShown>,
    /// Proposed date.
    pub due: Option<Date>,
    /// Not allowed, with the reason: shown so that the way out can be offered.
    pub refused: Option<Problem>,
}

/// Reports a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Report {
    /// The inspection it is found in.
    pub from: Option<DocId>,
    /// Checklist and item.
    pub item: Option<(String, String)>,
    /// The site, or
    pub site: Option<UnitId>,
    /// words for a place that isn't in the register.
    pub place: Option<String>,
    /// Passed on from a complaint.
    pub complaint: bool,
    /// What is wrong; may come later if there is a photo.
    pub text: String,
    /// Where at the site.
    pub location: String,
    /// Level.
    pub level: Level,
    /// The clause of a major one; without it: suspected.
    pub clause: Option<Clause>,
    /// 依据
    pub basis: String,
    /// Proposed deadline.
    pub due: Option<Date>,
    /// Proposed responsible person.
    pub who: Option<PersonId>,
    /// Photos.
    pub photos: Vec<NewPhoto>,
    /// Where.
    pub loc: Option<Location>,
    /// Corrected on the spot: photos after.
    pub corrected: Option<Vec<NewPhoto>>,
}

/// What changes in a report; none = stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
#[allow(missing_docs, reason = "named like the report's fields")]
pub struct FindingEdit {
    pub text: Option<String>,
    pub location: Option<String>,
    pub level: Option<Level>,
    pub clause: Option<Clause>,
    pub basis: Option<String>,
    pub due: Option<Date>,
    pub who: Option<PersonId>,
}
