//! Hostile but well-formed input. Whatever the rules let in must be harmless: Automerge applies it,
//! an edit on it works, it is saved, it loads, and stands at the same heads. Nothing panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use automerge::{Automerge, ReadDoc};
use xunan_core::change::{Admission, Change, History, Scalar};
use xunan_core::document::Document;
use xunan_core::id::ActorId;
use xunan_core::wire::batch::{Batch, PartOut, pack};

use crate::dice::{Dice, cases};
use crate::forgery::{Forgery, Loot, chunk, leb};
use crate::oracle;
use crate::world::{Device, NOON, World};

/// A document under attack, and honest changes that may follow in it.
struct Target {
    document: Document,
    log: Vec<Change>,
    templates: Vec<Change>,
    loot: Loot,
}

impl Target {
    fn grown(dice: &mut Dice) -> Self {
        let mut world = World::grown(dice, 5, 24);
        world.settle();
        let base = world.devices[0].clone();
        let mut templates = Vec::new();
        for _ in 0..30 {
            // Some see everything, some only what they had at some time.
            let mut author = world.devices[dice.below(5)].clone();
            if dice.one_in(2) {
                let own = author
                    .history
                    .entries()
                    .rfind(|(_, e)| e.actor == author.actor);
                let least = own.map_or(0, |(no, _)| no.index() + 1);
                let seen = least + dice.below(author.log.len() - least + 1);
                author.history.truncate(seen);
                author.log.truncate(seen);
            }
            templates.push(author.write(dice));
        }
        let mut document = Document::new(base.history.id(), base.history.kind());
        document.apply(&base.log).unwrap();
        let loot = loot(&world, dice);
        Self {
            document,
            log: base.log,
            templates,
            loot,
        }
    }
    fn history(&self) -> &History {
        self.document.history()
    }
}

fn loot(world: &World, dice: &mut Dice) -> Loot {
    let log = &world.devices[0].log;
    let mut hashes: Vec<[u8; 32]> = log.iter().map(|change| *change.hash.as_bytes()).collect();
    hashes.push(dice.bytes());
    let ops = log.iter().flat_map(Change::named_ops);
    Loot {
        actors: log.iter().map(|change| change.actor).collect(),
        hashes,
        keys: world.devices[0]
            .history
            .keys()
            .map(|(key, _)| key.to_owned())
            .collect(),
        ops: ops
            .map(|(id, _)| (i64::from(id.counter), id.actor.as_bytes().to_vec()))
            .collect(),
    }
}

/// Reads and judges foreign bytes as a receiver does.
fn let_in(history: &History, raw: &[u8]) -> Option<Change> {
    let change = Change::read(raw).ok()?;
    assert_eq!(change.raw(), raw);
    (history.admit(&change) == Ok(Admission::New)).then_some(change)
}

/// Takes in changes that the rules let in, and shows that they did no harm.
fn assert_harmless(before: &Document, changes: &[Change]) -> Document {
    let mut document = before.clone();
    document.apply(changes).expect("what is admitted applies");
    let touched = changes.last().unwrap().ops[0].key.clone();
    if touched != "id" && touched != "v" && !touched.starts_with("ev/") {
        let editor = ActorId::from_bytes([0xed; 20]);
        let puts = vec![(touched, Scalar::from("edited"))];
        let edit = document.history().compose(editor, NOON, puts);
        document
            .apply(&[edit.expect("an edit can be written")])
            .expect("and applied");
    }
    let snapshot = document.snapshot().expect("saves, loads, equal heads");
    let history = document.history();
    let opened = Document::open(history.id(), history.kind(), Some(&snapshot), []).unwrap();
    assert_eq!(opened.history().heads(), history.heads());
    for (key, _) in history.keys() {
        let stored = oracle::seen(opened.history().visible(key));
        assert_eq!(stored, oracle::seen(history.visible(key)), "{key}");
    }
    document
}

fn bent_bytes(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(8) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, dice.roll() as u8),
            2 => bytes.truncate(at),
            3 => bytes[at] = *dice.pick(&[0, 1, 0x7f, 0x80, 0xff]),
            4 => bytes[at] ^= 1 << dice.below(8),
            _ => bytes[at] = dice.roll() as u8,
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

