//! The whole chain by seven people: import → inspect with no signal → sync → order → rectify →
//! re-check → the targets move; and an administrator who keeps the devices, not the records.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

use super::papers::papers;
use crate::support::{act, day, offer, photo, site, state, target, text};

/// Begins the planned visit on the first officer's device and answers everything but two items.
fn begin(officer: &mut Person) -> Result<(String, Value)> {
    let start = officer.ask("Start", json!({ "near": null }))?;
    let planned = start["planned"].as_array().context("planned")?;
    let row = planned
        .iter()
        .find(|row| row["site"]["short"] == "恒源化工")
        .context("the visit")?;
    let visit = officer.ask(
        "Visit",
        json!({ "site": row["site"]["id"], "plan": row["plan"] }),
    )?;
    assert_eq!(visit["bases"][0], "plan");
    assert_eq!(visit["kinds"][0], "leader_led");
    let names: Vec<&str> = visit["team"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|o| o["person"]["name"].as_str())
        .collect();
    assert_eq!(names, ["余卫东", "王立新", "万春梅"]);
    assert!(
        !visit["counts_for"]["people"].as_array().unwrap().is_empty(),
        "{visit}"
    );
    let lists: Vec<&Value> = visit["lists"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|list| list["chosen"] == true)
        .map(|list| &list["code"])
        .collect();
    assert_eq!(lists.len(), 2);
    let me = officer.id()?;
    let team: Vec<Value> = visit["team"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|o| o["person"]["id"] != me.as_str())
        .map(|o| json!([o["person"]["id"], o["role"]]))
        .collect();
    let id = officer.record(
        "Begin",
        json!({
            "site": row["site"]["id"], "place": null, "kind": "leader_led", "basis": "plan",
            "plan": [row["plan"]], "lists": lists, "team": team, "role": "member", "loc": null,
        }),
    )?;
    let view = officer.ask("Inspection", json!({ "id": id }))?;
    Ok((id, view))
}

/// Answers every item 符合 but the first, which is 不符合.
fn fill(officer: &mut Person, id: &str, view: &Value) -> Result<(String, String)> {
    let mut first = None;
    for list in view["lists"].as_array().context("lists")? {
        for section in list["sections"].as_array().context("sections")? {
            for item in section["items"].as_array().context("items")? {
                let (list, code) = (text(list, "/code")?, text(item, "/item/code")?);
                let value = match (&first, item["item"]["answer"]["type"].as_str()) {
                    (None, Some("conform")) => "fail",
                    (_, Some("number")) => "20",
                    _ => "ok",
                };
                let fields = json!({ "id": id, "list": list, "item": code, "value": value });
                officer.ask("Answer", fields)?;
                first.get_or_insert((list, code));
            }
        }
    }
    first.context("items")
}

fn sign(person: &mut Person, id: &str, role: &str, name: &str) -> Result<()> {
    let opinion = (role == "representative").then_some("agreed");
    let fields = json!({
        "id": id, "role": role, "name": name, "drawing": photo(), "opinion": opinion,
    });
    person.ask("Sign", fields).map(drop)
}

