//! The table of rights, tried: everybody, everything, everywhere.

use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::expect_file;
use serde_json::json;
use xunan_core::change::{History, Scalar};
use xunan_core::permit::{Action, Verdict, actions, may};
use xunan_core::record::RecordKind;
use xunan_core::testing::rights::{
    Log, Organisation, Scene, Step, What, actor_of, finding_event, person, stages, text, unit,
};

#[test]
fn everybody_may_exactly_what_the_table_says() {
    let cast = Organisation::new();
    let (mut tried, mut allowed) = (0, 0);
    let mut wrong = Vec::new();
    for stage in stages(&cast) {
        let mut log = Log::of(&stage.scene.steps);
        for attempt in &stage.attempts {
            let change = log.compose(&attempt.step);
            let history = &log.0[&attempt.step.doc];
            let author = person(&attempt.step.author);
            let verdict = may(&cast.register, author, history, &change, &log);
            tried += 1;
            allowed += usize::from(verdict.is_ok());
            let name = &attempt.name;
            match &verdict {
                Ok(verdict) => assert_eq!(*verdict, Verdict::Allowed, "{name}"),
                Err(refused) => {
                    assert!(!refused.details.is_empty(), "{name}: {refused}, no way out");
                }
            }
            if verdict.is_ok() != attempt.allowed {
                wrong.push(format!(
                    "{name}: should be {}, {verdict:?}",
                    attempt.allowed
                ));
            }
        }
    }
    let few = wrong
        .iter()
        .take(30)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        wrong.is_empty(),
        "{} of {tried} are wrong:\n{few}",
        wrong.len()
    );
    assert!(
        tried > 30_000 && allowed > 2_500,
        "only {allowed} of {tried}"
    );
}

/// The law: what is offered is what is accepted, and nothing else.
#[test]
fn what_actions_offer_is_what_may_lets_pass() {
    let cast = Organisation::new();
    let (mut offered, mut refused) = (0, 0);
    for stage in stages(&cast)
        .iter()
        .filter(|stage| !stage.scene.steps.is_empty())
    {
        let mut log = Log::of(&stage.scene.steps);
        for player in &cast.players {
            let who = person(&player.name);
            let history = &log.0[&stage.scene.doc];
            for action in actions(&cast.register, who, history, &log) {
                let step = Step {
                    doc: stage.scene.doc,
                    kind: stage.scene.kind,
                    author: player.name.clone(),
                    what: as_offered(&action, &stage.scene, &player.name),
                };
                let change = log.compose(&step);
                let history: &History = &log.0[&stage.scene.doc];
                let verdict = may(&cast.register, who, history, &change, &log);
                let name = format!("{} in {}: {action:?}", player.name, stage.scene.name);
                assert_eq!(
                    verdict.is_ok(),
                    action.refused.is_none(),
                    "{name}, {verdict:?}"
                );
                match (verdict, action.refused) {
                    (Err(by_change), Some(by_offer)) => {
                        refused += 1;
                        assert_eq!(by_change.code, by_offer.code, "{name}");
                        assert_eq!(by_change.details, by_offer.details, "{name}");
                    }
                    _ => offered += 1,
                }
            }
        }
    }
    assert!(
        offered > 2_000 && refused > 20_000,
        "{offered} and {refused}"
    );
}

/// The change that somebody makes of an offer.
fn as_offered(action: &Action, scene: &Scene, name: &str) -> What {
    let act = action.act.as_str();
    let put = |key: &str, value: &str| What::Puts(vec![text(key, value)]);
    match (act, scene.kind) {
        ("report", _) => put("text", "新的"),
        ("join", _) => put(&format!("team/{}", person(name)), "expert"),
        ("fill", _) => What::Puts(vec![("list/k1".to_owned(), Scalar::Int(3))]),
        (_, RecordKind::Finding) => {
            let mut event = finding_event(act, "厂");
            event["unit"] = json!(action.unit);
            if let Some(to) = action.to.last() {
                event["to"] = json!(to);
            }
            What::Event(event)
        }
        (_, RecordKind::Inspection) => {
            let (kind, role) = act.split_once('_').unwrap_or((act, "officer"));
            What::Event(json!({
                "k": kind, "as": role, "name": "周敏", "drawing": "cd".repeat(32),
                "reason": "原因", "witness": "李强", "text": "说明", "key": "end", "value": null,
                "unit": action.unit.or(Some(unit("厂"))).filter(|_| kind == "withdrawn"),
            }))
        }
    }
}

/// An actor that no device of the register has writes nothing that rights could allow.
#[test]
fn actors_are_their_devices() {
    let cast = Organisation::new();
    for player in &cast.players {
        let found = xunan_core::record::Authors::person_of(&cast.register, &actor_of(&player.name));
        assert_eq!(found, Some(person(&player.name)));
    }
}

/// What may be done and makes sense, for those who are in it, phase by phase.
#[test]
fn what_is_offered_fits_the_state() {
    let organisation = Organisation::new();
    let (mut told, mut known) = (String::new(), BTreeSet::new());
    for stage in stages(&organisation) {
        let scene = &stage.scene;
        let log = Log::of(&scene.steps);
        let Some(history) = log.0.get(&scene.doc) else {
            continue;
        };
        if !known.insert(scene.name.clone()) {
            continue;
        }
        writeln!(told, "{}", scene.name).unwrap();
        for name in [
            "Supervisor@东",
            "Principal@厂",
            "Worker@厂-named",
            "Main@东-leader",
        ] {
            let actions = actions(&organisation.register, person(name), history, &log);
            let offered = actions
                .iter()
                .filter(|action| action.fits && action.refused.is_none());
            let acts: Vec<&str> = offered.map(|action| action.act.as_str()).collect();
            writeln!(told, "    {name}: {}", acts.join(" ")).unwrap();
        }
    }
    expect_file!["offers.txt"].assert_eq(&told);
}
