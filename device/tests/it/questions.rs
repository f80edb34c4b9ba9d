//! What only the relay can answer: it comes beside sync, and never later than asked.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::Code;
use xunan_core::id::RowId;
use xunan_device::request::{Reply, Request};

use super::world::{Fate, World};

#[test]
fn a_question_is_answered_though_the_session_is_over() {
    let mut world = World::new();
    let mut phone = world.joined("周敏");
    world.relay.end_sessions();
    let reply = world.call(&mut phone, Request::Acts {}).unwrap();
    assert!(matches!(reply, Reply::Acts(acts) if acts.is_empty()));
    // The new session serves sync, too.
    world.sync(&mut phone).unwrap();
}

#[test]
fn a_question_without_a_network_is_refused_at_once_and_nothing_waits_for_it() {
    let mut world = World::new();
    let mut phone = world.joined("周敏");
    world.call(&mut phone, Request::GoOffline {}).unwrap();
    let refused = world.call(&mut phone, Request::AllDevices {}).unwrap_err();
    assert_eq!(refused.code, Code::NetUnreachable);
    let requests = world.relay.requests;
    world.call(&mut phone, Request::GoOnline {}).unwrap();
    world.pass(200_000);
    world.sync(&mut phone).unwrap();
    assert!(world.relay.requests > requests);

    world.line = Box::new(|request| {
        if request.url.contains("/admin/") {
            Fate::Lost
        } else {
            Fate::Arrives
        }
    });
    let lost = world.call(&mut phone, Request::Acts {}).unwrap_err();
    assert_eq!(lost.code, Code::NetUnreachable);
    let id = phone.begin();
    world.sync(&mut phone).unwrap();
    assert!(!world.relay.heads(id).is_empty(), "sync goes on beside it");
}

#[test]
fn a_session_that_never_comes_is_said() {
    let mut world = World::new();
    let mut phone = world.joined("周敏");
    world.relay.end_sessions();
    world.line = Box::new(|request| {
        if request.url.ends_with("/session") {
            Fate::Lost
        } else {
            Fate::Arrives
        }
    });
    let refused = world.call(&mut phone, Request::Acts {}).unwrap_err();
    assert_eq!(refused.code, Code::NetUnreachable);
}

#[test]
fn a_device_that_nobody_enrolled_asks_nothing() {
    let mut world = World::new();
    let mut phone = world.phone("周敏");
    let refused = world.call(&mut phone, Request::AllDevices {}).unwrap_err();
    assert_eq!(refused.code, Code::DeviceNotEnrolled);
}

#[test]
fn a_change_of_the_plan_is_never_kept_for_later() {
    let mut world = World::new();
    let mut phone = world.joined("周敏");
    world.call(&mut phone, Request::GoOffline {}).unwrap();
    let change = Request::ChangePlanned {
        row: RowId::from_bytes([1; 16]),
        month: Some(12),
        officers: None,
        reason: "停产".to_owned(),
    };
    let refused = world.call(&mut phone, change).unwrap_err();
    assert_eq!(refused.code, Code::NetUnreachable);
}
