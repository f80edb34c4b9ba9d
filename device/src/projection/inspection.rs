//! What lists, tasks and numbers need of an inspection.

use serde::{Deserialize, Serialize};
use xunan_core::change::History;
use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::record::{AnswerMeaning, Inspection, TeamRole, read_inspection};
use xunan_core::register::{InspectionKind, Register};
use xunan_core::target::InspectionFacts;
use xunan_core::timestamp::{Timestamp, Zone};

/// An inspection without its document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct InspectionRecord {
    pub(crate) site: Option<UnitId>,
    pub(crate) place: Option<String>,
    pub(crate) kind: InspectionKind,
    pub(crate) began: Timestamp,
    pub(crate) began_by: Option<PersonId>,
    pub(crate) finished: Option<Timestamp>,
    pub(crate) withdrawn: bool,
    pub(crate) plan: Vec<RowId>,
    pub(crate) team: Vec<(PersonId, TeamRole)>,
    pub(crate) lists: Vec<String>,
    /// Answered, items.
    pub(crate) answered: (u32, u32),
    pub(crate) conflicts: u32,
    pub(crate) refused: bool,
    pub(crate) end: String,
    pub(crate) changed: Timestamp,
}

impl InspectionRecord {
    /// Reads it.
    pub(crate) fn of(history: &History, register: &Register) -> Option<(Self, InspectionFacts)> {
        let inspection = read_inspection(history, register, register)?;
        let changed = history
            .entries()
            .map(|(_, e)| e.time)
            .max()
            .unwrap_or_default();
        let conflicts = inspection.answers.values().filter(|a| a.conflict).count();
        let facts = InspectionFacts::from(&inspection);
        let record = Self {
            answered: answered(&inspection, register),
            conflicts: u32::try_from(conflicts.saturating_add(inspection.conflicts.len()))
                .unwrap_or(u32::MAX),
            refused: inspection.refusals.iter().any(|r| r.counts),
            site: inspection.site,
            place: inspection.place,
            kind: inspection.kind,
            began: inspection.began,
            began_by: inspection.began_by,
            finished: inspection.finished,
            withdrawn: inspection.withdrawn,
            plan: inspection.plan,
            team: inspection.team.iter().map(|m| (m.person, m.role)).collect(),
            lists: inspection.lists.into_iter().map(|(code, _)| code).collect(),
            end: inspection.end.unwrap_or_default(),
            changed,
        };
        Some((record, facts))
    }

    /// In the team and not left.
    pub(crate) fn has(&self, person: PersonId) -> bool {
        self.present().any(|(p, _)| p == person)
    }
    /// Those who have not left.
    pub(crate) fn present(&self) -> impl Iterator<Item = (PersonId, TeamRole)> {
        self.team
            .iter()
            .copied()
            .filter(|(_, role)| *role != TeamRole::Left)
    }
    /// Whether it is one of a year's official visits that a unit may make to a site only so often; a
    /// re-check is none.
    pub(crate) fn uses_limit(&self, zone: &Zone, year: i32) -> bool {
        self.kind.is_official()
            && self.kind != InspectionKind::Recheck
            && !self.withdrawn
            && self.finished.is_some_and(|at| zone.day(at).year() == year)
    }
    /// Not finished, not withdrawn.
    pub(crate) const fn is_unfinished(&self) -> bool {
        self.finished.is_none() && !self.withdrawn
    }
}

fn answered(inspection: &Inspection, register: &Register) -> (u32, u32) {
    let items: usize = inspection
        .lists
        .iter()
        .filter_map(|(code, version)| register.checklist(code, Some(*version)))
        .map(|list| list.items.len())
        .sum();
    let answers = inspection.answers.values();
    let answered = answers
        .filter(|a| a.meaning != AnswerMeaning::Unanswered)
        .count();
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (narrow(answered), narrow(items))
}
