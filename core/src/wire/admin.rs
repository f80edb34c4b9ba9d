//! What administrators ask of the relay (`/v1/admin/*`), as JSON. Only the relay carries these out:
//! it alone writes the register, and an invitation that waits for a network invites nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, PersonId, RowId};
use crate::timestamp::{Date, Timestamp};

/// People invited at once, at most: a printed sheet for a whole district is several.
pub const INVITED_AT_ONCE: usize = 500;
/// Hours that an invitation holds if nothing else is said, and at most.
pub const INVITATION_HOURS: (u16, u16) = (24, 720);
/// Bytes of an import's body, at most: spreadsheets as base64.
pub const IMPORT_BYTES: usize = 12 << 20;

/// Body of `POST admin/invitations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteRequest {
    /// Who: each gets a code of their own.
    pub people: Vec<PersonId>,
    /// For how many hours.
    #[serde(default)]
    pub hours: Option<u16>,
}

/// An invitation as it is handed on; the code is nowhere kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// For one device.
    pub code: String,
    /// Opens the app with the code: what a QR picture holds. Without an address if the relay was
    /// never told where devices reach it.
    pub link: String,
    /// It holds until this moment.
    pub expires: Timestamp,
}

/// A device, as the relay knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Which.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// What it runs on.
    pub platform: String,
    /// When it enrolled.
    pub enrolled: Timestamp,
    /// When it last asked for news.
    pub last_sync: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// Something that an administrator did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActLine {
    /// When.
    pub at: Timestamp,
    /// Who; none for whoever has the relay's command line.
    pub by: Option<PersonId>,
    /// `invite`, `revoke`, `setting`, `import`, `plan`.
    pub what: String,
    /// A person's, device's or planned visit's id, a setting's name, a revision.
    pub about: String,
}

/// One of the organisation's settings, as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SettingLine {
    /// Its name.
    pub name: String,
    /// What holds.
    pub value: String,
    /// What holds if nobody sets it.
    pub default: String,
}

/// Body of `POST admin/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRequest {
    /// The setting's name.
    pub name: String,
    /// As people write it.
    pub value: String,
}

/// Body of `POST admin/plan`: moves a planned visit, or names other officers, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// Which row of the plan.
    pub row: RowId,
    /// The revision of the row that the person looked at: what somebody else changed meanwhile is
    /// not overwritten unseen.
    pub revision: u64,
    /// Its new month, 1–12.
    #[serde(default)]
    pub month: Option<u8>,
    /// All its officers from now on.
    #[serde(default)]
    pub officers: Option<Vec<PersonId>>,
    /// Why; needed.
    pub reason: String,
}

/// A spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// Its name, for the problems' places.
    pub name: String,
    /// Its bytes.
    pub base64: String,
}

/// Body of `POST admin/import`: a preview, or with the preview's seal the import itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// .xlsx and .csv, in any order.
    pub files: Vec<ImportFile>,
    /// Moves 年度 and 证件有效期 so that the files' one year becomes this one.
    pub year: Option<i32>,
    /// The day from which targets are counted.
    pub counted_from: Option<Date>,
    /// Retires what the files no longer have.
    pub retire_missing: bool,
    /// Changed phone numbers of the same people: new number → old number.
    pub same_person: BTreeMap<String, String>,
    /// Numbers of new people who have another's name.
    pub new_person: Vec<String>,
    /// Writes what the preview with this seal showed, and nothing else.
    pub seal: Option<String>,
}

/// Answer of `POST admin/import`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportAnswer {
    /// Names these files, options and this state of the register.
    pub seal: String,
    /// It is written.
    pub written: bool,
    /// Something is to be mended first, so nothing can be written.
    pub blocked: bool,
    /// Rows of the register that are (or would be) written.
    pub rows: u32,
    /// By kind of sheet.
    pub counts: Vec<ImportCount>,
    /// Those to mend first.
    pub problems: Vec<ImportProblem>,
    /// What changes.
    pub changes: Vec<ImportChange>,
}

/// What the rows of one kind of sheet did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportCount {
    /// `units`, `people`, `checklists`, `letters`, `plan`.
    pub kind: String,
    /// Rows read (checklists: lists).
    pub read: u32,
    /// Rows of the register that are new.
    pub new: u32,
    /// That change.
    pub changed: u32,
    /// That are retired.
    pub retired: u32,
    /// That the files no longer have, and that are kept.
    pub missing: u32,
}

/// A place in a file where something is wrong or worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportProblem {
    /// To be mended before anything is written.
    pub blocks: bool,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The file's own row number, from 1.
    pub row: Option<u32>,
    /// The column's header.
    pub column: Option<String>,
    /// What is there.
    pub found: String,
    /// What is wrong, for screens that have words for it: a code, and what its sentence needs.
    pub fault: String,
    /// See `fault`.
    pub details: BTreeMap<String, String>,
    /// What is wrong and what to do, in the language of the spreadsheets.
    pub advice: String,
    /// A known name with a new number: (old, new). The importer says whether it is the same person.
    pub phones: Option<(String, String)>,
}

/// One row that changes, or that the files no longer have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportChange {
    /// `new`, `changed`, `retired`, `missing`.
    pub action: String,
    /// The register's table.
    pub table: String,
    /// The row in words.
    pub row: String,
    /// What changes in it.
    pub fields: Vec<ImportField>,
}

/// A column that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportField {
    /// Its header.
    pub column: String,
    /// What it was; empty for nothing.
    pub before: String,
    /// What it becomes.
    pub after: String,
}
