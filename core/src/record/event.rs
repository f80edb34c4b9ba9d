//! Events: what was done to a record, put once and never touched again (product.md's table).
//!
//! Author and time follow from the change that carries the event; they are never stored here.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::code::Code;
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

impl<A: Act> Event<A> {
    /// From the value of a key `ev/…`.
    ///
    /// # Errors
    /// [`EventError`] says whether a newer version may know more, or the event is broken.
    pub fn read(text: &str) -> Result<Self, EventError> {
        if let Ok(event) = serde_json::from_str::<Self>(text) {
            return if A::is_whole(&event) {
                Ok(event)
            } else {
                Err(EventError::Shape)
            };
        }
        let kind = serde_json::from_str::<KindOnly>(text).map_err(|_| EventError::Shape)?;
        Err(if A::KINDS.contains(&kind.k.as_str()) {
            EventError::Shape
        } else {
            EventError::UnknownKind
        })
    }
    /// The value of a key `ev/…`.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Only maps with keys that are no text, and writers that fail, can fail: there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
    fn has_words(&self) -> bool {
        self.text
            .as_ref()
            .is_some_and(|text| !text.trim().is_empty())
    }
    fn has_words_or_photos(&self) -> bool {
        self.has_words() || !self.photos.is_empty()
    }
}

#[derive(Deserialize)]
struct KindOnly {
    k: String,
}

/// Why the value of a key `ev/…` isn't an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// A kind that this version doesn't know: kept and not shown.
    #[error("an event of a kind that this version doesn't know")]
    UnknownKind,
    /// A known kind that lacks its own fields, or no event at all.
    #[error("an event that lacks fields of its kind")]
    Shape,
}

impl EventError {
    /// Its stable code, as the relay refuses it.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::UnknownKind => Code::NewerThanRelay,
            Self::Shape => Code::EventShape,
        }
    }
}

/// What the events of one kind of record say.
pub trait Act: Serialize + DeserializeOwned {
    /// The words of all kinds, as they stand in `k`.
    const KINDS: &'static [&'static str];
    /// Whether the event has the fields of its kind that the type alone doesn't ask for.
    fn is_whole(event: &Event<Self>) -> bool;
}

impl Act for FindingAct {
    const KINDS: &'static [&'static str] = &[
        "proposed",
        "ordered",
        "graded",
        "accepted",
        "assigned",
        "asked",
        "granted",
        "declined",
        "rectified",
        "corrected_on_spot",
        "passed",
        "failed",
        "halted",
        "resumed",
        "reassigned",
        "transferred",
        "listed",
        "unlisted",
        "decided",
        "settled",
        "withdrawn",
        "duplicate",
        "sited",
        "commented",
    ];

    fn is_whole(event: &Event<Self>) -> bool {
        let own = match &event.act {
            Self::Graded { level, clause } => *level == Level::General || clause.is_some(),
            Self::Decided | Self::Commented => event.has_words(),
            Self::Rectified { .. } | Self::CorrectedOnSpot => event.has_words_or_photos(),
            _ => true,
        };
        own && (event.unit.is_some() || !event.act.names_unit())
    }
}

impl FindingAct {
    /// Names the unit that it is done for: everything that only the right of *order* gives, and what
    /// leaders do.
    #[must_use]
    pub const fn names_unit(&self) -> bool {
        self.is_by_order() || matches!(self, Self::Listed { .. } | Self::Decided)
    }
    /// Given by the right of *order* alone. `withdrawn` and `duplicate` are not: before an order
    /// they are the reporter's.
    #[must_use]
    pub const fn is_by_order(&self) -> bool {
        matches!(
            self,
            Self::Ordered { .. }
                | Self::Graded { .. }
                | Self::Granted { .. }
                | Self::Declined { .. }
                | Self::Passed
                | Self::Failed { .. }
                | Self::Halted { .. }
                | Self::Resumed
                | Self::Reassigned { .. }
                | Self::Transferred { .. }
                | Self::Settled { .. }
                | Self::Sited { .. }
        )
    }
}

impl Act for InspectionAct {
    const KINDS: &'static [&'static str] = &[
        "finished",
        "reopened",
        "signed",
        "refused",
        "withdrawn",
        "lead",
        "settled",
        "commented",
    ];

    fn is_whole(event: &Event<Self>) -> bool {
        match event.act {
            Self::Lead | Self::Commented => event.has_words(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests;
