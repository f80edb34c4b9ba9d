//! What the relay does not append: refused, held, forked. Nothing of it is lost.

use std::sync::atomic::Ordering;

use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::Scalar;
use xunan_core::code::Code;
use xunan_core::record::{Event, FindingAct, RecordKind};
use xunan_core::wire::sync::Outcome;
use xunan_device::device::{Draft, UndoPlan};
use xunan_device::request::{Reply, Request};

use super::relay::Relay;
use super::world::{Fate, World, draft, unit};

const KIND: RecordKind = RecordKind::Inspection;

fn refuse_key(relay: &mut Relay, key: &'static str) {
    relay.rights = Box::new(move |_, change| {
        change
            .ops
            .iter()
            .any(|op| op.key == key)
            .then(|| Outcome::Refused {
                code: Code::PermitFinished,
                rule: 13,
                key: Some(key.to_owned()),
                details: [("units".to_owned(), "u".to_owned())].into(),
            })
    });
}

#[test]
fn a_refused_command_is_kept_and_those_after_it_are_done_again() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let mut zhou = world.joined("周监");
    let id = lin.begin();
    lin.answer_item(id, "1", "ok");
    lin.answer_item(id, "2", "fail");
    lin.answer_item(id, "3", "na");
    refuse_key(&mut world.relay, "a/k1/2");
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    for phone in [&mut lin, &mut zhou] {
        assert_eq!(phone.values(id, "a/k1/1"), ["ok"]);
        assert!(phone.values(id, "a/k1/2").is_empty());
        assert_eq!(phone.values(id, "a/k1/3"), ["na"]);
        let history = phone.app().device().history(id).unwrap();
        assert_eq!(history.heads(), world.relay.heads(id));
    }
    assert_eq!(
        lin.count("SELECT count(*) FROM refused WHERE code = 'permit.finished' AND beside = 2"),
        1
    );
    assert_eq!(lin.count("SELECT count(*) FROM outbox"), 0);
    // Its person can read that it went out, too: three at once, then what was done again.
    let log = world.call(&mut lin, Request::SyncLog { limit: 9 }).unwrap();
    let Reply::SyncLog(lines) = log else {
        panic!("{log:?}");
    };
    let counts: Vec<_> = lines.iter().map(|line| (line.sent, line.refused)).collect();
    assert_eq!(counts, [(1, 0), (3, 1)]);
    // It survives the end of the app.
    lin.open(&world);
    assert_eq!(lin.values(id, "a/k1/3"), ["na"]);
    assert_eq!(lin.count("SELECT count(*) FROM refused"), 1);
}

#[test]
fn a_record_whose_beginning_is_refused_is_kept_as_refused_whole() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    lin.answer_item(id, "1", "ok");
    refuse_key(&mut world.relay, "kind");
    world.sync(&mut lin).unwrap();
    assert_eq!(lin.count("SELECT count(*) FROM documents"), 0);
    assert_eq!(lin.count("SELECT count(*) FROM refused"), 2);
    assert_eq!(world.relay.log_len(), 0);
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.pushes, 1, "it isn't sent again");
}

#[test]
fn an_event_done_again_is_named_anew_where_others_name_it() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    lin.answer_item(id, "2", "fail");
    let event = |lin: &mut super::world::Phone, json: serde_json::Value| {
        let draft = Draft {
            event: Some(json.to_string()),
            ..draft(id, KIND, &[])
        };
        lin.app().device().write(draft).unwrap();
        let history = lin.app().device().history(id).unwrap();
        let mut events: Vec<String> = history
            .keys_from("ev/")
            .map(|(key, _)| key[3..].to_owned())
            .collect();
        events.sort_by_key(|event| event.split_once('.').unwrap().1.parse::<u32>().unwrap());
        events.pop().unwrap()
    };
    let first = event(&mut lin, json!({ "k": "commented", "text": "one" }));
    event(
        &mut lin,
        json!({ "k": "commented", "text": "two", "re": [first] }),
    );
    refuse_key(&mut world.relay, "a/k1/2");
    world.sync(&mut lin).unwrap();
    let history = lin.app().device().history(id).unwrap();
    let texts: Vec<(String, serde_json::Value)> = history
        .keys_from("ev/")
        .map(|(key, writes)| {
            let text = writes[0].value.as_text().unwrap();
            (key[3..].to_owned(), serde_json::from_str(text).unwrap())
        })
        .collect();
    assert_eq!(texts.len(), 2);
    let one = texts
        .iter()
        .find(|(_, event)| event["text"] == "one")
        .unwrap();
    let two = texts
        .iter()
        .find(|(_, event)| event["text"] == "two")
        .unwrap();
    assert_ne!(one.0, first, "a new writer");
    assert_eq!(two.1["re"], json!([one.0]));
}

