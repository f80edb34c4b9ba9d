//! What is left to do in the running period, soonest first, and whether the goal is still in reach.

use crate::order::Order;
use crate::register::{InspectionKind, PlannedVisit, Signer};
use crate::timestamp::Date;

use super::catalogue::Metric;
use super::counting::Counting;
use super::metric::is_closed;
use super::number::{Item, Mark, Tally, Value};
use super::period::Window;
use super::points::{Asked, Exact};
use super::subject::Subject;

/// Something still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// What.
    pub item: Item,
    /// By the end of which day, if there is one.
    pub until: Option<Date>,
}

/// What is left, and how much of it the goal needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIsLeft {
    /// What can still be done, soonest first.
    pub items: Vec<Left>,
    /// How many of them (or, for a number, how many more or fewer) the goal needs.
    pub missing: u32,
    /// 已达不到: whatever is done now, the goal is not reached in this period.
    pub is_out_of_reach: bool,
}

/// A tally as it is held against a target.
pub(super) struct Held<'a> {
    pub(super) metric: Metric,
    pub(super) tally: &'a Tally,
    pub(super) value: Value,
    pub(super) asked: Asked,
}

pub(super) fn what_is_left(
    counting: &Counting<'_>,
    held: &Held<'_>,
    whose: &Subject,
    window: &Window,
) -> WhatIsLeft {
    let mut items = open_items(held.tally);
    if held.metric == Metric::LeaderLed {
        items.extend(visits_to_lead(counting, whose, window));
    }
    items.order_by_key(|left| (left.until.unwrap_or(Date::LAST), left.item));
    let missing = missing(held, items.len());
    WhatIsLeft {
        is_out_of_reach: window.is_running() && is_out_of_reach(held, missing, items.len()),
        missing: u32::try_from(missing.max(0)).unwrap_or(u32::MAX),
        items,
    }
}

fn open_items(tally: &Tally) -> Vec<Left> {
    let open = tally
        .counted
        .iter()
        .filter_map(|counted| match counted.mark {
            Mark::Open(until) => Some(Left {
                item: counted.item,
                until,
            }),
            Mark::Good | Mark::Bad => None,
        });
    let waiting = tally.left_out.iter().filter_map(|left_out| {
        let until = Some(left_out.until?);
        Some(Left {
            item: left_out.item,
            until,
        })
    });
    open.chain(waiting).collect()
}

/// The planned visits in the leader's role that nobody made yet.
fn visits_to_lead(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Vec<Left> {
    let is_theirs = |visit: &PlannedVisit| match whose.signer {
        Signer::Unit(unit) => visit.unit == unit,
        Signer::Person(person) => visit.officers.contains(&person),
    };
    let is_open = |visit: &PlannedVisit| {
        visit.kind == InspectionKind::LeaderLed
            && window.today <= visit.open_until()
            && visit.due() <= window.last
    };
    let rows = counting.plan.iter();
    rows.filter(|(row, visit)| {
        is_theirs(visit) && is_open(visit) && counting.fulfilled.by(*row).is_none()
    })
    .map(|(row, visit)| Left {
        item: Item::Visit(*row),
        until: Some(visit.open_until().min(window.last)),
    })
    .collect()
}

/// How many more (or fewer) the goal needs, if all that is open were done.
fn missing(held: &Held<'_>, open: usize) -> i128 {
    let goal = Exact::from(held.asked.goal);
    match held.value {
        Value::Count(n) => {
            let value = Exact::whole(i128::from(n));
            if held.asked.fewer_is_better {
                value.minus(goal).ceiling()
            } else {
                goal.minus(value).ceiling()
            }
        }
        Value::NotApplicable => 0,
        Value::Rate { .. } | Value::MetByNothing => {
            let (good, bad) = (held.tally.good(), bad(held.tally));
            let of = i128::from(good)
                .saturating_add(bad)
                .saturating_add(i128::try_from(open).unwrap_or(i128::MAX));
            let needed = goal.times(Exact::new(of, 100)).ceiling();
            needed.saturating_sub(i128::from(good))
        }
    }
}

fn bad(tally: &Tally) -> i128 {
    let bad = tally.counted.iter().filter(|c| c.mark == Mark::Bad);
    i128::try_from(bad.count()).unwrap_or(i128::MAX)
}

fn is_out_of_reach(held: &Held<'_>, missing: i128, open: usize) -> bool {
    match held.value {
        Value::Rate { .. } if is_closed(held.metric) => {
            missing > i128::try_from(open).unwrap_or(i128::MAX)
        }
        // What is still to come may raise the rate, but never to all.
        Value::Rate { .. } => {
            Exact::from(held.asked.goal) >= Exact::whole(100) && bad(held.tally) > 0
        }
        Value::Count(_) | Value::MetByNothing | Value::NotApplicable => false,
    }
}
