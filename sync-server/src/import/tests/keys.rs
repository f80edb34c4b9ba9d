//! What names what: keys, and what is one thing twice.

use super::*;

const PEOPLE_HEADER: &str = "姓名,手机号,单位,职务,岗位类别,执法证号,证件有效期\n";

fn people(rows: &str) -> SourceFile {
    csv("人员", &format!("{PEOPLE_HEADER}{}", rows.trim_start()))
}

#[test]
fn an_enterprise_is_found_by_its_code_and_other_units_by_name() {
    let mut organisation = begun();
    let renamed = UNITS
        .replace("宏达机械", "宏达精密机械")
        .replace("应急管理局,区直", "应急局,区直")
        .replace(",应急管理局,", ",应急局,");
    let outcome = organisation.import_whole(&[csv("单位", &renamed)]);
    let count = outcome.counts[&crate::import::Kind::Units];
    // The factory changed its name; the bureau is another one, and the old one isn't there.
    assert_eq!((count.new, count.changed, count.missing), (1, 2, 1));
    assert!(organisation.unit_named("宏达机械").is_none());
    assert!(organisation.unit_named("应急管理局").is_some());
}

#[test]
fn an_enterprise_needs_its_code() {
    let header = "单位名称,层级,上级单位（属地）,统一社会信用代码\n青石区,区,,\n";
    for (code, fault) in [("", "blank"), ("123", "credit_code_wrong")] {
        let file = csv("单位", &format!("{header}甲,生产经营单位,青石区,{code}\n"));
        let outcome = Organisation::default().import(&[file]);
        assert_eq!(
            blocks(&outcome),
            [format!("单位 3 统一社会信用代码: {code} → {fault}")]
        );
    }
}

#[test]
fn a_row_that_lacks_something_blocks_and_what_names_it_is_not_blamed() {
    let units = UNITS.replace("东关街道办事处,乡镇（街道）", "东关街道办事处,");
    let mut files = district();
    files[0] = csv("单位", &units);
    let outcome = Organisation::default().import(&files);
    assert_eq!(blocks(&outcome), ["单位 4 层级:  → blank"]);
    assert_eq!(outcome.drafts, []);
}

#[test]
fn a_unit_cannot_be_above_itself() {
    let units = UNITS.replace("青石区人民政府,区,,", "青石区人民政府,区,东关街道办事处,");
    let outcome = Organisation::default().import(&[csv("单位", &units)]);
    assert_eq!(
        blocks(&outcome),
        [
            "单位 2 上级单位（属地）: 东关街道办事处 → parent_loop",
            "单位 4 上级单位（属地）: 青石区人民政府 → parent_loop"
        ]
    );
}

#[test]
fn the_same_row_twice_is_once_and_other_content_blocks() {
    let twice = format!("{}{}", UNITS.trim_start(), UNITS.lines().nth(5).unwrap());
    let mut organisation = Organisation::default();
    let outcome = organisation.import_whole(&[csv("单位", &twice)]);
    assert_eq!(outcome.counts[&crate::import::Kind::Units].new, 5);

    let differs = twice.trim_end().replace("120", "121");
    let differs = differs.replacen("121", "120", 1);
    let outcome = Organisation::default().import(&[csv("单位", &differs)]);
    assert_eq!(blocks(&outcome), ["单位 7 单位名称: 宏达机械 → key_twice"]);
    assert!(outcome.problems[0].advice.contains("单位第 5 行"));
}

#[test]
fn one_phone_of_one_name_is_one_person_with_two_posts() {
    let mut organisation = Organisation::default();
    let rows = "
马平,13800000002,应急管理局,科长,安监人员,,
马 平,138-0000-0002,东关街道办事处,挂职,检查人员,15001,2027-06-30
";
    organisation.import_whole(&[csv("单位", UNITS), people(rows)]);
    let register = organisation.register();
    assert_eq!(register.people().count(), 1);
    let person = register.people().next().unwrap().0;
    assert_eq!(register.posts_of(person).count(), 2);
    assert!(register.person(person).unwrap().certificate.is_some());
}

