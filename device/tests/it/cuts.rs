//! Whatever is lost, doubled or cut, and whenever the app ends: in the end all devices and the
//! relay have the same, and nothing is there twice or missing.

use std::cell::Cell;
use std::rc::Rc;

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::id::DocId;
use xunan_device::request::{Reply, Request};

use super::world::{Fate, Phone, World};

fn work(lin: &mut Phone, zhou: &mut Phone, world: &mut World) -> Vec<DocId> {
    let first = lin.begin();
    lin.answer_item(first, "1", "ok");
    world.sync_through(lin);
    world.sync_through(zhou);
    let second = zhou.begin();
    zhou.answer_item(first, "1", "fail");
    lin.answer_item(first, "2", "na");
    zhou.answer_item(second, "1", "ok");
    zhou.answer_item(second, "2", "fail");
    vec![first, second]
}

fn agree(world: &mut World, phones: [&mut Phone; 2], ids: &[DocId], changes: usize) {
    world.line = Box::new(|_| Fate::Arrives);
    world.crash_at = None;
    let [lin, zhou] = phones;
    for _ in 0..2 {
        for phone in [&mut *lin, &mut *zhou] {
            world.pass(300_000);
            world.sync_through(phone);
        }
    }
    assert_eq!(world.relay.log_len(), changes, "each change once");
    for phone in [lin, zhou] {
        for id in ids {
            let history = phone.app().device().history(*id).unwrap();
            assert_eq!(history.heads(), world.relay.heads(*id));
            assert!(history.entries().all(|(_, entry)| entry.received.is_some()));
        }
        assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
        assert_eq!(phone.count("SELECT count(*) FROM refused"), 0);
        assert_eq!(phone.count("SELECT count(*) FROM applying"), 0);
        assert!(phone.app().device().stale_projections().unwrap().is_empty());
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_and_known_by_its_root() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let mut first = true;
    world.line = Box::new(move |_| {
        if std::mem::take(&mut first) {
            Fate::AnswerLost
        } else {
            Fate::Arrives
        }
    });
    world.sync(&mut lin).unwrap_err();
    assert_eq!(world.relay.log_len(), 1);
    // What is written meanwhile goes in a push of its own: the first is sent as it was.
    lin.answer_item(id, "1", "ok");
    world.pass(10_000);
    world.sync_through(&mut lin);
    assert_eq!((world.relay.log_len(), world.relay.pushes), (2, 3));
    assert_eq!(lin.count("SELECT count(*) FROM outbox"), 0);
    assert_eq!(lin.count("SELECT count(*) FROM pushes"), 2);
}

#[test]
fn every_fate_of_every_request_ends_well() {
    let fates = [Fate::Lost, Fate::AnswerLost, Fate::Twice, Fate::Cut];
    for seed in 0..60_u64 {
        let mut world = World::new();
        let mut lin = world.joined("林检");
        let mut zhou = world.joined("周监");
        let drawn = Rc::new(Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        world.line = Box::new(move |_| {
            // xorshift: reproducible from the seed.
            let mut x = drawn.get() | 1;
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            drawn.set(x);
            let n = (x >> 33) as usize;
            if n.is_multiple_of(3) {
                Fate::Arrives
            } else {
                fates[n % fates.len()]
            }
        });
        let ids = work(&mut lin, &mut zhou, &mut world);
        agree(&mut world, [&mut lin, &mut zhou], &ids, 7);
    }
}

#[test]
fn the_app_may_end_at_every_effect() {
    let mut undisturbed = World::new();
    let (mut lin, mut zhou) = (undisturbed.joined("林检"), undisturbed.joined("周监"));
    let begun = undisturbed.effects;
    let ids = work(&mut lin, &mut zhou, &mut undisturbed);
    agree(&mut undisturbed, [&mut lin, &mut zhou], &ids, 7);
    for at in begun + 1..=undisturbed.effects {
        let mut world = World::new();
        let (mut lin, mut zhou) = (world.joined("林检"), world.joined("周监"));
        world.crash_at = Some(at);
        let ids = work(&mut lin, &mut zhou, &mut world);
        agree(&mut world, [&mut lin, &mut zhou], &ids, 7);
    }
}

#[test]
fn a_record_that_ends_the_app_is_set_aside_told_and_taken_by_the_next_version() {
    let mut world = World::new();
    let (mut lin, mut zhou) = (world.joined("林检"), world.joined("周监"));
    let (poisoned, _) = (lin.begin(), lin.begin());
    world.sync_through(&mut lin);
    // The app ended twice while it was applied.
    let id = poisoned.to_string().replace('-', "");
    zhou.count(&format!(
        "INSERT INTO applying (id, tries) VALUES (x'{id}', 2) RETURNING tries"
    ));
    world.sync_through(&mut zhou);
    let told = |world: &mut World, zhou: &mut Phone| match world.call(zhou, Request::SyncState {}) {
        Ok(Reply::SyncState(state)) => state.set_aside,
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&mut world, &mut zhou), 1);
    assert_eq!(zhou.count("SELECT count(*) FROM documents"), 1);

    zhou.count("UPDATE quarantine SET version = 'an older one' RETURNING 1");
    zhou.close();
    zhou.open(&world);
    world.sync_through(&mut zhou);
    assert_eq!(told(&mut world, &mut zhou), 0);
    assert_eq!(zhou.count("SELECT count(*) FROM documents"), 2);
}
