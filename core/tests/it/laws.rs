//! Laws over random histories of four devices: what the index says is what Automerge says, what we
//! write is what Automerge writes, and no honest change is refused.

use std::collections::BTreeSet;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ROOT};
use xunan_core::change::{Admission, Change, ChangeNo, History};
use xunan_core::document::Document;
use xunan_core::id::ChangeHash;

use crate::dice::{Dice, cases};
use crate::oracle::{self, automerge_of, automerge_sees, seen};
use crate::world::World;

/// The same puts, written by Automerge on a document that has seen what the author had seen. None
/// where Automerge wouldn't write the same edit: it puts no value that is there already, deletes
/// the losers instead of putting a winner again, and adds the author's own last change to the deps.
fn written_by_automerge(before: &Automerge, change: &Change) -> Option<Vec<u8>> {
    let mut automerge = before.clone().with_actor(oracle::actor(change.actor));
    let mut transaction = automerge.transaction();
    for op in &change.ops {
        transaction
            .put(ROOT, op.key.as_str(), oracle::scalar_value(&op.value))
            .unwrap();
    }
    transaction.commit_with(CommitOptions::default().with_time(change.time.0));
    let theirs = automerge.get_last_local_change()?.raw_bytes().to_vec();
    let read = Change::read(&theirs).ok()?; // refuses deletes
    let same_edit = read.ops.len() == change.ops.len() && read.deps == change.deps;
    same_edit.then_some(theirs)
}

#[test]
fn own_changes_are_byte_for_byte_automerges() {
    let mut dice = Dice::of("own_changes");
    let (mut written, mut compared) = (0, 0);
    while written < cases(5_000) {
        let mut world = World::grown(&mut dice, 4, 10);
        for _ in 0..20 {
            let before = world.clone();
            world.step(&mut dice);
            for (device, before) in world.devices.iter().zip(&before.devices) {
                let wrote = device
                    .log
                    .get(before.log.len())
                    .filter(|new| new.actor == device.actor);
                let Some(change) = wrote else { continue };
                written += 1;
                if let Some(theirs) = written_by_automerge(&automerge_of(&before.log), change) {
                    assert_eq!(hex::encode(change.raw()), hex::encode(theirs));
                    compared += 1;
                }
            }
        }
    }
    assert!(
        compared * 2 > written,
        "only {compared} of {written} could be compared"
    );
}

#[test]
fn visible_values_and_winners_are_automerges_now_and_then() {
    let mut dice = Dice::of("visible_values");
    for _ in 0..cases(150) {
        let world = World::grown(&mut dice, 4, 60);
        for device in &world.devices {
            let automerge = automerge_of(&device.log);
            oracle::assert_same(&device.history, &automerge);
            for _ in 0..10.min(device.log.len()) {
                let at = dice.pick(&device.log).hash;
                let no = device.history.number_of(&at).unwrap();
                for (key, _) in device.history.keys() {
                    let ours = seen(device.history.visible_at(key, no));
                    assert_eq!(
                        ours,
                        automerge_sees(&automerge, key, Some(at)),
                        "{key} at {at}"
                    );
                }
            }
        }
    }
}

/// The ancestors of a change, itself included, by walking the graph.
fn past(history: &History, no: ChangeNo) -> BTreeSet<ChangeNo> {
    let mut past = BTreeSet::new();
    let mut open = vec![no];
    while let Some(next) = open.pop() {
        if past.insert(next) {
            open.extend(&history.entry(next).unwrap().deps);
        }
    }
    past
}

#[test]
fn clocks_know_exactly_the_ancestors() {
    let mut dice = Dice::of("clocks");
    for _ in 0..cases(150) {
        let world = World::grown(&mut dice, 4, 60);
        let history = &world.devices[0].history;
        for (later, _) in history.entries() {
            let past = past(history, later);
            for (earlier, _) in history.entries() {
                assert_eq!(history.saw(later, earlier), past.contains(&earlier));
            }
        }
    }
}

#[test]
fn every_honest_change_reads_back_and_is_admitted_in_any_causal_order() {
    let mut dice = Dice::of("honest");
    let mut admitted = 0;
    while admitted < cases(20_000) {
        let mut world = World::grown(&mut dice, 4, 60);
        world.settle();
        let histories = world.devices.iter().map(|device| &device.history);
        let heads: BTreeSet<Vec<ChangeHash>> = histories.map(History::heads).collect();
        assert_eq!(heads.len(), 1, "all devices stand at the same heads");
        let log = &world.devices[dice.below(4)].log;
        let mut waiting: Vec<&Change> = log.iter().collect();
        let first = &world.devices[0].history;
        let mut history = History::new(first.id(), first.kind());
        while !waiting.is_empty() {
            let change = waiting.swap_remove(dice.below(waiting.len()));
            assert_eq!(Change::read(change.raw()).as_ref(), Ok(change));
            match history.accept(change).unwrap() {
                Admission::New => admitted += 1,
                Admission::Held { missing } => {
                    assert!(missing.iter().all(|hash| history.number_of(hash).is_none()));
                    waiting.push(change);
                }
                Admission::Known => panic!("nothing was sent twice"),
            }
        }
        assert_eq!(history.len(), log.len());
        for (key, _) in history.keys() {
            assert_eq!(
                seen(history.visible(key)),
                seen(first.visible(key)),
                "{key}"
            );
        }
    }
}

#[test]
fn a_document_is_the_same_from_changes_and_from_any_snapshot() {
    let mut dice = Dice::of("documents");
    for _ in 0..cases(100) {
        let world = World::grown(&mut dice, 4, 40);
        let log = &world.devices[0].log;
        let (id, kind) = (
            world.devices[0].history.id(),
            world.devices[0].history.kind(),
        );
        let cut = dice.below(log.len() + 1);
        let mut document = Document::new(id, kind);
        document.apply(&log[..cut]).unwrap();
        let snapshot = document.snapshot().unwrap();
        let rest = log[cut..].iter().map(Change::raw);
        let mut opened = Document::open(id, kind, Some(&snapshot), rest).unwrap();
        assert_eq!(opened.history().heads(), world.devices[0].history.heads());
        for (key, _) in opened.history().keys() {
            let expected = seen(world.devices[0].history.visible(key));
            assert_eq!(seen(opened.history().visible(key)), expected, "{key}");
        }
        // Known changes again, and as a whole.
        assert_eq!(opened.apply(log).unwrap(), vec![]);
        let again = Automerge::load(&opened.snapshot().unwrap()).unwrap();
        oracle::assert_same(opened.history(), &again);
    }
}

#[test]
fn a_truncated_history_goes_on_as_if_nothing_had_been() {
    let mut dice = Dice::of("truncate");
    for _ in 0..cases(300) {
        let world = World::grown(&mut dice, 4, 40);
        let device = &world.devices[0];
        let cut = dice.below(device.log.len() + 1);
        let mut shorter = History::new(device.history.id(), device.history.kind());
        device.log[..cut]
            .iter()
            .for_each(|change| assert!(shorter.append(change).index() < cut));
        let mut cut_short = device.history.clone();
        cut_short.truncate(cut);
        assert_eq!(format!("{cut_short:?}"), format!("{shorter:?}"));
        device.log[cut..]
            .iter()
            .for_each(|change| drop(cut_short.accept(change).unwrap()));
        assert_eq!(format!("{cut_short:?}"), format!("{:?}", device.history));
    }
}
