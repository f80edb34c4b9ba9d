//! What administrators see and do: people and their devices, invitations, settings, imports.

use serde::{Deserialize, Serialize};
use xunan_core::id::{DeviceId, UnitId};
use xunan_core::timestamp::Timestamp;

use super::shown::PersonShown;

/// Which people to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MemberFilter {
    /// Name, title, unit or pinyin initials.
    pub query: String,
    /// Of one unit.
    pub unit: Option<UnitId>,
    /// Only who has no device yet.
    pub without_device: bool,
    /// Rows at most; 0 = 50.
    pub limit: u32,
}

/// A person of the organisation with all posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MemberRow {
    /// Who, with the post that matters most.
    pub person: PersonShown,
    /// All posts.
    pub posts: Vec<PersonShown>,
    /// Devices that weren't revoked.
    pub devices: u32,
    /// I may invite them: by the table of rights.
    pub may_invite: bool,
}

/// An invitation to be handed on: on this screen, or on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Invitation {
    /// Who.
    pub person: PersonShown,
    /// For one device.
    pub code: String,
    /// Opens the app with the code; what a QR picture holds.
    pub link: String,
    /// It holds until this moment.
    pub expires: Timestamp,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeviceRow {
    /// Which.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonShown,
    /// What it runs on.
    pub platform: String,
    /// When it enrolled.
    pub enrolled: Timestamp,
    /// When it last asked for news.
    pub last_sync: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
    /// This very device.
    pub this: bool,
}

/// Something that an administrator did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ActShown {
    /// When.
    pub at: Timestamp,
    /// Who; none for whoever has the relay's command line.
    pub by: Option<PersonShown>,
    /// `invite`, `revoke`, `setting`, `import`, `plan`.
    pub what: String,
    /// The person invited, or whose device was revoked.
    pub person: Option<PersonShown>,
    /// A setting's name, a revision of the register, the short name of a planned visit's site.
    pub about: String,
}

/// A checklist as it was imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChecklistRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub english: String,
    /// Its version.
    pub version: u32,
    /// Since when this version holds.
    pub since: Timestamp,
    /// For which industries.
    pub industries: Vec<String>,
    /// How many items.
    pub items: u32,
}

/// A checklist with its items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChecklistView {
    /// The list.
    pub row: ChecklistRow,
    /// Its items, in order.
    pub items: Vec<ChecklistItem>,
}

/// An item of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChecklistItem {
    /// Its number in the list.
    pub number: u32,
    /// Its section.
    pub section: String,
    /// What to check.
    pub text: String,
    /// The same in English, if it was imported.
    pub english: String,
    /// The law or standard.
    pub basis: String,
    /// 疑似重大
    pub suspected_major: bool,
    /// A photo is asked for.
    pub photo: bool,
}
