//! The table of rights at a real relay: the same attempts that try the rule, by a client that asks
//! nobody before it pushes. What the table forbids is refused, and the record stays as it was; what
//! it allows is appended.

mod raw;

use anyhow::{Context, Result, ensure};
use xunan_core::testing::rights::{Attempt, Log, Organisation, Scene, Stage, Step, stages};
use xunan_core::wire::sync::Outcome;

use raw::Place;

/// Every so many of the forbidden attempts is tried; the step is prime, so that all people and all
/// acts come round.
const FORBIDDEN: usize = 29;
/// Every so many of the stages has one allowed attempt tried, at a relay of its own.
const ALLOWED: usize = 4;

/// Lets people do what leads to a scene, as far as it was not done yet.
async fn lead_to(
    place: &mut Place,
    log: &mut Log,
    scene: &Scene,
    done: &mut Vec<String>,
) -> Result<()> {
    for (n, step) in scene.steps.iter().enumerate() {
        let name = format!("{} {n} {step:?}", step.doc);
        if done.contains(&name) {
            continue;
        }
        let outcome = push(place, log, step).await?;
        ensure!(outcome.is_none(), "{}: {outcome:?}", scene.name);
        let change = log.compose(step);
        log.0
            .get_mut(&step.doc)
            .context("its history")?
            .append(&change);
        done.push(name);
    }
    Ok(())
}

/// Pushes a step; gives what the relay said against it.
async fn push(place: &mut Place, log: &mut Log, step: &Step) -> Result<Option<Outcome>> {
    let change = log.compose(step);
    place.push(&step.author, step.doc, step.kind, &change).await
}

async fn forbidden(cast: &Organisation) -> Result<()> {
    let mut place = Place::new(cast)?;
    let (mut log, mut done, mut tried, mut wrong) = (Log::default(), Vec::new(), 0, Vec::new());
    let mut turn = 0;
    for stage in stages(cast) {
        lead_to(&mut place, &mut log, &stage.scene, &mut done).await?;
        for attempt in stage.attempts.iter().filter(|attempt| !attempt.allowed) {
            turn += 1;
            if turn % FORBIDDEN != 0 {
                continue;
            }
            tried += 1;
            let outcome = push(&mut place, &mut log, &attempt.step).await?;
            if !matches!(outcome, Some(Outcome::Refused { .. })) {
                wrong.push(format!("{}: {outcome:?}", attempt.name));
            }
        }
    }
    ensure!(
        wrong.is_empty(),
        "{} of {tried} passed:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    ensure!(tried > 1_000, "only {tried} tried");
    place.verify()
}

/// One that is allowed, drawn by the stage's number so that different acts are tried.
fn one_allowed(stage: &Stage, n: usize) -> Option<&Attempt> {
    let allowed: Vec<&Attempt> = stage.attempts.iter().filter(|one| one.allowed).collect();
    allowed.get((n * 7) % allowed.len().max(1)).copied()
}

async fn allowed(cast: &Organisation) -> Result<()> {
    for (n, stage) in stages(cast).iter().enumerate().step_by(ALLOWED) {
        let attempt = one_allowed(stage, n).with_context(|| stage.scene.name.clone())?;
        let mut place = Place::new(cast)?;
        let (mut log, mut done) = (Log::default(), Vec::new());
        lead_to(&mut place, &mut log, &stage.scene, &mut done).await?;
        let outcome = push(&mut place, &mut log, &attempt.step).await?;
        ensure!(outcome.is_none(), "{}: {outcome:?}", attempt.name);
        place.verify()?;
    }
    Ok(())
}

#[test]
fn a_relay_refuses_what_the_table_forbids() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(forbidden(&Organisation::new()))
}

#[test]
fn a_relay_appends_what_the_table_allows() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(allowed(&Organisation::new()))
}