#[test]
fn seven_people_and_one_hazard() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut yu = world.person("余卫东")?;
    let mut wang = world.person("王立新")?;
    let mut xie = world.person("谢红旗")?;
    let site_id = site(&mut wan, "hyhg")?;
    let card = wan.ask("Site", json!({ "site": site_id }))?;
    let people = card["people"].as_array().context("people")?;
    let officer = people
        .iter()
        .find(|p| p["kind"] == "safety_officer")
        .context("safety officer")?;
    let principal = people
        .iter()
        .find(|p| p["kind"] == "principal")
        .context("principal")?;
    assert!(
        officer["phone"]
            .as_str()
            .is_some_and(|phone| phone.starts_with("199"))
    );
    let mut safety = world.person(&text(officer, "/phone")?)?;
    let mut boss = world.person(&text(principal, "/phone")?)?;

    // On site without a signal: one begins, the leader joins by the code, both answer.
    wan.go_offline()?;
    let plan_before = target(&mut wan, "own", "年度监督检查计划完成率")?;
    let (id, view) = begin(&mut wan)?;
    let (list, item) = fill(&mut wan, &id, &view)?;
    yu.go_offline()?;
    let code = wan.ask("JoinCode", json!({ "id": id }))?;
    let joined = yu.record("Join", json!({ "code": code }))?;
    assert_eq!(joined, id);
    yu.ask(
        "Answer",
        json!({ "id": id, "list": list, "item": item, "value": "ok" }),
    )?;

    // The hazard, with a photo.
    let finding = wan.record(
        "Report",
        json!({
            "from": id, "item": [list, item], "site": site_id, "place": null, "complaint": false,
            "text": "储罐区通道堆放物料", "location": "罐区", "level": "general", "clause": null,
            "basis": "", "due": day(7), "who": officer["id"], "photos": [photo()], "loc": null,
            "corrected": null,
        }),
    )?;

    // Back online everything merges; the contradiction is seen, counted with the worse, settled.
    wan.go_online()?;
    wan.sync()?;
    yu.go_online()?;
    yu.sync()?;
    wan.sync()?;
    let view = wan.ask("Inspection", json!({ "id": id }))?;
    let shown = &view["lists"][0]["sections"][0]["items"][0];
    assert_eq!(
        shown["value"], "fail",
        "the cautious answer counts: {shown}"
    );
    assert_eq!(
        shown["conflict"].as_array().map(Vec::len),
        Some(2),
        "{shown}"
    );
    assert_eq!(view["row"]["conflicts"], 1);
    wan.ask(
        "Settle",
        json!({ "id": id, "list": list, "item": item, "value": "fail" }),
    )?;

    // The end: signatures of two officers, of the leader, and of the site.
    wan.ask(
        "SetEnd",
        json!({ "id": id, "end": null, "rep": principal["name"], "rep_post": "总经理" }),
    )?;
    let end = wan.ask("End", json!({ "id": id }))?;
    assert_eq!(end["counts"]["fail"], 1);
    assert_eq!(end["counts"]["unanswered"], 0);
    sign(&mut wan, &id, "officer", "万春梅")?;
    sign(
        &mut wan,
        &id,
        "representative",
        principal["name"].as_str().unwrap_or_default(),
    )?;
    wan.ask("Finish", json!({ "id": id }))?;
    wan.sync()?;
    yu.sync()?;
    let open = yu.ask("Inspection", json!({ "id": id }))?;
    assert_eq!(open["to_sign"], json!(["leader"]), "it is over: {open}");
    sign(&mut yu, &id, "leader", "余卫东")?;
    let signed = yu.ask("Inspection", json!({ "id": id }))?;
    assert_eq!(signed["to_sign"], json!([]), "{signed}");
    yu.sync()?;
    wang.sync()?;
    sign(&mut wang, &id, "officer", "王立新")?;
    wang.sync()?;
    wan.sync()?;
    let view = wan.ask("Inspection", json!({ "id": id }))?;
    assert_eq!(view["lacking"], json!([]), "the record is complete");
    let plan_after = target(&mut wan, "own", "年度监督检查计划完成率")?;
    let counted = |row: &Value| row["value"][0].as_f64();
    assert_eq!(
        counted(&plan_after),
        counted(&plan_before).map(|n| n + 1.0),
        "{plan_after}"
    );

    loop_of(&mut wang, &mut safety, &mut boss, &finding)?;
    wan.sync()?;
    assert_eq!(state(&mut wan, &finding)?, "closed");
    xie.sync()?;
    assert_eq!(
        state(&mut xie, &finding)?,
        "closed",
        "a colleague sees it too"
    );
    papers(&mut wan, &mut wang, &id, &finding)?;
    let visit = json!({ "site": site_id, "inspection": id, "finding": finding });
    administer(&mut world, &mut wang, &visit)?;
    world.relay.command(&["verify"])?;
    Ok(())
}

