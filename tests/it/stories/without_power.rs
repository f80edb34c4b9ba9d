//! A unit without the power to order: refused with the way out, proposed to a unit that has it.

use anyhow::{Context, Result};
use serde_json::json;
use xunan_tests::World;

use crate::support::{act, day, offer, photo, state, text};

#[test]
fn a_township_without_power_proposes_to_one_that_has_it() -> Result<()> {
    let mut world = World::new()?;
    // 南坡镇 has no power; its supervisor oversees the sites on its ground.
    let mut liang = world.person("梁少军")?;
    let sites = liang.ask("Sites", json!({ "query": "", "near": null, "limit": 1 }))?;
    let site = text(&sites, "/0/site/id")?;
    let finding = liang.record(
        "Report",
        json!({
            "from": null, "item": null, "site": site, "place": null, "complaint": false,
            "text": "配电箱门缺失", "location": "车间", "level": "general", "clause": null,
            "basis": "", "due": day(7), "who": null, "photos": [photo()], "loc": null,
            "corrected": null,
        }),
    )?;
    let refused =
        offer(&mut liang, &finding, "ordered")?.context("ordering is shown with why not")?;
    assert_eq!(refused["refused"]["code"], "permit.no_power", "{refused}");
    let out = refused["refused"]["details"]["units"]
        .as_str()
        .unwrap_or_default();
    let units: Vec<&str> = out.split_whitespace().collect();
    assert!(!units.is_empty(), "the way out names units: {refused}");

    // Trying all the same is refused on the device, and nothing is written.
    let who = text(&liang.ask("Site", json!({ "site": site }))?, "/people/0/id")?;
    let event = json!({ "k": "ordered", "due": day(7), "who": who, "ground": "…",
        "unit": liang.ask("Me", json!({}))?["posts"][0]["id"] });
    let tried = liang.try_ask(
        "Act",
        json!({ "id": finding, "event": event, "photos": [] }),
    )?;
    assert!(tried.is_err(), "{tried:?}");

    // 区应急管理局 has the power: the finding enters its supervisor's queue, who orders.
    let proposed = offer(&mut liang, &finding, "proposed")?.context("proposing")?;
    let to = proposed["to"].as_array().context("units to propose to")?;
    let bureau = to
        .iter()
        .find(|u| u["name"] == "青石区应急管理局")
        .context("the bureau")?;
    act(
        &mut liang,
        &finding,
        "proposed",
        json!({ "to": bureau["id"], "text": "请责令整改" }),
    )?;
    liang.sync()?;
    let mut mao = world.person("毛子涵")?;
    let queue = mao.ask("Queue", json!({ "group": "order", "limit": 0 }))?;
    let rows = queue["findings"].as_array().context("queue")?;
    assert!(
        rows.iter().any(|row| row["id"] == finding.as_str()),
        "{queue}"
    );
    let fields = json!({ "due": day(7), "who": who, "ground": "《安全生产法》第六十五条" });
    act(&mut mao, &finding, "ordered", fields)?;
    mao.sync()?;
    liang.sync()?;
    assert_eq!(state(&mut liang, &finding)?, "ordered");
    Ok(())
}
