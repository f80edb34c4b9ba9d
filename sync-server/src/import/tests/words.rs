//! What each cell may say.

use xunan_core::register::{AnswerType, Power, Risk, UnitLevel};

use super::super::{answer_type, place, value};
use super::*;

const UNIT_HEADER: &str = "单位名称,层级,上级单位（属地）,行业主管部门,全区监管职责,责令整改权限,统一社会信用代码,经度,纬度,坐标系,风险等级,从业人数\n青石区,区,,,,,,,,,,\n";

fn unit(row: &str) -> (Outcome, Organisation) {
    let mut organisation = Organisation::default();
    let outcome = organisation.import(&[csv("单位", &format!("{UNIT_HEADER}{row}\n"))]);
    (outcome, organisation)
}

#[test]
fn a_level_has_several_words() {
    for (word, level) in [
        ("区直部门", UnitLevel::Department),
        ("政府（区直）部门", UnitLevel::Department),
        ("政府(区直)部门", UnitLevel::Department),
        ("乡镇（街道）", UnitLevel::Township),
        ("乡镇（街道办）", UnitLevel::Township),
    ] {
        let (_, organisation) = unit(&format!("甲,{word},青石区,,,,,,,,,"));
        assert_eq!(
            organisation.unit_named("甲").unwrap().level,
            level,
            "{word}"
        );
    }
    let (outcome, _) = unit("甲,村,青石区,,,,,,,,,");
    assert_eq!(blocks(&outcome), ["单位 3 层级: 村 → word_unknown"]);
    assert!(outcome.problems[0].advice.contains("生产经营单位"));
}

#[test]
fn powers_and_remits_are_known_words_of_government_units() {
    let (_, organisation) = unit("甲,区直部门,青石区,,消防、特种设备,法定,,,,,,");
    let bureau = organisation.unit_named("甲").unwrap();
    assert_eq!(bureau.remit.as_deref(), Some("消防、特种设备"));
    assert_eq!(bureau.power, Some(Power::Statutory));
    let (_, organisation) = unit("甲,区直部门,青石区,,无,无,,,,,,");
    let bureau = organisation.unit_named("甲").unwrap();
    assert_eq!((bureau.remit, bureau.power), (None, None));
    let (outcome, _) = unit("甲,区直部门,青石区,,见文件,口头,,,,,,");
    assert_eq!(
        blocks(&outcome),
        [
            "单位 3 全区监管职责: 见文件 → word_unknown",
            "单位 3 责令整改权限: 口头 → word_unknown"
        ]
    );
    let (outcome, _) = unit("甲,生产经营单位,青石区,,消防,法定,91379900MA00000001,,,,,");
    assert_eq!(
        blocks(&outcome),
        [
            "单位 3 全区监管职责: 消防 → government_only",
            "单位 3 责令整改权限: 法定 → government_only"
        ]
    );
}

#[test]
fn risk_colours_and_workers_are_read_as_people_write_them() {
    let (_, organisation) = unit("甲,生产经营单位,青石区,,,,91379900ma00000001,,,,橙色,1，200人");
    let site = organisation.unit_named("甲").unwrap();
    assert_eq!((site.risk, site.workers), (Some(Risk::Orange), Some(1200)));
    assert_eq!(site.key, "91379900MA00000001");
    let (outcome, _) = unit("甲,生产经营单位,青石区,,,,91379900MA00000001,,,,紫,若干");
    assert_eq!(
        blocks(&outcome),
        [
            "单位 3 风险等级: 紫 → word_unknown",
            "单位 3 从业人数: 若干 → number_expected"
        ]
    );
}

#[test]
fn coordinates_are_wgs_84_unless_said_otherwise() {
    let at = |east: &str, north: &str, system: &str| {
        let row = format!("甲,生产经营单位,青石区,,,,91379900MA00000001,{east},{north},{system},,");
        unit(&row).1.unit_named("甲").unwrap().place.unwrap()
    };
    assert_eq!(at("118.200109", "36.112052", ""), (36.112052, 118.200109));
    // Beijing, from the test data that the known conversions share.
    let near = |place: (f64, f64)| {
        assert!((place.0 - 39.911954).abs() < 2e-5, "{place:?}");
        assert!((place.1 - 116.377817).abs() < 2e-5, "{place:?}");
    };
    near(at("116.384047", "39.913345", "GCJ-02"));
    near(at("116.390455", "39.919576", "bd09"));
    let (outcome, _) = unit("甲,生产经营单位,青石区,,,,91379900MA00000001,36.1,118.2,,,");
    assert_eq!(
        blocks(&outcome),
        ["单位 3 纬度: 118.2 → place_out_of_range"]
    );
    let (outcome, _) = unit("甲,生产经营单位,青石区,,,,91379900MA00000001,118.2,,,,");
    assert_eq!(blocks(&outcome), ["单位 3 经度: 118.2 → half_filled"]);
    let (outcome, _) = unit("甲,生产经营单位,青石区,,,,91379900MA00000001,118.2,36.1,火星,,");
    assert_eq!(blocks(&outcome), ["单位 3 坐标系: 火星 → word_unknown"]);
}

