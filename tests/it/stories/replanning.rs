//! The year's plan when a year doesn't go as planned: a visit moves, somebody stands in, and the
//! numbers move with them.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

use crate::support::{day, target, text};

const SITE: &str = "青石区恒源化工有限公司";

/// A visit of the own unit to the site in a month, as the plan shows it.
fn visit(person: &mut Person, year: i32, month: u64, kind: &str) -> Result<Value> {
    let plan = person.ask("Plan", json!({ "unit": null, "year": year }))?;
    let rows = plan["rows"].as_array().context("rows")?;
    let row = rows.iter().find(|row| row["site"]["name"] == SITE);
    let visits = row.context("the site")?["visits"].as_array();
    let is_it = |one: &&Value| {
        one["own"] == true && one["month"].as_u64() == Some(month) && one["kind"] == kind
    };
    let found = visits.context("visits")?.iter().find(is_it);
    found
        .cloned()
        .with_context(|| format!("no visit in month {month}"))
}

/// How many visits a person's plan completion of the running quarter counts.
fn due(person: &mut Person) -> Result<f64> {
    let row = target(person, "own", "年度监督检查计划完成率")?;
    let due = row["value"][1].as_f64();
    due.with_context(|| format!("no number: {row}"))
}

/// Whether Today tells a person of a visit.
fn is_told_of(person: &mut Person, row: &Value) -> Result<bool> {
    let today = person.ask("Today", json!({}))?;
    let tasks = today["tasks"].as_array().context("tasks")?;
    Ok(tasks.iter().any(|task| task["plan"] == *row))
}

fn id_of(visit: &Value, name: &str) -> Result<Value> {
    let officers = visit["officers"].as_array().context("officers")?;
    let found = officers.iter().find(|one| one["name"] == name);
    Ok(found.with_context(|| format!("no {name}: {visit}"))?["id"].clone())
}

#[test]
fn a_stand_in_is_told_and_the_numbers_move_along() -> Result<()> {
    let mut world = World::new()?;
    let (year, month): (i32, u64) = (day(0)[..4].parse()?, day(0)[5..7].parse()?);
    let mut wang = world.person("王立新")?;
    let mut xie = world.person("谢红旗")?;
    let mut wan = world.person("万春梅")?;
    let (xie_before, wan_before) = (due(&mut xie)?, due(&mut wan)?);

    let planned = visit(&mut wang, year, month, "leader_led")?;
    assert!(planned["fixed"].is_null(), "a supervisor may: {planned}");
    let row = planned["id"].clone();
    assert!(is_told_of(&mut wan, &row)? && !is_told_of(&mut xie, &row)?);
    let (yu, lixin) = (id_of(&planned, "余卫东")?, id_of(&planned, "王立新")?);
    let stand_in = xie.ask("Me", json!({}))?["person"]["id"].clone();
    let officers = json!([yu, lixin, stand_in]);

    // Said before it is done: whose number loses the visit, and whose gains it.
    let draft = json!({ "row": row, "month": null, "officers": officers });
    let meant = wang.ask("VisitChange", draft)?;
    let moves = meant["moves"].as_array().context("moves")?;
    let leaves = |name: &str| {
        moves
            .iter()
            .any(|m| m["whose"] == name && m["to"].is_null())
    };
    let enters = |name: &str| {
        moves
            .iter()
            .any(|m| m["whose"] == name && m["from"].is_null())
    };
    assert!(
        moves.len() == 2 && leaves("万春梅") && enters("谢红旗"),
        "{meant}"
    );

    let change =
        json!({ "row": row, "month": null, "officers": officers, "reason": "万春梅外出培训" });
    let not_theirs = xie.try_ask("ChangePlanned", change.clone())?.err();
    let not_theirs = not_theirs.context("an inspector changed the plan")?;
    assert_eq!(not_theirs["code"], "permit.no_right");
    wang.go_offline()?;
    let offline = wang.try_ask("ChangePlanned", change.clone())?.err();
    assert_eq!(
        offline.context("changed offline")?["code"],
        "net.unreachable"
    );
    wang.go_online()?;
    wang.ask("ChangePlanned", change)?;

    for person in [&mut wang, &mut xie, &mut wan] {
        person.sync()?;
    }
    assert!(is_told_of(&mut xie, &row)? && !is_told_of(&mut wan, &row)?);
    assert_eq!(json!(due(&mut xie)?), json!(xie_before + 1.0));
    assert_eq!(json!(due(&mut wan)?), json!(wan_before - 1.0));
    let now = visit(&mut wan, year, month, "leader_led")?;
    assert_eq!(text(&now, "/was/by")?, "王立新");
    assert_eq!(text(&now, "/was/reason")?, "万春梅外出培训");
    assert_eq!(now["was"]["officers"][2], "万春梅");

    let mut guo = world.person("郭洋")?;
    let acts = guo.ask("Acts", json!({}))?;
    let acts = acts.as_array().context("acts")?;
    let act = acts.iter().find(|act| act["what"] == "plan");
    let act = act.context("the change is logged")?;
    assert_eq!(act["by"]["name"], "王立新");
    assert_eq!(act["about"], "恒源化工");
    Ok(())
}

#[test]
fn a_visit_moves_with_its_reason_and_what_was_planned_stays_to_be_seen() -> Result<()> {
    let mut world = World::new()?;
    // Of next year: it can be moved in whatever month this test runs.
    let year: i32 = day(0)[..4].parse::<i32>()? + 1;
    let file = world.folder().join("明年.csv");
    let rows = format!(
        "年度,检查单位,检查对象,计划月份,检查方式,检查表,检查人员,年度检查上限（次）\n\
         {year},东关街道办事处,{SITE},3,日常,危险化学品企业检查表,万春梅、谢红旗,8\n"
    );
    std::fs::write(&file, rows)?;
    let file = file.to_str().context("path")?;
    world.relay.command(&["import", file])?;
    let mut wang = world.person("王立新")?;
    let planned = visit(&mut wang, year, 3, "routine")?;
    let change = |month: u64| json!({ "row": planned["id"], "month": month, "officers": null, "reason": "企业停产检修" });
    let wrong = wang.try_ask("ChangePlanned", change(13))?.err();
    assert_eq!(wrong.context("moved")?["code"], "plan.month");
    wang.ask("ChangePlanned", change(5))?;
    let mut yu = world.person("余卫东")?;
    yu.ask("ChangePlanned", change(6))?;
    yu.sync()?;
    let now = visit(&mut yu, year, 6, "routine")?;
    assert_eq!(
        (&now["was"]["month"], &now["id"]),
        (&json!(3), &planned["id"])
    );
    // The same spreadsheet again doesn't take it back.
    world.relay.command(&["import", file])?;
    yu.sync()?;
    visit(&mut yu, year, 6, "routine")?;
    assert!(visit(&mut yu, year, 3, "routine").is_err());
    Ok(())
}
