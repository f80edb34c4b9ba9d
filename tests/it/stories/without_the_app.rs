//! A site without the app: an inspector records the rectification on its behalf, and another officer
//! passes it.

use anyhow::{Context, Result};
use serde_json::json;
use xunan_tests::World;

use crate::support::{act, day, hazard, offer, photo, site, state};

#[test]
fn rectified_on_behalf_and_passed_by_others() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut wang = world.person("王立新")?;
    let site = site(&mut wan, "hyhg")?;
    let people = wan.ask("Site", json!({ "site": site }))?["people"].clone();
    let finding = wan.record("Report", hazard(&site, "灭火器压力不足"))?;
    let fields = json!({ "due": day(3), "who": people[0]["id"], "ground": "《消防法》第十六条" });
    act(&mut wan, &finding, "ordered", fields)?;
    wan.sync()?;
    // Nobody of the site has the app: the inspector goes there and records what was done.
    let behalf = offer(&mut wan, &finding, "rectified_behalf")?.context("on behalf")?;
    assert!(behalf["refused"].is_null());
    let fields = json!({ "behalf": true, "text": "已更换", "photos_taken": [photo()] });
    act(&mut wan, &finding, "rectified_behalf", fields)?;
    wan.sync()?;
    wang.sync()?;
    assert_eq!(state(&mut wang, &finding)?, "rectified");
    act(&mut wang, &finding, "passed", json!({ "text": "压力正常" }))?;
    wang.sync()?;
    wan.sync()?;
    assert_eq!(state(&mut wan, &finding)?, "closed");
    Ok(())
}
