//! Records written by people of the sample district, each through a device of their own.

use sha2::{Digest, Sha256};
use xunan_core::author::actor;
use xunan_core::change::{ChangeNo, History, Scalar};
use xunan_core::id::{ActorId, DocId, EventId, PersonId};
use xunan_core::record::{Event, FindingAct, InspectionAct, RecordKind};
use xunan_core::timestamp::{Date, Timestamp, Zone};

use super::sample::device_key;

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;

/// A local time in the sample's zone.
pub(crate) fn at(day: Date, hour: i64, minute: i64) -> Timestamp {
    let start = Zone::default().start_of(day);
    start.plus(hour * HOUR + minute * MINUTE)
}
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn actor_of(person: PersonId) -> ActorId {
    let tail = Sha256::digest(person.as_bytes());
    actor(&device_key(person), tail[..4].try_into().unwrap())
}

/// When the relay receives a change.
#[derive(Clone, Copy)]
pub(crate) enum Received {
    After(i64),
    NotYet,
}

/// Who writes, when by the device's clock, and when the relay has it.
#[derive(Clone, Copy)]
pub(crate) struct Pen {
    pub who: PersonId,
    pub at: Timestamp,
    pub received: Received,
}

pub(crate) fn pen(who: PersonId, at: Timestamp) -> Pen {
    Pen {
        who,
        at,
        received: Received::After(MINUTE),
    }
}

pub(crate) fn text(key: &str, value: impl ToString) -> (String, Scalar) {
    (key.to_owned(), Scalar::Text(value.to_string()))
}

/// A record on its way.
pub(crate) struct Doc {
    pub history: History,
}

impl Doc {
    pub(crate) fn begin(
        kind: RecordKind,
        name: &str,
        pen: Pen,
        puts: Vec<(String, Scalar)>,
    ) -> Self {
        let id = Sha256::digest(name.as_bytes());
        let id = DocId::from_bytes(id[..16].try_into().unwrap());
        let mut doc = Self {
            history: History::new(id, kind),
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
    pub(crate) fn len(&self) -> usize {
        self.history.len()
    }
    /// Writes having seen everything.
    pub(crate) fn put(&mut self, pen: Pen, puts: Vec<(String, Scalar)>) -> ChangeNo {
        self.put_blind(pen, self.len(), puts)
    }
    /// Writes having seen only the first changes (and, necessarily, one's own).
    pub(crate) fn put_blind(
        &mut self,
        pen: Pen,
        seen: usize,
        puts: Vec<(String, Scalar)>,
    ) -> ChangeNo {
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
        no
    }
    fn event(&mut self, pen: Pen, seen: usize, json: String) -> EventId {
        let id = self.history.next_event_id(actor_of(pen.who));
        self.put_blind(pen, seen, vec![text(&format!("ev/{id}"), json)]);
        id
    }
    pub(crate) fn finding_event(&mut self, pen: Pen, event: &Event<FindingAct>) -> EventId {
        self.finding_event_blind(pen, self.len(), event)
    }
    pub(crate) fn finding_event_blind(
        &mut self,
        pen: Pen,
        seen: usize,
        event: &Event<FindingAct>,
    ) -> EventId {
        self.event(pen, seen, serde_json::to_string(event).unwrap())
    }
    pub(crate) fn inspection_event(&mut self, pen: Pen, event: InspectionAct) -> EventId {
        self.inspection_event_blind(pen, self.len(), event)
    }
    pub(crate) fn inspection_event_blind(
        &mut self,
        pen: Pen,
        seen: usize,
        event: InspectionAct,
    ) -> EventId {
        self.event(
            pen,
            seen,
            serde_json::to_string(&Event::new(event)).unwrap(),
        )
    }
}
