//! Events: what was done to a record, put once and never touched again (product.md's table).
//!
//! Author and time follow from the change that carries the event; they are never stored here.

use serde::{Deserialize, Serialize};

use crate::id::{DocId, EventId, PersonId, Sha256, UnitId};
use crate::timestamp::{Date, Timestamp};

/// A photo as records name it: the picture and its thumbnail are blobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Photo {
    /// The picture's hash.
    pub h: Sha256,
    /// The picture's bytes.
    pub size: u32,
    /// The thumbnail's hash.
    pub thumb: Sha256,
    /// When it was taken, by the device's clock.
    pub taken: Timestamp,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loc: Option<Location>,
}

/// A place as measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Location {
    /// Degrees, WGS-84.
    pub lat: f64,
    /// Degrees, WGS-84.
    pub lon: f64,
    /// Metres.
    pub accuracy: f64,
    /// `gps`, `network`, `exif` or `hand`.
    pub source: String,
    /// When it was measured, by the device's clock.
    pub time: Timestamp,
}

/// A clause of a judging standard (重大事故隐患判定标准).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Clause {
    /// The standard's name or number.
    pub standard: String,
    /// The article in it.
    pub article: String,
}

/// The five in place (五落实) that the rectification of a major finding needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Five {
    /// 措施
    pub measure: String,
    /// 资金
    pub funds: String,
    /// 时限
    pub due: Date,
    /// 责任人
    pub who: String,
    /// 预案
    pub plan: String,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 一般
    General,
    /// 重大
    Major,
}

/// In which role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SignedAs {
    /// 检查人员
    Officer,
    /// 带队领导
    Leader,
    /// 被检查单位代表
    Representative,
    /// 见证人
    Witness,
}

/// What an event of a finding says, with the fields of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "k", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the fields are product.md's table, word for word"
)]
pub enum FindingAct {
    Proposed {
        to: UnitId,
    },
    Ordered {
        due: Date,
        who: PersonId,
        ground: String,
    },
    Graded {
        level: Level,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<Clause>,
    },
    Accepted,
    Assigned {
        who: PersonId,
    },
    Asked {
        due: Date,
        reason: String,
    },
    Granted {
        due: Date,
    },
    Declined {
        reason: String,
    },
    Rectified {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        five: Option<Five>,
        /// Recorded by an inspector on behalf of a site without the app.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        behalf: bool,
    },
    CorrectedOnSpot,
    Passed,
    Failed {
        due: Date,
    },
    Halted {
        measure: String,
        ground: String,
    },
    Resumed,
    Reassigned {
        who: PersonId,
    },
    Transferred {
        to: UnitId,
    },
    Listed {
        level: String,
        who: PersonId,
    },
    Unlisted,
    Decided,
    Settled {
        not: Vec<EventId>,
    },
    Withdrawn {
        reason: String,
    },
    Duplicate {
        of: DocId,
    },
    Sited {
        site: UnitId,
    },
    Commented,
}

/// What an event of an inspection says, with the fields of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "k", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the fields are protocol.md's list, word for word"
)]
pub enum InspectionAct {
    Finished,
    Reopened {
        reason: String,
    },
    Signed {
        #[serde(rename = "as")]
        role: SignedAs,
        name: String,
        drawing: Sha256,
        /// `agreed`, or the representative's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<String>,
    },
    Refused {
        reason: String,
        witness: String,
    },
    Withdrawn {
        reason: String,
    },
    Lead,
    Settled {
        key: String,
        value: Option<String>,
    },
    Commented,
}

/// An event as it stands in a document: its act and what any event may carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Event<A> {
    /// What was done.
    #[serde(flatten)]
    pub act: A,
    /// The events that it answers, for the timeline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub re: Vec<EventId>,
    /// The issuing unit: on everything by right of *order*, on `listed` and `decided`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The two officers of an official act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officers: Option<[PersonId; 2]>,
    /// Words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
}

impl<A> Event<A> {
    /// An event with its act alone.
    pub const fn new(act: A) -> Self {
        Self {
            act,
            re: Vec::new(),
            unit: None,
            officers: None,
            text: None,
            photos: Vec::new(),
        }
    }
}
