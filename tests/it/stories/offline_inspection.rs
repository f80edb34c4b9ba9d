//! The whole inspection with no signal: begin, answer, note, photo, hazard, wrong site, undo, end,
//! refusal to sign — and the device killed in the middle of it.

use anyhow::{Context, Result};
use serde_json::json;
use xunan_tests::World;

use crate::support::{day, photo, site, text};

#[test]
fn the_whole_inspection_with_no_signal() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    wan.go_offline()?;
    let wrong = site(&mut wan, "东关百货")?;
    let right = site(&mut wan, "hyhg")?;
    let visit = wan.ask("Visit", json!({ "site": wrong, "plan": null }))?;
    let list = text(&visit, "/lists/0/code")?;
    let begun = wan.record(
        "Begin",
        json!({
            "site": wrong, "place": null, "kind": "routine", "basis": "action", "plan": [],
            "lists": [list], "team": [], "role": "member", "loc": null,
        }),
    )?;
    let view = wan.ask("Inspection", json!({ "id": begun }))?;
    let section = text(&view, "/lists/0/sections/0/name")?;
    let item = text(&view, "/lists/0/sections/0/items/0/item/code")?;
    wan.ask(
        "Answer",
        json!({ "id": begun, "list": list, "item": item, "value": "fail" }),
    )?;
    wan.ask(
        "Note",
        json!({ "id": begun, "list": list, "item": item, "text": "后门一处" }),
    )?;
    wan.ask(
        "AddPhoto",
        json!({ "id": begun, "list": list, "item": item, "photo": photo() }),
    )?;
    wan.record(
        "Report",
        json!({
            "from": begun, "item": [list, item], "site": wrong, "place": null, "complaint": false,
            "text": "", "location": "", "level": "general", "clause": null, "basis": "",
            "due": day(3), "who": null, "photos": [photo()], "loc": null, "corrected": null,
        }),
    )?;

    // The phone dies; nothing is lost.
    wan.restart(&[])?;
    wan.go_offline()?;
    let view = wan.ask("Inspection", json!({ "id": begun }))?;
    let shown = &view["lists"][0]["sections"][0]["items"][0];
    assert_eq!(shown["value"], "fail");
    assert_eq!(shown["note"], "后门一处");
    assert_eq!(shown["photos"].as_array().map(Vec::len), Some(1));
    assert_eq!(shown["findings"].as_array().map(Vec::len), Some(1));

    // It was the wrong site: everything moves.
    let id = wan.record("MoveTo", json!({ "id": begun, "site": right }))?;
    let moved = wan.ask("Inspection", json!({ "id": id }))?;
    let shown = &moved["lists"][0]["sections"][0]["items"][0];
    assert_eq!(moved["row"]["site"]["short"], "恒源化工");
    assert_eq!(shown["value"], "fail");
    assert_eq!(shown["note"], "后门一处");
    assert_eq!(shown["photos"].as_array().map(Vec::len), Some(1));
    assert_eq!(shown["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        wan.ask("Inspection", json!({ "id": begun }))?["row"]["withdrawn"],
        true
    );

    // The rest of the section conforms; a slip, taken back; done again.
    let fill = json!({ "id": id, "list": list, "section": section });
    let done = wan.ask("FillSection", fill.clone())?;
    assert!(done["undo_until"].is_number(), "it is offered: {done}");
    // The phone dies in between: it is all there, and can still be taken back.
    wan.restart(&[])?;
    wan.go_offline()?;
    let answered =
        |view: &serde_json::Value| view["lists"][0]["sections"][0]["answered"][0].clone();
    assert_ne!(answered(&wan.ask("Inspection", json!({ "id": id }))?), 1);
    wan.ask("Undo", json!({ "command": done["command"] }))?;
    assert_eq!(answered(&wan.ask("Inspection", json!({ "id": id }))?), 1);
    wan.ask("FillSection", fill)?;
    let all = wan.ask("Inspection", json!({ "id": id }))?;
    assert_eq!(
        all["lists"][0]["sections"][0]["answered"][0],
        all["lists"][0]["sections"][0]["answered"][1]
    );

    // The end: unanswered items don't block; the site refuses to sign.
    wan.ask(
        "SetEnd",
        json!({ "id": id, "end": null, "rep": null, "rep_post": null }),
    )?;
    let end = wan.ask("End", json!({ "id": id }))?;
    assert!(
        end["composed"] == true
            && end["conclusion"]
                .as_str()
                .is_some_and(|c| c.contains("未答"))
    );
    let refused = json!({ "k": "refused", "reason": "负责人不在场", "witness": "社区网格员 周某" });
    wan.ask("ActOnInspection", json!({ "id": id, "event": refused }))?;
    wan.ask(
        "Sign",
        json!({ "id": id, "role": "officer", "name": "万春梅", "drawing": photo(), "opinion": null }),
    )?;
    wan.ask("Finish", json!({ "id": id }))?;
    let late = wan.try_ask(
        "Answer",
        json!({ "id": id, "list": list, "item": item, "value": "ok" }),
    )?;
    assert_eq!(late.unwrap_err()["code"], "permit.finished");

    let state = wan.ask("SyncState", json!({}))?;
    assert!(
        state["unsent"].as_u64() > Some(5) && state["photos_unsent"].as_u64() > Some(0),
        "{state}"
    );
    wan.go_online()?;
    wan.sync()?;
    let state = wan.ask("SyncState", json!({}))?;
    assert_eq!(
        (&state["unsent"], &state["photos_unsent"]),
        (&json!(0), &json!(0)),
        "{state}"
    );
    assert_eq!(state["refused"], 0, "{}", wan.ask("Refused", json!({}))?);

    // The supervisor sees the refusal and the record.
    let mut wang = world.person("王立新")?;
    let queue = wang.ask("Queue", json!({ "group": "refused_signature", "limit": 0 }))?;
    let rows = queue["inspections"].as_array().context("rows")?;
    assert!(rows.iter().any(|row| row["id"] == id.as_str()), "{queue}");
    world.relay.command(&["verify"])?;
    Ok(())
}
