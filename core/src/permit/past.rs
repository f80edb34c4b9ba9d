//! What the author of a change had seen of its document.

use crate::change::{ChangeNo, History, Scalar, Write};
use crate::id::{ChangeHash, PersonId};
use crate::record::{Act, Authors, Event};

/// A document as somebody knows it who has seen these changes and what came before them.
#[derive(Clone)]
pub(crate) struct Past<'a> {
    history: &'a History,
    heads: Vec<ChangeNo>,
}

/// An event in somebody's past.
pub(crate) struct Seen<A> {
    pub(crate) change: ChangeNo,
    pub(crate) author: Option<PersonId>,
    pub(crate) event: Event<A>,
}

impl<'a> Past<'a> {
    pub(crate) fn new(history: &'a History, deps: &[ChangeHash]) -> Self {
        let heads = deps.iter().filter_map(|dep| history.number_of(dep));
        Self {
            history,
            heads: heads.collect(),
        }
    }
    pub(crate) const fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }
    pub(crate) fn has(&self, change: ChangeNo) -> bool {
        self.heads
            .iter()
            .any(|head| self.history.saw(*head, change))
    }
    /// Whether the later of two changes had seen the earlier.
    pub(crate) fn saw(&self, later: ChangeNo, earlier: ChangeNo) -> bool {
        self.history.saw(later, earlier)
    }
    /// The values of a key that nobody in this past had replaced.
    fn visible<'w>(&self, writes: &'w [Write]) -> Vec<&'w Write> {
        let mut kept: Vec<&Write> = Vec::new();
        for write in writes.iter().rev().filter(|write| self.has(write.change)) {
            if !kept
                .iter()
                .any(|newer| self.saw(newer.change, write.change))
            {
                kept.push(write);
            }
        }
        kept
    }
    /// Keys that start so, with the words visible under them.
    pub(crate) fn words(&self, prefix: &str) -> impl Iterator<Item = (&'a str, Vec<&'a str>)> {
        self.history
            .keys_from(prefix)
            .map(|(key, writes)| {
                let visible = self.visible(writes);
                (
                    key,
                    visible.iter().filter_map(|w| w.value.as_text()).collect(),
                )
            })
            .filter(|(_, words): &(&str, Vec<&str>)| !words.is_empty())
    }
    /// Whether a key was ever given a value that passes.
    pub(crate) fn ever(&self, key: &str, passes: impl Fn(&Scalar) -> bool) -> bool {
        let mut writes = self.history.writes(key).iter();
        writes.any(|write| self.has(write.change) && passes(&write.value))
    }
    /// The events that this version can read.
    pub(crate) fn events<A: Act>(&self, authors: &dyn Authors) -> Vec<Seen<A>> {
        let writes = self
            .history
            .keys_from("ev/")
            .filter_map(|(_, writes)| writes.first());
        writes
            .filter(|write| self.has(write.change))
            .filter_map(|write| {
                Some(Seen {
                    change: write.change,
                    author: authors.person_of(&write.id.actor),
                    event: Event::read(write.value.as_text()?).ok()?,
                })
            })
            .collect()
    }
    /// Of some events those that are in no other's past.
    pub(crate) fn last_of<'s, A>(
        &self,
        events: &'s [Seen<A>],
        is_one: impl Fn(&A) -> bool,
    ) -> Vec<&'s Seen<A>> {
        let some: Vec<&Seen<A>> = events
            .iter()
            .filter(|seen| is_one(&seen.event.act))
            .collect();
        let is_last = |seen: &&Seen<A>| {
            let mut others = some.iter().filter(|other| other.change != seen.change);
            !others.any(|other| self.saw(other.change, seen.change))
        };
        some.iter().copied().filter(is_last).collect()
    }
    /// What those of some events say that are in no other's past.
    pub(crate) fn last<A, T>(&self, events: &[Seen<A>], says: impl Fn(&A) -> Option<T>) -> Vec<T> {
        let last = self.last_of(events, |act| says(act).is_some());
        last.into_iter()
            .filter_map(|seen| says(&seen.event.act))
            .collect()
    }
}
