//! `--year`, `--counted-from`, `--retire-missing`, `--same-person`, `--new-person`; all or nothing.

use std::collections::BTreeSet;

use super::*;
use crate::import::{Action, Kind, PhoneAnswer, UsageError};

fn missing(outcome: &Outcome) -> Vec<String> {
    let found = outcome.changes.iter();
    found
        .filter(|change| change.action == Action::Missing)
        .map(|change| change.row.clone())
        .collect()
}

#[test]
fn all_or_nothing() {
    let mut files = district();
    files[1] = csv("人员", &PEOPLE.replace("13800000004", "4"));
    let mut organisation = Organisation::default();
    let outcome = organisation.import(&files);
    assert!(outcome.is_blocked());
    assert_eq!(outcome.drafts, []);
    assert!(organisation.rows.is_empty());
}

#[test]
fn what_disappeared_is_listed_and_kept() {
    let mut organisation = begun();
    let before = organisation.in_force();
    let units = UNITS.replace(UNITS.lines().last().unwrap(), "");
    let people = PEOPLE.replace(PEOPLE.lines().last().unwrap(), "");
    let plan = PLAN.replace(PLAN.lines().last().unwrap(), "");
    let letters = LETTERS.replace(LETTERS.lines().last().unwrap(), "");
    let files = [
        csv("单位", &units),
        csv("人员", &people),
        csv("目标", &letters),
        csv("计划", &plan),
    ];
    let outcome = organisation.preview(&files);
    assert_eq!(
        missing(&outcome),
        [
            "恒源化工",
            "吴总",
            "2026年马平责任书，逾期未整改隐患（条）",
            "恒源化工，2026年11月，应急管理局，领导带队"
        ]
    );
    assert_eq!(outcome.drafts, []);

    organisation.options.retire_missing = true;
    let outcome = organisation.import_whole(&files);
    assert_eq!(missing(&outcome), Vec::<String>::new());
    assert_eq!(outcome.counts[&Kind::Units].retired, 1);
    let register = organisation.register();
    assert!(organisation.unit_named("恒源化工").is_none());
    assert!(organisation.person_named("吴总").is_none());
    assert_eq!(register.targets().count(), 2);
    assert_eq!(register.letters().count(), 1);
    assert_eq!(register.plan().count(), 1);
    // 吴总's post ended with him.
    let (gone, _) = register
        .people()
        .find(|(_, versions)| versions.current().is_none())
        .unwrap();
    assert_eq!(register.posts_of(gone).count(), 0);
    assert_eq!(organisation.preview(&files).drafts, []);

    // An old sheet brings all of it back, each as who and what it was; a post that ended begins anew.
    organisation.options.retire_missing = false;
    organisation.import_whole(&district());
    let but_posts = |rows: BTreeMap<(Table, String), serde_json::Value>| {
        let rows = rows.into_iter();
        rows.map(|((table, id), row)| ((table != Table::Post).then_some(id), row.to_string()))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(but_posts(organisation.in_force()), but_posts(before));
}

#[test]
fn sheets_that_are_not_there_make_nothing_disappear() {
    let mut organisation = begun();
    organisation.options.retire_missing = true;
    for file in district() {
        assert_eq!(organisation.preview(&[file]).drafts, []);
    }
    // Another year's plan and letters don't replace this year's.
    let next = [
        csv("计划", &PLAN.replace("2026,", "2027,")),
        csv("目标", &LETTERS.replace("2026,", "2027,")),
    ];
    let outcome = organisation.import_whole(&next);
    assert_eq!(outcome.counts[&Kind::Plan].retired, 0);
    assert_eq!(organisation.register().plan().count(), 4);
    assert_eq!(organisation.register().targets().count(), 6);
}

#[test]
fn what_comes_back_gets_its_row() {
    let mut organisation = begun();
    let before = organisation.in_force();
    let plan = PLAN.replace(PLAN.lines().last().unwrap(), "");
    organisation.options.retire_missing = true;
    organisation.import_whole(&[csv("计划", &plan)]);
    let outcome = organisation.import_whole(&[csv("计划", PLAN)]);
    assert_eq!(outcome.counts[&Kind::Plan].new, 1);
    assert_eq!(organisation.in_force(), before);
}

#[test]
fn what_is_to_be_retired_can_not_be_named() {
    let mut organisation = begun();
    organisation.options.retire_missing = true;
    let units = UNITS.replace(UNITS.lines().last().unwrap(), "");
    let outcome = organisation.preview(&[csv("单位", &units), csv("计划", PLAN)]);
    assert_eq!(
        blocks(&outcome),
        ["计划 3 检查对象: 恒源化工 → unit_unknown"]
    );
}

#[test]
fn columns_that_are_not_there_change_nothing() {
    let mut organisation = begun();
    let units = "
单位名称,层级,上级单位（属地）,统一社会信用代码
青石区人民政府,区,,
应急管理局,区直部门,青石区人民政府,
东关街道办事处,乡镇（街道）,青石区人民政府,
宏达机械,生产经营单位,东关街道办事处,91379900MA00000001
恒源化工,生产经营单位,东关街道办事处,91379900MA00000002
";
    let people = "
姓名,手机号,单位,岗位类别
夏娟,13800000001,应急管理局,主要领导
马平,13800000002,应急管理局,检查人员
万春梅,13800000003,东关街道办事处,检查人员
吴总,13800000004,宏达机械,企业主要负责人
";
    let list = "
检查表,通用检查表,General,适用行业,通用
检查内容,答案类型
建立责任制,符合/不符合/不适用
氧含量合格,\"数值（%），19.5–23.5\"
";
    let files = [csv("单位", units), csv("人员", people), csv("检查表", list)];
    assert_eq!(organisation.import_whole(&files).changes, []);
}

#[test]
fn a_changed_number_waits_for_an_answer() {
    let mut organisation = begun();
    let people = PEOPLE.replace("13800000003", "13800000033");
    let file = csv("人员", &people);
    organisation.options.retire_missing = true;
    let outcome = organisation.import_whole(std::slice::from_ref(&file));
    assert_eq!(
        notes(&outcome),
        ["人员 4 手机号: 13800000033 → phone_changed"]
    );
    assert!(
        outcome.problems[0]
            .advice
            .contains("--same-person 13800000003=13800000033")
    );
    // Neither imported nor retired.
    assert_eq!(outcome.drafts, []);

    organisation.options.phones.insert(
        "13800000033".to_owned(),
        PhoneAnswer::SamePerson("13800000003".to_owned()),
    );
    let outcome = organisation.import_whole(std::slice::from_ref(&file));
    assert_eq!(outcome.drafts.len(), 1);
    assert_eq!(organisation.register().people().count(), 4);
    assert_eq!(
        organisation
            .person_named("万春梅")
            .unwrap()
            .phone
            .as_deref(),
        Some("13800000033")
    );
    assert_eq!(organisation.import_whole(&[file]).changes, []);
}

#[test]
fn a_new_person_of_a_known_name_is_another_one() {
    let mut organisation = begun();
    let file = csv("人员", &PEOPLE.replace("13800000003", "13800000033"));
    organisation
        .options
        .phones
        .insert("13800000033".to_owned(), PhoneAnswer::NewPerson);
    let outcome = organisation.import_whole(std::slice::from_ref(&file));
    assert_eq!(organisation.register().people().count(), 5);
    assert_eq!(missing(&outcome), ["万春梅"]);
    assert_eq!(organisation.preview(&[file]).drafts, []);
}

#[test]
fn the_same_person_must_be_one() {
    let file = csv("人员", &PEOPLE.replace("13800000003", "13800000033"));
    for (old, fault) in [
        ("13800000002", "same_person_other"),
        ("13800000099", "same_person_unknown"),
    ] {
        let mut organisation = begun();
        organisation.options.phones.insert(
            "13800000033".to_owned(),
            PhoneAnswer::SamePerson(old.to_owned()),
        );
        let outcome = organisation.import(std::slice::from_ref(&file));
        assert_eq!(
            blocks(&outcome),
            [format!("人员 4 手机号: 13800000033 → {fault}")]
        );
    }
}

#[test]
fn a_namesake_with_a_number_of_his_own_is_no_question() {
    let mut organisation = begun();
    let both = format!(
        "{}马平,13800000008,应急管理局,,检查人员,,,\n",
        PEOPLE.trim_start()
    );
    let outcome = organisation.import_whole(&[csv("人员", &both)]);
    assert_eq!(notes(&outcome), Vec::<String>::new());
    assert_eq!(organisation.register().people().count(), 5);
}

#[test]
fn year_moves_years_and_certificates() {
    let mut organisation = Organisation::default();
    organisation.options.year = Some(2027);
    let mut files = district();
    files[1] = csv("人员", &PEOPLE.replace("2028-06-30", "2028-02-29"));
    organisation.import_whole(&files);
    let register = organisation.register();
    assert!(register.plan().all(|(_, visit)| visit.year == 2027));
    assert!(register.letters().all(|(_, letter)| letter.year == 2027));
    let expires = |name| {
        organisation
            .person_named(name)
            .unwrap()
            .certificate
            .unwrap()
            .expires
    };
    assert_eq!(expires("马平"), day("2028-06-30"));
    assert_eq!(expires("万春梅"), day("2029-02-28"));
    assert_eq!(organisation.preview(&files).drafts, []);
}

#[test]
fn year_wants_one_year_in_the_files() {
    let options = Options {
        year: Some(2027),
        ..Options::default()
    };
    let two = PLAN.replacen("2026,", "2025,", 1);
    for (files, years) in [
        (vec![csv("人员", PEOPLE)], vec![]),
        (vec![csv("计划", &two)], vec![2025, 2026]),
    ] {
        let mut world = World {
            today: day("2026-11-24"),
            draw: &mut || [0; 16],
        };
        let result = plan(&files, &begun().register(), &options, &mut world);
        assert_eq!(result, Err(UsageError::YearUnclear { years }));
    }
}

#[test]
fn counting_begins_today_unless_said() {
    let counted_from =
        |organisation: &Organisation| organisation.register().settings().counted_from;
    let mut organisation = begun();
    assert_eq!(counted_from(&organisation), Some(day("2026-11-24")));
    organisation.options.counted_from = Some(day("2026-01-01"));
    let outcome = organisation.import_whole(&district());
    assert_eq!(outcome.drafts.len(), 1);
    assert_eq!(counted_from(&organisation), Some(day("2026-01-01")));
    organisation.options.counted_from = None;
    assert_eq!(organisation.import_whole(&district()).drafts, []);
    assert_eq!(counted_from(&organisation), Some(day("2026-01-01")));
}

#[test]
fn the_same_import_again_changes_nothing() {
    let mut organisation = begun();
    let again = organisation.import_whole(&district());
    assert_eq!(again.changes, []);
    assert_eq!(again.drafts, []);
}

/// Moves the first planned visit to December and replaces its officers, as the relay does it.
fn change_after_the_import(organisation: &mut Organisation) -> Row {
    let is_plan = |row: &&Row| row.table == Table::Plan;
    let mut row = organisation.rows.iter().find(is_plan).unwrap().clone();
    row.revision = organisation.rows.len() as u64 + 1;
    row.valid_from = Timestamp(1000);
    let by = row.fields["officers"][0].clone();
    row.fields["month"] = 12.into();
    row.fields["changed"] = serde_json::json!({ "by": by, "reason": "停产" });
    organisation.rows.push(row.clone());
    row
}

#[test]
fn the_same_file_again_leaves_what_was_changed_after_it() {
    let mut organisation = begun();
    let changed = change_after_the_import(&mut organisation);
    organisation.options.retire_missing = true;
    let outcome = organisation.preview(&[csv("计划", PLAN)]);
    assert_eq!(
        (
            outcome.drafts,
            blocks(&organisation.preview(&[csv("计划", PLAN)]))
        ),
        (vec![], vec![])
    );
    // A sheet that says the same as the change is no other.
    let first = PLAN.lines().nth(2).unwrap();
    let followed = PLAN.replace(first, &first.replace(",3,", ",12,"));
    assert_eq!(organisation.preview(&[csv("计划", &followed)]).drafts, []);
    // Other officers in the sheet are newer; the month stays where it was moved.
    let other = PLAN.replace(first, &first.replace("万春梅", "夏娟"));
    let outcome = organisation.preview(&[csv("计划", &other)]);
    let [draft] = &outcome.drafts[..] else {
        panic!("{:?}", outcome.drafts)
    };
    assert_eq!(
        (&draft.id, &draft.fields["month"]),
        (&changed.id, &12.into())
    );
    assert_ne!(draft.fields["officers"], changed.fields["officers"]);
}
