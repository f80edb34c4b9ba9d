//! What becomes of an order: rectified early, at the very end of the last day, late, or never; then
//! re-checked by one, or by two who contradict each other.

use super::finding::{Case, act, five, local_day};
use super::record::{HOUR, MINUTE, at};
use crate::id::PersonId;
use crate::record::{Event, FindingAct};
use crate::timestamp::{Date, Timestamp};

const DAY: i64 = 24 * HOUR;

impl Case<'_> {
    pub(super) fn rectify(&mut self, mut due: Date) {
        for _ in 0..3 {
            match self.dice.below(20) {
                way @ 0..17 => self.now = self.time_around(due, way),
                17 => return self.recheck_bare(),
                _ => return,
            }
            let before = self.doc.changes.len();
            self.report_done();
            if self.dice.chance(10) {
                return;
            }
            match self.recheck(before) {
                Some(next) => due = next,
                None => return,
            }
        }
    }
    /// A time at which the site reports what was due.
    fn time_around(&mut self, due: Date, way: usize) -> Timestamp {
        let morning = at(due, 9, 0);
        let time = match way {
            0..10 => morning.plus(-self.dice.between(0, 6) * DAY),
            10..13 => at(due, 24, 0).plus(self.dice.between(-3, 2) * MINUTE),
            _ => morning.plus(self.dice.between(1, 20) * DAY),
        };
        time.max(self.now)
    }
    /// Gives the next deadline, if it goes on. `before`: how much there was before the report.
    fn recheck(&mut self, before: usize) -> Option<Date> {
        let after_report = self.doc.changes.len();
        self.now = if self.dice.chance(15) {
            let last = local_day(self.now).plus_days(10);
            at(last, 24, 0).plus(self.dice.between(-3, 3) * MINUTE)
        } else {
            self.dice.days_later(self.now, 0, 12)
        };
        let by = self.rechecker();
        let passed = self.by_order(FindingAct::Passed);
        match self.dice.below(20) {
            0..3 => {
                let due = self.fail(by);
                if self.dice.chance(20) {
                    // The site reports again without having seen the failure.
                    let who = self.responsible();
                    let again = self.rectification();
                    self.put_blind(who, after_report, &again);
                }
                Some(due)
            }
            3 => {
                self.contradict(by, after_report);
                None
            }
            4 => {
                self.put_blind(by, before, &passed);
                None
            }
            _ => {
                self.put(by, &passed);
                self.dice.chance(6).then(|| {
                    // It proves wrong.
                    self.now = self.dice.days_later(self.now, 1, 20);
                    self.fail(by)
                })
            }
        }
    }
    fn fail(&mut self, by: PersonId) -> Date {
        let due = local_day(self.now).plus_days(self.dice.between(2, 15));
        let failed = self.by_order(FindingAct::Failed { due });
        self.put(by, &failed);
        due
    }
    fn rectification(&mut self) -> Event<FindingAct> {
        let five = (self.is_major && self.dice.chance(75)).then(|| five(local_day(self.now)));
        let behalf = false;
        act(FindingAct::Rectified { five, behalf })
    }
    /// The site reports it done, or an officer on its behalf.
    fn report_done(&mut self) {
        let mut event = self.rectification();
        if self.dice.chance(10) && !self.found.own {
            if let FindingAct::Rectified { behalf, .. } = &mut event.act {
                *behalf = true;
            }
            self.put(self.officers[0], &event);
        } else {
            let who = self.responsible();
            self.put(who, &event);
        }
    }
    /// Seen done, and passed without a report.
    fn recheck_bare(&mut self) {
        let by = self.rechecker();
        self.now = self.now.plus(self.dice.between(1, 20) * DAY);
        let passed = self.by_order(FindingAct::Passed);
        self.put(by, &passed);
    }
    /// One passes it, another fails it, neither having seen the other; at times somebody settles it.
    fn contradict(&mut self, by: PersonId, seen: usize) {
        let due = local_day(self.now).plus_days(self.dice.between(2, 15));
        let passed = self.by_order(FindingAct::Passed);
        self.put(by, &passed);
        let failed = self.by_order(FindingAct::Failed { due });
        let other = self.colleague();
        let failed = self.put_blind(other, seen, &failed);
        if self.dice.chance(60) {
            let settled = self.by_order(FindingAct::Settled { not: vec![failed] });
            self.put(self.officers[0], &settled);
        }
    }
}
