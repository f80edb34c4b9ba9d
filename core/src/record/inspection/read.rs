//! Reading an inspection: what counts when several wrote at once, and what came too late.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, AnswerMeaning, Basis, Inspection, ItemCode, ItemPhoto, KeyConflict, Late, Member,
    Refusal, Signature, TeamRole,
};
use crate::change::{ChangeNo, History, OpId, Write};
use crate::id::{ActorId, RowId};
use crate::order::Order;
use crate::record::answer::{is_same, meaning_of};
use crate::record::reading::{Reader, shown, text_of};
use crate::record::{Authors, EventAt, InspectionAct, InspectionKey, ItemRef, Photo, Said};
use crate::register::{InspectionKind, Item, Register};
use crate::rule::cause::Causes;
use crate::timestamp::Timestamp;

/// Reads an inspection; none while its first change isn't there or its kind isn't known here. The
/// register tells how the items of its checklists are answered.
#[must_use]
pub fn read_inspection(
    history: &History,
    authors: &dyn Authors,
    register: &Register,
) -> Option<Inspection> {
    let reader = Reader::new(history, authors);
    let root = reader.root()?;
    let began = reader.said(root, ());
    let (events, unknown_events) = reader.events::<InspectionAct>();
    let visit = Visit::new(&reader, &events);
    let lists = visit.lists();
    Some(Inspection {
        id: history.id(),
        root,
        began: began.counted,
        began_by: began.by,
        site: reader.parsed("site"),
        place: reader.text("place").map(str::to_owned),
        kind: InspectionKind::parse(reader.text("kind")?)?,
        loc: reader.json("loc"),
        basis: visit.value("basis").and_then(|word| Basis::parse(&word)),
        plan: visit.plan(),
        team: visit.team(),
        answers: visit.answers(&lists, register),
        notes: visit.notes(),
        photos: visit.photos(),
        lists,
        end: visit.value("end"),
        ended: visit
            .value("ended")
            .and_then(|millis| millis.parse().ok())
            .map(Timestamp),
        representative: visit.value("rep"),
        representative_post: visit.value("rep_post"),
        conflicts: visit.conflicts(),
        finished: visit.finished(),
        withdrawn: visit.is_withdrawn(),
        signatures: visit.signatures(),
        refusals: visit.refusals(),
        late: visit.late_puts(),
        unknown_events,
        events,
    })
}

/// A word on a key that nobody replaced: a put, or a `settled`.
type Word = (OpId, Said<Option<String>>);

/// An inspection being read.
struct Visit<'a> {
    reader: &'a Reader<'a>,
    causes: Causes<'a>,
    events: &'a [EventAt<InspectionAct>],
    /// Every `finished` that nobody reopened who had seen it.
    ends: Vec<ChangeNo>,
}

