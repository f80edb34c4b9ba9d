//! Rows and files of the export.

use xunan_core::record::{Event, FindingAct, Level};
use xunan_core::testing::{Cast, Story, day};

use super::*;

fn exporter<'s>(register: &'s Register, selection: &'s Selection) -> Exporter<'s> {
    Exporter {
        register,
        selection,
        now: Story::begin_time(),
    }
}

/// A hazard at 宏达, ordered, and graded by somebody who had not seen the order.
fn ordered(cast: &Cast) -> Story<'_> {
    let mut story = Story::finding(cast, "周敏", &[("where", "二车间")]);
    let order = Event {
        unit: Some(cast.unit("东关")),
        officers: Some([cast.person("周敏"), cast.person("李强")]),
        ..Event::new(FindingAct::Ordered {
            due: day(5),
            who: cast.person("李娜"),
            ground: "《安全生产法》".to_owned(),
        })
    };
    story.event("order", "周敏", &["root"], order);
    story.event("grade", "孙监", &["root"], {
        Event::new(FindingAct::Graded {
            level: Level::General,
            clause: None,
        })
    });
    story.event(
        "accept",
        "李娜",
        &["order"],
        Event::new(FindingAct::Accepted),
    );
    story.received("root", Story::begin_time().plus(5 * 60_000));
    story
}

fn cell(row: &[String], columns: &[&str], column: &str) -> String {
    let at = columns.iter().position(|name| *name == column).unwrap();
    row[at].clone()
}

#[test]
fn a_finding_is_a_row_with_names_and_local_times() {
    let cast = Cast::new();
    let selection = Selection::default();
    let found = exporter(&cast.register(), &selection)
        .record(&ordered(&cast).told())
        .unwrap();
    assert_eq!(found.rows[0].len(), finding::COLUMNS.len());
    for (column, text) in [
        ("检查对象", "宏达机械"),
        ("具体位置", "二车间"),
        ("等级", "一般"),
        ("上报人", "周敏"),
        ("状态", "已签收"),
        ("责令单位", "东关街道"),
        ("整改责任人", "李娜"),
        ("整改期限", "2026-12-05"),
        ("逾期", ""),
    ] {
        assert_eq!(
            cell(&found.rows[0], &finding::COLUMNS, column),
            text,
            "{column}"
        );
    }
    let reported = cell(&found.rows[0], &finding::COLUMNS, "上报时间");
    assert!(reported.starts_with("2026-12-01 09:0"), "{reported}");
}

#[test]
fn an_inspection_is_a_row() {
    let cast = Cast::new();
    let selection = Selection::default();
    let mut story = Story::inspection(&cast, "周敏", &[("a/k1/1", "fail"), ("a/k1/2", "20.9")]);
    story.text("join", "李强", &["root"], &[("a/k1/1", "ok")]);
    let found = exporter(&cast.register(), &selection)
        .record(&story.told())
        .unwrap();
    assert_eq!(found.rows[0].len(), inspection::COLUMNS.len());
    for (column, text) in [
        ("检查对象", "宏达机械"),
        ("检查方式", "日常检查"),
        ("检查人员", "周敏"),
        ("符合", "2"),
        ("记录完整", ""),
    ] {
        assert_eq!(
            cell(&found.rows[0], &inspection::COLUMNS, column),
            text,
            "{column}"
        );
    }
    assert_eq!(found.line["record"], "inspection");
}

#[test]
fn records_are_selected_by_unit_and_day() {
    let cast = Cast::new();
    let history = ordered(&cast).told();
    let selected = |selection: Selection| {
        exporter(&cast.register(), &selection)
            .record(&history)
            .is_some()
    };
    let of = |unit: &str| {
        selected(Selection {
            unit: Some(cast.unit(unit)),
            ..Selection::default()
        })
    };
    for (unit, is_in) in [
        ("宏达", true),
        ("东关", true),
        ("应急局", true),
        ("区", true),
        ("西关", false),
    ] {
        assert_eq!(of(unit), is_in, "{unit}");
    }
    let between = |from: u8, to: u8| {
        selected(Selection {
            from: Some(day(from)),
            to: Some(day(to)),
            ..Selection::default()
        })
    };
    assert!(between(1, 1));
    assert!(!between(2, 3));
    assert!(!selected(Selection {
        to: Some(day(1).plus_days(-1)),
        ..Selection::default()
    }));
}

#[test]
fn tables_are_csv_with_a_mark_and_workbooks() {
    let mut sheet = Sheet::new("隐患", &["内容", "备注"]);
    sheet.push(vec!["=HYPERLINK(\"x\")".to_owned(), "a,b".to_owned()]);
    let mut csv = Vec::new();
    sheet.write_csv(&mut csv).unwrap();
    assert_eq!(
        String::from_utf8(csv).unwrap(),
        "\u{feff}内容,备注\n\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\n"
    );
    let mut book = Vec::new();
    sheet.write_workbook(&mut book).unwrap();
    let mut read: calamine::Xlsx<_> = calamine::Reader::new(io::Cursor::new(book)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut read, "隐患").unwrap();
    assert_eq!(
        range.get_value((1, 0)).unwrap().to_string(),
        "=HYPERLINK(\"x\")"
    );
}
