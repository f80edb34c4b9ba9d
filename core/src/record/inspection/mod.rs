//! An inspection as it reads: one visit to one site, by a team (protocol.md, "Reading an
//! inspection").

mod complete;
mod read;

use std::collections::BTreeMap;

pub use complete::{Evidence, Lack, completeness};
pub use read::read_inspection;

use crate::change::ChangeNo;
use crate::id::{DocId, EventId, PersonId, RowId, Sha256, UnitId};
use crate::record::{EventAt, InspectionAct, Location, Photo, Said, SignedAs};
use crate::register::InspectionKind;
use crate::timestamp::Timestamp;

/// (checklist, item): the codes that name an item in a record.
pub type ItemCode = (String, String);

/// On what ground an inspection is made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The year's plan.
    Plan,
    /// A special action.
    Action,
    /// A report or complaint.
    Report,
    /// A re-check.
    Recheck,
}

impl Basis {
    /// Its word in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Action => "action",
            Self::Report => "report",
            Self::Recheck => "recheck",
        }
    }
    /// The ground that an inspection of this kind has by itself, if it fulfils planned visits or
    /// doesn't. None: its people say it; what an enterprise does of itself needs none.
    #[must_use]
    pub const fn usual(kind: InspectionKind, is_planned: bool) -> Option<Self> {
        match kind {
            InspectionKind::SelfInspection | InspectionKind::Post => None,
            _ if is_planned => Some(Self::Plan),
            InspectionKind::Special => Some(Self::Action),
            InspectionKind::Recheck => Some(Self::Recheck),
            InspectionKind::Routine | InspectionKind::LeaderLed => None,
        }
    }
    /// From its word in records.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Plan, Self::Action, Self::Report, Self::Recheck]
            .into_iter()
            .find(|basis| basis.as_str() == word)
    }
}

/// A person's part in the team. In conflict the first of these counts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TeamRole {
    /// Leads it in the leader's role.
    Leader,
    /// Inspects.
    Member,
    /// Advises.
    Expert,
    /// Was named and has left.
    Left,
}

impl TeamRole {
    /// Its word in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Member => "member",
            Self::Expert => "expert",
            Self::Left => "left",
        }
    }
    /// From its word in records.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Leader, Self::Member, Self::Expert, Self::Left]
            .into_iter()
            .find(|role| role.as_str() == word)
    }
}

/// A person named in `team/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// In which role; [`TeamRole::Left`] stays listed and is no longer of the team.
    pub role: TeamRole,
}

/// How an answer reads, the worst first: in conflict the worse counts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AnswerMeaning {
    /// 不符合
    Fail,
    /// A number out of its limits.
    OutOfLimits,
    /// Nothing yet, cleared, contradictory, or not what the item asks for.
    Unanswered,
    /// 不适用
    NotApplicable,
    /// 符合, a number within its limits, a choice, or words.
    Good,
}

/// What stands under an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What counts; none = unanswered.
    pub value: Option<String>,
    /// How that reads.
    pub meaning: AnswerMeaning,
    /// What was said last, by cause; the one that counts first. Several are a conflict if they
    /// differ.
    pub said: Vec<Said<Option<String>>>,
    /// Different values that nobody settled.
    pub conflict: bool,
    /// What was put without having seen the end. It never counts.
    pub late: Vec<Said<Option<String>>>,
}

/// A photo of an item, or of none.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPhoto {
    /// Its item.
    pub item: Option<ItemCode>,
    /// The photo, with who added it.
    pub photo: Said<Photo>,
}

/// A signature, drawn at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The event.
    pub event: EventId,
    /// In which role.
    pub role: SignedAs,
    /// Who put it: the signer, or for a representative or witness the one whose device was signed on.
    pub person: Option<PersonId>,
    /// The signer's name.
    pub name: String,
    /// The drawing's blob.
    pub drawing: Sha256,
    /// `agreed`, or the representative's words.
    pub opinion: Option<String>,
    /// Its counted time.
    pub at: Timestamp,
    /// Everything that is not late is in its past.
    pub counts: bool,
}

