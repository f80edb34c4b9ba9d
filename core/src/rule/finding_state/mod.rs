//! The law of the hazard loop: what a finding's events add up to (protocol.md, "Reading a finding").
//!
//! The cautious side counts: something that closes holds only if its author had seen everything that
//! opens, and nobody passes what they rectified themselves. Which event is the later one is decided
//! by cause alone, never by a clock or by the order of arrival.

use std::collections::{BTreeMap, BTreeSet};

mod closing;
mod dispute;
mod duty;
mod grade;
mod kind;

use dispute::Disputes;
use duty::Duties;
use grade::{Grade, grade};
pub(crate) use kind::is_by_enterprise;
use kind::{is_closing, is_rectified, is_settled, is_withdrawal, named_by, unit_in_charge};

use crate::change::{ChangeNo, History};
use crate::id::{EventId, PersonId, UnitId};
use crate::record::reading::Reader;
use crate::record::{Authors, Duty, EventAt, FindingAct, FindingState, Listed, NoEffect};
use crate::rule::cause::Causes;
use crate::timestamp::{Date, Timestamp};

type Event<'a> = &'a EventAt<FindingAct>;

/// What a finding's events add up to.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) grade: Grade,
    pub(crate) state: FindingState,
    pub(crate) deadline: Option<Date>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) responsible: Vec<PersonId>,
    pub(crate) halted: bool,
    pub(crate) listed: Option<Listed>,
    pub(crate) disputed: bool,
    pub(crate) contradicting: Vec<EventId>,
    pub(crate) closed: Option<Timestamp>,
    pub(crate) corrected_on_spot: bool,
    pub(crate) units: Vec<UnitId>,
    pub(crate) officers: Vec<PersonId>,
    pub(crate) no_effect: BTreeMap<EventId, NoEffect>,
}

/// Judges a finding's events, given in an order that follows cause.
pub(crate) fn judge(reader: &Reader<'_>, events: &[EventAt<FindingAct>]) -> Standing {
    let (history, authors) = (reader.history, reader.authors);
    let causes = Causes(history);
    let mut no_effect = BTreeMap::new();
    for settled in settled_away(causes, authors, events) {
        no_effect.insert(settled, NoEffect::Settled);
    }
    let live: Vec<Event<'_>> = events
        .iter()
        .filter(|event| !no_effect.contains_key(&event.id))
        .collect();
    let case = Case {
        history,
        causes,
        authors,
        duties: Duties::of(causes, &live),
        grade: grade(reader, &live),
        live,
    };
    case.mark_no_effect(&mut no_effect);
    let holding = |event: &&Event<'_>| !no_effect.contains_key(&event.id);
    let closing: Vec<Event<'_>> = case.closing().filter(|event| holding(&event)).collect();
    let closed = closing.iter().filter(|event| !is_withdrawal(event));
    let in_charge = case.in_charge();
    let halted = case.open_halts().next().is_some();
    let disputes = case.disputes(events);
    Standing {
        state: case.state(&closing),
        deadline: case.deadline(),
        duties: case.read_duties(),
        responsible: case.responsible(),
        halted,
        listed: case.listed(),
        disputed: !disputes.is_empty(),
        contradicting: contradicting(&disputes, events),
        closed: closed.map(|event| event.counted).min(),
        corrected_on_spot: closing
            .iter()
            .any(|event| event.event.act == FindingAct::CorrectedOnSpot),
        units: sorted(in_charge.iter().filter_map(|event| unit_in_charge(event))),
        officers: officers_of(&in_charge),
        no_effect,
        grade: case.grade,
    }
}

/// The events that somebody settled not to hold. A `settled` speaks of what its author had seen; the
/// causally last one counts. Where several disagree, each only removes what closes.
fn settled_away(
    causes: Causes<'_>,
    authors: &dyn Authors,
    events: &[EventAt<FindingAct>],
) -> BTreeSet<EventId> {
    let by_id: BTreeMap<EventId, Event<'_>> = events.iter().map(|e| (e.id, e)).collect();
    let settled: Vec<Event<'_>> = events.iter().filter(|event| is_settled(event)).collect();
    let named = |settled: &Event<'_>| -> BTreeSet<EventId> {
        let FindingAct::Settled { not } = &settled.event.act else {
            return BTreeSet::new();
        };
        let counts = |id: &&EventId| {
            by_id.get(*id).is_some_and(|event| {
                !is_settled(event) && causes.had_seen(settled.change, event.change)
            })
        };
        not.iter().filter(counts).copied().collect()
    };
    let last = causes.last(&settled, |event| event.change);
    let removed: Vec<BTreeSet<EventId>> = last.iter().map(named).collect();
    let agree = removed.windows(2).all(|pair| pair.first() == pair.last());
    let closes = |id: &EventId| by_id.get(id).is_some_and(|e| is_closing(authors, e));
    removed
        .into_iter()
        .flatten()
        .filter(|id| agree || closes(id))
        .collect()
}

