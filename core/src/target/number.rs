//! A number with the very records behind it, and those left out with why.

use crate::id::{DocId, RowId, UnitId};
use crate::timestamp::Date;

use super::points::Exact;

/// What was counted: a record, or what records are counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An inspection.
    Inspection(DocId),
    /// A finding.
    Finding(DocId),
    /// A finding's duty, by its position.
    Duty(DocId, usize),
    /// A planned visit.
    Visit(RowId),
    /// A site.
    Site(UnitId),
}

/// How something counted stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As it should be: in the numerator of a rate; one of a number that should be high.
    Good,
    /// Not as it should be, and no longer to be mended in this period.
    Bad,
    /// Not as it should be, and still to be mended: until the end of a day, if there is one.
    Open(Option<Date>),
}

/// Something counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub item: Item,
    /// How it stands.
    pub mark: Mark,
    /// The inspection that made it so, where that is not the item itself.
    pub by: Option<DocId>,
    /// How many days it took, where the number is about time.
    pub days: Option<i64>,
}

/// Why something that looks as if it should be counted is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Withdrawn.
    Withdrawn,
    /// The same as another finding.
    Duplicate,
    /// 当场予以纠正: there was nothing to wait for.
    CorrectedOnSpot,
    /// Nobody ordered anything.
    NotOrdered,
    /// 还没到期
    NotDue,
    /// Its month was over before counting began.
    BeforeCounting,
    /// A visit that the plan does not have.
    NotPlanned,
    /// The record is not complete.
    Incomplete,
    /// The leader did not sign.
    LeaderNotSigned,
    /// A re-check is no visit of its own.
    RecheckOnly,
    /// The site was retired.
    Retired,
    /// Not received by the relay yet, and not too late for it.
    NotReceived,
}

/// Something left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// What.
    pub item: Item,
    /// Why.
    pub why: Why,
    /// The last day on which it can still be done, if something is to be done.
    pub until: Option<Date>,
}

/// What a metric found in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was counted.
    pub counted: Vec<Counted>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// The period is over, and the number may still change.
    pub provisional: bool,
}

/// The number itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// So many of so many.
    Rate {
        /// As they should be.
        good: u32,
        /// Of all; never 0.
        of: u32,
    },
    /// So many.
    Count(u32),
    /// Nothing to count, which is met.
    MetByNothing,
    /// Nothing to count, so the target says nothing in this period.
    NotApplicable,
}

impl Value {
    /// As it is held against the goal: per cent, or a number. Nothing if not applicable.
    #[must_use]
    pub fn exact(self) -> Option<Exact> {
        match self {
            Self::Rate { good, of } => Some(Exact::new(
                i128::from(good).saturating_mul(100),
                i128::from(of),
            )),
            Self::Count(n) => Some(Exact::whole(i128::from(n))),
            Self::MetByNothing => Some(Exact::whole(100)),
            Self::NotApplicable => None,
        }
    }
}

impl Tally {
    pub(super) fn count(&mut self, item: Item, mark: Mark) {
        self.count_by(item, mark, None);
    }
    pub(super) fn count_by(&mut self, item: Item, mark: Mark, by: Option<DocId>) {
        self.counted.push(Counted {
            item,
            mark,
            by,
            days: None,
        });
    }
    /// Counts what was done in time, with the days that it took.
    pub(super) fn count_done(&mut self, item: Item, from: Date, done: Date) {
        self.counted.push(Counted {
            item,
            mark: Mark::Good,
            by: None,
            days: Some(done.days_since(from).max(0)),
        });
    }
    pub(super) fn leave_out(&mut self, item: Item, why: Why, until: Option<Date>) {
        self.left_out.push(LeftOut { item, why, until });
    }
    /// How many are as they should be.
    #[must_use]
    pub fn good(&self) -> u32 {
        let good = self.counted.iter().filter(|c| c.mark == Mark::Good);
        u32::try_from(good.count()).unwrap_or(u32::MAX)
    }
    /// How many were counted.
    #[must_use]
    pub fn all(&self) -> u32 {
        u32::try_from(self.counted.len()).unwrap_or(u32::MAX)
    }
}
