//! The year's plan after its import: who may change it, what stays, and that everybody hears of it.

use serde_json::{Value, json};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, RowId};
use xunan_core::record::RecordKind;
use xunan_core::register::{InspectionKind, PlannedVisit, PostKind, Register, Table};
use xunan_core::wire::admin::ActLine;
use xunan_relay::store::NewRow;

use crate::phone::{Phone, World, doc, text};

const DAY_MS: i64 = 86_400_000;
/// November 2026: on 1 December its month is over, and it is open.
const LATE: RowId = RowId::from_bytes([0x51; 16]);
/// October 2026: it can no longer be made.
const MISSED: RowId = RowId::from_bytes([0x52; 16]);
/// March 2027.
const COMING: RowId = RowId::from_bytes([0x53; 16]);

/// 东关 plans visits of 周敏 and 李强 to 宏达; it has a supervisor, the organisation an administrator.
async fn planned() -> World {
    let mut world = World::new().await;
    world.add_person("王监", "东关", PostKind::Supervisor);
    world.add_person("郭洋", "区", PostKind::Administrator);
    let visit = |(id, year, month): (RowId, i32, u8)| NewRow {
        table: Table::Plan,
        id: id.to_string(),
        valid_to: None,
        fields: json!(PlannedVisit {
            year,
            month,
            unit: world.cast.unit("东关"),
            site: world.cast.unit("宏达"),
            kind: InspectionKind::Routine,
            lists: Vec::new(),
            officers: vec![world.cast.person("周敏"), world.cast.person("李强")],
            limit: None,
            changed: None,
        }),
    };
    let rows = [(LATE, 2026, 11), (MISSED, 2026, 10), (COMING, 2027, 3)].map(visit);
    world.write_rows(&rows);
    world
}

fn register(world: &World) -> Register {
    let rows = world.relay.store().read(|ask| ask.rows()).unwrap();
    Register::new(&rows, None)
}

/// A request about the row as it stands.
fn request(world: &World, row: RowId, month: Option<u8>, officers: Option<&[&str]>) -> Value {
    let register = register(world);
    let newest = register.planned_versions(row).and_then(|all| all.newest());
    let officers = officers.map(|names| {
        let people = names.iter().map(|name| world.cast.person(name));
        people.collect::<Vec<_>>()
    });
    json!({
        "row": row,
        "revision": newest.map_or(0, |version| version.revision),
        "month": month,
        "officers": officers,
        "reason": "企业停产检修",
    })
}

async fn ask(phone: &Phone, body: &Value) -> Result<(), Problem> {
    phone.ask("admin/plan", Some(body)).await
}

fn visit(world: &World, row: RowId) -> PlannedVisit {
    register(world).planned_visit(row).unwrap().clone()
}

#[tokio::test]
async fn a_visit_moves_and_a_stand_in_is_named_and_others_hear_of_it() {
    let world = planned().await;
    let (wang, mut zhou) = (world.phone("王监").await, world.phone("周敏").await);
    zhou.sync().await;
    let body = request(&world, COMING, Some(5), Some(&["周敏", "吴主任"]));
    ask(&wang, &body).await.unwrap();

    zhou.sync().await;
    let heard = Register::new(&zhou.rows, None);
    let now = heard.planned_visit(COMING).unwrap();
    let (zhou_min, wu) = (world.cast.person("周敏"), world.cast.person("吴主任"));
    assert_eq!((now.month, &now.officers[..]), (5, &[zhou_min, wu][..]));
    let change = now.changed.as_ref().unwrap();
    assert_eq!(change.by, world.cast.person("王监"));
    assert_eq!(change.reason, "企业停产检修");
    // What was, is kept.
    let versions = heard.planned_versions(COMING).unwrap().all();
    let months: Vec<u8> = versions.iter().map(|one| one.value.month).collect();
    assert_eq!(months, [3, 5]);

    let admin = world.phone("郭洋").await;
    let acts: Vec<ActLine> = admin.ask("admin/acts", None).await.unwrap();
    assert_eq!(
        (acts[0].what.as_str(), acts[0].by),
        ("plan", Some(change.by))
    );
    assert_eq!(acts[0].about, COMING.to_string());
}

#[tokio::test]
async fn nobody_else_changes_a_plan_and_each_is_told_whom_to_ask() {
    let world = planned().await;
    let body = request(&world, COMING, Some(5), None);
    for who in ["周敏", "孙监", "郑检", "李娜", "郭洋"] {
        let phone = world.phone(who).await;
        let problem = ask(&phone, &body).await.unwrap_err();
        assert_eq!(problem.code, Code::PermitNoRight, "{who}");
        let asked = &problem.details["people"];
        for planner in ["吴主任", "王监"] {
            let planner = world.cast.person(planner).to_string();
            assert!(asked.contains(&planner), "{who} {asked}");
        }
    }
    assert_eq!(visit(&world, COMING).month, 3);
    // The in-charge leader, and the district's main leader above.
    for (who, month) in [("吴主任", 4), ("王区长", 6)] {
        let phone = world.phone(who).await;
        let body = request(&world, COMING, Some(month), None);
        ask(&phone, &body).await.unwrap();
        assert_eq!(visit(&world, COMING).month, month);
    }
}

