//! The relay dies at the named points of its write path.

use std::os::unix::process::ExitStatusExt;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xunan_tests::{Person, Relay, World};

use super::ledger::Ledger;

/// SIGABRT: it ended at the point, not otherwise.
const ABORTED: i32 = 6;

const PUSHING: [&str; 6] = [
    "append.before",
    "append.after",
    "commit.after",
    "blob.half",
    "blob.before_rename",
    "blob.after_rename",
];

fn aborted(relay: &mut Relay) -> Result<()> {
    let status = relay.ended()?;
    ensure!(status.signal() == Some(ABORTED), "{status}");
    Ok(())
}

#[test]
fn the_relay_dies_at_every_point_of_a_push() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut xie = world.person("谢红旗")?;
    let mut ledger = Ledger::begin(&mut wan, "服务器")?;
    for point in PUSHING {
        let mut story = || -> Result<()> {
            world.relay.restart(&[("XUNAN_HALT_AT", point)])?;
            for _ in 0..3 {
                ledger.act(&mut wan)?;
            }
            ensure!(wan.sync().is_err(), "it lived on");
            aborted(&mut world.relay)?;
            world.relay.restart(&[])?;
            world.relay.command(&["verify"])?;
            wan.sync()?;
            xie.sync()?;
            ledger.check(&mut wan)?;
            ledger.check(&mut xie)?;
            ledger.check_equal(&mut wan, &mut xie)?;
            let state = wan.ask("SyncState", json!({}))?;
            ensure!(
                state["unsent"] == 0 && state["photos_unsent"] == 0,
                "{state}"
            );
            ensure!(state["refused"] == 0, "{state}");
            world.relay.command(&["verify"]).map(drop)
        };
        story().context(point)?;
    }
    Ok(())
}

#[test]
fn an_enrolment_whose_answer_was_lost_is_asked_for_again() -> Result<()> {
    let mut world = World::new()?;
    let code = world.invite("万春梅")?;
    world
        .relay
        .restart(&[("XUNAN_HALT_AT", "enrol.after_commit")])?;
    let folder = world.device_folder();
    let mut wan = Person::start("万春梅", &folder, Some((&world.relay.url(), &code)))?;
    aborted(&mut world.relay)?;
    let me = wan.try_ask("Me", json!({}))?;
    ensure!(
        me.is_err() || me.as_ref().is_ok_and(|me| me["person"].is_null()),
        "{me:?}"
    );

    world.relay.restart(&[])?;
    wan.ask("Enrol", json!({ "relay": world.relay.url(), "code": code }))?;
    wan.sync()?;
    let mut ledger = Ledger::begin(&mut wan, "登记")?;
    ledger.act(&mut wan)?;
    wan.sync()?;

    // The invitation is used up: for another device it opens nothing.
    let folder = world.device_folder();
    let mut other = Person::start("别人", &folder, None)?;
    let refused = other.try_ask("Enrol", json!({ "relay": world.relay.url(), "code": code }))?;
    ensure!(
        refused
            .as_ref()
            .is_err_and(|p| p["code"] == "invitation.used"),
        "{refused:?}"
    );
    Ok(())
}
