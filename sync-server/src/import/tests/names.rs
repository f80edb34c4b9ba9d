//! Who and what a name in a cell means; what is noted and imported all the same.

use super::*;

#[test]
fn an_unknown_unit_blocks_with_the_nearest_name() {
    let people = PEOPLE.replace("东关街道办事处", "东关街道办");
    let outcome = begun().preview(&[csv("人员", &people)]);
    assert_eq!(blocks(&outcome), ["人员 4 单位: 东关街道办 → unit_unknown"]);
    assert_eq!(
        outcome.problems[0].advice,
        "没有“东关街道办”这个单位，是不是“东关街道办事处”？请改"
    );
}

#[test]
fn a_unit_may_be_named_by_its_code_where_names_repeat() {
    let units = format!(
        "{}宏达机械,生产经营单位,东关街道办事处,,,,,91379900MA00000003,,,,\n",
        UNITS.trim_start()
    );
    let mut organisation = Organisation::default();
    organisation.import_whole(&[csv("单位", &units)]);
    let outcome = organisation.preview(&[csv("人员", PEOPLE)]);
    assert_eq!(blocks(&outcome), ["人员 5 单位: 宏达机械 → unit_ambiguous"]);
    let people = PEOPLE.replace("宏达机械", "91379900MA00000003");
    organisation.import_whole(&[csv("人员", &people)]);
}

#[test]
fn a_signer_is_found_within_the_unit() {
    let row = |name: &str, unit: &str, level: &str| {
        let header = LETTERS.trim_start().lines().next().unwrap();
        let row =
            format!("2026,应急管理局,{name},{unit},{level},按期复查率（%）,100,月,100,按比例得分,");
        csv("目标", &format!("{header}\n{row}\n"))
    };
    let mut organisation = begun();
    let fault = |organisation: &mut Organisation, file| blocks(&organisation.preview(&[file]));
    assert_eq!(
        fault(&mut organisation, row("万春梅", "应急管理局", "个人")),
        ["目标 2 签订单位（人）: 万春梅 → person_unknown"]
    );
    assert_eq!(
        fault(&mut organisation, row("马平", "", "个人")),
        ["目标 2 所在单位:  → level_without_unit"]
    );
    assert_eq!(
        fault(
            &mut organisation,
            row("马平", "应急管理局", "乡镇（街道办）")
        ),
        ["目标 2 层次: 乡镇（街道办） → level_not_person"]
    );
    assert_eq!(
        fault(&mut organisation, row("宏达机械", "", "乡镇（街道办）")),
        ["目标 2 层次: 乡镇（街道办） → level_disagrees"]
    );
    let namesakes = format!(
        "{}马平,13800000008,应急管理局,,检查人员,,,\n",
        PEOPLE.trim_start()
    );
    organisation.import_whole(&[csv("人员", &namesakes)]);
    let outcome = organisation.preview(&[row("马平", "应急管理局", "个人")]);
    assert_eq!(
        blocks(&outcome),
        ["目标 2 签订单位（人）: 马平 → person_ambiguous"]
    );
    assert!(outcome.problems[0].advice.contains("手机号"));
    let file = row("马平（13800000008）", "应急管理局", "个人");
    organisation.import_whole(&[file]);
}

#[test]
fn officers_are_sought_in_the_unit_then_everywhere() {
    let header = PLAN.trim_start().lines().next().unwrap();
    let row = |officers: &str| {
        let row = format!("2026,东关街道办事处,宏达机械,6,日常,,{officers},");
        csv("计划", &format!("{header}\n{row}\n"))
    };
    let mut organisation = begun();
    let outcome = organisation.preview(&[row("万春梅、马平")]);
    assert_eq!(blocks(&outcome), Vec::<String>::new());
    assert_eq!(
        notes(&outcome),
        ["计划 2 检查人员: 万春梅、马平 → joint_officer"]
    );
    assert_eq!(
        outcome.problems[0].advice,
        "马平在应急管理局，按联合检查人员导入"
    );
    let outcome = organisation.preview(&[row("万春美、吕布")]);
    assert_eq!(
        blocks(&outcome),
        [
            "计划 2 检查人员: 万春美、吕布 → person_unknown",
            "计划 2 检查人员: 万春美、吕布 → person_unknown"
        ]
    );
    assert!(outcome.problems[0].advice.contains("万春梅"));
    let namesakes = format!(
        "{}马平,13800000008,青石区人民政府,,检查人员,,,\n",
        PEOPLE.trim_start()
    );
    organisation.import_whole(&[csv("人员", &namesakes)]);
    assert_eq!(
        blocks(&organisation.preview(&[row("马平")])),
        ["计划 2 检查人员: 马平 → person_ambiguous"]
    );
}

