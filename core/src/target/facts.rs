//! What counting needs of a record, small enough to stand beside it in a device's storage, so that
//! a number never opens a document.
//!
//! Facts hold what a record says and nothing of the register: posts, certificates and oversight are
//! looked up when something is counted, so a change of the register leaves stored facts valid.
//! They change only when their record does.

use serde::{Deserialize, Serialize};

use crate::id::{DocId, PersonId, RowId, UnitId};
use crate::record::Evidence;
use crate::register::InspectionKind;
use crate::timestamp::{Date, Timestamp};

/// What counting needs of an inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionFacts {
    /// Which record.
    pub id: DocId,
    /// The site; none for a place that is not in the register.
    pub site: Option<UnitId>,
    /// Its kind.
    pub kind: InspectionKind,
    /// Counted time of the root.
    pub began: Timestamp,
    /// The earliest counted time of all `finished`, if one stands.
    pub finished: Option<Timestamp>,
    /// Withdrawn: counts nowhere.
    pub withdrawn: bool,
    /// It says on what basis it was made.
    pub basis: bool,
    /// The planned visits that it names.
    pub plan: Vec<RowId>,
    /// Those in `team/` who had not left when it was finished (who have not left, before that).
    pub team: Vec<PersonId>,
    /// Those of the team in the leader's role.
    pub leaders: Vec<PersonId>,
    /// Those of the team in the role of an expert: present, and no officer.
    pub experts: Vec<PersonId>,
    /// Those whose own signature, as officer or leader, counts.
    pub signed: Vec<PersonId>,
    /// The site's representative signed, or a refusal is recorded, and it counts.
    pub represented: bool,
}

/// What counting needs of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingFacts {
    /// Which record.
    pub id: DocId,
    /// The site; none for a place that is not in the register.
    pub site: Option<UnitId>,
    /// Found by the enterprise itself: outside it, no metric counts it.
    pub own: bool,
    /// Who reported it.
    pub reporter: Option<PersonId>,
    /// Counted time of the report.
    pub reported: Timestamp,
    /// When the relay received the report.
    pub received: Option<Timestamp>,
    /// Major since a clause was named; none for general and suspected ones.
    pub major_since: Option<Timestamp>,
    /// Its duties, oldest first.
    pub duties: Vec<DutyFacts>,
    /// When it was closed or withdrawn, oldest first.
    pub rests: Vec<Rest>,
    /// The acts by which a main leader handles a major finding in person (`ordered`, `listed`,
    /// `decided`, `passed`, `failed`).
    pub acts: Vec<Act>,
    /// Its listings (`listed`).
    pub listed: Vec<Listing>,
}

/// A duty to rectify (protocol.md, "Reading a finding"), with what answered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyFacts {
    /// The units that ordered: several when orders were given without seeing each other.
    pub units: Vec<UnitId>,
    /// The officers of the order, or of the causally last `reassigned`.
    pub officers: Vec<PersonId>,
    /// Counted time of its order or failure; the earliest, if several.
    pub began: Timestamp,
    /// Its final deadline.
    pub deadline: Date,
    /// Counted time of the earliest counting `rectified` that answers it.
    pub rectified: Option<Timestamp>,
    /// Counted time of the earliest counting `rectified` that answers it and was not failed; of the
    /// earliest `passed` that was not, if nobody recorded a rectification.
    pub kept: Option<Timestamp>,
    /// Counted time of the earliest `passed` or `failed` that answers it, by whomever.
    pub rechecked: Option<Timestamp>,
}

/// How a finding came to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestKind {
    /// `passed`
    Passed,
    /// `corrected_on_spot`
    CorrectedOnSpot,
    /// `withdrawn`
    Withdrawn,
    /// `duplicate`
    Duplicate,
}

/// A stretch of time in which a closing event held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// By what.
    pub kind: RestKind,
    /// Counted time of the closing event.
    pub from: Timestamp,
    /// Counted time of what opened it again; none if it holds.
    pub until: Option<Timestamp>,
}

/// Who acted in a finding, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// The author.
    pub by: PersonId,
    /// Counted time.
    pub at: Timestamp,
}

/// A listing under supervision (挂牌督办).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The unit that listed it.
    pub unit: UnitId,
    /// The leader who did.
    pub by: PersonId,
    /// Counted time.
    pub at: Timestamp,
}

impl InspectionFacts {
    /// What its completeness is judged by.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let officers = self.team.iter().copied();
        Evidence {
            at: self.finished.unwrap_or(self.began),
            has_basis: self.basis,
            officers: officers.filter(|p| !self.experts.contains(p)).collect(),
            signed: self.signed.clone(),
            is_represented: self.represented,
        }
    }
    /// By people of government units; self-inspections and post checks are internal.
    #[must_use]
    pub const fn is_official(&self) -> bool {
        self.kind.is_official()
    }
}

impl FindingFacts {
    /// How it was at rest at a moment, if it was; put right before withdrawn.
    #[must_use]
    pub fn rest_at(&self, at: Timestamp) -> Option<&Rest> {
        let held = self
            .rests
            .iter()
            .filter(|rest| rest.from <= at && rest.until.is_none_or(|until| at < until));
        held.min_by_key(|rest| (rest.kind, rest.from))
    }
    /// The duty that it was under at a moment.
    #[must_use]
    pub fn duty_at(&self, at: Timestamp) -> Option<&DutyFacts> {
        self.duties.iter().rev().find(|duty| duty.began <= at)
    }
}
