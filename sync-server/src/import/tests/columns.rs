//! How sheets and columns are found and cells are read.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

fn workbook(fill: impl FnOnce(&mut Workbook)) -> SourceFile {
    let mut book = Workbook::new();
    fill(&mut book);
    SourceFile {
        name: "台账.xlsx".to_owned(),
        bytes: book.save_to_buffer().unwrap(),
    }
}

/// The units as CSV and this one besides.
fn with_units(file: SourceFile) -> Vec<SourceFile> {
    vec![csv("单位", UNITS), file]
}

#[test]
fn headers_are_found_in_any_order_and_width_below_titles() {
    let people = "
青石区人员一览表,,,,
二〇二六年,,,,
岗位类别, 单 位 ,手机号 ,职务,姓名
检查人员,应急管理局,13800000002,执法人员,马平
";
    let mut organisation = Organisation::default();
    organisation.import_whole(&with_units(csv("人员", people)));
    assert!(organisation.person_named("马平").is_some());

    let plan = "
检查对象,年度,年度检查上限(次),检查方式,检查单位,计划月份
宏达机械,2026,4,日常,东关街道办事处,3
";
    let mut organisation = begun();
    let outcome = organisation.import_whole(&[csv("计划", plan)]);
    assert_eq!(outcome.drafts, [], "the same visit, with fewer columns");
}

#[test]
fn merged_cells_are_filled_down() {
    let file = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("人员").unwrap();
        let title = Format::new().set_bold();
        sheet.merge_range(0, 0, 0, 3, "人员一览表", &title).unwrap();
        sheet
            .write_row(1, 0, ["单位", "姓名", "手机号", "岗位类别"])
            .unwrap();
        let plain = Format::new();
        sheet.merge_range(2, 0, 3, 0, "应急管理局", &plain).unwrap();
        sheet
            .write_row(2, 1, ["夏娟", "13800000001", "主要领导"])
            .unwrap();
        sheet
            .write_row(3, 1, ["马平", "13800000002", "检查人员"])
            .unwrap();
    });
    let mut organisation = Organisation::default();
    organisation.import_whole(&with_units(file));
    let register = organisation.register();
    let bureau = register
        .units()
        .find(|(_, v)| v.current().unwrap().name == "应急管理局")
        .unwrap()
        .0;
    assert_eq!(register.posts_in(bureau).count(), 2);
}

#[test]
fn percent_cells_are_times_a_hundred_and_date_cells_are_days() {
    let file = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("目标").unwrap();
        let header = "年度,签发单位,签订单位（人）,所在单位,指标,目标值,周期,分值,评分规则";
        sheet.write_row(0, 0, header.split(',')).unwrap();
        let row = "2026,青石区人民政府,应急管理局,,按期复查率（%）,,月,100,按比例得分";
        sheet.write_row(1, 0, row.split(',')).unwrap();
        let percent = Format::new().set_num_format("0.0%");
        sheet.write_with_format(1, 5, 0.07, &percent).unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("人员").unwrap();
        let header = "姓名,手机号,单位,岗位类别,执法证号,证件有效期";
        sheet.write_row(0, 0, header.split(',')).unwrap();
        for (row, format) in [(1, "yyyy-mm-dd"), (2, "yyyy\"年\"m\"月\"d\"日\"")] {
            let name = ["", "马平", "曹秀英"][row as usize];
            sheet.write_row(row, 0, [name]).unwrap();
            sheet
                .write(row, 1, 13_800_000_000_f64 + f64::from(row))
                .unwrap();
            sheet.write_row(row, 2, ["应急管理局", "检查人员"]).unwrap();
            sheet.write(row, 4, f64::from(15_000 + row)).unwrap();
            let date = ExcelDateTime::from_ymd(2028, 6, 30).unwrap();
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(row, 5, &date, &format).unwrap();
        }
    });
    let mut organisation = Organisation::default();
    organisation.import_whole(&with_units(file));
    let target = organisation.register().targets().next().unwrap().1.clone();
    assert_eq!(target.goal, xunan_core::register::Goal::whole(7));
    for name in ["马平", "曹秀英"] {
        let certificate = organisation
            .person_named(name)
            .unwrap()
            .certificate
            .unwrap();
        assert_eq!(certificate.expires, day("2028-06-30"), "{name}");
    }
    assert_eq!(
        organisation.person_named("马平").unwrap().phone.as_deref(),
        Some("13800000001")
    );
}