/// A refusal to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The event.
    pub event: EventId,
    /// Who recorded it.
    pub person: Option<PersonId>,
    /// Why the site's representative refused.
    pub reason: String,
    /// Who witnessed it.
    pub witness: String,
    /// Its counted time.
    pub at: Timestamp,
    /// Everything that is not late is in its past.
    pub counts: bool,
}

/// Something put without having seen the end. It is kept beneath and shown as late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The key.
    pub key: String,
    /// The value as text (none = cleared), with who and when.
    pub said: Said<Option<String>>,
}

/// A contradiction in a field that is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyConflict {
    /// The key.
    pub key: String,
    /// What was said, the one that counts first.
    pub said: Vec<Said<Option<String>>>,
}

/// An inspection as it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// Which.
    pub id: DocId,
    /// The change that began it; the earliest by counted time when several began it apart.
    pub root: ChangeNo,
    /// Counted time of that change.
    pub began: Timestamp,
    /// Who began it, if the register knows the device.
    pub began_by: Option<PersonId>,
    /// The inspected unit.
    pub site: Option<UnitId>,
    /// Words for a place that is not in the register.
    pub place: Option<String>,
    /// Which kind.
    pub kind: InspectionKind,
    /// Where it began.
    pub loc: Option<Location>,
    /// On what ground.
    pub basis: Option<Basis>,
    /// The planned visits that it fulfils. Ascending.
    pub plan: Vec<RowId>,
    /// (code, version) of the checklists in use.
    pub lists: Vec<(String, u32)>,
    /// Everybody named in the team, by person; those who have left, too.
    pub team: Vec<Member>,

    /// What stands under the items that anybody answered.
    pub answers: BTreeMap<ItemCode, Answer>,
    /// Notes by item; several are a conflict. The one shown first.
    pub notes: BTreeMap<ItemCode, Vec<Said<String>>>,
    /// Photos, by item and hash.
    pub photos: Vec<ItemPhoto>,
    /// The conclusion.
    pub end: Option<String>,
    /// The end's time on paper.
    pub ended: Option<Timestamp>,
    /// Name of the site's representative.
    pub representative: Option<String>,
    /// Post of the site's representative.
    pub representative_post: Option<String>,
    /// Contradictions in fields that are no answers.
    pub conflicts: Vec<KeyConflict>,

    /// All known events: by cause, then counted time, then id.
    pub events: Vec<EventAt<InspectionAct>>,
    /// How many events this version doesn't know; they are kept and not shown.
    pub unknown_events: usize,
    /// When it was finished, if it stands finished: the earliest counted time of all `finished`.
    pub finished: Option<Timestamp>,
    /// It was withdrawn, and not reopened since.
    pub withdrawn: bool,
    /// All signatures, in the order of events.
    pub signatures: Vec<Signature>,
    /// All refusals, in the order of events.
    pub refusals: Vec<Refusal>,
    /// What was put without having seen the end, by key.
    pub late: Vec<Late>,
}

impl Inspection {
    /// By people of government units; the others are internal.
    #[must_use]
    pub const fn is_official(&self) -> bool {
        self.kind.is_official()
    }
    /// Those in the team who have not left.
    pub fn present(&self) -> impl Iterator<Item = &Member> {
        self.team
            .iter()
            .filter(|member| member.role != TeamRole::Left)
    }
    /// Whether a person is in the team and has not left.
    #[must_use]
    pub fn is_in_team(&self, person: PersonId) -> bool {
        self.present().any(|member| member.person == person)
    }
    /// The event of this name.
    #[must_use]
    pub fn event(&self, id: &EventId) -> Option<&EventAt<InspectionAct>> {
        self.events.iter().find(|event| event.id == *id)
    }
}
