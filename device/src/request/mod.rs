//! Every question and command of the screens, and every answer: the device's whole face.
//!
//! One typed `call(Request) -> Reply`; notices name what changed and the screen asks again. The
//! TypeScript types of the screens are generated from these. A host adds nothing to them.

mod admin;
mod area;
mod dashboard;
mod finding;
mod inspection;
mod me;
mod paper;
mod photos;
mod plan;
mod shown;
mod site;
mod table;
mod target;
mod today;

pub use admin::*;
pub use area::*;
pub use dashboard::*;
pub use finding::*;
pub use inspection::*;
pub use me::*;
pub use paper::*;
pub use plan::*;
pub use shown::*;
pub use site::*;
pub use table::*;
pub use target::*;
pub use today::*;

use serde::{Deserialize, Serialize};
use xunan_core::id::{DeviceId, DocId, PersonId, RowId, Sha256, UnitId};
use xunan_core::record::{Event, FindingAct, InspectionAct, Photo};
use xunan_core::wire::admin::{ImportAnswer, ImportRequest, SettingLine};

/// A question or a command. Commands answer after they are durable on the device.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(missing_docs, reason = "the variants name what a screen shows or does")]
pub enum Request {
    // The device and its person.
    Me {},
    Enrol {
        relay: String,
        code: String,
    },
    SyncState {},
    /// Sync at once; answers when nothing is left to send and the log is read to its end.
    Sync {},
    GoOffline {},
    GoOnline {},
    SyncLog {
        limit: u32,
    },
    /// My devices, this one first.
    Devices {},
    Refused {},
    /// What to do with something that was not accepted.
    ResolveRefused {
        id: i64,
        way: RefusedWay,
    },
    /// Marks a record as opened on this device.
    Opened {
        id: DocId,
    },
    /// Takes back the newest command, or the one named, while it is still here.
    Undo {
        command: i64,
    },
    /// Decisions that wait to be sent and can be taken back, the newest first: what a screen asks
    /// that didn't see them being made.
    Waiting {},

    // Questions.
    Today {},
    Start {
        near: Option<Position>,
    },
    Sites {
        query: String,
        near: Option<Position>,
        limit: u32,
    },
    Site {
        site: UnitId,
    },
    /// What the start screen opens in place for one site and, if planned, one visit.
    Visit {
        site: UnitId,
        plan: Option<RowId>,
    },
    People {
        query: String,
        unit: Option<UnitId>,
        limit: u32,
    },
    Inspections {
        filter: InspectionFilter,
    },
    Inspection {
        id: DocId,
    },
    End {
        id: DocId,
    },
    Findings {
        filter: FindingFilter,
    },
    Finding {
        id: DocId,
    },
    /// 现场检查记录
    RecordPaper {
        id: DocId,
    },
    /// The orders, measures on site and re-check opinions of a finding, newest first.
    FindingPapers {
        id: DocId,
    },
    Queue {
        group: Option<QueueGroup>,
        #[serde(default)]
        filter: QueueFilter,
        limit: u32,
    },
    Responsibility {},
    Unit {
        unit: UnitId,
    },
    Number {
        target: RowId,
        period: Option<String>,
    },
    /// Units that the desk's pages may be about.
    DeskUnits {},
    /// The year's plan of a unit's area.
    Plan {
        unit: Option<UnitId>,
        year: Option<i32>,
    },
    /// A planned visit with what it may become; `month` and `officers` are what was chosen so far.
    VisitChange {
        row: RowId,
        month: Option<u8>,
        officers: Option<Vec<PersonId>>,
    },
    Dashboard {
        scope: DeskScope,
    },
    FindingTable {
        ask: Box<FindingAsk>,
    },
    InspectionTable {
        ask: InspectionAsk,
    },
    /// The units of my area with their people.
    Organisation {},
    /// Letters by unit, and those of one.
    Letters {
        unit: Option<UnitId>,
    },
    /// The picture or thumbnail with this hash, if it is on this device: as a data URL.
    Photo {
        hash: String,
    },
    /// Asks the relay for a picture that isn't here; a notice tells when it came.
    FetchPhoto {
        hash: String,
    },

    /// What a sheet keeps until it is filed, if it kept anything.
    Unfiled {
        name: String,
    },
    /// Keeps what a sheet holds, as its own words; none drops it with the photos that nothing else
    /// names.
    KeepUnfiled {
        name: String,
        content: Option<String>,
    },
    /// Takes a photo in before anything names it; a [`NewPhoto`] names it by what this answers.
    KeepPhoto {
        photo: NewPhoto,
    },

    // What administrators see: on the device.
    Members {
        filter: MemberFilter,
    },
    Checklists {},
    Checklist {
        code: String,
    },

    // What only the relay does: for administrators, and for who looks after the plan.
    /// All of the people, or nobody.
    Invite {
        people: Vec<PersonId>,
        hours: Option<u16>,
    },
    AllDevices {},
    Revoke {
        device: DeviceId,
    },
    Acts {},
    Settings {},
    SetSetting {
        name: String,
        value: String,
    },
    /// Moves a planned visit, or names other officers, or both.
    ChangePlanned {
        row: RowId,
        month: Option<u8>,
        officers: Option<Vec<PersonId>>,
        reason: String,
    },
    /// A preview, or with its seal the import.
    Import(Box<ImportRequest>),

