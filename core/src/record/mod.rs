//! Records: what people write on site. Keys, events, and what a record reads as.

mod answer;
mod event;
mod finding;
mod inspection;
mod key;
pub(crate) mod reading;

pub use answer::{is_same, meaning_of};
pub use event::{
    Act, Clause, Event, EventError, FindingAct, Five, InspectionAct, Level, Location, Photo,
    SignedAs,
};
pub use finding::{
    Duty, FieldConflict, Finding, FindingState, Listed, NoEffect, Origin, ReportThen, Verdict,
    read_finding, report_then,
};
pub use inspection::{
    Answer, AnswerMeaning, Basis, Evidence, Inspection, ItemCode, ItemPhoto, KeyConflict, Lack,
    Late, Member, Refusal, Signature, TeamRole, completeness, read_inspection,
};
pub use key::{FindingKey, InspectionKey, ItemRef};
pub use reading::{Authors, EventAt, Said};

/// The two kinds of record, as they stand in a batch and in `v`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// 1, `inspection/1`
    Inspection,
    /// 2, `finding/1`
    Finding,
}

impl RecordKind {
    /// The value of `v` in the record's root.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Inspection => "inspection/1",
            Self::Finding => "finding/1",
        }
    }
    /// Its number on the wire.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Inspection => 1,
            Self::Finding => 2,
        }
    }
    /// From its number on the wire.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Inspection),
            2 => Some(Self::Finding),
            _ => None,
        }
    }
}