#[test]
fn the_forger_can_write_honestly() {
    let mut dice = Dice::of("forger");
    let target = Target::grown(&mut dice);
    for change in target.log.iter().chain(&target.templates) {
        assert_eq!(
            hex::encode(Forgery::of(change).raw()),
            hex::encode(change.raw())
        );
    }
}

#[test]
fn bent_ops_that_get_in_are_harmless() {
    let mut dice = Dice::of("bent_ops");
    let (total, mut tried, mut accepted) = (cases(120_000), 0, 0);
    while tried < total {
        let target = Target::grown(&mut dice);
        for _ in 0..1_500.min(total) {
            let mut forgery = Forgery::of(dice.pick(&target.templates));
            for _ in 0..1 + dice.below(2) {
                forgery.bend(&mut dice, &target.loot);
            }
            tried += 1;
            if let Some(change) = let_in(target.history(), &forgery.raw()) {
                assert_harmless(&target.document, &[change]);
                accepted += 1;
            }
        }
    }
    assert!(accepted > total / 100, "{accepted} of {tried} accepted");
}

#[test]
fn bent_bytes_that_get_in_are_harmless() {
    let mut dice = Dice::of("bent_bytes");
    let (total, mut tried, mut accepted) = (cases(60_000), 0, 0);
    while tried < total {
        let target = Target::grown(&mut dice);
        for _ in 0..1_500.min(total) {
            let mut forgery = Forgery::of(dice.pick(&target.templates));
            if dice.one_in(4) {
                forgery.bend(&mut dice, &target.loot);
            }
            // The checksum is right, most times; lengths lie as the dice fall.
            let raw = if dice.one_in(10) {
                bent_bytes(forgery.raw(), &mut dice)
            } else {
                chunk(1, &bent_bytes(forgery.body(), &mut dice))
            };
            tried += 1;
            if let Some(change) = let_in(target.history(), &raw) {
                assert_harmless(&target.document, &[change]);
                accepted += 1;
            }
        }
    }
    assert!(accepted > 0, "{accepted} of {tried} accepted");
}

#[test]
fn chains_of_mutants_that_get_in_are_harmless() {
    let mut dice = Dice::of("chains");
    let (total, mut tried, mut longest) = (cases(12_000), 0, 0);
    while tried < total {
        let mut target = Target::grown(&mut dice);
        let mut chain = 0;
        for _ in 0..120 {
            // Each follows on what the ones before left.
            let mut author = Device::new(
                *dice.pick(&target.loot.actors),
                target.history().id(),
                target.history().kind(),
            );
            author.history = target.history().clone();
            let mut forgery = Forgery::of(&author.write(&mut dice));
            forgery.bend(&mut dice, &target.loot);
            tried += 1;
            if let Some(change) = let_in(target.history(), &forgery.raw()) {
                target
                    .document
                    .apply(std::slice::from_ref(&change))
                    .unwrap();
                target.loot.hashes.push(*change.hash.as_bytes());
                chain += 1;
            }
        }
        let last = author_of_all(&target);
        assert_harmless(&target.document, &[last]);
        longest = longest.max(chain);
    }
    assert!(longest >= 10, "the longest chain has {longest}");
}

fn author_of_all(target: &Target) -> Change {
    let puts = vec![("end".to_owned(), Scalar::from("last"))];
    target
        .history()
        .compose(target.loot.actors[0], NOON, puts)
        .unwrap()
}

