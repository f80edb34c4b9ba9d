//! Papers as an office files them. They are Chinese whatever the screen speaks; the screen sets them.

use serde::{Deserialize, Serialize};
use xunan_core::id::{DocId, EventId};
use xunan_core::record::{Clause, Level};
use xunan_core::register::InspectionKind;
use xunan_core::timestamp::{Date, Timestamp};

use super::inspection::{EndCounts, SaidShown, SignatureShown};
use super::shown::{PersonShown, PhotoShown};
use super::site::OfficerShown;

/// The inspected site, or the place in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SiteOnPaper {
    /// Its full name.
    pub name: String,
    /// 统一社会信用代码
    pub code: Option<String>,
    /// 地址
    pub address: Option<String>,
    /// 主要负责人
    pub principal: Option<PersonShown>,
}

/// Record of on-site inspection 现场检查记录: time, place, content, problems and how they were
/// handled, signed (安全生产法 第六十八条).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RecordPaper {
    /// The inspection.
    pub id: DocId,
    /// The inspecting unit's full name, at the head.
    pub unit: String,
    /// Where.
    pub site: SiteOnPaper,
    /// By government units: has certificates and the site's signature.
    pub official: bool,
    /// How.
    pub kind: InspectionKind,
    /// plan, action, report or recheck.
    pub basis: Option<String>,
    /// Months of the planned visits that it carries out.
    pub months: Vec<u8>,
    /// From.
    pub began: Timestamp,
    /// To: when the end was opened.
    pub ended: Option<Timestamp>,
    /// Ended and not reopened.
    pub finished: bool,
    /// Withdrawn: the paper says so.
    pub withdrawn: bool,
    /// Who inspected, the leader first.
    pub officers: Vec<OfficerShown>,
    /// The checklists' names.
    pub lists: Vec<String>,
    /// The answers, counted.
    pub counts: EndCounts,
    /// The conclusion, once written.
    pub conclusion: Option<String>,
    /// What was found, and how it was handled.
    pub problems: Vec<ProblemOnPaper>,
    /// Signatures that count: officers and leader.
    pub signatures: Vec<SignatureShown>,
    /// What the leader saw, said and ordered, oldest first.
    pub opinions: Vec<SaidShown>,
    /// The representative's post.
    pub rep_post: Option<String>,
    /// The representative's signature, if it counts.
    pub rep_signature: Option<SignatureShown>,
    /// Refused to sign: reason and witness.
    pub refusal: Option<(String, String)>,
    /// What is lacking, as in [`super::EndView`].
    pub lacking: Vec<String>,
    /// First half of the hash of the change that ended it: it stands for all that was seen then.
    pub fingerprint: Option<String>,
}

/// One problem in the record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ProblemOnPaper {
    /// The finding.
    pub id: DocId,
    /// What, as whoever dealt with it first saw it.
    pub text: String,
    /// Where at the site.
    pub location: String,
    /// 依据
    pub basis: String,
    /// Level.
    pub level: Level,
    /// Called major without a clause yet.
    pub suspected: bool,
    /// The clause of a major one.
    pub clause: Option<Clause>,
    /// How many photos.
    pub photos: u32,
    /// Put right on the spot.
    pub corrected: bool,
    /// Deadline of the first order.
    pub due: Option<Date>,
    /// Measure of a halt.
    pub measure: Option<String>,
    /// The unit that it was proposed to.
    pub to: Option<String>,
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 责令限期整改指令书
    Order,
    /// 现场处理措施决定书
    Measure,
    /// 整改复查意见书
    Recheck,
}

/// An official paper of a finding: what its author saw and wrote.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FindingPaper {
    /// The finding.
    pub id: DocId,
    /// The event that it is the paper of.
    pub event: EventId,
    /// Which paper.
    pub kind: PaperKind,
    /// The issuing unit's full name.
    pub unit: String,
    /// To whom.
    pub site: SiteOnPaper,
    /// The two officers.
    pub officers: Vec<OfficerShown>,
    /// When, as counted.
    pub at: Timestamp,
    /// The hazard, as the author saw it.
    pub text: String,
    /// Where at the site.
    pub location: String,
    /// The law or standard that it offends.
    pub basis: String,
    /// Photos of it, as the author saw them.
    pub photos: Vec<PhotoShown>,
    /// The deadline: of the order, or the new one of a failed re-check.
    pub due: Option<Date>,
    /// Who is to rectify.
    pub who: Option<PersonShown>,
    /// On what ground it was ordered.
    pub ground: String,
    /// The measure of a halt.
    pub measure: String,
    /// The author's words.
    pub words: String,
    /// What a re-check answers; none on other papers.
    pub recheck: Option<RecheckOnPaper>,
    /// It doesn't hold or count: a key for words.
    pub void: Option<String>,
    /// Fewer than two valid certificates that day.
    pub marked: bool,
    /// First half of the hash of its change.
    pub fingerprint: String,
}

/// What a re-check looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RecheckOnPaper {
    /// Passed, or failed.
    pub passed: bool,
    /// Day of the order that it answers.
    pub ordered: Option<Date>,
    /// Full name of the unit that gave it.
    pub ordered_by: Option<String>,
    /// Its deadline.
    pub due: Option<Date>,
    /// Until when more time was granted.
    pub extended: Option<Date>,
    /// What was reported as done.
    pub rectified: Option<String>,
    /// When that was reported.
    pub rectified_at: Option<Timestamp>,
    /// Photos after: the report's, then the re-check's own.
    pub photos: Vec<PhotoShown>,
}