impl<'a> Visit<'a> {
    fn new(reader: &'a Reader<'a>, events: &'a [EventAt<InspectionAct>]) -> Self {
        let mut visit = Self {
            reader,
            causes: Causes(reader.history),
            events,
            ends: Vec::new(),
        };
        visit.ends = visit.standing_ends(|_| true);
        visit
    }
    fn of_kind(
        &self,
        kind: fn(&InspectionAct) -> bool,
    ) -> impl Iterator<Item = &'a EventAt<InspectionAct>> {
        self.events
            .iter()
            .filter(move |event| kind(&event.event.act))
    }
    /// The ends among some changes that no reopening among them had seen.
    fn standing_ends(&self, among: impl Fn(ChangeNo) -> bool) -> Vec<ChangeNo> {
        let of = |kind| self.of_kind(kind).map(|event| event.change);
        let reopened: Vec<ChangeNo> = of(|act| matches!(act, InspectionAct::Reopened { .. }))
            .filter(|change| among(*change))
            .collect();
        of(|act| *act == InspectionAct::Finished)
            .filter(|end| among(*end))
            .filter(|end| !reopened.iter().any(|r| self.causes.had_seen(*r, *end)))
            .collect()
    }
    fn finished(&self) -> Option<Timestamp> {
        let ends = self.of_kind(|act| *act == InspectionAct::Finished);
        let earliest = ends.map(|event| event.counted).min();
        earliest.filter(|_| !self.ends.is_empty())
    }
    fn is_withdrawn(&self) -> bool {
        let mut withdrawn = self.of_kind(|act| matches!(act, InspectionAct::Withdrawn { .. }));
        let was_reopened = |change: ChangeNo| {
            self.of_kind(|act| matches!(act, InspectionAct::Reopened { .. }))
                .any(|reopened| self.causes.had_seen(reopened.change, change))
        };
        withdrawn.any(|event| !was_reopened(event.change))
    }
    /// Put without having seen the end.
    fn is_late(&self, change: ChangeNo) -> bool {
        let saw = |end: &ChangeNo| self.reader.history.saw(*end, change);
        !self.ends.is_empty() && !self.ends.iter().any(saw)
    }

    /// What was said last on a key, by cause; what is late doesn't count. Automerge's winner first.
    fn words(&self, key: &str) -> Vec<Word> {
        let puts = self
            .reader
            .history
            .writes(key)
            .iter()
            .filter(|write| !self.is_late(write.change))
            .map(|write| {
                (
                    write.id,
                    self.reader.said(write.change, shown(&write.value)),
                )
            });
        let mut words: Vec<Word> = puts.chain(self.settled(key)).collect();
        words.order_by_key(|(id, _)| *id);
        let all: Vec<&Word> = words.iter().collect();
        let last = self.causes.last(&all, |(_, said)| said.change);
        last.into_iter().rev().cloned().collect()
    }
    /// What the team settled on a key. It chooses among what its author saw contradict; it invents
    /// nothing.
    fn settled(&self, key: &str) -> impl Iterator<Item = Word> {
        self.events.iter().filter_map(move |event| {
            let InspectionAct::Settled { key: of, value } = &event.event.act else {
                return None;
            };
            if of != key {
                return None;
            }
            let among = self.contradicting(key, event.change);
            let ev = InspectionKey::Event(event.id).to_string();
            let id = self.reader.history.writes(&ev).first()?.id;
            (among.len() > 1 && among.contains(value))
                .then(|| (id, self.reader.said(event.change, value.clone())))
        })
    }
    /// The values of a key that somebody saw: those that nobody had replaced, and those that counted
    /// at the end.
    fn contradicting(&self, key: &str, at: ChangeNo) -> BTreeSet<Option<String>> {
        let history = self.reader.history;
        let ends = self.standing_ends(|change| self.causes.had_seen(at, change));
        [at].into_iter()
            .chain(ends)
            .flat_map(|at| history.visible_at(key, at))
            .map(|write| shown(&write.value))
            .collect()
    }
    fn value(&self, key: &str) -> Option<String> {
        self.words(key).into_iter().next()?.1.value
    }
    fn keys(&self, prefix: &str) -> impl Iterator<Item = (&'a str, InspectionKey<'a>)> {
        let keys = self.reader.history.keys_from(prefix);
        keys.filter_map(|(key, _)| Some((key, InspectionKey::read(key)?)))
    }

    /// In conflict the higher version.
    /// In conflict the leader's role counts, then being there. Whoever left after the end was there
    /// when it was finished.
    fn team(&self) -> Vec<Member> {
        let finished = self.finished();
        let left_after = |write: &Write| {
            text_of(write).and_then(TeamRole::parse) == Some(TeamRole::Left)
                && self.is_late(write.change)
                && finished.is_some_and(|end| self.reader.times.of(write.change) > end)
        };
        let member = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::Team(person) = read else {
                return None;
            };
            let writes = self.reader.history.writes(key).iter();
            let writes: Vec<&Write> = writes.filter(|write| !left_after(write)).collect();
            let last = self.causes.last(&writes, |write| write.change);
            let roles = last.into_iter().filter_map(text_of);
            let role = roles.filter_map(TeamRole::parse).min()?;
            Some(Member { person, role })
        };
        self.keys("team/").filter_map(member).collect()
    }
    fn lists(&self) -> Vec<(String, u32)> {
        let list = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::List(code) = read else {
                return None;
            };
            let versions = self.words(key).into_iter();
            let version = versions.filter_map(|(_, said)| said.value?.parse().ok());
            Some((code.to_owned(), version.max()?))
        };
        self.keys("list/").filter_map(list).collect()
    }
    /// A planned visit is fulfilled if nobody's last word is that it isn't.
    fn plan(&self) -> Vec<RowId> {
        let row = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::Plan(row) = read else {
                return None;
            };
            let words = self.words(key);
            let all = words
                .iter()
                .all(|(_, said)| said.value.as_deref() == Some("1"));
            (all && !words.is_empty()).then_some(row)
        };
        self.keys("plan/").filter_map(row).collect()
    }
    fn answers(&self, lists: &[(String, u32)], register: &Register) -> BTreeMap<ItemCode, Answer> {
        let item = |of: ItemRef<'_>| -> Option<&Item> {
            let (_, version) = lists.iter().find(|(code, _)| code == of.list)?;
            let list = register.checklist(of.list, Some(*version))?;
            list.items.iter().find(|item| item.code == of.item)
        };
        let answer = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::Answer(of) = read else {
                return None;
            };
            let said = self.words(key).into_iter().map(|(_, said)| said).collect();
            let answer = Answer {
                late: self.late(key),
                ..counting(said, item(of))
            };
            Some((of.to_owned_pair(), answer))
        };
        self.keys("a/").filter_map(answer).collect()
    }
    fn notes(&self) -> BTreeMap<ItemCode, Vec<Said<String>>> {
        let note = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::Note(of) = read else {
                return None;
            };
            let mut notes: Vec<Said<String>> = Vec::new();
            for (_, said) in self.words(key) {
                let (text, rest) = (said.value.clone(), said.with(()));
                if let Some(text) = text.filter(|text| notes.iter().all(|n| n.value != *text)) {
                    notes.push(rest.with(text));
                }
            }
            (!notes.is_empty()).then(|| (of.to_owned_pair(), notes))
        };
        self.keys("n/").filter_map(note).collect()
    }
    /// A photo stays while anybody's last word on it is the photo.
    fn photos(&self) -> Vec<ItemPhoto> {
        let photo = |(key, read): (&str, InspectionKey<'_>)| {
            let InspectionKey::Photo(item, hash) = read else {
                return None;
            };
            self.words(key).into_iter().find_map(|(_, said)| {
                let photo = Photo::read(hash, said.value.as_deref()?)?;
                Some(ItemPhoto {
                    item: item.map(ItemRef::to_owned_pair),
                    photo: said.with(photo),
                })
            })
        };
        self.keys("p/").filter_map(photo).collect()
    }
    fn conflicts(&self) -> Vec<KeyConflict> {
        let is_told_here = |key: &InspectionKey<'_>| {
            matches!(
                key,
                InspectionKey::Basis
                    | InspectionKey::Plan(_)
                    | InspectionKey::Note(_)
                    | InspectionKey::End
                    | InspectionKey::Ended
                    | InspectionKey::Representative
                    | InspectionKey::RepresentativePost
            )
        };
        let conflict = |(key, _): (&str, InspectionKey<'_>)| {
            let words = self.words(key).into_iter();
            let said: Vec<Said<Option<String>>> = words.map(|(_, said)| said).collect();
            let first = said.first()?;
            let differ = said.iter().any(|other| other.value != first.value);
            differ.then(|| KeyConflict {
                key: key.to_owned(),
                said,
            })
        };
        self.keys("")
            .filter(|(_, key)| is_told_here(key))
            .filter_map(conflict)
            .collect()
    }

    fn late(&self, key: &str) -> Vec<Said<Option<String>>> {
        let visible = self.reader.history.visible(key).into_iter();
        visible
            .filter(|write| self.is_late(write.change))
            .map(|write| self.reader.said(write.change, shown(&write.value)))
            .collect()
    }
    fn late_puts(&self) -> Vec<Late> {
        let late = |(key, _): (&str, InspectionKey<'_>)| {
            let said = self.late(key).into_iter();
            let late = |said| Late {
                key: key.to_owned(),
                said,
            };
            said.map(late).collect::<Vec<_>>()
        };
        self.keys("")
            .filter(|(_, key)| is_put(key) && !key.is_root_only())
            .flat_map(late)
            .collect()
    }

    /// The last put of each writer that is not late: what a signature must have seen.
    fn to_be_seen(&self) -> Vec<ChangeNo> {
        let history = self.reader.history;
        let mut last: BTreeMap<ActorId, (u32, ChangeNo)> = BTreeMap::new();
        for (key, writes) in history.keys() {
            if InspectionKey::read(key).is_some_and(|key| !is_put(&key)) {
                continue;
            }
            for write in writes.iter().filter(|write| !self.is_late(write.change)) {
                if let Some(entry) = history.entry(write.change) {
                    let put = (entry.seq, write.change);
                    let held = last.entry(entry.actor).or_insert(put);
                    *held = (*held).max(put);
                }
            }
        }
        last.into_values().map(|(_, change)| change).collect()
    }
    fn signatures(&self) -> Vec<Signature> {
        let needed = self.to_be_seen();
        let signature = |event: &EventAt<InspectionAct>| match &event.event.act {
            InspectionAct::Signed {
                role,
                name,
                drawing,
                opinion,
            } => Some(Signature {
                event: event.id,
                role: *role,
                person: event.author,
                name: name.clone(),
                drawing: *drawing,
                opinion: opinion.clone(),
                at: event.counted,
                counts: self.saw_all(event.change, &needed),
            }),
            _ => None,
        };
        self.events.iter().filter_map(signature).collect()
    }
    fn refusals(&self) -> Vec<Refusal> {
        let needed = self.to_be_seen();
        let refusal = |event: &EventAt<InspectionAct>| match &event.event.act {
            InspectionAct::Refused { reason, witness } => Some(Refusal {
                event: event.id,
                person: event.author,
                reason: reason.clone(),
                witness: witness.clone(),
                at: event.counted,
                counts: self.saw_all(event.change, &needed),
            }),
            _ => None,
        };
        self.events.iter().filter_map(refusal).collect()
    }
    fn saw_all(&self, change: ChangeNo, needed: &[ChangeNo]) -> bool {
        let history = self.reader.history;
        needed.iter().all(|put| history.saw(change, *put))
    }
}

/// Neither an event nor the team: what can be late, and what a signature is over.
const fn is_put(key: &InspectionKey<'_>) -> bool {
    !matches!(key, InspectionKey::Event(_) | InspectionKey::Team(_))
}

/// Of what was said last, the worse counts; different good answers count as none.
fn counting(mut said: Vec<Said<Option<String>>>, item: Option<&Item>) -> Answer {
    let meaning = |said: &Said<Option<String>>| meaning_of(said.value.as_deref(), item);
    let conflict = said.windows(2).any(|pair| match pair {
        [one, other] => !is_same(one.value.as_deref(), other.value.as_deref(), item),
        _ => false,
    });
    let worst = said.iter().map(meaning).min();
    let worst = worst.unwrap_or(AnswerMeaning::Unanswered);
    // Stable: among equals Automerge's winner stays first.
    said.order_by_key(|said| meaning(said));
    let meaning = if conflict && worst == AnswerMeaning::Good {
        AnswerMeaning::Unanswered
    } else {
        worst
    };
    let value = said.first().and_then(|said| said.value.clone());
    Answer {
        value: value.filter(|_| meaning != AnswerMeaning::Unanswered),
        meaning,
        said,
        conflict,
        late: Vec::new(),
    }
}
