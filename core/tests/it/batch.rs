//! The packed form: every honest part is rebuilt byte for byte, whoever receives it and wherever the
//! sender cut; and a part that can't be is dropped alone.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::{Admission, Change, History, Scalar};
use xunan_core::code::Code;
use xunan_core::document::{Document, DocumentError};
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::wire::batch::{Batch, PartOut, pack};
use xunan_core::wire::{body, limits};

use crate::dice::{Dice, cases};
use crate::world::{Device, NOON, World, root_puts};

/// What one device may send another (or the relay): some of what the receiver lacks, and sometimes
/// what it has already, in the sender's order.
fn part_for(receiver: &History, sender: &Device, dice: &mut Dice) -> Vec<Change> {
    let again = if dice.one_in(4) { dice.below(5) } else { 0 };
    let unknown = |change: &&Change| receiver.number_of(&change.hash).is_none();
    let new: Vec<&Change> = sender.log.iter().filter(unknown).collect();
    let new = new[..dice.below(new.len() + 1)].iter().copied();
    let known = sender
        .log
        .iter()
        .filter(|change| !unknown(change))
        .take(again);
    known.chain(new).cloned().collect()
}

/// A receiver: a device with own unsent changes, or a relay that has got some device's log so far.
fn receiver(world: &World, dice: &mut Dice) -> History {
    let device = &world.devices[dice.below(world.devices.len())];
    if dice.one_in(2) {
        return device.history.clone();
    }
    let mut relay = device.history.clone();
    relay.truncate(dice.below(device.log.len() + 1));
    relay
}

#[test]
fn every_part_of_random_histories_is_rebuilt_byte_for_byte() {
    let mut dice = Dice::of("parts");
    let (mut parts, mut changes, mut with_own) = (0, 0, 0);
    while parts < cases(24_000) {
        let worlds: Vec<World> = (0..5).map(|_| World::grown(&mut dice, 4, 30)).collect();
        for _ in 0..40 {
            let mut sent: Vec<(History, DocId, Vec<Change>)> = Vec::new();
            for world in &worlds {
                let receiver = receiver(world, &mut dice);
                let sender = &world.devices[dice.below(4)];
                let part = part_for(&receiver, sender, &mut dice);
                if !part.is_empty() {
                    sent.push((receiver, sender.history.id(), part));
                }
            }
            let whole_hashes = dice.one_in(4);
            let kind = RecordKind::Inspection;
            let out = |(_, id, changes): &'_ (History, DocId, Vec<Change>)| (*id, changes.clone());
            let owned: Vec<(DocId, Vec<Change>)> = sent.iter().map(out).collect();
            let outs: Vec<PartOut<'_>> = owned
                .iter()
                .map(|(id, changes)| PartOut {
                    id: *id,
                    kind,
                    changes,
                    whole_hashes,
                })
                .collect();
            let bytes = body::unpack(&body::pack(&pack(&outs))).unwrap();
            let mut batch = Batch::read(&bytes).unwrap();
            assert_eq!(batch.parts().len(), sent.len());
            for (n, (mut receiver, id, part)) in sent.into_iter().enumerate() {
                assert_eq!(
                    (batch.parts()[n].id, batch.parts()[n].len),
                    (id, part.len())
                );
                let missing = part
                    .iter()
                    .filter(|c| receiver.number_of(&c.hash).is_none())
                    .count();
                let before = receiver.len();
                let rebuilt = batch.rebuild(n, &mut receiver).unwrap();
                assert_eq!(rebuilt, part, "raw bytes included");
                assert_eq!(receiver.len(), before + missing);
                let sent_from = part[0].deps.first();
                with_own += usize::from(sent_from.is_some() && before > 0);
                parts += 1;
                changes += part.len();
            }
        }
    }
    assert!(
        changes > parts && with_own > parts / 3,
        "{parts} parts, {changes} changes, {with_own}"
    );
}

/// A finding's root by one device and an answer to it by another.
fn two_devices() -> (Device, Device) {
    let id = DocId::from_bytes([7; 16]);
    let device = |n| Device::new(ActorId::from_bytes([n; 20]), id, RecordKind::Finding);
    let (mut first, mut second) = (device(1), device(2));
    let puts = root_puts(&first.history);
    let root = first.history.compose(first.actor, NOON, puts).unwrap();
    first.take(&root);
    second.take(&root);
    (first, second)
}

fn put(device: &mut Device, key: &str, value: &str) -> Change {
    let puts = vec![(key.to_owned(), Scalar::from(value))];
    let change = device.history.compose(device.actor, NOON, puts).unwrap();
    device.take(&change);
    change
}

fn packed(changes: &[Change], whole_hashes: bool) -> Vec<u8> {
    let id = DocId::from_bytes([7; 16]);
    pack(&[PartOut {
        id,
        kind: RecordKind::Finding,
        changes,
        whole_hashes,
    }])
}

#[test]
fn a_part_whose_dependency_is_missing_is_held_and_leaves_no_trace() {
    let (mut first, _) = two_devices();
    let mut relay = History::new(first.history.id(), RecordKind::Finding);
    let changes = [put(&mut first, "text", "a"), put(&mut first, "text", "b")];
    for whole in [false, true] {
        let bytes = packed(&changes, whole);
        let error = Batch::read(&bytes)
            .unwrap()
            .rebuild(0, &mut relay)
            .unwrap_err();
        assert_eq!((error.position, error.invalid.code), (0, Code::ChangeHeld));
        assert!(relay.is_empty());
    }
}

