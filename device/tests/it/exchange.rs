//! What is written on one device is on the others, once each is in reach of the relay.

use sha2::Digest;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::Code;
use xunan_core::id::{DocId, Sha256};
use xunan_core::register::PostKind;
use xunan_device::host::Scaled;
use xunan_device::request::{NewPhoto, Reply, Request};
use xunan_device::sync::{Effect, Input};

use super::world::{Fate, World, person};

#[test]
fn an_answer_reaches_a_colleague_with_its_author_and_receipt() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let mut zhou = world.joined("周监");
    let id = lin.begin();
    lin.answer_item(id, "1", "fail");
    world.sync(&mut lin).unwrap();
    world.tick(&mut zhou);
    assert_eq!(zhou.values(id, "a/k1/1"), ["fail"]);
    let history = zhou.app().device().history(id).unwrap();
    assert_eq!(history.heads(), world.relay.heads(id));
    let own = lin.app().device().history(id).unwrap();
    for seen in [&history, &own] {
        for (_, entry) in seen.entries() {
            assert!(
                entry.received.is_some(),
                "every change has its receipt on both devices"
            );
            assert_eq!(
                entry.received,
                history
                    .entry(history.number_of(&entry.hash).unwrap())
                    .unwrap()
                    .received
            );
        }
    }
}

#[test]
fn two_who_fill_the_same_inspection_apart_merge_with_their_conflict() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let mut zhou = world.joined("周监");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    lin.answer_item(id, "1", "ok");
    zhou.answer_item(id, "1", "fail");
    zhou.answer_item(id, "2", "ok");
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    world.sync(&mut lin).unwrap();
    for phone in [&mut lin, &mut zhou] {
        assert_eq!(phone.values(id, "a/k1/1"), ["fail", "ok"]);
        assert_eq!(phone.values(id, "a/k1/2"), ["ok"]);
    }
    // Putting a value on a conflict settles it; putting it again makes no change.
    let settled = zhou.write(
        id,
        xunan_core::record::RecordKind::Inspection,
        &[("a/k1/1", "fail")],
    );
    assert!(settled.unwrap().change.is_some());
    let again = zhou.write(
        id,
        xunan_core::record::RecordKind::Inspection,
        &[("a/k1/1", "fail")],
    );
    assert_eq!(again.unwrap().command, 0);
}

#[test]
fn nothing_new_is_one_small_request() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    let before = world.relay.requests;
    let sizes = std::rc::Rc::new(std::cell::Cell::new(0));
    let seen = std::rc::Rc::clone(&sizes);
    world.line = Box::new(move |request| {
        seen.set(request.body.len());
        Fate::Arrives
    });
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.requests, before + 1);
    assert!(sizes.get() <= 120, "{} bytes", sizes.get());
    assert_eq!(lin.values(id, "kind"), ["routine"]);
}

#[test]
fn a_first_sync_comes_in_pages_and_goes_on_where_it_stopped() {
    let mut world = World::new();
    world.relay.page = 3;
    let mut lin = world.joined("林检");
    let ids: Vec<_> = (0..20).map(|_| lin.begin()).collect();
    world.sync(&mut lin).unwrap();
    let mut zhou = world.phone("周监");
    let mut left = 4;
    world.line = Box::new(move |_| {
        left -= 1;
        if left < 0 { Fate::Lost } else { Fate::Arrives }
    });
    world.enrol(&mut zhou);
    let some = zhou.count("SELECT count(*) FROM documents");
    assert!(
        some > 0 && some < 20,
        "{some} records before the line was cut"
    );
    zhou.open(&world);
    world.line = Box::new(|_| Fate::Arrives);
    let before = world.relay.requests;
    world.sync(&mut zhou).unwrap();
    assert!(
        world.relay.requests - before < 8,
        "pages that were kept aren't asked for again"
    );
    for id in ids {
        assert_eq!(zhou.values(id, "kind"), ["routine"]);
    }
}

#[test]
fn words_go_before_photos_and_an_upload_goes_on_at_the_byte() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let bytes: Vec<u8> = (0..1_500_000_u32)
        .map(|n| (n.wrapping_mul(n) >> 7) as u8)
        .collect();
    lin.app().device().add_blob(b"a drawing").unwrap();
    assert_eq!(
        lin.count("SELECT count(*) FROM blobs WHERE unsent = 1"),
        0,
        "nothing names it yet"
    );
    world.call(&mut lin, add_photo(id, &bytes)).unwrap();
    let hash = |bytes: &[u8]| Sha256::from_bytes(sha2::Sha256::digest(bytes).into());
    let (picture, thumb) = (hash(&bytes), hash(&bytes[..bytes.len() / 8]));
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let log = std::rc::Rc::clone(&seen);
    world.line = Box::new(move |request| {
        log.borrow_mut().push((
            request.url.contains("/blobs/"),
            request.offset,
            request.body.len(),
        ));
        let patches = log.borrow().iter().filter(|(blob, ..)| *blob).count();
        if patches == 3 && request.url.contains("/blobs/") {
            Fate::AnswerLost
        } else {
            Fate::Arrives
        }
    });
    world.sync_through(&mut lin);
    let seen = seen.borrow();
    assert!(!seen[0].0, "words first");
    let sent: usize = seen
        .iter()
        .filter(|(blob, ..)| *blob)
        .map(|(.., len)| len)
        .sum();
    let size = bytes.len() + bytes.len() / 8;
    assert!(
        sent < size + 600_000,
        "{sent} of {size} bytes: only what was cut is sent again"
    );
    assert_eq!(world.relay.blob(&picture).unwrap(), bytes);
    assert!(world.relay.blob(&thumb).is_some());
    assert_eq!(lin.count("SELECT count(*) FROM blobs WHERE unsent = 1"), 0);

    let mut zhou = world.phone("周监");
    world.line = Box::new(|_| Fate::Arrives);
    world.enrol(&mut zhou);
    world
        .call(
            &mut zhou,
            Request::FetchPhoto {
                hash: thumb.to_string(),
            },
        )
        .unwrap();
    let url = world
        .call(
            &mut zhou,
            Request::Photo {
                hash: thumb.to_string(),
            },
        )
        .unwrap();
    assert!(matches!(url, Reply::Photo(Some(url)) if url.starts_with("data:image/")));
}

