//! Requests that wait for news: each sleeps until something that its person sees turns up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

/// Who waits, and for what.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    next: u64,
    closed: bool,
    sleepers: BTreeMap<u64, (Arc<BTreeSet<String>>, Arc<Notify>)>,
}

/// A place among those who wait; leaving it is dropping it.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    waiting: &'a Waiting,
    number: u64,
    bell: Arc<Notify>,
}

impl Waiting {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place. To be taken *before* looking for news, so that none falls between looking and
    /// sleeping: a ring before the sleep is not lost.
    pub(crate) fn enter(&self, subjects: Arc<BTreeSet<String>>) -> Place<'_> {
        let bell = Arc::new(Notify::new());
        let mut inner = self.inner();
        let number = inner.next;
        inner.next = number.wrapping_add(1);
        if inner.closed {
            bell.notify_one();
        }
        inner.sleepers.insert(number, (subjects, Arc::clone(&bell)));
        drop(inner);
        Place {
            waiting: self,
            number,
            bell,
        }
    }

    /// Wakes those who see through one of these subjects.
    pub(crate) fn news_for(&self, subjects: &BTreeSet<String>) {
        for (theirs, bell) in self.inner().sleepers.values() {
            if !theirs.is_disjoint(subjects) {
                bell.notify_one();
            }
        }
    }

    /// Wakes everybody: the register changed.
    pub(crate) fn news_for_all(&self) {
        for (_, bell) in self.inner().sleepers.values() {
            bell.notify_one();
        }
    }

    /// Wakes everybody for good: the relay is about to stop.
    pub(crate) fn close(&self) {
        self.inner().closed = true;
        self.news_for_all();
    }

    /// Whether the relay is about to stop.
    pub(crate) fn is_closed(&self) -> bool {
        self.inner().closed
    }
}

impl Place<'_> {
    /// Sleeps until there may be news.
    pub(crate) async fn ring(&self) {
        self.bell.notified().await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.inner().sleepers.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subjects(word: &str) -> Arc<BTreeSet<String>> {
        Arc::new(BTreeSet::from([word.to_owned()]))
    }

    #[tokio::test]
    async fn news_between_looking_and_sleeping_is_not_lost() {
        let waiting = Waiting::default();
        let place = waiting.enter(subjects("u:a"));
        waiting.news_for(&subjects("u:a"));
        place.ring().await;
    }

    #[tokio::test]
    async fn only_those_whom_it_concerns_wake() {
        let waiting = Waiting::default();
        let theirs = waiting.enter(subjects("u:a"));
        let other = waiting.enter(subjects("u:b"));
        waiting.news_for(&subjects("u:a"));
        tokio::select! {
            biased;
            () = other.ring() => panic!("nothing was for unit b"),
            () = theirs.ring() => {}
        }
    }

    #[tokio::test]
    async fn who_comes_after_the_close_does_not_sleep() {
        let waiting = Waiting::default();
        waiting.close();
        waiting.enter(subjects("u:a")).ring().await;
        assert!(waiting.is_closed());
    }

    #[tokio::test]
    async fn who_left_keeps_no_place() {
        let waiting = Waiting::default();
        drop(waiting.enter(subjects("u:a")));
        assert!(waiting.inner().sleepers.is_empty());
    }
}
