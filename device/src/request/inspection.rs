//! Inspections: lists, the filling screen, the end.

use serde::{Deserialize, Serialize};
use xunan_core::id::{DocId, PersonId, RowId, UnitId};
use xunan_core::register::{InspectionKind, Item};
use xunan_core::timestamp::Timestamp;

use super::finding::{FindingRow, TimelineEntry};
use super::shown::{By, Kept, PersonShown, PhotoShown, UnitShown};
use super::site::OfficerShown;
use super::target::CountsFor;

/// Which inspections.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct InspectionFilter {
    /// Words in site or conclusion; pinyin initials too.
    pub query: String,
    /// Of this site.
    pub site: Option<UnitId>,
    /// Finished, unfinished, or both.
    pub finished: Option<bool>,
    /// I am in the team.
    pub mine: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows at most; 0 = 50.
    pub limit: u32,
}

/// An inspection in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InspectionRow {
    /// Which.
    pub id: DocId,
    /// The site, or
    pub site: Option<UnitShown>,
    /// the place in words.
    pub place: Option<String>,
    /// Its kind.
    pub kind: InspectionKind,
    /// When it began.
    pub began: Timestamp,
    /// When it was finished.
    pub finished: Option<Timestamp>,
    /// Names of the team.
    pub team: Vec<String>,
    /// Answered, items.
    pub answered: (u32, u32),
    /// Findings recorded in it.
    pub findings: u32,
    /// Conflicts not settled.
    pub conflicts: u32,
    /// Withdrawn.
    pub withdrawn: bool,
    /// Everything of it is synced.
    pub kept: Kept,
    /// Not opened on this device.
    pub new: bool,
}

/// An inspection, whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InspectionView {
    /// Its row.
    pub row: InspectionRow,
    /// plan, action, report or recheck.
    pub basis: Option<String>,
    /// Who is in the team.
    pub team: Vec<OfficerShown>,
    /// Since when each of them is in: the first that they wrote here; none: named, not in yet.
    #[cfg_attr(feature = "ts", ts(type = "Array<number | null>"))]
    pub joined: Vec<Option<Timestamp>>,
    /// Who is planned and not in the team.
    pub awaited: Vec<PersonShown>,
    /// Who leads.
    pub leader: Option<String>,
    /// Whose targets it counts for.
    pub counts_for: CountsFor,
    /// Lists with their sections and items.
    pub lists: Vec<ListView>,
    /// Photos of no item.
    pub photos: Vec<PhotoShown>,
    /// Findings recorded in it.
    pub findings: Vec<FindingRow>,
    /// I may fill it.
    pub may_fill: bool,
    /// I may say which of several answers or words holds.
    pub settles: bool,
    /// Signatures that it lacks and that I may give here, before the end or after it: `officer` or
    /// `leader` (mine), `representative`.
    pub to_sign: Vec<String>,
    /// Fields that are no answers, in which people differ.
    pub contradictions: Vec<ContradictionShown>,
    /// What the leader saw, said and ordered, newest first.
    pub opinions: Vec<SaidShown>,
    /// The planned visits that it fulfils.
    pub plan: Vec<RowId>,
    /// Why not.
    pub why_not: Option<xunan_core::code::Problem>,
    /// Events.
    pub timeline: Vec<TimelineEntry>,
    /// Acts that I may do now, the likely one first: `finished`, `reopened`, `signed_officer` …
    pub actions: Vec<String>,
    /// The conclusion.
    pub end: Option<String>,
    /// Complete, or what is lacking: `basis`, `officers`, `certificates`, `signatures`,
    /// `representative`.
    pub lacking: Vec<String>,
    /// Signatures and refusal.
    pub signatures: Vec<SignatureShown>,
}

/// A checklist in an inspection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ListView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name, or nothing.
    pub english: String,
    /// Its sections in order.
    pub sections: Vec<SectionView>,
}

/// A section.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SectionView {
    /// 检查类别
    pub name: String,
    /// Answered, items.
    pub answered: (u32, u32),
    /// Its items.
    pub items: Vec<ItemView>,
}

