//! The device dies at the named points of its write path and of its sync.

use std::os::unix::process::ExitStatusExt;

use anyhow::{Context, Result, ensure};
use xunan_tests::{Person, World};

use super::ledger::Ledger;

/// SIGABRT: it ended at the point, not otherwise.
const ABORTED: i32 = 6;

/// Where the author's device dies. A device commits in its sync too, so that some commits are of
/// commands only at a later time of passing.
const AT: [&str; 17] = [
    "write.before",
    "commit.before",
    "commit.before:2",
    "commit.before:4",
    "commit.after",
    "commit.after:2",
    "commit.after:4",
    "commit.after:6",
    "commit.after:8",
    "push.before",
    "answer.before",
    "answer.before:2",
    "answer.middle",
    "answer.middle:2",
    "answer.noted",
    "blob.half",
    "blob.before_row",
];

/// Where the reader's device dies.
const READING: [&str; 4] = [
    "answer.before",
    "answer.middle",
    "answer.middle:2",
    "commit.before:2",
];

fn aborted(person: &mut Person) -> Result<()> {
    let status = person.ended()?;
    ensure!(
        status.signal() == Some(ABORTED),
        "{}: {status}",
        person.name
    );
    Ok(())
}

/// Works and syncs until the device dies.
fn work_until_death(person: &mut Person, ledger: &mut Ledger) -> Result<()> {
    for _ in 0..4 {
        for _ in 0..3 {
            if ledger.act(person).is_err() {
                return aborted(person);
            }
        }
        if person.sync().is_err() {
            return aborted(person);
        }
    }
    anyhow::bail!("it lived on")
}

#[test]
fn the_authors_device_dies_at_every_point() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut xie = world.person("谢红旗")?;
    let mut ledger = Ledger::begin(&mut wan, "设备")?;
    for point in AT {
        let mut story = || -> Result<()> {
            wan.restart(&[("XUNAN_HALT_AT", point)])?;
            work_until_death(&mut wan, &mut ledger)?;
            wan.restart(&[])?;
            ledger.check(&mut wan)?;
            ledger.check_photos(&mut wan)?;
            wan.sync()?;
            xie.sync()?;
            ledger.check(&mut wan)?;
            ledger.check(&mut xie)?;
            ledger.check_equal(&mut wan, &mut xie)
        };
        story().context(point)?;
    }
    world.relay.command(&["verify"])?;
    Ok(())
}

#[test]
fn the_readers_device_dies_at_every_point() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut xie = world.person("谢红旗")?;
    let mut ledger = Ledger::begin(&mut wan, "读者")?;
    for point in READING {
        let mut story = || -> Result<()> {
            xie.kill();
            for _ in 0..6 {
                ledger.act(&mut wan)?;
            }
            wan.sync()?;
            xie.restart(&[("XUNAN_HALT_AT", point)])?;
            ensure!(xie.sync().is_err(), "it lived on");
            aborted(&mut xie)?;
            xie.restart(&[])?;
            xie.sync()?;
            ledger.check(&mut xie)?;
            ledger.check_equal(&mut wan, &mut xie)
        };
        story().context(point)?;
    }
    Ok(())
}
