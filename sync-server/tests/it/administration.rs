//! What administrators do over the wire: by the table of rights, each act with who did it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use xunan_core::code::{Code, Problem};
use xunan_core::register::{PostKind, Table};
use xunan_core::wire::admin::{ActLine, DeviceLine, ImportAnswer, Invited, SettingLine};

use crate::phone::{Phone, World, sign_in};

/// A district with an administrator, and the administrator's phone.
async fn administered() -> (World, Phone) {
    let mut world = World::new().await;
    world.add_person("郭洋", "区", PostKind::Administrator);
    let phone = world.phone("郭洋").await;
    (world, phone)
}

async fn invite(phone: &Phone, world: &World, people: &[&str]) -> Result<Vec<Invited>, Problem> {
    let people: Vec<_> = people.iter().map(|name| world.cast.person(name)).collect();
    let body = json!({ "people": people });
    phone.ask("admin/invitations", Some(&body)).await
}

#[tokio::test]
async fn the_invited_enrol_with_their_codes() {
    let (world, admin) = administered().await;
    let invited = invite(&admin, &world, &["周敏", "李娜"]).await.unwrap();
    assert_eq!(invited.len(), 2);
    assert_eq!(invited[1].person, world.cast.person("李娜"));
    assert!(invited[0].link.ends_with(&invited[0].code));
    let phone = Phone::enrol(&world.address, 9, &invited[0].code).await;
    assert_eq!(phone.enrolled.person, world.cast.person("周敏"));
    let acts: Vec<ActLine> = admin.ask("admin/acts", None).await.unwrap();
    let newest = &acts[0];
    assert_eq!(newest.what, "invite");
    assert_eq!(newest.by, Some(world.cast.person("郭洋")));
    assert_eq!(newest.about, world.cast.person("李娜").to_string());
}

#[tokio::test]
async fn each_invites_whom_the_table_gives_and_nobody_else() {
    let (world, _admin) = administered().await;
    for (who, whom, may) in [
        ("周敏", "李娜", true), // an inspector, the principal of a site of the own unit
        ("孙监", "李娜", true), // a supervisor of the district's department
        ("郑检", "李娜", false), // an inspector of the other township
        ("周敏", "张伟", false), // the safety officer is the principal's to invite
        ("周敏", "李强", false), // a colleague
        ("李娜", "陈工", true), // a principal, an own worker
        ("张伟", "陈工", true), // a safety officer, too
        ("李娜", "张伟", false), // but not a post above a worker's
        ("陈工", "陈工", false), // nobody invites themselves
        ("王区长", "李娜", false), // leaders lead
    ] {
        let phone = world.phone(who).await;
        match invite(&phone, &world, &[whom]).await {
            Ok(_) => assert!(may, "{who} may not invite {whom}"),
            Err(problem) => {
                assert!(!may, "{who} may invite {whom}: {problem:?}");
                assert_eq!(problem.code, Code::PermitNoRight);
                assert_eq!(
                    problem.details["people"],
                    world.cast.person("郭洋").to_string()
                );
            }
        }
    }
    // One who may not be invited: nobody is.
    let phone = world.phone("周敏").await;
    let mixed = invite(&phone, &world, &["李娜", "李强"]).await;
    assert_eq!(mixed.unwrap_err().code, Code::PermitNoRight);
}

#[tokio::test]
async fn only_administrators_administer() {
    let (world, _admin) = administered().await;
    for who in ["孙监", "周敏", "吴主任", "李娜", "陈工"] {
        let phone = world.phone(who).await;
        let device = phone.enrolled.device;
        let revoke = format!("admin/devices/{device}/revoke");
        let set = json!({ "name": "recheck_days", "value": "12" });
        let import = request(&[], None);
        for (endpoint, body) in [
            ("admin/devices", None),
            ("admin/acts", None),
            ("admin/settings", None),
            (revoke.as_str(), Some(&json!({}))),
            ("admin/settings", Some(&set)),
            ("admin/import", Some(&import)),
        ] {
            let outcome: Result<Value, Problem> = phone.ask(endpoint, body).await;
            assert_eq!(
                outcome.unwrap_err().code,
                Code::PermitNoRight,
                "{who} {endpoint}"
            );
        }
    }
    let rows = world.relay.store().read(|ask| ask.rows()).unwrap();
    assert!(rows.iter().all(|row| row.table != Table::Setting));
}

#[tokio::test]
async fn a_lost_device_is_seen_and_shut_out() {
    let (world, admin) = administered().await;
    let mut lost = world.phone("周敏").await;
    lost.sync().await;
    let devices: Vec<DeviceLine> = admin.ask("admin/devices", None).await.unwrap();
    let line = devices
        .iter()
        .find(|line| line.id == lost.enrolled.device)
        .unwrap();
    assert_eq!(line.person, world.cast.person("周敏"));
    assert_eq!(line.last_sync, Some(world.now()));
    assert_eq!(line.platform, "test");

    let path = format!("admin/devices/{}/revoke", lost.enrolled.device);
    let () = admin.ask(&path, Some(&json!({}))).await.unwrap();
    assert_eq!(lost.stopped().await, Code::SessionInvalid);
    let refused = sign_in(&world, &mut lost).await.unwrap_err();
    assert_eq!(refused.code, Code::DeviceRevoked);
    let again: Result<(), Problem> = admin.ask(&path, Some(&json!({}))).await;
    assert_eq!(again.unwrap_err().code, Code::DeviceUnknown);
    let unknown: Result<(), Problem> = admin
        .ask("admin/devices/none/revoke", Some(&json!({})))
        .await;
    assert_eq!(unknown.unwrap_err().code, Code::DeviceUnknown);
    let acts: Vec<ActLine> = admin.ask("admin/acts", None).await.unwrap();
    assert_eq!(acts.iter().filter(|act| act.what == "revoke").count(), 1);
}

