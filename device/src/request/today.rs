//! Today and the supervisor's queue: what is to be done, soonest first.

use serde::{Deserialize, Serialize};
use xunan_core::id::UnitId;
use xunan_core::timestamp::Date;

use super::finding::FindingRow;
use super::inspection::InspectionRow;
use super::shown::{Due, PersonShown, Place, UnitShown};
use super::target::TargetRow;

/// The first screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Today {
    /// Me, with the post that is shown.
    pub me: PersonShown,
    /// Today in the organisation's zone.
    pub date: Date,
    /// Days left of the month, the quarter and the year, today not counted.
    pub days_left: [u32; 3],
    /// 本人
    pub own: Vec<TargetRow>,
    /// 本单位, for a unit's main leader.
    pub unit: Vec<TargetRow>,
    /// The unit's short name.
    pub unit_name: String,
    /// Soonest first.
    pub tasks: Vec<Task>,
}

/// What a task asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Planned visit.
    Visit,
    /// Unfinished inspection.
    Unfinished,
    /// To order.
    Order,
    /// To answer: accept, rectify.
    Rectify,
    /// Extension asked.
    Extension,
    /// To re-check.
    Recheck,
    /// Major: to list, to handle in person.
    Major,
    /// A refusal to sign.
    RefusedSignature,
    /// Conflicts to settle.
    Conflict,
    /// Not accepted.
    NotAccepted,
    /// A hazard whose words, photo or site are still missing.
    Incomplete,
}

/// One task.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// Where a tap leads.
    pub place: Option<Place>,
    /// The plan's row of a visit.
    pub plan: Option<xunan_core::id::RowId>,
    /// The site's short name, or the place in words.
    pub site: String,
    /// The finding's text, or who leads.
    pub line: String,
    /// Who leads a planned visit.
    pub leader: Option<String>,
    /// The month of a planned visit.
    pub month: Option<u8>,
    /// By when.
    pub due: Option<Due>,
    /// The reminder of a deadline that comes near: set from its day on, until the deadline.
    pub reminder: bool,
    /// Not opened on this device.
    pub new: bool,
}

/// The supervisor's groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum QueueGroup {
    /// 还没责令
    Order,
    /// 待复查
    Recheck,
    /// 申请延期
    Extension,
    /// 逾期
    Overdue,
    /// 重大隐患
    Major,
    /// 今天到期
    DueToday,
    /// 答案有冲突
    Conflict,
    /// 拒绝签字
    RefusedSignature,
    /// 新检查
    NewInspection,
    /// 未被接受
    NotAccepted,
}

/// What everything in the queue obeys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct QueueFilter {
    /// Words in text, site and place, a person's name; pinyin initials of the site and the person.
    pub query: String,
    /// At sites of this unit, or with it.
    pub unit: Option<UnitId>,
    /// Reported or begun in this period: `2026-11`, `2026-Q4`, `2026`.
    pub period: Option<String>,
}

/// The queue: counts of all groups and the rows of one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Queue {
    /// Groups with their counts, in the order shown.
    pub groups: Vec<(QueueGroup, u32)>,
    /// The group shown.
    pub group: QueueGroup,
    /// Its findings, soonest due first.
    pub findings: Vec<FindingRow>,
    /// Its inspections, newest first.
    pub inspections: Vec<InspectionRow>,
    /// Those not accepted that fit, by their numbers on this device.
    pub not_accepted: Vec<i64>,
    /// Units to choose from.
    pub units: Vec<UnitShown>,
}
