//! Every act of the hazard loop that the other stories don't have, by real devices at a real relay.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::{Person, World};

use crate::support::{act, day, offer, photo, site, state, text};

const GROUND: &str = "《安全生产法》第六十五条";

fn report(
    person: &mut Person,
    site: Option<&str>,
    words: &str,
    corrected: Value,
) -> Result<String> {
    let place = site.is_none().then_some("河滩临时料场");
    person.record(
        "Report",
        json!({
            "from": null, "item": null, "site": site, "place": place, "complaint": false,
            "text": words, "location": "", "level": "general", "clause": null, "basis": "",
            "due": day(5), "who": null, "photos": [photo()], "loc": null, "corrected": corrected,
        }),
    )
}

/// Acts and sends, and lets the others read it.
fn told(
    who: &mut Person,
    finding: &str,
    did: (&str, Value),
    others: &mut [&mut Person],
) -> Result<()> {
    act(who, finding, did.0, did.1)?;
    who.sync()?;
    others.iter_mut().try_for_each(|other| other.sync())
}

#[test]
fn a_major_hazard_is_graded_halted_listed_and_failed_once() -> Result<()> {
    let mut world = World::new()?;
    let mut wang = world.person("王立新")?;
    let mut wan = world.person("万春梅")?;
    let mut lei = world.person("雷玉兰")?;
    let site = site(&mut wan, "hyhg")?;
    let who = lei.id()?;
    let finding = report(&mut wan, Some(&site), "氯气报警器停用", Value::Null)?;
    wan.sync()?;
    wang.sync()?;
    let clause = json!({ "standard": "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准", "article": "第五条" });
    let graded = json!({ "level": "major", "clause": clause });
    told(&mut wang, &finding, ("graded", graded), &mut [])?;
    let halted = json!({ "measure": "停用液氯储罐", "ground": GROUND });
    told(&mut wang, &finding, ("halted", halted), &mut [])?;
    let order = json!({ "due": day(12), "who": who, "ground": GROUND });
    told(&mut wang, &finding, ("ordered", order), &mut [&mut lei])?;
    told(&mut lei, &finding, ("accepted", json!({})), &mut [])?;
    let asked = json!({ "due": day(20), "reason": "备件未到" });
    told(&mut lei, &finding, ("asked", asked), &mut [&mut wang])?;
    let declined = json!({ "reason": "先停用，不延期" });
    told(&mut wang, &finding, ("declined", declined), &mut [&mut lei])?;

    // The sub-district's main leader has it on the list, and decides in person.
    let mut leader = main_leader(&mut world, &finding)?;
    let listed = json!({ "level": "乡镇", "who": leader.id()? });
    told(&mut leader, &finding, ("listed", listed), &mut [])?;
    told(
        &mut leader,
        &finding,
        ("decided", json!({ "text": "每日报进度" })),
        &mut [],
    )?;

    // The five in place belong to the rectification of a major one.
    lei.sync()?;
    let bare = json!({ "k": "rectified", "text": "已修复" });
    let bare = json!({ "id": finding, "event": bare, "photos": [photo()] });
    let bare = lei.try_ask("Act", bare)?.unwrap_err();
    assert_eq!(bare["code"], "finding.five_missing", "{bare}");
    let five = json!({
        "measure": "更换报警器", "funds": "2 万元", "due": day(10), "who": "雷玉兰", "plan": "泄漏处置预案",
    });
    let rectified = json!({ "text": "已修复", "five": five, "photos_taken": [photo()] });
    told(
        &mut lei,
        &finding,
        ("rectified", rectified),
        &mut [&mut wang],
    )?;
    let early = offer(&mut wang, &finding, "passed")?;
    let passed = json!({ "text": "现场试验合格" });
    if early.is_some_and(|offer| offer["refused"].is_null()) {
        told(&mut wang, &finding, ("passed", passed.clone()), &mut [])?;
        assert_ne!(
            state(&mut wang, &finding)?,
            "closed",
            "halted: resumed comes first"
        );
    }
    told(
        &mut wang,
        &finding,
        ("resumed", json!({ "text": "同意恢复" })),
        &mut [],
    )?;
    told(
        &mut wang,
        &finding,
        ("passed", passed.clone()),
        &mut [&mut lei],
    )?;
    assert_eq!(state(&mut wang, &finding)?, "closed");

    // A pass that proves wrong: back to rectification with a new deadline.
    let failed = json!({ "due": day(4), "text": "又停用" });
    told(&mut wang, &finding, ("failed", failed), &mut [&mut lei])?;
    assert_eq!(state(&mut lei, &finding)?, "ordered");
    let view = lei.ask("Finding", json!({ "id": finding }))?;
    assert_eq!(view["deadline"]["date"], day(4).as_str(), "{view}");
    let five = json!({
        "measure": "加锁", "funds": "无", "due": day(3), "who": "雷玉兰", "plan": "泄漏处置预案",
    });
    let again = json!({ "text": "加锁专人管", "five": five, "photos_taken": [photo()] });
    told(&mut lei, &finding, ("rectified", again), &mut [&mut wang])?;
    told(&mut wang, &finding, ("passed", passed), &mut [&mut leader])?;
    told(
        &mut leader,
        &finding,
        ("unlisted", json!({ "text": "销号" })),
        &mut [&mut wang],
    )?;
    assert_eq!(state(&mut wang, &finding)?, "closed");
    world.relay.command(&["verify"])?;
    Ok(())
}

