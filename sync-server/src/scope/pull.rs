//! What a device gets: rows of the register, changes after its cursor, records that came into its
//! person's sight, and the names of those that left it.
//!
//! A device without a cursor is one for which everything arrives. Arrivals may take many pages; the
//! cursor then says from where to where the device is under way, so that sight stays that of one
//! moment whatever is written meanwhile.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use xunan_core::id::DocId;
use xunan_core::wire::body;
use xunan_core::wire::sync::{Cursor, SyncAnswer};

use super::cursor::{CursorError, Held, Mark, Next, Place};
use super::last_syncs::{EVERY_MS, last_syncs};
use super::page::{Budget, Page};
use super::rows::rows_after;
use crate::relay::Relay;
use crate::store::{DeviceRecord, LoggedChange, Reading, Result, Sight, Standpoint, StoreError};

/// What a device asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) device: &'a DeviceRecord,
    pub(crate) cursor: Option<&'a Cursor>,
    pub(crate) revision: u64,
    pub(crate) size: u64,
    pub(crate) whole: &'a [DocId],
    /// The push that came with the question.
    pub(crate) sent: Option<i64>,
    /// It waits for news of others.
    pub(crate) waits: bool,
}

/// A question that has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PullError {
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers a device, within the body's size that it asked for.
pub(crate) fn pull(relay: &Relay, asked: &Asked<'_>) -> Result<SyncAnswer, PullError> {
    let held = asked.cursor.map(Held::read).transpose()?;
    let mut budget = Budget::for_body(asked.size);
    loop {
        let answer = relay
            .store
            .read(|ask| Pull { relay, asked, ask }.answer(held, budget))?;
        let fits = || fits(&answer, asked.size);
        match budget.half() {
            Some(half) if answer.news.is_some() && !fits() => budget = half,
            _ => return Ok(answer),
        }
    }
}

fn fits(answer: &SyncAnswer, size: u64) -> bool {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let plain = answer.encode();
    plain.len() < size || body::pack(&plain).len() <= size
}

struct Pull<'a> {
    relay: &'a Relay,
    asked: &'a Asked<'a>,
    ask: &'a Reading<'a>,
}

