//! SIGKILL from outside at random moments, while two people work and sync.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;
use xunan_tests::{Person, World};

use super::ledger::{Deed, Ledger};

const MOMENTS: u32 = 20;

/// The draws of a seed: splitmix64.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Things asked of a device at once.
struct Burst {
    deeds: Vec<(Deed, u64)>,
    sync: u64,
    synced: Option<bool>,
}

impl Burst {
    fn send(person: &mut Person, ledger: &mut Ledger, count: u64) -> Result<Self> {
        let mut deeds = Vec::new();
        for _ in 0..count {
            let deed = ledger.next();
            let sent = ledger.send(person, &deed)?;
            deeds.push((deed, sent));
        }
        Ok(Self {
            deeds,
            sync: person.send("Sync", json!({}))?,
            synced: None,
        })
    }

    /// Lets the device live until some while after a drawn deed was confirmed.
    fn pass(&mut self, person: &mut Person, ledger: &mut Ledger, draws: &mut Draws) -> Result<()> {
        let drawn = draws.below(self.deeds.len() as u64) as usize;
        let (deed, sent) = self.deeds.remove(drawn);
        ledger.note(&deed, &person.answer(sent)?)?;
        let moment = Instant::now() + Duration::from_micros(draws.below(60_000));
        let answer = person.answer_before(self.sync, moment)?;
        self.synced = answer.map(|synced| synced.is_ok());
        Ok(())
    }

    /// Notes what the device answered, as far as it came to that. Gives whether it synced.
    fn note(self, person: &mut Person, ledger: &mut Ledger) -> Result<bool> {
        for (deed, sent) in self.deeds {
            // No answer: the device is gone.
            let Ok(answer) = person.answer(sent) else {
                continue;
            };
            ledger.note(&deed, &answer)?;
        }
        let late = || person.answer(self.sync).is_ok_and(|synced| synced.is_ok());
        Ok(self.synced.unwrap_or_else(late))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Victim {
    Author,
    Reader,
    Relay,
}

#[test]
fn death_at_random_moments() -> Result<()> {
    let seed = std::env::var("XUNAN_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(20_260_601);
    let mut draws = Draws(seed);
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut xie = world.person("谢红旗")?;
    let mut ledgers = (
        Ledger::begin(&mut wan, "甲")?,
        Ledger::begin(&mut xie, "乙")?,
    );
    for moment in 0..MOMENTS {
        let victim = [Victim::Author, Victim::Reader, Victim::Relay][draws.below(3) as usize];
        let people = (&mut wan, &mut xie);
        let moment_of = format!("seed {seed}, moment {moment}: {victim:?}");
        one_death(&mut world, people, &mut ledgers, victim, &mut draws).context(moment_of)?;
    }
    world.relay.command(&["verify"])?;
    Ok(())
}

fn one_death(
    world: &mut World,
    (wan, xie): (&mut Person, &mut Person),
    (of_wan, of_xie): &mut (Ledger, Ledger),
    victim: Victim,
    draws: &mut Draws,
) -> Result<()> {
    let mut wans = Burst::send(wan, of_wan, 1 + draws.below(5))?;
    let xies = Burst::send(xie, of_xie, 1 + draws.below(5))?;
    wans.pass(wan, of_wan, draws)?;
    match victim {
        Victim::Author => wan.kill(),
        Victim::Reader => xie.kill(),
        Victim::Relay => world.relay.kill(),
    }
    let wan_synced = wans.note(wan, of_wan)?;
    xies.note(xie, of_xie)?;
    match victim {
        Victim::Author => wan.restart(&[])?,
        Victim::Reader => xie.restart(&[])?,
        Victim::Relay => {
            world.relay.restart(&[])?;
            world.relay.command(&["verify"])?;
        }
    }
    // What the screens confirmed is there before any sync, and what the relay confirmed reaches
    // others without its author.
    of_wan.check(wan)?;
    of_wan.check_photos(wan)?;
    of_xie.check(xie)?;
    of_xie.check_photos(xie)?;
    if wan_synced {
        xie.sync()?;
        of_wan.check(xie)?;
    }
    wan.sync()?;
    xie.sync()?;
    wan.sync()?;
    for ledger in [of_wan, of_xie] {
        ledger.check(wan)?;
        ledger.check(xie)?;
        ledger.check_equal(wan, xie)?;
    }
    Ok(())
}