#[tokio::test]
async fn a_setting_reaches_the_devices() {
    let (world, admin) = administered().await;
    let mut phone = world.phone("周敏").await;
    let set = json!({ "name": "recheck_days", "value": "12" });
    let lines: Vec<SettingLine> = admin.ask("admin/settings", Some(&set)).await.unwrap();
    let line = lines
        .iter()
        .find(|line| line.name == "recheck_days")
        .unwrap();
    assert_eq!((line.value.as_str(), line.default.as_str()), ("12", "10"));
    phone.sync().await;
    let row = phone
        .rows
        .iter()
        .find(|row| row.table == Table::Setting)
        .unwrap();
    assert_eq!(
        (row.id.as_str(), &row.fields["value"]),
        ("recheck_days", &json!(12))
    );
    for (name, value, code) in [
        ("recheck_days", "soon", Code::SettingValue),
        ("zone", "Mars/Olympus", Code::SettingValue),
        ("no_such", "1", Code::SettingUnknown),
    ] {
        let body = json!({ "name": name, "value": value });
        let outcome: Result<Value, Problem> = admin.ask("admin/settings", Some(&body)).await;
        assert_eq!(outcome.unwrap_err().code, code, "{name}");
    }
}

fn request(files: &[(&str, &str)], seal: Option<&str>) -> Value {
    let files: Vec<Value> = files
        .iter()
        .map(|(name, text)| json!({ "name": name, "base64": BASE64_STANDARD.encode(text) }))
        .collect();
    json!({
        "files": files, "year": null, "counted_from": null, "retire_missing": false,
        "same_person": {}, "new_person": [], "seal": seal,
    })
}

const PEOPLE: &str = "姓名,手机号,单位,岗位类别,职务\n钱进,13800000071,东关街道,检查人员,科员\n";
const SHORT: &str = "姓名,手机号,单位,岗位类别,职务\n钱进,1380000007,东关街道,检查人员,科员\n";

async fn set(phone: &Phone, name: &str, value: &str) -> Vec<SettingLine> {
    let body = json!({ "name": name, "value": value });
    phone.ask("admin/settings", Some(&body)).await.unwrap()
}

async fn import(phone: &Phone, file: &str, seal: Option<&str>) -> Result<ImportAnswer, Problem> {
    let body = request(&[("人员.csv", file)], seal);
    phone.ask("admin/import", Some(&body)).await
}

#[tokio::test]
async fn an_import_is_previewed_and_then_written_as_it_was_shown() {
    let (world, admin) = administered().await;
    let count = || world.relay.store().read(|ask| ask.rows()).unwrap().len();
    let before = count();
    let preview = import(&admin, PEOPLE, None).await.unwrap();
    assert!(
        !preview.blocked && !preview.written && preview.rows > 0,
        "{preview:?}"
    );
    assert!(preview.changes.iter().any(|change| change.action == "new"));
    assert_eq!(count(), before, "a preview writes nothing");
    // A device that enrols in between, or a setting that no import reads, is no reason to look again.
    world.phone("李强").await;
    set(&admin, "recheck_days", "12").await;
    let written = import(&admin, PEOPLE, Some(&preview.seal)).await.unwrap();
    assert!(written.written);
    assert_eq!(written.changes.len(), preview.changes.len());
    let again = import(&admin, PEOPLE, None).await.unwrap();
    assert_eq!(again.rows, 0, "the same files again change nothing");
    let acts: Vec<ActLine> = admin.ask("admin/acts", None).await.unwrap();
    assert_eq!(acts[0].what, "import");
}

#[tokio::test]
async fn nothing_is_imported_but_what_was_previewed() {
    let (_world, admin) = administered().await;
    let preview = import(&admin, PEOPLE, None).await.unwrap();
    let other = PEOPLE.replace("钱进", "钱多");
    let outcome = import(&admin, &other, Some(&preview.seal)).await;
    assert_eq!(outcome.unwrap_err().code, Code::ImportChanged);
    set(&admin, "unlawful_targets_allowed", "yes").await;
    let outcome = import(&admin, PEOPLE, Some(&preview.seal)).await;
    assert_eq!(
        outcome.unwrap_err().code,
        Code::ImportChanged,
        "a setting decides what is a fault"
    );
    let preview = import(&admin, PEOPLE, None).await.unwrap();
    let others = import(&admin, &other, None).await.unwrap();
    import(&admin, &other, Some(&others.seal)).await.unwrap();
    let outcome = import(&admin, PEOPLE, Some(&preview.seal)).await;
    assert_eq!(
        outcome.unwrap_err().code,
        Code::ImportChanged,
        "the register changed"
    );

    let blocked = import(&admin, SHORT, None).await.unwrap();
    assert!(blocked.blocked);
    let place = &blocked.problems[0];
    assert!(place.blocks && place.row == Some(2) && place.column.as_deref() == Some("手机号"));
    assert!(place.advice.contains("11 位"), "{}", place.advice);
    let digits = place.details.get("digits").map(String::as_str);
    assert_eq!((place.fault.as_str(), digits), ("phone_wrong", Some("10")));
    let outcome = import(&admin, SHORT, Some(&blocked.seal)).await;
    assert_eq!(outcome.unwrap_err().code, Code::ImportBlocked);
}
