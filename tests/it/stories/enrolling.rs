//! Enrolling: each way in which it fails has its own words, and a clock that is a year off is no
//! hindrance.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

use crate::support::{day, photo, site, state};

/// The code of the problem that an enrolment meets.
fn refusal(person: &mut Person, relay: &str, code: &str) -> Result<String> {
    let problem = person.try_ask("Enrol", json!({ "relay": relay, "code": code }))?;
    let problem = problem.err().context("enrolled")?;
    let code = problem["code"].as_str().map(str::to_owned);
    code.with_context(|| format!("no code in {problem}"))
}

#[test]
fn each_failure_is_told_apart_and_the_next_try_succeeds() -> Result<()> {
    let mut world = World::new()?;
    let relay = world.relay.url();
    let used = world.invite("王立新")?;
    let folder = world.device_folder();
    drop(Person::start("王立新", &folder, Some((&relay, &used)))?.ask("Me", json!({}))?);

    let folder = world.device_folder();
    let mut wan = Person::start("万春梅", &folder, None)?;
    assert_eq!(refusal(&mut wan, &relay, &used)?, "invitation.used");
    assert_eq!(
        refusal(&mut wan, &relay, "K7QM-2XDP")?,
        "invitation.unknown"
    );
    let nobody = "http://127.0.0.1:9";
    assert_eq!(refusal(&mut wan, nobody, "K7QM-2XDP")?, "net.unreachable");
    let of_a_later_app = code_of_post(&format!("{relay}/v2/enrol"))?;
    assert_eq!(of_a_later_app, "wire.version");

    // As people type it: small letters, without the dash.
    let code = world.invite("万春梅")?.to_lowercase().replace('-', "");
    wan.ask("Enrol", json!({ "relay": relay, "code": code }))?;
    wan.sync()?;
    assert_eq!(wan.ask("Me", json!({}))?["person"]["name"], "万春梅");
    let twice = refusal(&mut wan, &relay, &code)?;
    assert_eq!(twice, "device.enrolled");
    Ok(())
}

/// The code of the problem that the relay answers a post with.
fn code_of_post(url: &str) -> Result<String> {
    crate::support::let_clients_begin();
    let runtime = tokio::runtime::Runtime::new()?;
    let answer = runtime.block_on(async {
        let answer = reqwest::Client::new().post(url).body("{}").send().await?;
        answer.text().await
    })?;
    let answer: Value = serde_json::from_str(&answer)?;
    Ok(answer["code"].as_str().context("a code")?.to_owned())
}

#[test]
fn a_clock_that_is_a_year_off_hinders_nobody() -> Result<()> {
    let mut world = World::new()?;
    let mut wang = world.person("王立新")?;
    for (who, offset) in [("万春梅", "-1y"), ("谢红旗", "+1y")] {
        let folder = world.device_folder();
        let clock = [
            ("LD_PRELOAD", "libfaketime.so.1"),
            (
                "LD_LIBRARY_PATH",
                "/usr/lib/x86_64-linux-gnu/faketime:/usr/lib/aarch64-linux-gnu/faketime",
            ),
            ("FAKETIME", offset),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        let code = world.invite(who)?;
        let mut person = Person::start(who, &folder, None)?;
        person.restart(&clock)?;
        person.ask("Enrol", json!({ "relay": world.relay.url(), "code": code }))?;
        person.sync()?;
        let site = site(&mut person, "hyhg")?;
        let report = json!({
            "from": null, "item": null, "site": site, "place": null, "complaint": false,
            "text": "通道堵塞", "location": "", "level": "general", "clause": null,
            "basis": "", "due": day(7), "who": null, "photos": [photo()], "loc": null,
            "corrected": null,
        });
        let finding = person.record("Report", report)?;
        person.sync()?;
        wang.sync()?;
        assert_eq!(state(&mut wang, &finding)?, "reported");
        let view = wang.ask("Finding", json!({ "id": finding }))?;
        let (claimed, received) = (&view["by"]["claimed"], &view["by"]["received"]);
        let apart = claimed.as_f64().context("claimed")? - received.as_f64().context("received")?;
        assert!(
            apart.abs() > 300.0 * 86_400_000.0,
            "both times are kept: {view}"
        );
    }
    Ok(())
}
