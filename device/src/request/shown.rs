//! Pieces that several answers share.

use serde::{Deserialize, Serialize};
use xunan_core::id::{DocId, PersonId, UnitId};
use xunan_core::record::{Location, Photo};
use xunan_core::register::{PostKind, Risk};
use xunan_core::timestamp::{Date, Timestamp};

/// A page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

/// Where the device is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Position {
    /// Degrees, WGS-84.
    pub lat: f64,
    /// Degrees, WGS-84.
    pub lon: f64,
    /// Metres.
    pub accuracy: f64,
}

/// A person as a screen shows one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PersonShown {
    /// Who.
    pub id: PersonId,
    /// 姓名
    pub name: String,
    /// The unit's short name of the post that matters here.
    pub unit: String,
    /// 职务
    pub title: String,
    /// 岗位类别
    pub kind: Option<PostKind>,
    /// For `tel:`, where the reader may see it.
    pub phone: Option<String>,
}

/// A unit as a screen shows one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitShown {
    /// Which.
    pub id: UnitId,
    /// Its full name.
    pub name: String,
    /// Its name as people say it: without the district and 有限公司.
    pub short: String,
    /// Risk colour of a site.
    pub risk: Option<Risk>,
}

/// Who said something and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct By {
    /// The author; none if this device doesn't know the actor.
    pub person: Option<PersonShown>,
    /// The device's own person.
    pub me: bool,
    /// The device's clock.
    pub claimed: Timestamp,
    /// The relay's receipt; none if not synced yet.
    pub received: Option<Timestamp>,
}

impl By {
    /// Nobody that this device knows.
    pub(crate) fn unknown() -> Self {
        Self {
            person: None,
            me: false,
            claimed: Timestamp::default(),
            received: None,
        }
    }
}

/// A photo as a screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PhotoShown {
    /// As the record names it.
    pub photo: Photo,
    /// Who took it.
    pub by: By,
    /// The picture is on this device.
    pub here: bool,
    /// The thumbnail is on this device.
    pub thumb_here: bool,
    /// The relay has the picture; if not, it is still on its author's device.
    pub uploaded: bool,
}

/// A photo that was just taken, one that is kept here already, or a drawn signature, as the screen
/// hands it over.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewPhoto {
    /// The file's bytes, base64 (JPEG, PNG or WebP); empty for one that is kept here already.
    #[serde(default)]
    pub base64: String,
    /// The one that is kept here already ([`super::Request::KeepPhoto`]).
    #[serde(default)]
    pub kept: Option<Photo>,
    /// Where it was taken, if known.
    pub loc: Option<Location>,
    /// When it was taken, by the file or the clock.
    pub taken: Option<Timestamp>,
}

/// How near a deadline is; a screen makes words and an edge of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Due {
    /// The last day.
    pub date: Date,
    /// Days left: 0 today, negative overdue.
    pub days: i32,
}

/// Whether what is shown left the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Only on this device.
    Here,
    /// The relay's receipt is here.
    Synced,
}

/// A record that a number or a task points to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Place {
    /// An inspection.
    Inspection(DocId),
    /// A finding.
    Finding(DocId),
    /// A site, for a planned visit.
    Site(UnitId),
}