impl Pull<'_> {
    fn standpoint(&self, mark: Mark) -> Standpoint {
        let registers = &self.relay.registers;
        let subjects = registers.subjects(self.asked.device.person, mark.revision);
        Standpoint {
            position: mark.position,
            subjects: (*subjects).clone(),
        }
    }

    fn answer(&self, held: Option<Held>, budget: Budget) -> Result<SyncAnswer, PullError> {
        let person = self.asked.device.person;
        let rows = rows_after(self.relay, person, self.asked.revision);
        let revision = rows.revision;
        let head = Mark {
            position: self.ask.head()?,
            revision,
        };
        let mut page = Page::new(budget);
        self.asked_for(head, &mut page)?;
        let (from, to, next) = match held.map(|held| held.place) {
            None => (None, head, Next::FIRST),
            Some(Place::Turns { from, to, next }) => (from, to, next),
            Some(Place::Log(at)) => {
                let to = self.follow(at, head, &mut page)?;
                (Some(at), to, Next::FIRST)
            }
        };
        if to.position > head.position || to.revision > head.revision {
            return Err(CursorError.into());
        }
        let (stopped, departures) = self.turn(from, to, next, (head, &mut page))?;
        let now = self.relay.now();
        let place = stopped.map_or(Place::Log(to), |next| Place::Turns { from, to, next });
        let mut told = held.map(|held| held.told).unwrap_or_default();
        let more = stopped.is_some() || to.position < head.position;
        let mut syncs = Vec::new();
        if !more && now.since(told) >= EVERY_MS {
            let register = &self.relay.registers.newest().register;
            syncs = last_syncs(self.ask, register, person, told)?;
            told = now;
        }
        let cursor = Held { place, told }.write();
        let epoch = self.relay.store.identity().epoch;
        Ok(SyncAnswer {
            rows: rows.sent,
            gone: rows.gone,
            news: page.news(),
            departures,
            more,
            last_syncs: syncs,
            ..SyncAnswer::nothing(now, epoch, revision, cursor)
        })
    }

    /// Records that the device wants whole, if its person sees them.
    fn asked_for(&self, head: Mark, page: &mut Page) -> Result<()> {
        let now = self.standpoint(head);
        for id in self.asked.whole {
            if self.ask.sees(&now, *id)? {
                let changes = self.ask.changes_of(*id, None)?;
                page.add_whole(self.ask, &changes, true)?;
            }
        }
        Ok(())
    }

    /// Changes of others since a mark, in records that were in sight and still are; gives the mark
    /// that the page reaches.
    fn follow(&self, at: Mark, head: Mark, page: &mut Page) -> Result<Mark, PullError> {
        if at.position > head.position || at.revision > head.revision {
            return Err(CursorError.into());
        }
        let (before, now) = (self.standpoint(at), self.standpoint(head));
        let mut seen: BTreeMap<DocId, bool> = BTreeMap::new();
        let mut reached = head.position;
        let positions = at.position.saturating_add(1)..=head.position;
        self.ask.each_change(positions, |logged| {
            let is_seen = match seen.get(&logged.document) {
                Some(is_seen) => *is_seen,
                None => {
                    let is_seen = self.ask.sees(&before, logged.document)?
                        && self.ask.sees(&now, logged.document)?;
                    seen.insert(logged.document, is_seen);
                    is_seen
                }
            };
            if is_seen {
                page.add_change(self.ask, &logged, self.asked.device.id)?;
            }
            if page.is_full() {
                reached = logged.position;
                return Ok(ControlFlow::Break(()));
            }
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        Ok(Mark {
            position: reached,
            ..head
        })
    }

    /// Records that came into sight between two marks, from `next` on, as far as the page has room:
    /// gives what comes next if it has not; and those that left it.
    fn turn(
        &self,
        from: Option<Mark>,
        to: Mark,
        next: Next,
        (head, page): (Mark, &mut Page),
    ) -> Result<(Option<Next>, Vec<DocId>)> {
        if from == Some(to) {
            return Ok((None, Vec::new()));
        }
        let known = from.map_or(u64::MAX, |mark| mark.position);
        let from = from.map(|mark| self.standpoint(mark));
        let (after, now) = (self.standpoint(to), self.standpoint(head));
        let (arrivals, departures) = self.ask.turns(from.as_ref(), &after)?;
        let left = departures
            .into_iter()
            .filter(|_| next == Next::FIRST)
            .map(|sight| sight.document)
            .collect();
        for sight in arrivals.iter().filter(|sight| place_of(sight) <= next) {
            // What has meanwhile left sight does not arrive; its departure comes by the log.
            if after != now && !self.ask.sees(&now, sight.document)? {
                continue;
            }
            let changes = self.ask.changes_of(sight.document, Some(to.position))?;
            if self.is_there(&changes, sight.first > known, page)? {
                continue;
            }
            if page.is_full() || !page.add_whole(self.ask, &changes, false)? {
                return Ok((Some(place_of(sight)), left));
            }
        }
        Ok((None, left))
    }

    /// Whether a record that comes into sight is on the device already: all of it came from there, in
    /// the push of this question or, if it waits, since its mark (`is_new`). A device that was set
    /// back to an old copy asks without waiting first, and is given its own again.
    fn is_there(&self, changes: &[LoggedChange], is_new: bool, page: &mut Page) -> Result<bool> {
        let waits = self.asked.waits && is_new;
        for one in changes {
            let sent = self.asked.sent == Some(one.push);
            let own = page.push_of(self.ask, one.push)?.device == self.asked.device.id;
            if !(sent || (waits && own)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Next {
    /// All arrivals are still to come.
    const FIRST: Self = Self {
        own: true,
        first: u64::MAX,
    };
}

const fn place_of(sight: &Sight) -> Next {
    Next {
        own: sight.own,
        first: sight.first,
    }
}