/// The administrator knows the register and no record, writes none, and shuts a lost phone out.
fn administer(world: &mut World, wang: &mut Person, done: &Value) -> Result<()> {
    let mut guo = world.person("郭洋")?;
    let people = guo.ask(
        "People",
        json!({ "query": "龚敏", "unit": null, "limit": 5 }),
    )?;
    assert_eq!(people[0]["name"], "龚敏", "{people}");
    let none = guo.ask("Inspections", json!({ "filter": {} }))?;
    assert_eq!(none["total"], 0, "{none}");
    assert!(
        guo.try_ask("Finding", json!({ "id": done["finding"] }))?
            .is_err()
    );
    let begin = json!({
        "site": done["site"], "place": null, "kind": "routine", "basis": null, "plan": [],
        "lists": [], "team": [], "role": "member", "loc": null,
    });
    let refused = guo.try_ask("Begin", begin)?.unwrap_err();
    assert_eq!(refused["code"], "permit.no_right", "{refused}");

    // 王立新 lost his phone: it is shut out, what it still had stays on it, a new one goes on.
    let devices = world.relay.command(&["devices", "--json"])?;
    let devices = devices.lines().map(serde_json::from_str::<Value>);
    let devices = devices.collect::<Result<Vec<_>, _>>()?;
    let lost = devices.iter().find(|row| row["name"] == "王立新");
    let lost = text(lost.context("his device")?, "/id")?;
    world.relay.command(&["revoke", "--device", &lost])?;
    let shut_out = wang.try_ask("Sync", json!({}))?.unwrap_err();
    assert_eq!(shut_out["code"], "device.revoked", "{shut_out}");
    let mut again = world.person("王立新")?;
    assert_eq!(state(&mut again, &text(done, "/finding")?)?, "closed");
    let view = again.ask("Inspection", json!({ "id": done["inspection"] }))?;
    assert_eq!(view["lacking"], json!([]), "{view}");
    Ok(())
}

/// Order, acceptance, more time, rectification, re-check.
fn loop_of(wang: &mut Person, safety: &mut Person, boss: &mut Person, finding: &str) -> Result<()> {
    let queue = wang.ask("Queue", json!({ "group": "order", "limit": 0 }))?;
    let waiting = queue["findings"].as_array().context("queue")?;
    assert!(waiting.iter().any(|row| row["id"] == finding), "{queue}");
    safety.sync()?;
    let unseen = safety.try_ask("Finding", json!({ "id": finding }))?;
    assert!(unseen.is_err(), "not served on the site yet: {unseen:?}");

    let safety_id = safety.id()?;
    let ground = "《安全生产法》第六十五条";
    act(
        wang,
        finding,
        "ordered",
        json!({ "due": day(7), "who": safety_id, "ground": ground }),
    )?;
    wang.sync()?;
    safety.sync()?;
    assert_eq!(state(safety, finding)?, "ordered");
    act(safety, finding, "accepted", json!({}))?;
    act(
        safety,
        finding,
        "asked",
        json!({ "due": day(12), "reason": "等配件" }),
    )?;
    safety.sync()?;
    boss.sync()?;
    assert_eq!(state(boss, finding)?, "extension_asked");
    wang.sync()?;
    act(wang, finding, "granted", json!({ "due": day(10) }))?;
    wang.sync()?;
    safety.sync()?;
    let view = safety.ask("Finding", json!({ "id": finding }))?;
    assert_eq!(view["deadline"]["date"], day(10).as_str());
    assert!(
        offer(safety, finding, "passed")?.is_none(),
        "the site never passes an order"
    );
    act(
        safety,
        finding,
        "rectified",
        json!({ "text": "物料移走，通道画线", "photos_taken": [photo()] }),
    )?;
    safety.sync()?;
    wang.sync()?;
    assert_eq!(state(wang, finding)?, "rectified");
    act(
        wang,
        finding,
        "passed",
        json!({ "text": "现场查看，已整改" }),
    )?;
    wang.sync()?;
    assert_eq!(state(wang, finding)?, "closed");
    Ok(())
}