#[tokio::test]
async fn what_is_over_stays_and_a_late_one_may_have_a_stand_in() {
    let world = planned().await;
    let wang = world.phone("王监").await;
    for (row, month, officers, code) in [
        (LATE, Some(12), None, Code::PlanMonthOver),
        (LATE, None, Some(&["周敏", "郑检"][..]), Code::PlanOfficer),
        (LATE, None, Some(&[][..]), Code::PlanNoOfficer),
        (MISSED, Some(12), None, Code::PlanClosed),
        (MISSED, None, Some(&["周敏", "王监"][..]), Code::PlanClosed),
        (COMING, Some(13), None, Code::PlanMonth),
        (COMING, None, None, Code::InputInvalid),
        (RowId::from_bytes([9; 16]), Some(5), None, Code::PlanUnknown),
    ] {
        let body = request(&world, row, month, officers);
        let problem = ask(&wang, &body).await.unwrap_err();
        assert_eq!(problem.code, code, "{row} {month:?} {officers:?}");
    }
    let body = request(&world, LATE, None, Some(&["周敏", "王监"]));
    ask(&wang, &body).await.unwrap();
    let now = visit(&world, LATE);
    assert_eq!(now.month, 11);
    assert_eq!(now.officers[1], world.cast.person("王监"));
    let acts = world.relay.store().read(|ask| ask.acts(10)).unwrap();
    assert_eq!(acts.len(), 1, "what was refused is no act");
}

#[tokio::test]
async fn a_change_without_a_reason_or_of_what_somebody_changed_meanwhile_is_refused() {
    let world = planned().await;
    let (wang, wu) = (world.phone("王监").await, world.phone("吴主任").await);
    let body = request(&world, COMING, Some(5), None);
    let mut silent = body.clone();
    silent["reason"] = json!("  ");
    let problem = ask(&wang, &silent).await.unwrap_err();
    assert_eq!(problem.code, Code::InputInvalid);
    assert_eq!(problem.details["field"], "reason");
    ask(&wu, &request(&world, COMING, Some(4), None))
        .await
        .unwrap();
    let problem = ask(&wang, &body).await.unwrap_err();
    assert_eq!(problem.code, Code::PlanChanged);
    assert_eq!(visit(&world, COMING).month, 4);
    let mut odd = body;
    odd["kind"] = json!("special");
    let problem = ask(&wang, &odd).await.unwrap_err();
    assert_eq!(problem.code, Code::WireBody);
}

/// An event of an inspection.
fn happens(phone: &mut Phone, id: DocId, event: &Value) {
    let key = format!("ev/{}", phone.histories[&id].next_event_id(phone.actor));
    let value = text(event.to_string());
    phone.put(id, RecordKind::Inspection, &[(&key, value)]);
}

fn signs(role: &str) -> Value {
    json!({ "k": "signed", "as": role, "name": "名", "drawing": "ab".repeat(32) })
}

#[tokio::test]
async fn what_was_made_stays_as_it_is() {
    let world = planned().await;
    let mut zhou = world.phone("周敏").await;
    let mut li = world.phone("李强").await;
    let wang = world.phone("王监").await;
    let (id, site) = (doc(1), world.cast.unit("宏达"));
    let team = |name: &str| format!("team/{}", world.cast.person(name));
    let (first, second, row) = (team("周敏"), team("李强"), format!("plan/{LATE}"));
    let begin = [
        ("kind", "routine"),
        ("basis", "plan"),
        (first.as_str(), "member"),
        (second.as_str(), "member"),
    ];
    zhou.begin(id, RecordKind::Inspection, site, &begin);
    let named = xunan_core::change::Scalar::Int(1);
    zhou.put(id, RecordKind::Inspection, &[(&row, named)]);
    happens(&mut zhou, id, &signs("officer"));
    happens(&mut zhou, id, &json!({ "k": "finished" }));
    zhou.sync().await;
    // Not complete yet: it fulfils nothing.
    let body = request(&world, LATE, None, Some(&["周敏", "王监"]));
    ask(&wang, &body).await.unwrap();

    li.sync().await;
    happens(&mut li, id, &signs("officer"));
    happens(&mut li, id, &signs("representative"));
    assert_eq!(li.sync().await.verdicts, []);
    let body = request(&world, LATE, None, Some(&["周敏", "李强"]));
    let problem = ask(&wang, &body).await.unwrap_err();
    assert_eq!(problem.code, Code::PlanFulfilled);
    // Long after, it is still that: made, not missed.
    world.pass(60 * DAY_MS);
    let mut wang = wang;
    crate::phone::sign_in(&world, &mut wang).await.unwrap();
    let problem = ask(&wang, &body).await.unwrap_err();
    assert_eq!(problem.code, Code::PlanFulfilled);
}