/// An item with what was said.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ItemView {
    /// The item.
    pub item: Item,
    /// What counts: ok, fail, na, a number, words; none = unanswered.
    pub value: Option<String>,
    /// A number out of limits.
    pub out_of_limits: bool,
    /// Who said it.
    pub by: Option<By>,
    /// All that stand, if they differ; the one that counts first.
    pub conflict: Vec<SaidShown>,
    /// Written without having seen the end.
    pub late: Vec<SaidShown>,
    /// The note.
    pub note: Option<String>,
    /// Two notes that differ: both.
    pub notes: Vec<SaidShown>,
    /// Photos.
    pub photos: Vec<PhotoShown>,
    /// Findings recorded at it.
    pub findings: Vec<FindingRow>,
}

/// A value with its author.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SaidShown {
    /// What was said; none = cleared.
    pub value: Option<String>,
    /// By whom.
    pub by: By,
}

/// A field that is no answer, with words that contradict each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ContradictionShown {
    /// Its key, which settling names.
    pub key: String,
    /// basis, plan, n (a note), end, ended, rep or `rep_post`.
    pub field: String,
    /// The item's words for a note, the unit whose plan it is; else nothing.
    pub about: String,
    /// What was said, the one that counts first.
    pub said: Vec<SaidShown>,
}

/// The end screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EndView {
    /// Its row.
    pub row: InspectionRow,
    /// Answered 符合, 不符合, 不适用, unanswered.
    pub counts: EndCounts,
    /// Items not answered: list, item, text.
    pub unanswered: Vec<(String, String, String)>,
    /// Findings recorded in it.
    pub findings: Vec<FindingRow>,
    /// The conclusion as written, or composed from the answers.
    pub conclusion: String,
    /// Composed, not written by hand: a screen in another language composes its own from the
    /// counts, the findings and how many of them were ordered.
    pub composed: bool,
    /// Findings that were ordered, or put right without an order.
    pub ordered: u32,
    /// Planned officers who aren't present, and who stands in.
    pub stand_ins: Vec<(String, Option<String>)>,
    /// Officers and leader: who is to sign and who did.
    pub officers: Vec<(OfficerShown, Option<SignatureShown>)>,
    /// The representative proposed: the site's principal or safety officer.
    pub representatives: Vec<PersonShown>,
    /// Name and post of the representative as written.
    pub rep: Option<String>,
    /// Post of the representative.
    pub rep_post: Option<String>,
    /// The representative's signature.
    pub rep_signature: Option<SignatureShown>,
    /// Refusal: reason, witness.
    pub refusal: Option<(String, String)>,
    /// What would be lacking if it ended now.
    pub lacking: Vec<String>,
    /// Fields that are no answers, in which people differ.
    pub contradictions: Vec<ContradictionShown>,
    /// I may say which of several words holds.
    pub settles: bool,
    /// What the leader saw, said and ordered, newest first.
    pub opinions: Vec<SaidShown>,
    /// I have the leader's role, and may write such an opinion.
    pub leads: bool,
    /// The end's time on paper; until somebody writes or signs at the end, it is now.
    pub ended: Option<Timestamp>,
}

/// Counts of answers.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EndCounts {
    /// Items.
    pub items: u32,
    /// 符合 (numbers within limits, choices and texts too)
    pub ok: u32,
    /// 不符合 (numbers out of limits too)
    pub fail: u32,
    /// 不适用
    pub na: u32,
    /// Unanswered.
    pub unanswered: u32,
}

/// A signature.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SignatureShown {
    /// officer, leader, representative or witness.
    pub role: String,
    /// As signed.
    pub name: String,
    /// The person, if it is one's own.
    pub person: Option<PersonId>,
    /// The drawing's hash.
    pub drawing: String,
    /// `agreed`, or words.
    pub opinion: Option<String>,
    /// On whose device and when.
    pub by: By,
    /// It covers everything; if not, it is to be signed again.
    pub counts: bool,
}