#[test]
fn a_held_record_is_sent_again_later_and_told_if_that_never_helps() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    world.relay.rights = Box::new(|_, _| {
        Some(Outcome::Held {
            missing: Vec::new(),
        })
    });
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.pushes, 1);
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.pushes, 1, "not at once");
    world.pass(61_000);
    world.tick(&mut lin);
    assert_eq!(world.relay.pushes, 2);
    for _ in 0..12 {
        world.pass(61_000);
        world.tick(&mut lin);
    }
    assert_eq!(
        lin.count("SELECT count(*) FROM refused WHERE code = 'change.held'"),
        1
    );
    assert!(lin.values(id, "kind").is_empty());
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn a_copied_folder_writes_on_under_a_new_name() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    lin.close();
    let copy = tempfile::tempdir().unwrap();
    let copied = copy.path().join("device.db");
    std::fs::copy(lin.database(), &copied).unwrap();
    lin.open(&world);
    lin.answer_item(id, "1", "ok");
    world.sync(&mut lin).unwrap();
    // The backup comes back: it doesn't know what was written since.
    lin.close();
    for name in ["device.db-wal", "device.db-shm"] {
        let _ = std::fs::remove_file(lin.database().with_file_name(name));
    }
    std::fs::copy(&copied, lin.database()).unwrap();
    lin.open(&world);
    lin.answer_item(id, "1", "fail");
    lin.answer_item(id, "2", "na");
    world.sync_through(&mut lin);
    assert_eq!(lin.values(id, "a/k1/2"), ["na"]);
    assert_eq!(lin.values(id, "a/k1/1"), ["fail", "ok"], "both were meant");
    assert_eq!(lin.count("SELECT count(*) FROM refused"), 0);
    let history = lin.app().device().history(id).unwrap();
    assert_eq!(history.heads(), world.relay.heads(id));
}

#[test]
fn a_command_that_waits_is_shown_as_done_and_can_vanish() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    let wait = |lin: &mut super::world::Phone, value| {
        let undo = Some(UndoPlan::Wait(10_000));
        let draft = Draft {
            undo,
            ..draft(id, KIND, &[("a/k1/1", value)])
        };
        lin.app().device().write(draft).unwrap()
    };
    let written = wait(&mut lin, "fail");
    assert!(written.change.is_none() && written.undo_until.is_some());
    assert_eq!(lin.values(id, "a/k1/1"), ["fail"]);
    world.tick(&mut lin);
    assert_eq!(world.relay.log_len(), 1, "not sent yet");
    lin.app().device().undo(written.command).unwrap();
    assert!(lin.values(id, "a/k1/1").is_empty());
    world.pass(11_000);
    world.tick(&mut lin);
    assert_eq!(world.relay.log_len(), 1);

    let written = wait(&mut lin, "na");
    lin.open(&world);
    assert_eq!(
        lin.values(id, "a/k1/1"),
        ["na"],
        "it survives the end of the app"
    );
    world.pass(11_000);
    world.tick(&mut lin);
    assert_eq!(world.relay.log_len(), 2, "its time is over: it is sent");
    let late = lin.app().device().undo(written.command).unwrap_err();
    assert_eq!(late.code, Code::UndoTooLate);
}

#[test]
fn what_waits_is_told_again_after_the_app_was_ended() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let waiting = |world: &mut World, lin: &mut super::world::Phone| {
        let reply = world.call(lin, Request::Waiting {});
        let Ok(Reply::Waiting(waiting)) = reply else {
            panic!("{reply:?}");
        };
        waiting
    };
    let id = lin.app().device().new_document();
    let site = unit("厂").to_string();
    let report = [
        ("site", site.as_str()),
        ("origin", "official"),
        ("text", "通道被挡"),
    ];
    lin.write(id, RecordKind::Finding, &report).unwrap();
    assert!(waiting(&mut world, &mut lin).is_empty());
    let event = Event::new(FindingAct::Withdrawn {
        reason: "看错了".to_owned(),
    });
    let photos = Vec::new();
    let act = Request::Act { id, event, photos };
    let Ok(Reply::Done { command, .. }) = world.call(&mut lin, act) else {
        panic!("it is allowed");
    };
    lin.open(&world);
    let told = waiting(&mut world, &mut lin);
    assert_eq!(
        (told[0].command, told[0].what.as_str()),
        (command, "withdrawn")
    );
    assert_eq!(told[0].place, "厂");
    let left = told[0].undo_until - world.clock.load(Ordering::Relaxed) as f64;
    assert!(left > 0.0 && left <= 10_000.0, "{left}");
    world.call(&mut lin, Request::Undo { command }).unwrap();
    assert!(waiting(&mut world, &mut lin).is_empty());
    world.pass(11_000);
    world.tick(&mut lin);
    assert_eq!(world.relay.log_len(), 1, "the report alone");
}

#[test]
fn what_waits_comes_before_what_is_written_after_it() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let undo = Some(UndoPlan::Wait(10_000));
    let waiting = Draft {
        undo,
        ..draft(id, KIND, &[("a/k1/1", "fail")])
    };
    lin.app().device().write(waiting).unwrap();
    lin.answer_item(id, "1", "ok");
    assert_eq!(lin.values(id, "a/k1/1"), ["ok"]);
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.log_len(), 3);
}