#[test]
fn a_change_of_another_document_is_never_let_in() {
    let mut dice = Dice::of("splices");
    let mut tried = 0;
    while tried < cases(20_000) {
        let (here, there) = (Target::grown(&mut dice), Target::grown(&mut dice));
        for change in there.log.iter().chain(&there.templates) {
            assert!(let_in(here.history(), change.raw()).is_none());
            // Nor with its deps replaced by some of here.
            let mut forgery = Forgery::of(change);
            forgery.deps = vec![*dice.pick(&here.loot.hashes)];
            if let Some(change) = let_in(here.history(), &forgery.raw()) {
                // Then it is another change, which happens to say the same.
                assert!(!change.is_root());
                assert_harmless(&here.document, &[change]);
            }
            tried += 2;
        }
    }
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn the_judge_would_see_harm() {
    // The oracle must be able to fail: what the rules refuse is harmful often enough.
    let mut dice = Dice::of("judge");
    let (mut refused, mut harmful) = (0, 0);
    while refused < cases(400) {
        let target = Target::grown(&mut dice);
        let base = oracle::automerge_of(&target.log);
        for _ in 0..100 {
            let mut forgery = Forgery::of(dice.pick(&target.templates));
            forgery.bend(&mut dice, &target.loot);
            let raw = forgery.raw();
            if let_in(target.history(), &raw).is_none() {
                refused += 1;
                harmful += usize::from(!automerge_survives(&base, raw));
            }
        }
    }
    assert!(harmful * 4 > refused, "{harmful} of {refused}");
}

fn automerge_survives(base: &Automerge, raw: Vec<u8>) -> bool {
    let survives = || {
        let mut automerge = base.clone();
        automerge
            .apply_changes([automerge::Change::from_bytes(raw).ok()?])
            .ok()?;
        let settled = automerge.get_missing_deps(&[]).is_empty();
        let loaded = Automerge::load(&automerge.save()).ok()?;
        (settled && loaded.get_heads() == automerge.get_heads()).then_some(())
    };
    catch_unwind(AssertUnwindSafe(survives)).is_ok_and(|survived| survived.is_some())
}

/// Cuts a batch into what stands before its streams' lengths, and the streams.
fn cut(batch: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let number = |at: &mut usize| {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = batch[*at];
            *at += 1;
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    };
    let mut at = 1;
    at += number(&mut at) * 20;
    number(&mut at);
    let head = batch[..at].to_vec();
    let lengths: Vec<usize> = (0..5).map(|_| number(&mut at)).collect();
    let stream = |len: &usize| {
        at += len;
        batch[at - len..at].to_vec()
    };
    (head, lengths.iter().map(stream).collect())
}

fn joined(head: &[u8], streams: &[Vec<u8>]) -> Vec<u8> {
    let mut batch = head.to_vec();
    streams
        .iter()
        .for_each(|stream| leb(&mut batch, stream.len() as u64));
    streams.iter().for_each(|stream| batch.extend(stream));
    batch
}

/// A batch of one part, bent: in a stream with the lengths kept true, or anywhere.
fn bent_batch(batch: &[u8], dice: &mut Dice) -> Vec<u8> {
    if dice.one_in(4) {
        return bent_bytes(batch.to_vec(), dice);
    }
    let (head, mut streams) = cut(batch);
    for _ in 0..1 + dice.below(2) {
        let stream = dice.below(5);
        if !streams[stream].is_empty() {
            streams[stream] = bent_bytes(std::mem::take(&mut streams[stream]), dice);
        }
    }
    joined(&head, &streams)
}

/// Rebuilds a part as a receiver does, and once more with the check that a liar would have put.
fn unpacked(document: &Document, batch: &[u8]) -> Option<Vec<Change>> {
    let mut history = document.history().clone();
    let mut read = Batch::read(batch).ok()?;
    let part = read.parts().first()?.check;
    match read.rebuild(0, &mut history) {
        Ok(changes) => Some(changes),
        Err(error) => {
            assert_eq!(history.len(), document.history().len(), "undone");
            let found = error.found?;
            let at = batch.windows(8).position(|bytes| bytes == part)?;
            let lying = [&batch[..at], &found, &batch[at + 8..]].concat();
            Batch::read(&lying).ok()?.rebuild(0, &mut history).ok()
        }
    }
}

#[test]
fn bent_batches_that_get_in_are_harmless() {
    let mut dice = Dice::of("bent_batches");
    let (total, mut tried, mut accepted) = (cases(40_000), 0, 0);
    while tried < total {
        let target = Target::grown(&mut dice);
        let seen = dice.below(target.log.len());
        let (id, kind) = (target.history().id(), target.history().kind());
        let mut document = Document::new(id, kind);
        document.apply(&target.log[..seen]).unwrap();
        let end = seen + 1 + dice.below((target.log.len() - seen).min(6));
        let whole_hashes = dice.one_in(2);
        let changes = &target.log[seen..end];
        let batch = pack(&[PartOut {
            id,
            kind,
            changes,
            whole_hashes,
        }]);
        for _ in 0..300.min(total) {
            tried += 1;
            let Some(changes) = unpacked(&document, &bent_batch(&batch, &mut dice)) else {
                continue;
            };
            for change in &changes {
                assert_eq!(Change::read(change.raw()).as_ref(), Ok(change));
            }
            assert_harmless(&document, &changes);
            accepted += 1;
        }
    }
    assert!(accepted > total / 50, "{accepted} of {tried} accepted");
}