#[test]
fn remarks_totals_and_headings_are_skipped() {
    let letters = "
年度,签发单位,签订单位（人）,所在单位,指标,目标值,周期,分值,评分规则
一、区直部门,,,,,,,,
2026,青石区人民政府,应急管理局,,按期复查率（%）,100,月,100,按比例得分
合计,,,,,,,100,
注：本表由安委办填报,,,见附件,,,,,
填表人：马平,,,,,审核人：夏娟,,,
制表日期,2026-01-05,,,,,,,
年度,签发单位,签订单位（人）,所在单位,指标,目标值,周期,分值,评分规则
备注,无,,,,,,,
";
    let mut organisation = Organisation::default();
    let outcome = organisation.import_whole(&with_units(csv("目标", letters)));
    assert_eq!(outcome.counts[&crate::import::Kind::Letters].rows, 1);
}

#[test]
fn problems_name_the_rows_of_the_file() {
    let people = "人员表,,,\n\n姓名,手机号,单位,岗位类别\n\"夏\n娟\",13800000001,应急管理局,主要领导\n\n马平,1380000000,应急管理局,检查人员\n";
    // Row 6: an empty line counts, a line within a cell doesn't.
    for people in [people.to_owned(), people.replace('\n', "\r\n")] {
        let outcome = Organisation::default().import(&with_units(csv("人员", &people)));
        assert_eq!(
            blocks(&outcome),
            ["人员 6 手机号: 1380000000 → phone_wrong"]
        );
        assert_eq!(
            outcome.problems[0].advice,
            "手机号要 11 位，这里是 10 位。手机号用来认人，不能猜，请补成 11 位"
        );
    }
}

#[test]
fn csv_may_be_utf_8_or_gb18030() {
    let mut with_bom = "\u{feff}".as_bytes().to_vec();
    with_bom.extend(UNITS.trim_start().as_bytes());
    let gb18030 = encoding_rs::GB18030
        .encode(UNITS.trim_start())
        .0
        .into_owned();
    for bytes in [with_bom, gb18030] {
        let mut organisation = Organisation::default();
        organisation.import_whole(&[SourceFile {
            name: "/home/夏娟/单位.csv".to_owned(),
            bytes,
        }]);
        assert!(organisation.unit_named("东关街道办事处").is_some());
    }
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let file = |name: &str, bytes: &[u8]| SourceFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    for (wrong, words) in [
        (file("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1"), "另存为 .xlsx"),
        (
            file("坏.xlsx", b"PK\x03\x04garbage"),
            "另存为 .xlsx 或 .csv",
        ),
        (
            file("图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "CSV UTF-8",
        ),
        (file("空.csv", b""), "没有找到表头"),
        (csv("别的", "日期,天气\n1,晴\n"), "没有找到表头"),
    ] {
        let outcome = Organisation::default().import(&[wrong]);
        assert!(outcome.is_blocked());
        assert!(
            outcome.problems[0].advice.contains(words),
            "{}",
            outcome.problems[0].advice
        );
    }
}

#[test]
fn columns_that_lack_stand_twice_or_are_unknown_are_named() {
    let people = "姓名,姓名,单位,岗位类别,星座\n马平,,应急管理局,检查人员,狮子\n";
    let outcome = Organisation::default().import(&with_units(csv("人员", people)));
    assert_eq!(
        blocks(&outcome),
        [
            "人员 1 姓名: 姓名 → column_twice",
            "人员 1 手机号:  → column_missing",
            "人员 2 手机号:  → blank",
        ]
    );
    assert_eq!(notes(&outcome), ["人员 1 星座: 星座 → column_unknown"]);
}

#[test]
fn a_sheet_without_a_known_header_is_noted_and_a_failed_formula_blocks() {
    let file = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("人员").unwrap();
        sheet
            .write_row(0, 0, ["姓名", "手机号", "单位", "岗位类别"])
            .unwrap();
        sheet
            .write_row(1, 0, ["马平", "#N/A", "应急管理局", "检查人员"])
            .unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("说明").unwrap();
        sheet.write(0, 0, "填表说明").unwrap();
    });
    let outcome = Organisation::default().import(&with_units(file));
    assert_eq!(notes(&outcome), ["说明 - -:  → sheet_skipped"]);
    assert!(blocks(&outcome).contains(&"人员 2 手机号: #N/A → cell_error".to_owned()));
}