#[test]
fn one_phone_of_two_names_blocks() {
    let rows = "
马平,13800000002,应急管理局,,检查人员,,
牛平,13800000002,应急管理局,,检查人员,,
";
    let outcome = Organisation::default().import(&[csv("单位", UNITS), people(rows)]);
    assert_eq!(
        blocks(&outcome),
        ["人员 3 手机号: 13800000002 → phone_of_another"]
    );
}

#[test]
fn a_person_with_two_certificates_or_half_a_one_blocks() {
    let rows = "
马平,13800000002,应急管理局,,检查人员,15001,2027-06-30
马平,13800000002,东关街道办事处,,检查人员,15009,2027-06-30
夏娟,13800000001,应急管理局,,主要领导,15003,
";
    let outcome = Organisation::default().import(&[csv("单位", UNITS), people(rows)]);
    assert_eq!(
        blocks(&outcome),
        [
            "人员 3 执法证号: 15009 → certificate_differs",
            "人员 4 执法证号: 15003 → half_filled"
        ]
    );
}

#[test]
fn posts_belong_to_levels() {
    let rows = "
马平,13800000002,宏达机械,,检查人员,,
吴总,13800000004,应急管理局,,企业主要负责人,,
系统,13800000009,应急管理局,,管理员,,
王五,13800000010,应急管理局,,厨师,,
";
    let outcome = Organisation::default().import(&[csv("单位", UNITS), people(rows)]);
    assert_eq!(
        blocks(&outcome),
        [
            "人员 2 岗位类别: 检查人员 → post_not_here",
            "人员 3 岗位类别: 企业主要负责人 → post_not_here",
            "人员 5 岗位类别: 厨师 → word_unknown"
        ]
    );
}

#[test]
fn a_move_ends_the_old_post_and_another_kind_is_the_same_post() {
    let mut organisation = begun();
    let moved = PEOPLE
        .replace(
            "马平,13800000002,应急管理局,执法人员,检查人员",
            "马平,13800000002,东关街道办事处,主任,安监人员",
        )
        .replace("检查员,检查人员", "检查员,安监人员");
    let outcome = organisation.import_whole(&[csv("人员", &moved)]);
    let mut actions: Vec<_> = outcome
        .changes
        .iter()
        .map(|change| (change.action, change.row.as_str()))
        .collect();
    actions.sort();
    assert_eq!(
        actions,
        [
            (crate::import::Action::New, "马平，东关街道办事处安监人员"),
            (
                crate::import::Action::Changed,
                "万春梅，东关街道办事处安监人员"
            ),
            (crate::import::Action::Retired, "马平，应急管理局检查人员"),
        ]
    );
}

#[test]
fn items_keep_their_codes_and_a_changed_text_is_a_new_item() {
    let mut organisation = begun();
    let codes = |organisation: &Organisation| -> Vec<(String, String)> {
        let register = organisation.register();
        let (_, list) = register.checklists().next().unwrap();
        let items = list.items.iter();
        items.map(|i| (i.code.clone(), i.text.clone())).collect()
    };
    let pair = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(
        codes(&organisation),
        [pair("i1", "建立责任制"), pair("i2", "氧含量合格")]
    );
    let changed = LISTS.replace("建立责任制", "建立全员责任制");
    let outcome = organisation.import_whole(&[csv("检查表", &changed)]);
    // What disappeared is listed and kept.
    assert_eq!(
        codes(&organisation),
        [
            pair("i3", "建立全员责任制"),
            pair("i2", "氧含量合格"),
            pair("i1", "建立责任制")
        ]
    );
    let missing: Vec<&str> = outcome
        .changes
        .iter()
        .filter(|change| change.action == crate::import::Action::Missing)
        .map(|change| change.row.as_str())
        .collect();
    assert_eq!(missing, ["通用检查表：建立责任制"]);
    assert_eq!(organisation.preview(&[csv("检查表", &changed)]).drafts, []);

    organisation.options.retire_missing = true;
    organisation.import_whole(&[csv("检查表", &changed)]);
    assert_eq!(
        codes(&organisation),
        [pair("i3", "建立全员责任制"), pair("i2", "氧含量合格")]
    );
    // The old text again is the old item again.
    organisation.import_whole(&[csv("检查表", LISTS)]);
    assert_eq!(
        codes(&organisation),
        [pair("i1", "建立责任制"), pair("i2", "氧含量合格")]
    );
    let register = organisation.register();
    let (code, list) = register.checklists().next().unwrap();
    assert_eq!((code, list.version), ("k1", 4));
    assert!(register.checklist("k1", Some(2)).unwrap().items.len() == 3);
}

