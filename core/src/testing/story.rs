//! Stories: changes by several people, each with what its author had seen, told in any order of
//! arrival.

use std::collections::{BTreeMap, BTreeSet};

use super::Cast;
use crate::change::{Change, History, Scalar};
use crate::id::{DocId, EventId};
use crate::record::{Act, Event, RecordKind};
use crate::timestamp::Timestamp;

/// 2026-12-01 09:00 in Shanghai: stories begin here and go on by a minute a change.
const BEGIN: Timestamp = Timestamp(1_796_086_800_000);
const MINUTE: i64 = 60_000;

struct Told {
    change: Change,
    /// The numbers of all changes that its author had seen.
    past: BTreeSet<usize>,
}

/// The changes of one record, each with a label.
pub struct Story<'c> {
    cast: &'c Cast,
    kind: RecordKind,
    told: Vec<Told>,
    labels: BTreeMap<String, usize>,
    received: BTreeMap<usize, Timestamp>,
    clock: Timestamp,
}

impl<'c> Story<'c> {
    /// The record that every story tells.
    pub const ID: DocId = DocId::from_bytes([0x1d; 16]);

    /// A story without changes.
    #[must_use]
    pub const fn new(cast: &'c Cast, kind: RecordKind) -> Self {
        Self {
            cast,
            kind,
            told: Vec::new(),
            labels: BTreeMap::new(),
            received: BTreeMap::new(),
            clock: BEGIN,
        }
    }
    /// A finding at 宏达, reported by somebody; its root has the label `root`.
    #[must_use]
    pub fn finding(cast: &'c Cast, by: &str, more: &[(&str, &str)]) -> Self {
        let mut story = Self::new(cast, RecordKind::Finding);
        let mut puts = story.root_puts();
        let own = |puts: &[(&str, &str)], key: &str| puts.iter().any(|(k, _)| *k == key);
        for (key, value) in [("origin", "official"), ("text", "配电箱门缺失")] {
            if !own(more, key) {
                puts.push((key.to_owned(), Scalar::Text(value.to_owned())));
            }
        }
        puts.extend(texts(more));
        story.put("root", by, &[], puts);
        story
    }
    /// A routine inspection of 宏达 with checklist `k1`, begun by somebody; its root has the label
    /// `root`.
    #[must_use]
    pub fn inspection(cast: &'c Cast, by: &str, more: &[(&str, &str)]) -> Self {
        let mut story = Self::new(cast, RecordKind::Inspection);
        story.begin("root", by, more);
        story
    }
    /// One more root of an inspection: somebody joined apart.
    pub fn begin(&mut self, label: &str, by: &str, more: &[(&str, &str)]) -> &mut Self {
        let mut puts = self.root_puts();
        if !more.iter().any(|(key, _)| *key == "kind") {
            puts.push(("kind".to_owned(), Scalar::Text("routine".to_owned())));
        }
        let me = format!("team/{}", self.cast.person(by));
        puts.push((me, Scalar::Text("member".to_owned())));
        puts.push(("list/k1".to_owned(), Scalar::Int(1)));
        puts.extend(texts(more));
        self.put(label, by, &[], puts)
    }
    fn root_puts(&self) -> Vec<(String, Scalar)> {
        let text = |text: String| Scalar::Text(text);
        vec![
            ("id".to_owned(), Scalar::Bytes(Self::ID.as_bytes().to_vec())),
            ("v".to_owned(), text(self.kind.version().to_owned())),
            ("site".to_owned(), text(self.cast.unit("宏达").to_string())),
        ]
    }
    /// The next change claims this time; those after it go on from there.
    pub const fn at(&mut self, claimed: Timestamp) -> &mut Self {
        self.clock = claimed;
        self
    }
    /// When the story's first change was claimed, if nobody set a clock.
    #[must_use]
    pub const fn begin_time() -> Timestamp {
        BEGIN
    }
    /// The relay received a change at this moment.
    pub fn received(&mut self, label: &str, at: Timestamp) -> &mut Self {
        let number = self.number(label);
        self.received.insert(number, at);
        self
    }
    /// Puts by somebody who had seen the changes with these labels, and all that they had seen. Who
    /// had not seen their own last change writes on another device.
    pub fn put(
        &mut self,
        label: &str,
        by: &str,
        saw: &[&str],
        puts: Vec<(String, Scalar)>,
    ) -> &mut Self {
        self.tell(label, by, saw, |_, _| puts)
    }
    /// Puts of text.
    pub fn text(
        &mut self,
        label: &str,
        by: &str,
        saw: &[&str],
        puts: &[(&str, &str)],
    ) -> &mut Self {
        self.tell(label, by, saw, |_, _| texts(puts).collect())
    }
    /// An event.
    pub fn event<A: Act>(
        &mut self,
        label: &str,
        by: &str,
        saw: &[&str],
        event: Event<A>,
    ) -> &mut Self {
        self.tell(label, by, saw, |id, _| {
            vec![(id.key(), Scalar::Text(event.to_text()))]
        })
    }
    fn tell(
        &mut self,
        label: &str,
        by: &str,
        saw: &[&str],
        puts: impl FnOnce(EventId, &History) -> Vec<(String, Scalar)>,
    ) -> &mut Self {
        let mut past = BTreeSet::new();
        for label in saw {
            let number = self.number(label);
            past.extend(&self.told[number].past);
            past.insert(number);
        }
        let wrote = |actor| {
            let mut told = self.told.iter().enumerate();
            told.any(|(number, told)| told.change.actor == actor && !past.contains(&number))
        };
        let mut actors = (0..Cast::devices()).map(|device| self.cast.actor(by, device));
        let actor = actors
            .find(|actor| !wrote(*actor))
            .expect("more devices for this person");
        let seen: Vec<usize> = past.iter().copied().collect();
        let history = self.history(&seen);
        let puts = puts(history.next_event_id(actor), &history);
        let change = history.compose(actor, self.clock, puts).expect(label);
        self.clock = self.clock.plus(MINUTE);
        let number = self.told.len();
        self.told.push(Told { change, past });
        let was = self.labels.insert(label.to_owned(), number);
        assert_eq!(was, None, "two changes are called {label}");
        self
    }
    fn number(&self, label: &str) -> usize {
        let number = self.labels.get(label);
        *number.unwrap_or_else(|| panic!("nothing is called {label}"))
    }
    /// A change by its label.
    #[must_use]
    pub fn change(&self, label: &str) -> &Change {
        &self.told[self.number(label)].change
    }
    /// The event that a change carries (or would).
    #[must_use]
    pub fn id(&self, label: &str) -> EventId {
        self.change(label).event_id()
    }
    /// All changes in the order told.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.told.iter().map(|told| &told.change)
    }
    /// The history after some changes arrived in this order.
    #[must_use]
    pub fn history(&self, order: &[usize]) -> History {
        let mut history = History::new(Self::ID, self.kind);
        for number in order {
            let change = &self.told[*number].change;
            history.append(change);
            if let Some(at) = self.received.get(number) {
                history.set_received(&change.hash, *at);
            }
        }
        history
    }
    /// The history after all changes arrived in the order told.
    #[must_use]
    pub fn told(&self) -> History {
        let order: Vec<usize> = (0..self.told.len()).collect();
        self.history(&order)
    }
    /// Orders in which the changes may arrive: all of them, or the first so many and as many drawn
    /// from the whole if there are more.
    #[must_use]
    pub fn orders(&self, most: usize) -> Vec<Vec<usize>> {
        let mut orders = Vec::new();
        self.extend(&mut Vec::new(), most + 1, &mut orders);
        if orders.len() > most {
            orders.truncate(most);
            orders.extend((0..most as u64).map(|seed| self.drawn_order(seed)));
        }
        orders
    }
    fn ready(&self, arrived: &[usize]) -> Vec<usize> {
        let is_ready = |number: &usize| {
            let seen = |earlier: &usize| arrived.contains(earlier);
            !arrived.contains(number) && self.told[*number].past.iter().all(seen)
        };
        (0..self.told.len()).filter(is_ready).collect()
    }
    fn extend(&self, arrived: &mut Vec<usize>, most: usize, orders: &mut Vec<Vec<usize>>) {
        if arrived.len() == self.told.len() {
            orders.push(arrived.clone());
        }
        for number in self.ready(arrived) {
            if orders.len() >= most {
                return;
            }
            arrived.push(number);
            self.extend(arrived, most, orders);
            arrived.pop();
        }
    }
    fn drawn_order(&self, seed: u64) -> Vec<usize> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
        let mut arrived = Vec::new();
        while arrived.len() < self.told.len() {
            let ready = self.ready(&arrived);
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let drawn = usize::try_from(state % ready.len() as u64).unwrap();
            arrived.push(ready[drawn]);
        }
        arrived
    }
}

fn texts(puts: &[(&str, &str)]) -> impl Iterator<Item = (String, Scalar)> {
    puts.iter()
        .map(|(key, value)| ((*key).to_owned(), Scalar::Text((*value).to_owned())))
}
