//! When something that closes holds: its author had seen everything that opens, and had not done the
//! work themselves.

use super::kind::{is_on_behalf, is_rectified};
use super::{Case, Event};
use crate::change::ChangeNo;
use crate::record::{FindingAct, NoEffect};
use crate::rule::counted_time::Hand;

impl<'a> Case<'a> {
    /// Why something that closes doesn't hold; none if it does.
    pub(super) fn why_not_closed(&self, closing: Event<'_>) -> Option<NoEffect> {
        let mut unseen = self
            .opening()
            .filter(|opening| {
                *opening != closing.change && !self.causes.had_seen(closing.change, *opening)
            })
            .peekable();
        if unseen.peek().is_some() {
            let overtaken = unseen.all(|opening| self.causes.had_seen(opening, closing.change));
            return Some(if overtaken {
                NoEffect::Overtaken
            } else {
                NoEffect::OpeningUnseen
            });
        }
        let seen = |change: ChangeNo| self.causes.had_seen(closing.change, change);
        if self.halts().any(|halt| !self.is_resumed(halt, seen)) {
            return Some(NoEffect::NotResumed);
        }
        if self.is_own_work(closing, self.current()) {
            return Some(NoEffect::OwnWork);
        }
        let passes = closing.event.act == FindingAct::Passed;
        (passes && !self.had_rectification(closing, self.current()))
            .then_some(NoEffect::NothingRectified)
    }
    /// Whether somebody resumed a halt after having seen it.
    pub(super) fn is_resumed(&self, halt: Event<'_>, within: impl Fn(ChangeNo) -> bool) -> bool {
        self.of_kind(|act| *act == FindingAct::Resumed)
            .any(|resumed| {
                self.causes.had_seen(resumed.change, halt.change) && within(resumed.change)
            })
    }
    /// Reports of rectification that answer a duty, whether or not they count.
    pub(super) fn rectified(&self, duty: Option<usize>) -> impl Iterator<Item = Event<'a>> {
        let live = self.live.iter().copied();
        live.filter(move |event| {
            duty.is_some() && is_rectified(self.authors, event) && self.answers(event) == duty
        })
    }
    /// A major finding is rectified with the five in place only.
    pub(super) fn counts(&self, rectified: Event<'_>) -> bool {
        let five_in_place = matches!(
            rectified.event.act,
            FindingAct::Rectified { five: Some(_), .. }
        );
        five_in_place || !self.grade.is_major
    }
    /// The author, or an officer named, reported a rectification of the duty as their own work.
    pub(super) fn is_own_work(&self, closing: Event<'_>, duty: Option<usize>) -> bool {
        let hand = self.hand(closing);
        let officers = closing.event.officers.into_iter().flatten();
        let closers: Vec<Hand> = officers.map(Hand::Person).chain([hand]).collect();
        self.rectified(duty)
            .filter(|event| !is_on_behalf(event))
            .any(|event| closers.contains(&self.hand(event)))
    }
    fn hand(&self, event: Event<'_>) -> Hand {
        match (event.author, self.history.entry(event.change)) {
            (None, Some(entry)) => Hand::of(&entry.actor, self.authors),
            (None, None) => Hand::Key([0; 16]),
            (Some(person), _) => Hand::Person(person),
        }
    }
    /// A counting rectification of the duty is in the event's past.
    pub(super) fn had_rectification(&self, event: Event<'_>, duty: Option<usize>) -> bool {
        self.rectified(duty)
            .filter(|rectified| self.counts(rectified))
            .any(|rectified| self.causes.had_seen(event.change, rectified.change))
    }
}