#[test]
fn a_plan_names_known_lists_sites_months_and_kinds() {
    let plan = PLAN
        .replace("通用检查表", "通用检查单")
        .replace("恒源化工,11,领导带队", "东关街道办事处,13,暗访");
    let outcome = begun().preview(&[csv("计划", &plan)]);
    assert_eq!(
        blocks(&outcome),
        [
            "计划 2 检查表: 通用检查单 → list_unknown",
            "计划 3 检查对象: 东关街道办事处 → unit_level_wrong",
            "计划 3 计划月份: 13 → month_expected",
            "计划 3 检查方式: 暗访 → word_unknown"
        ]
    );
}

#[test]
fn a_target_needs_a_number_a_period_and_a_rule() {
    let letters = LETTERS
        .replace("100,季,60,按比例得分", "高,周,六十,看着给")
        .replace("每条扣2分,", "每条扣2分,也许");
    let outcome = begun().preview(&[csv("目标", &letters)]);
    assert_eq!(
        blocks(&outcome),
        [
            "目标 2 目标值: 高 → number_expected",
            "目标 2 周期: 周 → word_unknown",
            "目标 2 分值: 六十 → number_expected",
            "目标 2 评分规则: 看着给 → word_unknown",
            "目标 4 一票否决: 也许 → word_unknown"
        ]
    );
}

#[test]
fn unknown_and_unlawful_metrics_are_kept_with_a_note() {
    let letters = LETTERS
        .replace("年度监督检查计划完成率（%）,100,季", "参加检查（次）,4,季")
        .replace("逾期未整改隐患（条）", "安全积分（分）");
    let mut organisation = begun();
    let outcome = organisation.import_whole(&[csv("目标", &letters)]);
    assert_eq!(
        notes(&outcome),
        [
            "目标 2 指标: 参加检查（次） → metric_unlawful",
            "目标 4 指标: 安全积分（分） → metric_unknown"
        ]
    );
    assert!(outcome.problems[0].advice.contains("国办发〔2024〕54号"));
    let register = organisation.register();
    let target = |name: &str| register.targets().find(|(_, t)| t.name == name).unwrap().1;
    assert_eq!(
        target("参加检查（次）").metric.as_deref(),
        Some("inspections")
    );
    assert_eq!(target("安全积分（分）").metric, None);
}

#[test]
fn training_is_a_target_for_enterprises_alone() {
    let letters = LETTERS
        .replace(
            "应急管理局,,政府（区直）部门,年度",
            "宏达机械,,生产经营单位,年度",
        )
        .replace("年度监督检查计划完成率（%）,100,季", "培训学时,20,季")
        .replace("逾期未整改隐患（条）", "培训学时");
    let outcome = begun().preview(&[csv("目标", &letters)]);
    let unlawful: Vec<String> = notes(&outcome)
        .into_iter()
        .filter(|note| note.ends_with("unlawful"))
        .collect();
    assert_eq!(unlawful, ["目标 4 指标: 培训学时 → metric_unlawful"]);
    assert!(
        outcome
            .problems
            .iter()
            .any(|p| p.advice.contains("国办函〔2026〕12号"))
    );
}

#[test]
fn weights_that_do_not_sum_to_a_hundred_are_noted_once_a_letter() {
    let letters = LETTERS.replace(",季,60,", ",季,50,");
    let outcome = begun().preview(&[csv("目标", &letters)]);
    assert_eq!(notes(&outcome), ["目标 2 分值: 50 → weight_sum"]);
    assert!(
        outcome.problems[0]
            .advice
            .contains("应急管理局责任书的分值合计 90")
    );
}

#[test]
fn a_rate_of_one_is_noted_as_hardly_meant() {
    let letters = LETTERS.replace("（%）,100,季", "（%）,0.98,季");
    let outcome = begun().preview(&[csv("目标", &letters)]);
    assert_eq!(notes(&outcome), ["目标 2 目标值: 0.98 → goal_doubtful"]);
}

#[test]
fn an_expired_certificate_is_noted() {
    let people = PEOPLE.replace("2027-06-30", "2026-11-23");
    let outcome = begun().preview(&[csv("人员", &people)]);
    assert_eq!(
        notes(&outcome),
        ["人员 3 证件有效期: 2026-11-23 → certificate_expired"]
    );
    // It is valid through its day.
    let people = PEOPLE.replace("2027-06-30", "2026-11-24");
    assert_eq!(
        notes(&begun().preview(&[csv("人员", &people)])),
        Vec::<String>::new()
    );
}

#[test]
fn a_number_under_another_name_renames_and_is_noted() {
    let mut organisation = begun();
    let people = PEOPLE.replace("万春梅", "万春美");
    let outcome = organisation.import_whole(&[csv("人员", &people)]);
    assert_eq!(notes(&outcome), ["人员 4 姓名: 万春美 → name_changed"]);
    assert!(organisation.person_named("万春梅").is_none());
}