#[test]
fn a_fork_is_told_by_the_parts_check() {
    // A copy of the folder went on writing as the same actor.
    let (first, _) = two_devices();
    let (mut original, mut copy) = (first.clone(), first);
    let kept = put(&mut original, "text", "a");
    put(&mut copy, "text", "b");
    let after = put(&mut copy, "text", "c");
    let mut relay = original.history.clone();
    // With whole hashes its dependency isn't known; sent whole it takes the other's place.
    let bytes = packed(std::slice::from_ref(&after), true);
    let error = Batch::read(&bytes)
        .unwrap()
        .rebuild(0, &mut relay)
        .unwrap_err();
    assert_eq!(error.invalid.code, Code::ChangeHeld);
    let bytes = packed(&copy.log[1..], false);
    let error = Batch::read(&bytes)
        .unwrap()
        .rebuild(0, &mut relay)
        .unwrap_err();
    assert_eq!((error.position, error.invalid.code), (0, Code::ChangeFork));
    assert_eq!(relay.heads(), vec![kept.hash]);
}

#[test]
fn a_part_that_came_out_otherwise_is_dropped_by_its_check_and_others_stay() {
    let (mut first, second) = two_devices();
    let changes = [put(&mut first, "text", "a")];
    let bytes = packed(&changes, false);
    // The value is the batch's last byte.
    let mut bent = bytes.clone();
    *bent.last_mut().unwrap() = b'b';
    let mut relay = second.history.clone();
    let error = Batch::read(&bent)
        .unwrap()
        .rebuild(0, &mut relay)
        .unwrap_err();
    assert_eq!((error.position, error.invalid.code), (1, Code::BatchCheck));
    assert!(error.found.is_some());
    assert_eq!(relay.heads(), second.history.heads());
    assert_eq!(
        Batch::read(&bytes).unwrap().rebuild(0, &mut relay).unwrap(),
        changes
    );
}

#[test]
fn a_part_is_rebuilt_against_its_own_document_only() {
    let (mut first, _) = two_devices();
    let bytes = packed(&[put(&mut first, "text", "a")], false);
    let mut batch = Batch::read(&bytes).unwrap();
    for (id, kind) in [
        ([8; 16], RecordKind::Finding),
        ([7; 16], RecordKind::Inspection),
    ] {
        let mut other = History::new(DocId::from_bytes(id), kind);
        assert_eq!(
            batch.rebuild(0, &mut other).unwrap_err().invalid.code,
            Code::BatchBytes
        );
    }
    assert_eq!(
        batch
            .rebuild(1, &mut first.history)
            .unwrap_err()
            .invalid
            .code,
        Code::BatchBytes
    );
}

#[test]
fn a_document_takes_in_a_part_whole_or_not_at_all() {
    let (mut first, second) = two_devices();
    let changes = [
        put(&mut first, "text", "a"),
        put(&mut first, "due", "2026-12-01"),
    ];
    let (id, kind) = (first.history.id(), RecordKind::Finding);
    let mut document = Document::new(id, kind);
    let bytes = packed(&changes, false);
    let held = document
        .unpack(&mut Batch::read(&bytes).unwrap(), 0)
        .unwrap_err();
    assert!(matches!(held, DocumentError::Part(error) if error.invalid.code == Code::ChangeHeld));
    document.apply(&second.log).unwrap();
    let sent = packed(&first.log, false);
    let stored = document
        .unpack(&mut Batch::read(&sent).unwrap(), 0)
        .unwrap();
    let new: Vec<_> = stored.into_iter().filter(|(_, is_new)| *is_new).collect();
    let new: Vec<_> = new.into_iter().map(|(change, _)| change).collect();
    assert_eq!(new, changes, "the root was known already");
    assert_eq!(document.history().heads(), first.history.heads());
}

#[test]
fn refused_changes_can_be_left_out_one_by_one() {
    // As the relay does: rebuild, undo, then judge each; descendants of a refused one are held.
    let (mut first, second) = two_devices();
    let changes = [
        put(&mut first, "level", "major"),
        put(&mut first, "text", "a"),
    ];
    let bytes = packed(&changes, false);
    let mut relay = second.history;
    let before = relay.len();
    let rebuilt = Batch::read(&bytes).unwrap().rebuild(0, &mut relay).unwrap();
    relay.truncate(before);
    assert_eq!(relay.admit(&rebuilt[0]), Ok(Admission::New));
    let missing = vec![rebuilt[0].hash];
    assert_eq!(relay.admit(&rebuilt[1]), Ok(Admission::Held { missing }));
}

#[test]
fn batches_above_the_limits_are_refused_whole() {
    let (mut first, _) = two_devices();
    let one = put(&mut first, "text", "a");
    let too_many = vec![one; limits::BATCH_CHANGES + 1];
    let bytes = packed(&too_many, true);
    assert_eq!(Batch::read(&bytes).unwrap_err().code, Code::BatchLimit);
    let mut keys = vec![1, 0, 0];
    let table: Vec<u8> = [1, b'a'].repeat(limits::BATCH_KEYS + 1);
    keys.extend([0xc2, 0x9a, 0x0c, 0, 0, 0, 0]); // 200,002 bytes of table
    keys.extend(table);
    assert_eq!(Batch::read(&keys).unwrap_err().code, Code::BatchLimit);
}
