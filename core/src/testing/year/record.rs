//! Records written by people of a district, each through a device of their own.

use sha2::{Digest, Sha256};

use super::district::actor_of;
use crate::change::{Change, ChangeNo, History, Scalar};
use crate::id::{DocId, EventId, PersonId};
use crate::record::{Event, FindingAct, InspectionAct, RecordKind};
use crate::timestamp::{Date, Timestamp, Zone};

/// Milliseconds.
pub const MINUTE: i64 = 60_000;
/// Milliseconds.
pub const HOUR: i64 = 60 * MINUTE;

/// A local time in the sample's zone.
#[must_use]
pub fn at(day: Date, hour: i64, minute: i64) -> Timestamp {
    let start = Zone::default().start_of(day);
    start.plus(hour * HOUR + minute * MINUTE)
}
/// A day as `2026-12-01`.
#[must_use]
pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// When the relay receives a change.
#[derive(Clone, Copy)]
pub enum Received {
    /// So many milliseconds after it was written, by the writer's clock.
    After(i64),
    /// It is still on the writer's device alone.
    NotYet,
}

/// Who writes, when by the device's clock, and when the relay has it.
#[derive(Clone, Copy)]
pub struct Pen {
    /// Who.
    pub who: PersonId,
    /// By the device's clock.
    pub at: Timestamp,
    /// By the relay's.
    pub received: Received,
}

/// Somebody whose phone has a signal.
#[must_use]
pub const fn pen(who: PersonId, at: Timestamp) -> Pen {
    Pen {
        who,
        at,
        received: Received::After(MINUTE),
    }
}

/// The put of a text.
pub fn text(key: &str, value: impl ToString) -> (String, Scalar) {
    (key.to_owned(), Scalar::Text(value.to_string()))
}

/// A record on its way.
pub struct Doc {
    /// All changes, with their receipts.
    pub history: History,
    /// The same in the history's order.
    pub changes: Vec<Change>,
}

impl Doc {
    /// Its first change.
    #[must_use]
    pub fn begin(kind: RecordKind, name: &str, pen: Pen, puts: Vec<(String, Scalar)>) -> Self {
        let id = Sha256::digest(name.as_bytes());
        let id = DocId::from_bytes(id[..16].try_into().unwrap());
        let mut doc = Self {
            history: History::new(id, kind),
            changes: Vec::new(),
        };
        let mut root = vec![
            ("id".to_owned(), Scalar::Bytes(id.as_bytes().to_vec())),
            text("v", kind.version()),
        ];
        root.extend(puts);
        doc.put(pen, root);
        doc
    }
    /// How much there is to see.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.history.len()
    }
    /// Writes having seen everything.
    pub fn put(&mut self, pen: Pen, puts: Vec<(String, Scalar)>) -> ChangeNo {
        self.put_blind(pen, self.len(), puts)
    }
    /// Writes having seen only the first changes (and, necessarily, one's own).
    pub fn put_blind(&mut self, pen: Pen, seen: usize, puts: Vec<(String, Scalar)>) -> ChangeNo {
        let actor = actor_of(pen.who);
        let own = self
            .history
            .entries()
            .filter(|(_, entry)| entry.actor == actor);
        let own = own.map(|(no, _)| no.index() + 1).max().unwrap_or(0);
        let mut view = self.history.clone();
        view.truncate(seen.max(own));
        let change = view.compose(actor, pen.at, puts).unwrap();
        let no = self.history.append(&change);
        if let Received::After(millis) = pen.received {
            self.history.set_received(&change.hash, pen.at.plus(millis));
        }
        self.changes.push(change);
        no
    }
    fn event(&mut self, pen: Pen, seen: usize, json: String) -> EventId {
        let id = self.history.next_event_id(actor_of(pen.who));
        self.put_blind(pen, seen, vec![text(&id.key(), json)]);
        id
    }
    /// Writes an event having seen everything.
    pub fn finding_event(&mut self, pen: Pen, event: &Event<FindingAct>) -> EventId {
        self.finding_event_blind(pen, self.len(), event)
    }
    /// Writes an event having seen only the first changes.
    pub fn finding_event_blind(
        &mut self,
        pen: Pen,
        seen: usize,
        event: &Event<FindingAct>,
    ) -> EventId {
        self.event(pen, seen, serde_json::to_string(event).unwrap())
    }
    /// Writes an event having seen everything.
    pub fn inspection_event(&mut self, pen: Pen, act: InspectionAct) -> EventId {
        let event = serde_json::to_string(&Event::new(act)).unwrap();
        self.event(pen, self.len(), event)
    }
}
