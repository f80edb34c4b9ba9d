//! The relay is down for a day: work goes on, and everything arrives when it is back.

use anyhow::Result;
use serde_json::json;
use xunan_tests::World;

use crate::support::{day, photo, site, state};

#[test]
fn work_goes_on_while_the_relay_is_down() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut wang = world.person("王立新")?;
    let site = site(&mut wan, "hyhg")?;
    world.relay.kill();
    let mut findings = Vec::new();
    for n in 0..12 {
        let report = json!({
            "from": null, "item": null, "site": site, "place": null, "complaint": false,
            "text": format!("隐患 {n}"), "location": "", "level": "general", "clause": null,
            "basis": "", "due": day(7), "who": null, "photos": [photo()], "loc": null,
            "corrected": null,
        });
        findings.push(wan.record("Report", report)?);
    }
    let kept = wan.ask("SyncState", json!({}))?;
    assert_eq!(kept["unsent"], 12, "{kept}");
    let page = wan.ask("Findings", json!({ "filter": { "query": "隐患" } }))?;
    assert!(page["total"].as_u64() >= Some(12));

    world.relay.restart(&[])?;
    wan.sync()?;
    wang.sync()?;
    for finding in &findings {
        assert_eq!(state(&mut wang, finding)?, "reported");
    }
    let sent = wan.ask("SyncState", json!({}))?;
    assert_eq!(
        (&sent["unsent"], &sent["photos_unsent"]),
        (&json!(0), &json!(0)),
        "{sent}"
    );
    Ok(())
}
