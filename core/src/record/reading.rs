//! What all readers of records share: who said what and when, and which of several changes came
//! last by cause.
//!
//! Readers are pure functions of a [`History`]; they never open Automerge and never judge rights
//! again. Their answer is the same whatever the order in which the changes arrived.

use serde::{Deserialize, Serialize};

use crate::change::{ChangeNo, History, Scalar, Write};
use crate::id::{ActorId, EventId, PersonId, Sha256};
use crate::order::Order;
use crate::record::{Act, Event, Location, Photo};
use crate::rule::CountedTimes;
use crate::timestamp::Timestamp;

/// Who stands behind an actor. The register answers; tests answer with a cast of their own.
pub trait Authors {
    /// The person whose device the actor belongs to.
    fn person_of(&self, actor: &ActorId) -> Option<PersonId>;
    /// Whether the person was of an enterprise (and of no government unit) at that moment.
    fn is_of_enterprise(&self, person: PersonId, at: Timestamp) -> bool;
}

/// An event with where it stands: its author and times follow from its change.
#[derive(Debug, Clone, PartialEq)]
pub struct EventAt<A> {
    /// Its name.
    pub id: EventId,
    /// The change that carries it.
    pub change: ChangeNo,
    /// Its author, if the register knows the device.
    pub author: Option<PersonId>,
    /// When, by the author's clock.
    pub claimed: Timestamp,
    /// When the relay received it, once that is known.
    pub received: Option<Timestamp>,
    /// The time that counts (metrics.md).
    pub counted: Timestamp,
    /// What it says.
    pub event: Event<A>,
}

/// A value with who said it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T> {
    /// What was said.
    pub value: T,
    /// By whom, if the register knows the device.
    pub by: Option<PersonId>,
    /// When, by the author's clock.
    pub claimed: Timestamp,
    /// The time that counts (metrics.md).
    pub counted: Timestamp,
    /// The change that carries it.
    pub change: ChangeNo,
}

impl<T> Said<T> {
    /// Another value, said by the same person at the same time.
    #[must_use]
    pub fn with<U>(&self, value: U) -> Said<U> {
        Said {
            value,
            by: self.by,
            claimed: self.claimed,
            counted: self.counted,
            change: self.change,
        }
    }
}

/// A document being read: its history, and who and when for each change.
pub(crate) struct Reader<'a> {
    pub(crate) history: &'a History,
    pub(crate) authors: &'a dyn Authors,
    pub(crate) times: CountedTimes,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(history: &'a History, authors: &'a dyn Authors) -> Self {
        Self {
            history,
            authors,
            times: CountedTimes::new(history, authors),
        }
    }
    pub(crate) fn author(&self, change: ChangeNo) -> Option<PersonId> {
        let entry = self.history.entry(change)?;
        self.authors.person_of(&entry.actor)
    }
    pub(crate) fn said<T>(&self, change: ChangeNo, value: T) -> Said<T> {
        let entry = self.history.entry(change);
        Said {
            value,
            by: self.author(change),
            claimed: entry.map_or_else(Timestamp::default, |entry| entry.time),
            counted: self.times.of(change),
            change,
        }
    }
    /// The change that began the document: the earliest by counted time, when people began it apart.
    pub(crate) fn root(&self) -> Option<ChangeNo> {
        let order = |root: &ChangeNo| {
            let entry = self.history.entry(*root);
            (self.times.of(*root), entry.map(|entry| entry.hash))
        };
        self.history.roots().min_by_key(order)
    }
    /// The events in an order that follows cause, then counted time, then id; and how many there are
    /// that this version doesn't know.
    pub(crate) fn events<A: Act>(&self) -> (Vec<EventAt<A>>, usize) {
        let mut events = Vec::new();
        let mut unknown = 0_usize;
        for (key, writes) in self.history.keys_from("ev/") {
            let id = key.strip_prefix("ev/").and_then(|id| id.parse().ok());
            for write in writes {
                match (id, write.value.as_text().map(Event::read)) {
                    (Some(id), Some(Ok(event))) => events.extend(self.event(id, write, event)),
                    _ => unknown = unknown.saturating_add(1),
                }
            }
        }
        events.order_by_key(|(order, _)| *order);
        (
            events.into_iter().map(|(_, event)| event).collect(),
            unknown,
        )
    }
    fn event<A>(&self, id: EventId, write: &Write, event: Event<A>) -> Option<(Place, EventAt<A>)> {
        let entry = self.history.entry(write.change)?;
        // The counter of a later op is always higher: it breaks ties of time along cause.
        let place = (self.times.by_cause(write.change), write.id.counter, id);
        let event = EventAt {
            id,
            change: write.change,
            author: self.authors.person_of(&entry.actor),
            claimed: entry.time,
            received: entry.received,
            counted: self.times.of(write.change),
            event,
        };
        Some((place, event))
    }
    /// The text of a key: Automerge's winner, if it is text.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        text_of(self.history.visible(key).first()?)
    }
    /// The value of a key that is written as text of its own kind: an id, a day.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }
    /// The value of a key that is written as JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_str(self.text(key)?).ok()
    }
    /// The photo under a key: it stays while anybody's last word on it is the photo.
    pub(crate) fn photo(&self, key: &str, hash: Sha256) -> Option<Said<Photo>> {
        let visible = self.history.visible(key);
        visible.into_iter().find_map(|write| {
            let photo = Photo::read(hash, text_of(write)?)?;
            Some(self.said(write.change, photo))
        })
    }
}

/// Where an event stands among the others.
type Place = (Timestamp, u32, EventId);

pub(crate) fn text_of(write: &Write) -> Option<&str> {
    write.value.as_text()
}

/// A value as words, for showing: what was cleared has none.
pub(crate) fn shown(value: &Scalar) -> Option<String> {
    match value {
        Scalar::Null | Scalar::Bytes(_) => None,
        Scalar::Bool(yes) => Some(yes.to_string()),
        Scalar::Int(number) | Scalar::Time(number) => Some(number.to_string()),
        Scalar::Uint(number) => Some(number.to_string()),
        Scalar::Text(text) => Some(text.clone()),
    }
}

/// A photo under a key that names its hash.
#[derive(Serialize, Deserialize)]
struct PhotoValue {
    size: u32,
    thumb: Sha256,
    taken: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loc: Option<Location>,
}

impl Photo {
    /// From the value of a key that ends with the picture's hash.
    #[must_use]
    pub fn read(h: Sha256, value: &str) -> Option<Self> {
        let value: PhotoValue = serde_json::from_str(value).ok()?;
        Some(Self {
            h,
            size: value.size,
            thumb: value.thumb,
            taken: value.taken,
            loc: value.loc,
        })
    }
    /// The value of a key that ends with the picture's hash.
    #[must_use]
    pub fn to_value(&self) -> String {
        let value = PhotoValue {
            size: self.size,
            thumb: self.thumb,
            taken: self.taken,
            loc: self.loc.clone(),
        };
        // A map of plain values can always be written.
        serde_json::to_string(&value).unwrap_or_default()
    }
}
