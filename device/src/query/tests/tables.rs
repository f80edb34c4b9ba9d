//! The tables of findings and inspections.

use super::*;

#[test]
fn a_table_is_sorted_by_each_column_with_the_empty_ones_last() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let by = |by: FindingColumn, descending: bool| -> Vec<FindingLine> {
        table(
            &view,
            FindingAsk {
                by,
                descending,
                ..FindingAsk::default()
            },
        )
        .0
    };
    let up: Vec<Option<Date>> = by(FindingColumn::Deadline, false)
        .iter()
        .map(|l| l.deadline)
        .collect();
    let down: Vec<Option<Date>> = by(FindingColumn::Deadline, true)
        .iter()
        .map(|l| l.deadline)
        .collect();
    assert_eq!(up.last(), Some(&None));
    assert_eq!(down.last(), Some(&None));
    let mut reversed = down[..6].to_vec();
    reversed.reverse();
    assert_eq!(up[..6], reversed[..]);
    assert!(up[..6].is_sorted());
    let level = by(FindingColumn::Level, false);
    assert_eq!(level[0].row.level, Level::Major);
    let sites: Vec<String> = by(FindingColumn::Site, false)
        .into_iter()
        .map(|line| line.row.site.unwrap().name)
        .collect();
    assert!(sites.is_sorted(), "{sites:?}");
    for column in [
        FindingColumn::Due,
        FindingColumn::Text,
        FindingColumn::State,
        FindingColumn::Part,
    ] {
        assert_eq!(by(column, true).len(), 7);
    }
}

#[test]
fn pages_of_a_table_are_the_whole_of_it() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let ids = |offset: u32, limit: u32| -> Vec<DocId> {
        let ask = FindingAsk {
            offset,
            limit,
            ..FindingAsk::default()
        };
        view.finding_table(&ask)
            .rows
            .into_iter()
            .map(|line| line.row.id)
            .collect()
    };
    assert_eq!([ids(0, 3), ids(3, 3), ids(6, 3)].concat(), ids(0, 50));
}

#[test]
fn a_table_is_filtered_by_words_state_level_and_period() {
    let mut desk = one_of_each();
    desk.found(8, "宏达", "2026-11-20".parse().unwrap()).put();
    let view = desk.view("王监");
    let total = |ask: FindingAsk| table(&view, ask).1;
    assert_eq!(total(FindingAsk::default()), 7);
    let words = |query: &str| {
        total(FindingAsk {
            query: query.to_owned(),
            ..FindingAsk::default()
        })
    };
    assert_eq!(
        (words("恒源"), words("hyhg"), words("第1处"), words("没有")),
        (3, 3, 1, 0)
    );
    let states = vec![FindingState::Reported];
    assert_eq!(
        total(FindingAsk {
            states,
            ..FindingAsk::default()
        }),
        2
    );
    assert_eq!(
        total(FindingAsk {
            level: Some(Level::Major),
            ..FindingAsk::default()
        }),
        1
    );
    assert_eq!(
        total(FindingAsk {
            scope: scope(None, "2026-11"),
            ..FindingAsk::default()
        }),
        1
    );
    let without = Some(String::new());
    assert_eq!(
        total(FindingAsk {
            section: without,
            ..FindingAsk::default()
        }),
        7
    );
    let measure = Some(Measure::Reported);
    let reported = FindingAsk {
        measure,
        scope: scope(None, "2026-12"),
        ..FindingAsk::default()
    };
    assert_eq!(
        total(reported),
        5,
        "an enterprise's own finding is no metric's"
    );
}

#[test]
fn inspections_say_how_many_findings_they_made() {
    let mut desk = Desk::new();
    desk.visited(1, "宏达", day(3));
    desk.visited(2, "恒源", day(4));
    for number in 10..13 {
        let mut found = desk.found(number, "恒源", day(4));
        found.record.from = Some(doc(2));
        found.put();
    }
    let view = desk.view("王监");
    let table = view.inspection_table(&InspectionAsk {
        by: crate::request::InspectionColumn::Findings,
        descending: true,
        ..InspectionAsk::default()
    });
    let counts: Vec<u32> = table.rows.iter().map(|line| line.row.findings).collect();
    assert_eq!((counts, table.total), (vec![3, 0], 2));
    assert_eq!(table.rows[0].units, ["东关街道"]);
}
