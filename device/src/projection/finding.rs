//! What lists, tasks and numbers need of a finding.

use serde::{Deserialize, Serialize};
use xunan_core::change::History;
use xunan_core::id::{DocId, PersonId, Sha256, UnitId};
use xunan_core::record::{Finding, FindingAct, FindingState, Level, Origin, read_finding};
use xunan_core::register::Register;
use xunan_core::target::FindingFacts;
use xunan_core::timestamp::{Date, Timestamp};

/// A finding without its document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "flags beside a state, as product.md lists them"
)]
pub(crate) struct FindingRecord {
    pub(crate) site: Option<UnitId>,
    pub(crate) place: Option<String>,
    pub(crate) from: Option<DocId>,
    pub(crate) item: Option<(String, String)>,
    pub(crate) origin: Origin,
    pub(crate) text: String,
    pub(crate) location: String,
    pub(crate) level: Level,
    pub(crate) suspected: bool,
    pub(crate) state: FindingState,
    pub(crate) deadline: Option<Date>,
    pub(crate) thumb: Option<Sha256>,
    pub(crate) halted: bool,
    pub(crate) listed: bool,
    pub(crate) disputed: bool,
    pub(crate) conflicted: bool,
    pub(crate) reporter: Option<PersonId>,
    pub(crate) reported: Timestamp,
    pub(crate) responsible: Vec<PersonId>,
    pub(crate) units: Vec<UnitId>,
    pub(crate) officers: Vec<PersonId>,
    pub(crate) proposed_to: Vec<UnitId>,
    /// The earliest counting rectification of the current duty.
    pub(crate) rectified: Option<Timestamp>,
    /// The newest request for a later deadline that nobody answered.
    pub(crate) asked: Option<Timestamp>,
    /// Nobody by right of *lead* listed or decided on it yet.
    pub(crate) unlisted: bool,
    /// Neither words nor a photo.
    pub(crate) empty: bool,
    pub(crate) changed: Timestamp,
}

impl FindingRecord {
    /// Reads it.
    pub(crate) fn of(history: &History, register: &Register) -> Option<(Self, FindingFacts)> {
        let finding = read_finding(history, register)?;
        let changed = history
            .entries()
            .map(|(_, e)| e.time)
            .max()
            .unwrap_or_default();
        let facts = FindingFacts::new(&finding, history);
        let record = Self {
            rectified: finding
                .duty()
                .and_then(|duty| duty.rectified)
                .map(|(_, at)| at),
            asked: pending_request(&finding),
            unlisted: finding.level == Level::Major && !handled_in_person(&finding),
            empty: finding.text.trim().is_empty() && finding.photos.is_empty(),
            thumb: finding.photos.first().map(|said| said.value.thumb),
            conflicted: !finding.conflicts.is_empty(),
            listed: finding.listed.is_some(),
            site: finding.site,
            place: finding.place,
            from: finding.from,
            item: finding.item,
            origin: finding.origin,
            text: finding.text,
            location: finding.location_words,
            level: finding.level,
            suspected: finding.suspected,
            state: finding.state,
            deadline: finding.deadline,
            halted: finding.halted,
            disputed: finding.disputed,
            reporter: finding.reporter,
            reported: finding.reported,
            responsible: finding.responsible,
            units: finding.units,
            officers: finding.officers,
            proposed_to: finding.proposed_to,
            changed,
        };
        Some((record, facts))
    }

    /// Neither closed nor withdrawn.
    pub(crate) const fn is_open(&self) -> bool {
        !matches!(self.state, FindingState::Closed | FindingState::Withdrawn)
    }
    /// Under a duty that nothing answers yet.
    pub(crate) const fn is_waiting(&self) -> bool {
        matches!(
            self.state,
            FindingState::Ordered | FindingState::Accepted | FindingState::ExtensionAsked
        )
    }
    /// Past its deadline on that day.
    pub(crate) fn is_overdue(&self, today: Date) -> bool {
        self.is_waiting() && self.deadline.is_some_and(|deadline| deadline < today)
    }
}

fn pending_request(finding: &Finding) -> Option<Timestamp> {
    if finding.state != FindingState::ExtensionAsked {
        return None;
    }
    let asked = finding
        .events
        .iter()
        .filter(|e| matches!(e.event.act, FindingAct::Asked { .. }));
    asked.map(|e| e.counted).max()
}

fn handled_in_person(finding: &Finding) -> bool {
    finding.events.iter().any(|e| {
        matches!(e.event.act, FindingAct::Listed { .. } | FindingAct::Decided)
            && finding.holds(&e.id)
    })
}