fn add_photo(id: DocId, bytes: &[u8]) -> Request {
    Request::AddPhoto {
        id,
        list: "-".to_owned(),
        item: "-".to_owned(),
        photo: NewPhoto {
            base64: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes),
            kept: None,
            loc: None,
            taken: None,
        },
    }
}

#[test]
fn screens_are_answered_while_pictures_are_made_ready_one_after_the_other() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let id = lin.begin();
    let ask = |id, request| Input::Call {
        id,
        request: Box::new(request),
    };
    let scale = |effects: &[Effect]| -> Vec<(u64, Vec<u8>)> {
        let scales = effects.iter().filter_map(|effect| match effect {
            Effect::Scale { id, bytes, .. } => Some((*id, bytes.clone())),
            _ => None,
        });
        scales.collect()
    };
    let replies = |effects: &[Effect]| -> Vec<(u64, Option<Code>)> {
        let replies = effects.iter().filter_map(|effect| match effect {
            Effect::Reply { id, result } => Some((*id, result.as_ref().err().map(|p| p.code))),
            _ => None,
        });
        replies.collect()
    };
    let app = lin.app();
    let first = app.step(ask(1001, add_photo(id, b"first picture")));
    let second = app.step(ask(1002, add_photo(id, b"second picture")));
    let (number, bytes) = scale(&first).remove(0);
    assert_eq!(bytes, b"first picture");
    assert!(scale(&second).is_empty(), "one at a time");
    assert_eq!(
        replies(&app.step(ask(1003, Request::Me {}))),
        [(1003, None)]
    );

    let scaled = None;
    let unreadable = app.step(Input::Scaled { id: number, scaled });
    assert_eq!(replies(&unreadable), [(1001, Some(Code::PhotoUnreadable))]);
    let (number, bytes) = scale(&unreadable).remove(0);
    assert_eq!(bytes, b"second picture");
    let scaled = Some(Scaled {
        picture: b"picture".to_vec(),
        thumb: b"thumb".to_vec(),
    });
    let done = app.step(Input::Scaled { id: number, scaled });
    assert_eq!(replies(&done), [(1002, None)]);
    assert_eq!(
        lin.count("SELECT count(*) FROM blobs WHERE unsent = 1"),
        2,
        "picture and thumb of the command that was carried out"
    );
}

#[test]
fn an_ended_session_is_renewed_without_asking_anybody() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    world.relay.end_sessions();
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    assert_eq!(world.relay.heads(id).len(), 1);
}

#[test]
fn offline_is_told_at_once_and_mended() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    world.call(&mut lin, Request::GoOffline {}).unwrap();
    let id = lin.begin();
    assert_eq!(world.sync(&mut lin).unwrap_err().code, Code::NetUnreachable);
    assert!(world.relay.heads(id).is_empty());
    world.call(&mut lin, Request::GoOnline {}).unwrap();
    assert_eq!(
        world.relay.heads(id).len(),
        1,
        "what was written offline goes by itself"
    );
}

#[test]
fn a_wrong_code_is_told_and_a_second_enrolment_refused() {
    let mut world = World::new();
    let mut lin = world.phone("林检");
    let relay = "relay.example".to_owned();
    let wrong = Request::Enrol {
        relay,
        code: "nonsense".into(),
    };
    assert_eq!(
        world.call(&mut lin, wrong.clone()).unwrap_err().code,
        Code::InvitationUnknown
    );
    assert_eq!(
        world.sync(&mut lin).unwrap_err().code,
        Code::DeviceNotEnrolled
    );
    world.enrol(&mut lin);
    assert_eq!(lin.app().device().me(), Some(person("林检")));
    assert_eq!(
        world.call(&mut lin, wrong).unwrap_err().code,
        Code::DeviceEnrolled
    );
}

#[test]
fn what_the_table_of_rights_refuses_is_refused_before_it_is_written() {
    let mut world = World::new();
    let mut wu = world.phone_of("吴总", PostKind::Worker, "厂");
    world.enrol(&mut wu);
    world.sync(&mut wu).unwrap();
    let id = wu.app().device().new_document();
    let site = super::world::unit("厂").to_string();
    let puts = [("site", site.as_str()), ("kind", "routine")];
    let refused = wu.write(id, xunan_core::record::RecordKind::Inspection, &puts);
    assert!(refused.unwrap_err().code.as_str().starts_with("permit."));
    assert_eq!(wu.count("SELECT count(*) FROM documents"), 0);
}