#[test]
fn an_undone_answer_gets_its_earlier_value_unless_somebody_wrote_there() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let answer = |lin: &mut super::world::Phone, value| {
        let undo = Some(UndoPlan::PutBack);
        let draft = Draft {
            undo,
            ..draft(id, KIND, &[("a/k1/1", value)])
        };
        lin.app().device().write(draft).unwrap().command
    };
    answer(&mut lin, "ok");
    let second = answer(&mut lin, "fail");
    lin.app().device().undo(0).unwrap();
    assert_eq!(lin.values(id, "a/k1/1"), ["ok"]);
    assert_eq!(
        lin.app().device().undo(second).unwrap_err().code,
        Code::UndoTooLate
    );
    let third = answer(&mut lin, "na");
    lin.answer_item(id, "1", "fail");
    assert_eq!(
        lin.app().device().undo(third).unwrap_err().code,
        Code::UndoTooLate
    );
    let first_of_all = {
        let undo = Some(UndoPlan::PutBack);
        let draft = Draft {
            undo,
            ..draft(id, KIND, &[("a/k1/9", "ok")])
        };
        lin.app().device().write(draft).unwrap().command
    };
    lin.app().device().undo(first_of_all).unwrap();
    let history = lin.app().device().history(id).unwrap();
    assert_eq!(
        history.visible("a/k1/9")[0].value,
        Scalar::Null,
        "cleared, not gone"
    );
}

#[test]
fn the_rest_of_a_section_is_taken_back_as_one_also_after_the_app_was_ended() {
    let mut world = World::new();
    world.checklist();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    lin.answer_item(id, "1", "fail");
    world.line = Box::new(|_| Fate::Lost);
    let fill = |world: &mut World, lin: &mut super::world::Phone| {
        let (list, section) = ("k1".to_owned(), "电".to_owned());
        let reply = world.call(lin, Request::FillSection { id, list, section });
        let Ok(Reply::Done {
            command,
            undo_until: Some(until),
            ..
        }) = reply
        else {
            panic!("{reply:?}");
        };
        let now = world.clock.load(Ordering::Relaxed);
        assert!(
            until - now as f64 >= 10_000.0,
            "the screen offers to undo it"
        );
        command
    };
    let stands = |lin: &mut super::world::Phone| {
        ["1", "2", "3", "4"].map(|item| lin.values(id, &format!("a/k1/{item}")).join("/"))
    };

    let first = fill(&mut world, &mut lin);
    assert_eq!(stands(&mut lin), ["fail", "ok", "ok", ""]);
    world
        .call(&mut lin, Request::Undo { command: first })
        .unwrap();
    assert_eq!(stands(&mut lin), ["fail", "-", "-", ""], "cleared");

    // The app ends before anything is sent: nothing is lost, and it can still be taken back.
    let second = fill(&mut world, &mut lin);
    lin.open(&world);
    assert_eq!(stands(&mut lin), ["fail", "ok", "ok", ""]);
    // What was answered anew in the meantime stays.
    lin.answer_item(id, "3", "na");
    let undo = Request::Undo { command: second };
    world.call(&mut lin, undo.clone()).unwrap();
    assert_eq!(stands(&mut lin), ["fail", "-", "na", ""]);
    let twice = world.call(&mut lin, undo).unwrap_err();
    assert_eq!(twice.code, Code::UndoTooLate);

    // Nothing of it stands any more.
    let third = fill(&mut world, &mut lin);
    lin.answer_item(id, "2", "fail");
    let late = world.call(&mut lin, Request::Undo { command: third });
    assert_eq!(late.unwrap_err().code, Code::UndoTooLate);
}

#[test]
fn an_explicit_sync_sends_what_waits() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let undo = Some(UndoPlan::Wait(10_000));
    let waiting = Draft {
        undo,
        ..draft(id, KIND, &[("a/k1/1", "fail")])
    };
    lin.app().device().write(waiting).unwrap();
    world.line = Box::new(|_| Fate::Arrives);
    world.call(&mut lin, Request::Sync {}).unwrap();
    assert_eq!(world.relay.log_len(), 2);
}

#[test]
fn what_falls_due_while_a_step_works_wakes_the_next_one() {
    for early in 1..60 {
        let mut world = World::new();
        let mut lin = world.joined("林检");
        let id = lin.begin();
        world.sync_through(&mut lin);
        let draft = Draft {
            undo: Some(UndoPlan::Wait(10_000)),
            ..draft(id, KIND, &[("a/k1/1", "fail")])
        };
        let written = lin.app().device().write(draft).unwrap();
        let due = written.undo_until.unwrap();
        world.pass(10_000 - early);
        lin.wake_at = None;
        world.look.store(2, Ordering::Relaxed);
        world.tick(&mut lin);
        world.look.store(0, Ordering::Relaxed);
        let waits = lin.count("SELECT count(*) FROM outbox WHERE hash IS NULL") > 0;
        assert!(
            !waits || lin.wake_at.is_some_and(|at| at <= due),
            "{early} ms before: {:?}",
            lin.wake_at
        );
    }
}
