//! `rechecked_on_time` (按期复查率): duties whose trigger (the earlier of rectification and deadline)
//! is in the period, and that were passed or failed within the days allowed, or before ÷ all.

use crate::timestamp::Date;

use super::counting::Counting;
use super::facts::DutyFacts;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::rest::why_no_duty;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let days = i64::from(counting.register.settings().recheck_days);
    let mut tally = Tally {
        // A trigger of the period's last day is due so many days after.
        provisional: !window.is_running() && window.today <= window.last.plus_days(days),
        ..Tally::default()
    };
    for finding in counting.findings_ordered_by(whose) {
        for (number, duty) in finding.duties.iter().enumerate() {
            let trigger = trigger(counting, duty);
            if !whose.has_order(&duty.units, &duty.officers) || !window.contains(trigger) {
                continue;
            }
            let item = Item::Duty(finding.id, number);
            let until = trigger.plus_days(days);
            let rechecked = duty.rechecked.map(|at| counting.day(at));
            if let Some(why) = why_no_duty(finding) {
                tally.leave_out(item, why, None);
            } else if window.is_running() && window.today < until {
                let until = rechecked.is_none().then_some(until);
                tally.leave_out(item, Why::NotDue, until);
            } else if let Some(day) = rechecked.filter(|day| *day <= until) {
                tally.count_done(item, trigger, day);
            } else if rechecked.is_none() && window.today <= until {
                tally.count(item, Mark::Open(Some(until)));
            } else {
                tally.count(item, Mark::Bad);
            }
        }
    }
    tally
}

fn trigger(counting: &Counting<'_>, duty: &DutyFacts) -> Date {
    let rectified = duty.rectified.map(|at| counting.day(at));
    rectified.map_or(duty.deadline, |day| day.min(duty.deadline))
}