/// 东关街道's main leader, as the finding names those who are responsible for the territory.
fn main_leader(world: &mut World, finding: &str) -> Result<Person> {
    let mut yu = world.person("余卫东")?;
    let listing = offer(&mut yu, finding, "listed")?.context("listing")?;
    assert!(listing["refused"].is_null(), "{listing}");
    Ok(yu)
}

#[test]
fn what_else_happens_to_a_hazard() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let mut wang = world.person("王立新")?;
    let mut lei = world.person("雷玉兰")?;
    let mut boss = world.person("许雪松")?;
    let site = site(&mut wan, "hyhg")?;

    // Corrected on the spot: found, rectified and passed in one, and served on the site.
    let spot = report(&mut wan, Some(&site), "灭火器被挡", json!([photo()]))?;
    wan.sync()?;
    lei.sync()?;
    assert_eq!(state(&mut lei, &spot)?, "closed");

    // The same twice, and one that was none.
    let first = report(&mut wan, Some(&site), "配电箱敞开", Value::Null)?;
    let second = report(&mut wan, Some(&site), "配电箱门没关", Value::Null)?;
    told(
        &mut wan,
        &second,
        ("duplicate", json!({ "of": first })),
        &mut [],
    )?;
    let none = report(&mut wan, Some(&site), "误记", Value::Null)?;
    let reason = json!({ "reason": "看错了" });
    told(&mut wan, &none, ("withdrawn", reason), &mut [&mut wang])?;
    for gone in [&second, &none] {
        assert_eq!(state(&mut wang, gone)?, "withdrawn");
    }

    // Ordered to one, given to another; the principal names who does it; talked about.
    let order = json!({ "due": day(5), "who": lei.id()?, "ground": GROUND });
    told(&mut wang, &first, ("ordered", order), &mut [&mut boss])?;
    let other = json!({ "who": boss.id()? });
    told(&mut wang, &first, ("reassigned", other), &mut [&mut boss])?;
    let assigned = json!({ "who": lei.id()? });
    told(&mut boss, &first, ("assigned", assigned), &mut [&mut lei])?;
    let comment = json!({ "text": "今晚停电后做" });
    told(&mut lei, &first, ("commented", comment), &mut [&mut wang])?;
    let handed = offer(&mut wang, &first, "transferred")?.context("transferring")?;
    let to = text(&handed, "/to/0/id")?;
    told(
        &mut wang,
        &first,
        ("transferred", json!({ "to": to })),
        &mut [],
    )?;
    let view = wang.ask("Finding", json!({ "id": first }))?;
    let told_of = |kind: &str| {
        let lines = view["timeline"].as_array().into_iter().flatten();
        lines.filter(|line| line["kind"] == kind).count()
    };
    for kind in [
        "ordered",
        "reassigned",
        "assigned",
        "commented",
        "transferred",
    ] {
        assert_eq!(told_of(kind), 1, "{kind} in {view}");
    }

    // A place that was not in the register turns out to be a site.
    let placed = report(&mut wang, None, "临边无防护", Value::Null)?;
    let sited = json!({ "site": site });
    told(&mut wang, &placed, ("sited", sited), &mut [&mut wan])?;
    let view = wan.ask("Finding", json!({ "id": placed }))?;
    assert_eq!(view["row"]["site"]["short"], "恒源化工", "{view}");
    world.relay.command(&["verify"])?;
    Ok(())
}
