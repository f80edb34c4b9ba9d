//! What an enterprise finds itself: a self-inspection and a worker's post check, the same loop inside
//! the enterprise, and when its overseers get to see it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

use crate::support::{act, day, offer, photo, site, state, target, text};

/// Begins an inspection of a kind at one's own site and answers its first item.
fn begin(
    person: &mut Person,
    site: &str,
    kind: &str,
    answer: &str,
) -> Result<(String, [String; 2])> {
    let visit = person.ask("Visit", json!({ "site": site, "plan": null }))?;
    assert_eq!(visit["kinds"], json!([kind]), "{visit}");
    let lists = visit["lists"].as_array().context("lists")?;
    let chosen = lists.iter().find(|list| list["chosen"] == true);
    let list = text(chosen.or(lists.first()).context("a checklist")?, "/code")?;
    let id = person.record(
        "Begin",
        json!({
            "site": site, "place": null, "kind": kind, "basis": null, "plan": [],
            "lists": [list], "team": [], "role": "member", "loc": null,
        }),
    )?;
    let view = person.ask("Inspection", json!({ "id": id }))?;
    let item = text(&view, "/lists/0/sections/0/items/0/item/code")?;
    let fields = json!({ "id": id, "list": list, "item": item, "value": answer });
    person.ask("Answer", fields)?;
    Ok((id, [list, item]))
}

fn reached(row: &Value) -> f64 {
    row["value"][0].as_f64().unwrap_or(0.0)
}

#[test]
fn a_self_inspection_and_its_hazard_stay_inside_until_closed() -> Result<()> {
    let mut world = World::new()?;
    let mut gong = world.person("龚敏")?;
    let mut xu = world.person("许超")?;
    let mut cai = world.person("蔡磊")?;
    let site = site(&mut gong, "北辰涂料")?;
    let before = target(&mut xu, "unit", "企业自查")?;

    gong.go_offline()?;
    let (id, item) = begin(&mut gong, &site, "self", "fail")?;
    let report = json!({
        "from": id, "item": item, "site": site, "place": null, "complaint": false,
        "text": "防爆灯罩缺失", "location": "调漆间", "level": "general", "clause": null,
        "basis": "", "due": day(3), "who": null, "photos": [photo()], "loc": null,
        "corrected": null,
    });
    let finding = gong.record("Report", report)?;
    gong.ask("Finish", json!({ "id": id }))?;
    gong.go_online()?;
    gong.sync()?;
    cai.sync()?;
    let seen = cai.ask("Inspection", json!({ "id": id }))?;
    assert!(
        !seen["row"]["finished"].is_null(),
        "overseers see it from its end: {seen}"
    );
    let unseen = cai.try_ask("Finding", json!({ "id": finding }))?;
    assert!(
        unseen.is_err(),
        "the enterprise's own until closed: {unseen:?}"
    );

    xu.sync()?;
    let after = target(&mut xu, "unit", "企业自查")?;
    assert!(
        (reached(&after) - reached(&before) - 1.0).abs() < 1e-9,
        "{after}"
    );
    let fields = json!({ "due": day(3), "who": gong.id()?, "ground": "本单位隐患排查治理制度" });
    act(&mut xu, &finding, "ordered", fields)?;
    xu.sync()?;
    gong.sync()?;
    let done = json!({ "text": "已更换灯罩", "photos_taken": [photo()] });
    act(&mut gong, &finding, "rectified", done)?;
    let own = offer(&mut gong, &finding, "passed")?;
    assert!(
        own.is_none_or(|offer| !offer["refused"].is_null()),
        "who rectified never passes it"
    );
    gong.sync()?;
    xu.sync()?;
    act(&mut xu, &finding, "passed", json!({ "text": "查看合格" }))?;
    xu.sync()?;
    cai.sync()?;
    assert_eq!(state(&mut cai, &finding)?, "closed");
    world.relay.command(&["verify"])?;
    Ok(())
}

#[test]
fn a_worker_checks_the_own_post() -> Result<()> {
    let mut world = World::new()?;
    let mut xia = world.person("19900000082")?;
    let mut gong = world.person("龚敏")?;
    let site = site(&mut xia, "北辰涂料")?;
    xia.go_offline()?;
    let (id, _) = begin(&mut xia, &site, "post", "ok")?;
    xia.ask("Finish", json!({ "id": id }))?;
    xia.go_online()?;
    xia.sync()?;
    gong.sync()?;
    let seen = gong.ask("Inspection", json!({ "id": id }))?;
    assert!(!seen["row"]["finished"].is_null(), "{seen}");
    Ok(())
}
