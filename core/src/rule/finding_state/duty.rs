//! Duties to rectify, from the first order to the current one.
//!
//! The current duty is made of the causally last orders and failures. A `failed` ends the duty that
//! its author had seen and begins the next; an `ordered` that had seen another order replaces it
//! within the same duty. So each order or failure belongs to the duty that as many failures in a
//! row follow as follow the event itself, and counts there unless a later order replaced it.

use std::collections::BTreeMap;

use super::{Case, Event, officers_of, sorted};
use crate::change::ChangeNo;
use crate::record::{Duty, EventAt, FindingAct, Verdict};
use crate::rule::cause::Causes;
use crate::timestamp::Date;

/// The orders or failures of one duty.
#[derive(Debug, Clone)]
pub(crate) struct DutyEvents<'a> {
    pub(crate) events: Vec<Event<'a>>,
}

/// All duties of a finding, the current one last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Duties<'a> {
    pub(crate) all: Vec<DutyEvents<'a>>,
}

impl<'a> Duties<'a> {
    /// From those events that hold, in an order that follows cause.
    pub(crate) fn of(causes: Causes<'_>, live: &[Event<'a>]) -> Self {
        let is_duty = |event: &Event<'a>| due_of(event).is_some();
        let events: Vec<Event<'a>> = live.iter().copied().filter(is_duty).collect();
        let mut judged: Vec<(Event<'a>, usize)> = Vec::with_capacity(events.len());
        let mut duties: BTreeMap<usize, Vec<Event<'a>>> = BTreeMap::new();
        for event in events.into_iter().rev() {
            let later = || {
                let saw =
                    |(later, _): &&(Event<'a>, usize)| causes.had_seen(later.change, event.change);
                judged.iter().filter(saw)
            };
            let failures_after = later()
                .filter(|(later, _)| matches!(later.event.act, FindingAct::Failed { .. }))
                .map(|(_, after)| after.saturating_add(1))
                .max()
                .unwrap_or(0);
            if !later().any(|(_, after)| *after >= failures_after) {
                duties.entry(failures_after).or_default().push(event);
            }
            judged.push((event, failures_after));
        }
        let in_order = |mut events: Vec<Event<'a>>| {
            events.reverse();
            DutyEvents { events }
        };
        Self {
            all: duties.into_values().rev().map(in_order).collect(),
        }
    }
    /// The current one.
    pub(crate) fn current(&self) -> Option<&DutyEvents<'a>> {
        self.all.last()
    }
    /// The position of the duty that an event answers: the latest whose order or failure its author
    /// had seen.
    pub(crate) fn answered_by(&self, causes: Causes<'_>, change: ChangeNo) -> Option<usize> {
        let seen = |duty: &DutyEvents<'_>| {
            let mut events = duty.events.iter();
            events.any(|event| causes.had_seen(change, event.change))
        };
        self.all.iter().rposition(seen)
    }
}

/// The deadline that an order or failure sets.
pub(crate) const fn due_of(event: &EventAt<FindingAct>) -> Option<Date> {
    match event.event.act {
        FindingAct::Ordered { due, .. } | FindingAct::Failed { due } => Some(due),
        _ => None,
    }
}

/// The deadline that a grant sets.
pub(crate) const fn granted_of(event: &EventAt<FindingAct>) -> Option<Date> {
    match event.event.act {
        FindingAct::Granted { due } => Some(due),
        _ => None,
    }
}

/// The earliest deadline among the causally last of orders, failures and grants.
pub(crate) fn deadline<'a>(
    causes: Causes<'_>,
    events: impl Iterator<Item = Event<'a>>,
) -> Option<Date> {
    let events: Vec<Event<'a>> = events.collect();
    let last = causes.last(&events, |event| event.change);
    last.into_iter()
        .filter_map(|event| due_of(event).or(granted_of(event)))
        .min()
}

impl<'a> Case<'a> {
    /// All duties as they read, the current one last.
    pub(super) fn read_duties(&self) -> Vec<Duty> {
        let read = |(number, duty): (usize, &DutyEvents<'a>)| self.read_duty(number, duty);
        self.duties
            .all
            .iter()
            .enumerate()
            .filter_map(read)
            .collect()
    }
    fn read_duty(&self, number: usize, duty: &DutyEvents<'a>) -> Option<Duty> {
        let of_this = |event: &Event<'_>| self.answers(event) == Some(number);
        let is_current = self.current() == Some(number);
        let due = if is_current {
            self.deadline()
        } else {
            let grants = self.grants().filter(of_this);
            deadline(self.causes, duty.events.iter().copied().chain(grants))
        };
        let reassigned = self
            .of_kind(|act| matches!(act, FindingAct::Reassigned { .. }))
            .filter(of_this);
        let answerable: Vec<Event<'_>> = duty.events.iter().copied().chain(reassigned).collect();
        let counting = || {
            self.rectified(Some(number))
                .filter(|event| self.counts(event))
        };
        let earliest = |of: &mut dyn Iterator<Item = Event<'a>>| {
            of.map(|event| (event.counted, event.id))
                .min()
                .map(|(at, id)| (id, at))
        };
        Some(Duty {
            events: duty.events.iter().map(|event| event.id).collect(),
            units: sorted(duty.events.iter().filter_map(|event| event.event.unit)),
            officers: officers_of(&self.causes.last(&answerable, |event| event.change)),
            began: duty.events.iter().map(|event| event.counted).min()?,
            deadline: due?,
            rectified: earliest(&mut counting()),
            rectified_unfailed: earliest(&mut counting().filter(|event| !self.was_failed(event))),
            verdicts: self.verdicts(number),
        })
    }
    fn was_failed(&self, rectified: Event<'_>) -> bool {
        self.of_kind(|act| matches!(act, FindingAct::Failed { .. }))
            .any(|failed| self.causes.had_seen(failed.change, rectified.change))
    }
    fn verdicts(&self, duty: usize) -> Vec<Verdict> {
        let verdict = |event: Event<'_>| {
            let passed = event.event.act == FindingAct::Passed;
            let is_one = match event.event.act {
                FindingAct::Failed { .. } => true,
                FindingAct::Passed => {
                    self.had_rectification(event, Some(duty))
                        && !self.is_own_work(event, Some(duty))
                }
                _ => false,
            };
            (is_one && self.answers(event) == Some(duty)).then_some(Verdict {
                event: event.id,
                passed,
                at: event.counted,
            })
        };
        self.live
            .iter()
            .filter_map(|event| verdict(event))
            .collect()
    }
}
