//! The administrator's part in the app: inviting, shutting out a lost phone, and who may not.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

/// The row of a person that a search finds.
fn member(person: &mut Person, name: &str) -> Result<Value> {
    let filter = json!({ "query": name, "unit": null, "without_device": false, "limit": 5 });
    let page = person.ask("Members", json!({ "filter": filter }))?;
    let rows = page["rows"].as_array().context("rows")?;
    let row = rows.iter().find(|row| row["person"]["name"] == name);
    row.cloned().with_context(|| format!("no {name}: {page}"))
}

fn invite(person: &mut Person, row: &Value) -> Result<Result<Value, Value>> {
    let people = json!([row["person"]["id"]]);
    person.try_ask("Invite", json!({ "people": people, "hours": null }))
}

#[test]
fn an_administrator_invites_and_shuts_out_a_lost_phone() -> Result<()> {
    let mut world = World::new()?;
    let mut guo = world.person("郭洋")?;
    let wang = member(&mut guo, "王立新")?;
    assert_eq!(
        (&wang["devices"], &wang["may_invite"]),
        (&json!(0), &json!(true))
    );
    let invited = invite(&mut guo, &wang)?.ok().context("refused")?;
    let invitation = &invited[0];
    let code = invitation["code"].as_str().context("a code")?;
    let link = invitation["link"].as_str().context("a link")?;
    assert_eq!(link, format!("{}/#/enrol?code={code}", world.relay.url()));

    let relay = world.relay.url();
    let folder = world.device_folder();
    let mut phone = Person::start("王立新", &folder, Some((&relay, code)))?;
    phone.sync()?;
    assert_eq!(phone.ask("Me", json!({}))?["person"]["name"], "王立新");

    guo.sync()?;
    assert_eq!(member(&mut guo, "王立新")?["devices"], 1);
    let devices = guo.ask("AllDevices", json!({}))?;
    let devices = devices.as_array().context("devices")?;
    let lost = devices.iter().find(|one| one["person"]["name"] == "王立新");
    let lost = lost.context("no such device")?;
    assert!(lost["last_sync"].is_number(), "{lost}");
    guo.ask("Revoke", json!({ "device": lost["id"] }))?;
    let refused = phone.try_ask("Sync", json!({}))?.err().context("synced")?;
    assert_eq!(refused["code"], "device.revoked");

    let acts = guo.ask("Acts", json!({}))?;
    let told: Vec<(&str, &str)> = acts
        .as_array()
        .context("acts")?
        .iter()
        .filter(|act| act["by"]["name"] == "郭洋")
        .map(|act| (text(&act["what"]), text(&act["person"]["name"])))
        .collect();
    assert_eq!(told, [("revoke", "王立新"), ("invite", "王立新")]);
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn who_may_not_is_refused_with_words_and_is_offered_no_button() -> Result<()> {
    let mut world = World::new()?;
    let mut wang = world.person("王立新")?;
    let colleague = member(&mut wang, "万春梅")?;
    assert_eq!(colleague["may_invite"], false);
    let refused = invite(&mut wang, &colleague)?.err().context("invited")?;
    assert_eq!(refused["code"], "permit.no_right");
    for request in ["AllDevices", "Acts", "Settings"] {
        let refused = wang.try_ask(request, json!({}))?.err();
        let refused = refused.with_context(|| format!("{request} was answered"))?;
        assert_eq!(refused["code"], "permit.no_right", "{request}");
    }
    // Offline: said at once, and kept for nobody.
    wang.go_offline()?;
    let refused = invite(&mut wang, &colleague)?.err().context("invited")?;
    assert_eq!(refused["code"], "net.unreachable");
    Ok(())
}

#[test]
fn an_inspector_invites_the_principal_of_an_own_site_and_nobody_elses() -> Result<()> {
    let mut world = World::new()?;
    let mut wang = world.person("王立新")?;
    let filter = |site: &Value| json!({ "filter": { "query": "", "unit": site, "without_device": false, "limit": 0 } });
    let own = crate::support::site(&mut wang, "hyhg")?;
    let people = wang.ask("Members", filter(&json!(own)))?;
    let people = people["rows"].as_array().context("rows")?.clone();
    let principal = people
        .iter()
        .find(|row| row["person"]["kind"] == "principal")
        .context("no principal")?;
    assert_eq!(principal["may_invite"], true);
    let invited = invite(&mut wang, principal)?.ok().context("refused")?;
    let code = text(&invited[0]["code"]).to_owned();
    let folder = world.device_folder();
    let relay = world.relay.url();
    let mut phone = Person::start("负责人", &folder, Some((&relay, &code)))?;
    phone.sync()?;
    assert_eq!(
        phone.ask("Me", json!({}))?["person"]["id"],
        principal["person"]["id"]
    );
    let others = people
        .iter()
        .filter(|row| row["person"]["kind"] != "principal");
    assert!(others.clone().count() > 0);
    assert!(
        others.clone().all(|row| row["may_invite"] == false),
        "{people:?}"
    );
    Ok(())
}
