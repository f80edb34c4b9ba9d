//! The device and its person, the state of sync, what was not accepted.

use serde::{Deserialize, Serialize};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DeviceId, DocId};
use xunan_core::timestamp::{Date, Timestamp};

use super::shown::{PersonShown, Place};

/// The person, if the device is enrolled.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Me {
    /// None: not enrolled.
    pub person: Option<PersonShown>,
    /// All posts, the first one shown on Today.
    pub posts: Vec<PersonShown>,
    /// This device.
    pub device: Option<DeviceId>,
    /// The relay's address.
    pub relay: String,
    /// The app's version.
    pub version: String,
    /// What I may do at all: decides which tabs and buttons are offered.
    pub rights: Rights,
    /// Bytes on this device: records, photos.
    pub stored: (f64, f64),
    /// First sync still under way: records so far, records in all.
    pub first_sync: Option<(u32, u32)>,
    /// Today's day in the organisation's zone.
    pub today: Date,
    /// That zone's IANA name.
    pub zone: String,
}

/// One of my devices.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeviceShown {
    /// Which.
    pub id: DeviceId,
    /// The one in hand.
    pub here: bool,
    /// What it runs on.
    pub platform: String,
    /// First half of its public key, for comparing by eye.
    pub key: String,
    /// When the relay enrolled it.
    pub enrolled: Timestamp,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// What a person may do at all, by their posts.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one flag for each right of the table"
)]
pub struct Rights {
    /// Official inspections.
    pub inspect: bool,
    /// Self-inspections of the own enterprise.
    pub self_inspect: bool,
    /// Post checks.
    pub post_check: bool,
    /// Order somewhere.
    pub order: bool,
    /// Answer orders.
    pub answer: bool,
    /// Lead.
    pub lead: bool,
    /// Has the supervisor's queue.
    pub supervise: bool,
    /// Administers.
    pub administer: bool,
}

/// Sync in numbers; the screen makes words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SyncState {
    /// The network works (as far as the last try knows).
    pub online: bool,
    /// A request is under way.
    pub busy: bool,
    /// Changes that are only here.
    pub unsent: u32,
    /// Photos (blobs) that are only here.
    pub photos_unsent: u32,
    /// The relay's time of the last complete sync.
    pub synced: Option<Timestamp>,
    /// Why the last try failed.
    pub problem: Option<Problem>,
    /// The device's clock and the relay's differ by so many milliseconds (device − relay).
    pub clock_off: Option<f64>,
    /// Not accepted and not resolved yet.
    pub refused: u32,
    /// Records that this version of the app can't open; the next one asks for them again.
    pub set_aside: u32,
}

/// One line of the sync log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SyncLogLine {
    /// When.
    pub at: Timestamp,
    /// Changes sent on which the relay gave its word.
    pub sent: u32,
    /// Those of them that it did not accept.
    pub refused: u32,
    /// Changes received.
    pub received: u32,
    /// Photos sent.
    pub photos: u32,
    /// Why it failed, if it did.
    pub problem: Option<Problem>,
}

impl SyncLogLine {
    /// Nothing went over the line.
    pub(crate) const fn failed(at: Timestamp, problem: Problem) -> Self {
        Self {
            at,
            sent: 0,
            refused: 0,
            received: 0,
            photos: 0,
            problem: Some(problem),
        }
    }
}

/// Something of mine that the relay did not accept: kept with its reason.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RefusedRow {
    /// On this device.
    pub id: i64,
    /// The record.
    pub record: Option<Place>,
    /// The record's id, also when it isn't here any more.
    pub doc: DocId,
    /// Why.
    pub code: Code,
    /// Parameters of the reason's text; the way out among them.
    pub details: std::collections::BTreeMap<String, String>,
    /// What it was: the event's kind or the key's class.
    pub what: String,
    /// Its words, whole.
    pub words: String,
    /// The deadline that it names.
    pub due: Option<Date>,
    /// Its photos' thumbnails.
    pub photos: Vec<String>,
    /// The site's short name.
    pub site: String,
    /// When it was written, and when it was refused.
    pub written: Timestamp,
    /// When it was refused.
    pub refused: Timestamp,
    /// How many other changes of the same push were accepted.
    pub accepted_beside: u32,
    /// What can be done.
    pub ways: Vec<RefusedWay>,
    /// What was done.
    pub resolved: Option<RefusedWay>,
}

/// What can be done with something that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RefusedWay {
    /// Hand it to a unit that has the power, with words and photos.
    Propose {
        /// The unit.
        to: xunan_core::id::UnitId,
        /// Its short name.
        name: String,
    },
    /// Put the words as a comment in the record.
    Comment {},
    /// Try it again: the register changed meanwhile.
    Again {},
    /// Not needed any more: kept under 已处理.
    Archive {},
}