    // Commands on inspections.
    Begin(Begin),
    /// The code that a team-mate's phone shows: begins the same document here.
    Join {
        code: String,
    },
    JoinCode {
        id: DocId,
    },
    AddTeam {
        id: DocId,
        person: PersonId,
        role: String,
    },
    LeaveTeam {
        id: DocId,
        person: PersonId,
    },
    AddList {
        id: DocId,
        list: String,
    },
    SetBasis {
        id: DocId,
        basis: String,
        plan: Vec<RowId>,
    },
    Answer {
        id: DocId,
        list: String,
        item: String,
        value: Option<String>,
    },
    /// Answers what is left of a section 符合; undone as one.
    FillSection {
        id: DocId,
        list: String,
        section: String,
    },
    Note {
        id: DocId,
        list: String,
        item: String,
        text: String,
    },
    AddPhoto {
        id: DocId,
        list: String,
        item: String,
        photo: NewPhoto,
    },
    /// Takes a photo off an item, or with `-` and `-` off none.
    RemovePhoto {
        id: DocId,
        list: String,
        item: String,
        hash: Sha256,
    },
    /// Moves what was done to the right site: a new inspection there, the old one withdrawn.
    MoveTo {
        id: DocId,
        site: UnitId,
    },
    Settle {
        id: DocId,
        list: String,
        item: String,
        value: Option<String>,
    },
    /// Chooses among the words of a field that is no answer (a [`ContradictionShown`]).
    SettleField {
        id: DocId,
        key: String,
        value: Option<String>,
    },
    SetEnd {
        id: DocId,
        end: Option<String>,
        rep: Option<String>,
        rep_post: Option<String>,
    },
    Sign {
        id: DocId,
        role: String,
        name: String,
        drawing: NewPhoto,
        opinion: Option<String>,
    },
    Finish {
        id: DocId,
    },
    ActOnInspection {
        id: DocId,
        event: Event<InspectionAct>,
    },

    // Commands on findings.
    Report(Report),
    EditFinding {
        id: DocId,
        edit: FindingEdit,
    },
    AddFindingPhoto {
        id: DocId,
        photo: NewPhoto,
    },
    /// Takes a photo from before off a report.
    RemoveFindingPhoto {
        id: DocId,
        hash: Sha256,
    },
    /// Puts one event. `photos` are new ones; the device adds their hashes to the event.
    Act {
        id: DocId,
        event: Event<FindingAct>,
        photos: Vec<NewPhoto>,
    },
}

/// What a call answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(
    missing_docs,
    reason = "each is named like the request that it answers"
)]
pub enum Reply {
    Me(Box<Me>),
    SyncState(SyncState),
    SyncLog(Vec<SyncLogLine>),
    Devices(Vec<DeviceShown>),
    Refused(Vec<RefusedRow>),
    Waiting(Vec<WaitingShown>),
    Today(Box<Today>),
    Start(Box<Start>),
    Sites(Vec<SiteRow>),
    Site(Box<SiteView>),
    Visit(Box<VisitView>),
    People(Vec<PersonShown>),
    Inspections(Page<InspectionRow>),
    Inspection(Box<InspectionView>),
    End(Box<EndView>),
    Findings(Page<FindingRow>),
    Finding(Box<FindingView>),
    RecordPaper(Box<RecordPaper>),
    FindingPapers(Vec<FindingPaper>),
    Queue(Box<Queue>),
    Responsibility(Box<Responsibility>),
    Unit(Box<UnitView>),
    Number(Box<Number>),
    DeskUnits(Vec<DeskUnit>),
    Plan(Box<PlanView>),
    VisitChange(Box<VisitChangeView>),
    Dashboard(Box<Dashboard>),
    FindingTable(Box<FindingTable>),
    InspectionTable(Box<InspectionTable>),
    Organisation(Vec<UnitPeople>),
    Letters(Box<Letters>),
    Photo(Option<String>),
    Members(Page<MemberRow>),
    Checklists(Vec<ChecklistRow>),
    Checklist(Box<ChecklistView>),
    Invite(Vec<Invitation>),
    AllDevices(Vec<DeviceRow>),
    Acts(Vec<ActShown>),
    Settings(Vec<SettingLine>),
    SetSetting(Vec<SettingLine>),
    Import(Box<ImportAnswer>),
    /// The code that a team-mate scans.
    JoinCode(String),
    Unfiled(Option<String>),
    KeepPhoto(Photo),
    /// Durable on the device. `command` can be undone while it is here.
    Done {
        id: Option<DocId>,
        command: i64,
        undo_until: Option<f64>,
    },
    /// Nothing to say.
    None {},
}

/// What changed; a screen that shows it asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(missing_docs, reason = "each names what changed")]
pub enum Notice {
    Record { id: DocId },
    Register {},
    Sync {},
    Refused {},
    Photo { hash: String },
    Enrolled {},
}