#[test]
fn outside_china_nothing_is_shifted() {
    let paris = (48.8566, 2.3522);
    assert_eq!(place::to_wgs84(paris, place::System::Gcj02), paris);
}

#[test]
fn days_are_read_in_every_common_form() {
    for text in [
        "2028-06-30",
        "2028/6/30",
        "2028.6.30",
        "2028年6月30日",
        "2028年06月30日",
        "20280630",
        "2028/6/30 0:00",
        "2028-06-30T00:00:00",
    ] {
        assert_eq!(value::date(text).unwrap(), day("2028-06-30"), "{text}");
    }
    for text in [
        "",
        "长期",
        "2028年6月",
        "2028-13-01",
        "30/6/2028",
        "2028-06-30-1",
        "46203",
    ] {
        assert!(value::date(text).is_err(), "{text}");
    }
}

#[test]
fn numbers_are_kept_exact_to_three_places() {
    for (text, thousandths) in [
        ("100", 100_000),
        ("100%", 100_000),
        ("97.5％", 97_500),
        ("0", 0),
        ("1,200", 1_200_000),
        ("0.125", 125),
        ("5.0", 5_000),
    ] {
        assert_eq!(value::decimal(text).unwrap().0, thousandths, "{text}");
    }
    for text in ["", "许多", "-1", "1.2345", "1.2.3", ".5", "1e3", "%"] {
        assert!(value::decimal(text).is_err(), "{text}");
    }
    assert_eq!(value::shown(value::decimal("97.50").unwrap()), "97.5");
}

#[test]
fn months_agree_with_the_year() {
    for text in [
        "3",
        "03",
        "3月",
        "3月份",
        "2026年3月",
        "2026-03",
        "2026-03-01",
    ] {
        assert_eq!(value::month(text, 2026).unwrap(), 3, "{text}");
    }
    for text in ["0", "13", "三月", "2025年3月", "3-4", ""] {
        assert!(value::month(text, 2026).is_err(), "{text}");
    }
}

#[test]
fn answer_types_are_read() {
    let number = |low: Option<&str>, high: Option<&str>| AnswerType::Number {
        unit: "%".to_owned(),
        low: low.map(str::to_owned),
        high: high.map(str::to_owned),
    };
    for (text, answer) in [
        ("符合/不符合/不适用", AnswerType::Conform),
        ("符合／不符合／不适用", AnswerType::Conform),
        ("文字", AnswerType::Text),
        ("数值（%），19.5–23.5", number(Some("19.5"), Some("23.5"))),
        ("数值(%),19.5-23.5", number(Some("19.5"), Some("23.5"))),
        ("数值（%），-10～40", number(Some("-10"), Some("40"))),
        ("数值（%），≤5", number(None, Some("5"))),
        ("数值（%），≥5", number(Some("5"), None)),
        ("数值（%）", number(None, None)),
        (
            "选项：甲/乙",
            AnswerType::Choice {
                options: vec!["甲".to_owned(), "乙".to_owned()],
            },
        ),
    ] {
        assert_eq!(answer_type::read(text).unwrap(), answer, "{text}");
    }
    for text in [
        "",
        "符合/不符合",
        "数值（%），高",
        "数值（%），9–1",
        "数值（%",
        "选项：甲",
    ] {
        assert!(answer_type::read(text).is_err(), "{text}");
    }
}

#[test]
fn a_name_is_suggested_only_when_it_is_the_nearest() {
    let names = ["王立新", "谢红旗", "万春梅"];
    let similar = |text| value::similar(text, names.into_iter());
    assert_eq!(similar("王立"), Some("王立新".to_owned()));
    assert_eq!(similar("王力新"), Some("王立新".to_owned()));
    assert_eq!(similar("赵大山"), None);
    assert_eq!(value::similar("王", ["王一", "王二"].into_iter()), None);
}