#[test]
fn a_checklist_says_its_name_and_industries_in_csv_and_in_a_workbook() {
    let mut organisation = Organisation::default();
    let by_titles = LISTS.replace(
        "检查表,通用检查表,General,适用行业,通用",
        "粉尘检查表\n英文名称,Dust,,适用行业,粉尘涉爆、木制品（涉粉尘）",
    );
    organisation.import_whole(&[csv("一", LISTS), csv("二", &by_titles)]);
    let register = organisation.register();
    let dust = register.checklist("k2", None).unwrap();
    assert_eq!(
        (dust.name.as_str(), dust.english.as_str()),
        ("粉尘检查表", "Dust")
    );
    assert_eq!(dust.industries, ["粉尘涉爆", "木制品（涉粉尘）"]);
    let plain = register.checklist("k1", None).unwrap();
    assert_eq!(
        (plain.name.as_str(), plain.english.as_str()),
        ("通用检查表", "General")
    );

    let without = LISTS.replace(",适用行业,通用", "");
    let outcome = Organisation::default().import(&[csv("检查表", &without)]);
    assert_eq!(blocks(&outcome), ["检查表 - 适用行业: 通用检查表 → blank"]);
}

#[test]
fn a_target_is_found_by_letter_and_metric_whatever_its_name() {
    let mut organisation = begun();
    let doubled = format!(
        "{}2026,应急管理局,马平,应急管理局,个人,逾期未整改隐患(条),5,月,100,每条扣2分,\n",
        LETTERS.trim_start()
    );
    let outcome = organisation.preview(&[csv("目标", &doubled)]);
    assert_eq!(
        blocks(&outcome),
        ["目标 5 指标: 逾期未整改隐患(条) → key_twice"]
    );
    let changed = LETTERS.replace("每条扣2分", "每条扣5分");
    let outcome = organisation.import_whole(&[csv("目标", &changed)]);
    assert_eq!(outcome.drafts.len(), 1);
    let field = &outcome.changes[0].fields[0];
    assert_eq!(
        (field.column, field.before.as_str(), field.after.as_str()),
        ("评分规则", "每条扣2分", "每条扣5分")
    );
    assert_eq!(
        outcome.changes[0].row,
        "2026年马平责任书，逾期未整改隐患（条）"
    );
}

#[test]
fn a_visit_is_found_by_year_unit_site_month_and_kind() {
    let mut organisation = begun();
    let changed = PLAN
        .replace("夏娟、马平", "夏娟")
        .replace(",3,日常,", ",4,双随机,");
    let outcome = organisation.import_whole(&[csv("计划", &changed)]);
    let count = outcome.counts[&crate::import::Kind::Plan];
    assert_eq!((count.new, count.changed, count.missing), (1, 1, 1));
    let doubled = format!(
        "{}2026,东关街道办事处,宏达机械,3,双随机,,,4\n",
        PLAN.trim_start()
    );
    let outcome = organisation.preview(&[csv("计划", &doubled)]);
    assert_eq!(blocks(&outcome), ["计划 4 检查对象: 宏达机械 → key_twice"]);
}

#[test]
fn the_yearly_limit_is_one_per_unit_and_site() {
    let rows = format!(
        "{}2026,东关街道办事处,宏达机械,5,日常,,,6\n",
        PLAN.trim_start()
    );
    let outcome = begun().preview(&[csv("计划", &rows)]);
    assert_eq!(
        blocks(&outcome),
        ["计划 4 年度检查上限（次）: 6 → limit_differs"]
    );
}