/// A finding's events that nobody settled away, and what they are judged by.
struct Case<'a> {
    history: &'a History,
    causes: Causes<'a>,
    authors: &'a dyn Authors,
    live: Vec<Event<'a>>,
    duties: Duties<'a>,
    grade: Grade,
}

impl<'a> Case<'a> {
    fn of_kind(&self, kind: impl Fn(&FindingAct) -> bool) -> impl Iterator<Item = Event<'a>> {
        let live = self.live.iter().copied();
        live.filter(move |event| kind(&event.event.act))
    }
    fn closing(&self) -> impl Iterator<Item = Event<'a>> {
        let live = self.live.iter().copied();
        live.filter(|event| is_closing(self.authors, event))
    }
    /// What a closing event's author must have seen.
    fn opening(&self) -> impl Iterator<Item = ChangeNo> {
        let opens = |act: &FindingAct| {
            matches!(
                act,
                FindingAct::Ordered { .. } | FindingAct::Failed { .. } | FindingAct::Halted { .. }
            )
        };
        self.of_kind(opens)
            .map(|event| event.change)
            .chain(self.grade.turns.iter().copied())
    }
    fn answers(&self, event: Event<'_>) -> Option<usize> {
        self.duties.answered_by(self.causes, event.change)
    }
    fn current(&self) -> Option<usize> {
        self.duties.all.len().checked_sub(1)
    }
    fn halts(&self) -> impl Iterator<Item = Event<'a>> {
        self.of_kind(|act| matches!(act, FindingAct::Halted { .. }))
    }
    /// Halts that nobody resumed who had seen them.
    fn open_halts(&self) -> impl Iterator<Item = Event<'a>> {
        self.halts().filter(|halt| !self.is_resumed(halt, |_| true))
    }
    fn mark_no_effect(&self, no_effect: &mut BTreeMap<EventId, NoEffect>) {
        for event in &self.live {
            let reason = if is_closing(self.authors, event) {
                self.why_not_closed(event)
            } else if is_rectified(self.authors, event) {
                Some(NoEffect::FiveMissing).filter(|_| !self.counts(event))
            } else if duty::granted_of(event).is_some() {
                Some(NoEffect::Declined).filter(|_| !self.grant_stands(event))
            } else {
                None
            };
            if let Some(reason) = reason {
                no_effect.insert(event.id, reason);
            }
        }
    }
    /// Beside a `declined`, neither in the other's past, a grant doesn't stand.
    fn grant_stands(&self, granted: Event<'_>) -> bool {
        !self
            .of_kind(|act| matches!(act, FindingAct::Declined { .. }))
            .any(|declined| self.causes.are_apart(declined.change, granted.change))
    }
    fn grants(&self) -> impl Iterator<Item = Event<'a>> {
        self.of_kind(|act| matches!(act, FindingAct::Granted { .. }))
            .filter(|event| self.grant_stands(event))
    }
    fn deadline(&self) -> Option<Date> {
        self.duties.current()?;
        let sets = self
            .of_kind(|act| matches!(act, FindingAct::Ordered { .. } | FindingAct::Failed { .. }));
        duty::deadline(self.causes, sets.chain(self.grants()))
    }

    fn state(&self, closing: &[Event<'_>]) -> FindingState {
        let current = self.current();
        let answering = |kind: fn(&FindingAct) -> bool| {
            let mut events = self.of_kind(kind);
            current.is_some() && events.any(|event| self.answers(event) == current)
        };
        if closing.iter().any(|event| !is_withdrawal(event)) {
            FindingState::Closed
        } else if !closing.is_empty() {
            FindingState::Withdrawn
        } else if self.rectified(current).any(|event| self.counts(event)) {
            FindingState::Rectified
        } else if self.is_extension_asked() {
            FindingState::ExtensionAsked
        } else if answering(|act| *act == FindingAct::Accepted) {
            FindingState::Accepted
        } else if current.is_some() {
            FindingState::Ordered
        } else {
            FindingState::Reported
        }
    }
    fn is_extension_asked(&self) -> bool {
        let was_answered = |asked: Event<'_>| {
            self.of_kind(|act| {
                matches!(
                    act,
                    FindingAct::Granted { .. } | FindingAct::Declined { .. }
                )
            })
            .any(|answer| self.causes.had_seen(answer.change, asked.change))
        };
        self.of_kind(|act| matches!(act, FindingAct::Asked { .. }))
            .filter(|asked| self.current().is_some() && self.answers(asked) == self.current())
            .any(|asked| !was_answered(asked))
    }
    fn responsible(&self) -> Vec<PersonId> {
        let naming: Vec<Event<'_>> = self.of_kind(|act| named_by(act).is_some()).collect();
        let last = self.causes.last(&naming, |event| event.change);
        sorted(last.iter().filter_map(|event| named_by(&event.event.act)))
    }
    fn listed(&self) -> Option<Listed> {
        let words: Vec<Event<'_>> = self
            .of_kind(|act| matches!(act, FindingAct::Listed { .. } | FindingAct::Unlisted))
            .collect();
        let last = self.causes.last(&words, |event| event.change);
        last.into_iter().find_map(|event| match &event.event.act {
            FindingAct::Listed { level, who } => Some(Listed {
                event: event.id,
                level: level.clone(),
                who: *who,
                unit: event.event.unit,
            }),
            _ => None,
        })
    }
    /// The causally last of what says whose the current duty is.
    fn in_charge(&self) -> Vec<Event<'a>> {
        let Some(duty) = self.duties.current() else {
            return Vec::new();
        };
        let moved = self
            .of_kind(|act| {
                matches!(
                    act,
                    FindingAct::Reassigned { .. } | FindingAct::Transferred { .. }
                )
            })
            .filter(|event| self.answers(event) == self.current());
        let all: Vec<Event<'a>> = duty.events.iter().copied().chain(moved).collect();
        self.causes.last(&all, |event| event.change)
    }
    /// What contradicts, and nobody who saw both has decided anything since.
    fn disputes(&self, events: &[EventAt<FindingAct>]) -> Vec<[ChangeNo; 2]> {
        let disputes = Disputes::new(self.history, events, &self.grade.turns);
        let changes = |kind: fn(&FindingAct) -> bool| self.of_kind(kind).map(|e| e.change);
        let closing = self.closing().map(|event| event.change);
        let duty = |act: &FindingAct| {
            matches!(act, FindingAct::Ordered { .. } | FindingAct::Failed { .. })
        };
        let granted = |act: &FindingAct| matches!(act, FindingAct::Granted { .. });
        let declined = |act: &FindingAct| matches!(act, FindingAct::Declined { .. });
        let settled = |act: &FindingAct| matches!(act, FindingAct::Settled { .. });
        let mut open = disputes.between(closing, self.opening());
        open.extend(disputes.between(changes(granted), changes(declined)));
        open.extend(disputes.between(changes(duty), changes(duty)));
        open.extend(disputes.between(changes(settled), changes(settled)));
        open
    }
}

/// The events on either side of what contradicts, in the order of events.
fn contradicting(disputes: &[[ChangeNo; 2]], events: &[EventAt<FindingAct>]) -> Vec<EventId> {
    let sides: BTreeSet<ChangeNo> = disputes.iter().flatten().copied().collect();
    let events = events.iter().filter(|event| sides.contains(&event.change));
    events.map(|event| event.id).collect()
}

fn officers_of(events: &[Event<'_>]) -> Vec<PersonId> {
    sorted(
        events
            .iter()
            .filter(|event| !matches!(event.event.act, FindingAct::Transferred { .. }))
            .flat_map(|event| event.event.officers.into_iter().flatten()),
    )
}

/// Ascending, each once.
fn sorted<T: Ord>(of: impl Iterator<Item = T>) -> Vec<T> {
    of.collect::<BTreeSet<T>>().into_iter().collect()
}
