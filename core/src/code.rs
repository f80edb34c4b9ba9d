//! Every stable code of an error, refusal or problem, once. A code is never renamed or reused; the
//! screens have words for each, which say what is wrong and what to do.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A stable code, written `area.what`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }
        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// As written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    // A foreign change, rules 1–11 (protocol.md, section 3).
    /// Rule 1: size, magic, chunk type, length or checksum.
    ChangeBytes = "change.bytes",
    /// Rule 2: a field of the header is out of its range.
    ChangeHeader = "change.header",
    /// Rule 3: a column that the alphabet doesn't have, or out of order.
    ChangeColumns = "change.columns",
    /// Rule 4: an op that the alphabet doesn't have, or too many.
    ChangeOps = "change.ops",
    /// Rule 5: a value of another type, or too large.
    ChangeValue = "change.value",
    /// Rule 6: predecessors out of order, or another encoding than ours.
    ChangeEncoding = "change.encoding",
    /// Rule 7: a document's bounds are reached.
    ChangeLimit = "change.limit",
    /// Rule 8: a dependency is an ancestor of another.
    ChangeDeps = "change.deps",
    /// Rule 9: sequence number or first op don't follow from the dependencies.
    ChangeSequence = "change.sequence",
    /// Rule 9: the actor has another change with this sequence number.
    ChangeFork = "change.fork",
    /// Rule 10: a key twice, `id` or `v` where they don't belong, a root that doesn't fit.
    ChangeKeys = "change.keys",
    /// Rule 10: an event's key doesn't match its change, or it replaces something.
    ChangeEvent = "change.event",
    /// Rule 10: another actor of the document has the same last four bytes.
    ChangeTailTaken = "change.tail_taken",
    /// Rule 11: predecessors aren't what is visible at the dependencies.
    ChangePreds = "change.preds",
    /// A dependency isn't known yet: held, not refused.
    ChangeHeld = "change.held",
    // The packed form.
    /// A batch whose bytes can't be read.
    BatchBytes = "batch.bytes",
    /// A batch above its limits.
    BatchLimit = "batch.limit",
    /// Two known changes begin with a dependency's eight bytes.
    BatchAmbiguous = "batch.ambiguous",
    /// A part's check doesn't match what was rebuilt.
    BatchCheck = "batch.check",
    // Rights (rule 13).
    /// The actor doesn't belong to the pushing device (rule 12).
    PermitActor = "permit.actor",
    /// No post of the person gives this right.
    PermitNoRight = "permit.no_right",
    /// The person's units don't oversee the site.
    PermitNotOverseen = "permit.not_overseen",
    /// The unit has no power to order; propose to one that has it.
    PermitNoPower = "permit.no_power",
    /// The person has no enforcement certificate; a colleague with one orders.
    PermitNoCertificate = "permit.no_certificate",
    /// The unit has the power to order: it orders instead of proposing.
    PermitHasPower = "permit.has_power",
    /// The unit that is to receive the finding doesn't oversee the site.
    PermitReceiver = "permit.receiver",
    /// The unit named isn't one of the author's.
    PermitNotYourUnit = "permit.not_your_unit",
    /// Stands in a record's first change and never changes.
    PermitRootOnly = "permit.root_only",
    /// The finding has its site already.
    PermitSited = "permit.sited",
    /// The person doesn't see the record.
    PermitNotSeen = "permit.not_seen",
    /// The inspection is finished; reopen it first.
    PermitFinished = "permit.finished",
    /// The finding was ordered; its report no longer changes.
    PermitOrdered = "permit.ordered",
    /// What it answers isn't in its past.
    PermitNotInPast = "permit.not_in_past",
    /// Only the reporter's side may do this.
    PermitNotReporter = "permit.not_reporter",
    /// Only the inspection's team may do this.
    PermitNotInTeam = "permit.not_in_team",
    /// Only who has the leader's role in the team may do this.
    PermitNotLeader = "permit.not_leader",
    /// Only the named responsible person may do this.
    PermitNotResponsible = "permit.not_responsible",
    /// The person who rectified doesn't pass it.
    PermitOwnWork = "permit.own_work",
    /// The record belongs to the enterprise alone until it is shared.
    PermitNotShared = "permit.not_shared",
    /// Shared with the overseers: only they order in it now.
    PermitShared = "permit.shared",
    /// An event of a known kind that lacks its own fields.
    EventShape = "event.shape",
    /// A key or event that this relay is too old to judge.
    NewerThanRelay = "relay.older_than_record",
    // The wire.
    /// The body isn't what the endpoint takes.
    WireBody = "wire.body",
    /// Above the limits of size.
    WireTooLarge = "wire.too_large",
    /// The app's protocol version is no longer (or not yet) spoken.
    WireVersion = "wire.version",
    /// The push's signature doesn't verify.
    WireSignature = "wire.signature",
    /// The cursor isn't one of this relay's.
    WireCursor = "wire.cursor",
    // Enrolment and sessions.
    /// No such invitation code.
    InvitationUnknown = "invitation.unknown",
    /// The invitation was used.
    InvitationUsed = "invitation.used",
    /// The invitation is past its hours.
    InvitationExpired = "invitation.expired",
    /// Too many wrong codes came from there, or codes like it; even the right one waits.
    InvitationTooMany = "invitation.too_many",
    /// The session token is missing, wrong or expired.
    SessionInvalid = "session.invalid",
    /// The device was revoked.
    DeviceRevoked = "device.revoked",
    // Administration.
    /// No such device.
    DeviceUnknown = "device.unknown",
    /// No such setting.
    SettingUnknown = "setting.unknown",
    /// A setting can't be what was given.
    SettingValue = "setting.value",
    /// The register or the files changed since the preview.
    ImportChanged = "import.changed",
    /// Something in the files is to be mended first.
    ImportBlocked = "import.blocked",
    /// The files' years don't fit the options.
    ImportYear = "import.year",
    // The year's plan.
    /// No such visit is planned (any more).
    PlanUnknown = "plan.unknown",
    /// The visit was made: it stays as it is.
    PlanFulfilled = "plan.fulfilled",
    /// The visit can no longer be made: it stays as it is.
    PlanClosed = "plan.closed",
    /// The visit's month is over: it stays in it.
    PlanMonthOver = "plan.month_over",
    /// A month that is over, or none of the year.
    PlanMonth = "plan.month",
    /// The unit has another such visit there in that month.
    PlanMonthTaken = "plan.month_taken",
    /// A visit needs somebody who makes it.
    PlanNoOfficer = "plan.no_officer",
    /// A led visit needs a leader of the unit.
    PlanNoLeader = "plan.no_leader",
    /// No officer in office of the unit, or named twice.
    PlanOfficer = "plan.officer",
    /// Somebody else changed the visit since it was looked at.
    PlanChanged = "plan.changed",
    // Blobs.
    /// Absent, or not for this person.
    BlobAbsent = "blob.absent",
    /// The upload's offset isn't where the relay stands.
    BlobOffset = "blob.offset",
    /// The bytes don't have the hash that names them.
    BlobHash = "blob.hash",
    /// Larger than a blob may be.
    BlobTooLarge = "blob.too_large",
    // On the device.
    /// The relay can't be reached.
    NetUnreachable = "net.unreachable",
    /// The relay answered in a way that this app doesn't understand.
    NetAnswer = "net.answer",
    /// The device isn't enrolled yet.
    DeviceNotEnrolled = "device.not_enrolled",
    /// The device is enrolled already.
    DeviceEnrolled = "device.enrolled",
    /// No such record on this device.
    RecordAbsent = "record.absent",
    /// A field is missing or can't be what was given.
    InputInvalid = "input.invalid",
    /// A deadline that lies in the past.
    DeadlineInPast = "finding.deadline_in_past",
    /// A hazard needs a photo or words.
    FindingEmpty = "finding.empty",
    /// A major finding needs the clause of a judging standard.
    ClauseMissing = "finding.clause_missing",
    /// Rectifying a major finding needs the five in place.
    FiveMissing = "finding.five_missing",
    /// Corrected on the spot needs a photo from after, or words.
    AfterMissing = "finding.after_missing",
    /// The file isn't a picture that can be read.
    PhotoUnreadable = "photo.unreadable",
    /// What was to be undone was sent already.
    UndoTooLate = "undo.too_late",
    /// What a sheet keeps until it is filed is larger than it may be, or there are too many.
    UnfiledTooLarge = "unfiled.too_large",
    /// The device's storage failed or is full.
    StoreFailed = "store.failed",
    /// The device's storage belongs to a newer app.
    StoreNewer = "store.newer",
    /// Another copy of the app has this folder open.
    StoreInUse = "store.in_use",
    /// Something that should not happen; the trace finds it in the log.
    Internal = "internal",
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "ts")]
impl ts_rs::TS for Code {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
}

/// When it makes sense to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// Not as it is.
    Never,
    /// Later, unchanged.
    Later,
    /// After an update of the app (or relay).
    AfterUpdate,
    /// After signing in anew.
    AfterSignIn,
}

/// The one shape of an error at every edge: IPC, worker, HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Problem {
    /// Its code.
    pub code: Code,
    /// Parameters of its text.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub details: std::collections::BTreeMap<String, String>,
    /// Whether to try again.
    pub retry: Retry,
    /// Finds the internal words in the log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trace: String,
}

impl Problem {
    /// A problem that trying again doesn't mend.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            details: std::collections::BTreeMap::new(),
            retry: Retry::Never,
            trace: String::new(),
        }
    }
    /// With one more parameter for its text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }
    /// With another word on trying again.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }
}
