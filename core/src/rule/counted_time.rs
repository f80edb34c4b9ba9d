//! Counted time (metrics.md): which moment counts for a change, whatever the clocks said.
//!
//! A clock ahead is caught by the relay's receipt, a clock behind by what its owner had seen of
//! others. Nobody's own earlier changes hold them: a clock set right stays right.

use crate::change::{ChangeNo, Entry, History};
use crate::id::{ActorId, PersonId};
use crate::record::Authors;
use crate::timestamp::{DAY_MS, Timestamp};

/// Claimed and received time so far apart that both are shown, and marked.
#[must_use]
pub const fn is_clock_doubtful(claimed: Timestamp, received: Timestamp) -> bool {
    received.since(claimed).saturating_abs() > DAY_MS
}

/// Who stands behind a change: a person on whatever device, or, if the register doesn't know it,
/// the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    Person(PersonId),
    Key([u8; 16]),
}

impl Hand {
    pub(crate) fn of(actor: &ActorId, authors: &dyn Authors) -> Self {
        let person = authors.person_of(actor).map(Self::Person);
        person.unwrap_or_else(|| {
            let key = actor.as_bytes().first_chunk().copied();
            Self::Key(key.unwrap_or_default())
        })
    }
}

/// The latest counted times in a past, of the two people whose are latest: enough to know the
/// latest of everybody but one.
#[derive(Debug, Clone, Copy, Default)]
struct Latest {
    first: Option<(Hand, Timestamp)>,
    second: Option<(Hand, Timestamp)>,
}

impl Latest {
    fn add(&mut self, hand: Hand, at: Timestamp) {
        match self.first {
            None => self.first = Some((hand, at)),
            Some((first, held)) if first == hand => self.first = Some((hand, held.max(at))),
            Some((_, held)) if at > held => {
                self.second = self.first;
                self.first = Some((hand, at));
            }
            Some(_) => {
                if self.second.is_none_or(|(_, held)| at > held) {
                    self.second = Some((hand, at));
                }
            }
        }
    }
    fn merge(&mut self, other: Self) {
        for (hand, at) in [other.first, other.second].into_iter().flatten() {
            self.add(hand, at);
        }
    }
    fn of_others(&self, hand: Hand) -> Option<Timestamp> {
        let other = |held: Option<(Hand, Timestamp)>| held.filter(|(of, _)| *of != hand);
        other(self.first).or(other(self.second)).map(|(_, at)| at)
    }
    fn of_anybody(&self) -> Timestamp {
        self.first.map_or_else(Timestamp::default, |(_, at)| at)
    }
}

/// The counted times of all changes of a document.
#[derive(Debug, Clone)]
pub struct CountedTimes {
    times: Vec<Counted>,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    at: Timestamp,
    /// The latest in the whole past, this change's own with it.
    past: Latest,
}

impl CountedTimes {
    /// Of a document as far as it is known. Cost: one step for each change.
    #[must_use]
    pub fn new(history: &History, authors: &dyn Authors) -> Self {
        let mut times: Vec<Counted> = Vec::with_capacity(history.len());
        for (_, entry) in history.entries() {
            let mut past = Latest::default();
            for dep in &entry.deps {
                if let Some(dep) = times.get(dep.index()) {
                    past.merge(dep.past);
                }
            }
            let hand = Hand::of(&entry.actor, authors);
            let at = believed(entry).max(past.of_others(hand).unwrap_or_default());
            past.add(hand, at);
            times.push(Counted { at, past });
        }
        Self { times }
    }
    /// The time that counts for a change.
    #[must_use]
    pub fn of(&self, change: ChangeNo) -> Timestamp {
        self.times
            .get(change.index())
            .map_or_else(Timestamp::default, |counted| counted.at)
    }
    /// The latest counted time in a change's past and its own: never earlier than any cause's.
    pub(crate) fn by_cause(&self, change: ChangeNo) -> Timestamp {
        self.times
            .get(change.index())
            .map_or_else(Timestamp::default, |counted| counted.past.of_anybody())
    }
}

/// What the author's clock said, unless the relay had the change before that.
fn believed(entry: &Entry) -> Timestamp {
    match entry.received {
        Some(received) => entry.time.min(received),
        None => entry.time,
    }
}
