//! The sample district: `sample/`, as one workbook and as CSV files.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

fn files(folder: &str, ending: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../sample")
        .join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| SourceFile {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(path).unwrap(),
        })
        .collect()
}

fn sample(ending: &str) -> Vec<SourceFile> {
    [files("checklists", ending), files("demo", ending)].concat()
}

/// The register's rows in words, free of ids: what two imports are compared by.
fn in_words(organisation: &Organisation) -> Vec<String> {
    let mut text = serde_json::to_string(
        &organisation
            .in_force()
            .into_iter()
            .map(|((table, id), fields)| (table, id, fields))
            .collect::<Vec<_>>(),
    )
    .unwrap();
    for ((table, id), fields) in organisation.in_force() {
        let name = match table {
            Table::Unit | Table::Person => fields["key"].as_str().or(fields["phone"].as_str()),
            Table::Checklist => fields["name"].as_str(),
            Table::Letter => None,
            _ => continue,
        };
        let name = name.map_or_else(|| fields.to_string(), str::to_owned);
        text = text.replace(&format!("\"{id}\""), &format!("<{name}>"));
    }
    let mut rows: Vec<String> = text
        .split("],[")
        .map(|row| match row.split_once(',') {
            // The ids of posts, targets and visits say nothing.
            Some((table, rest)) => format!("{table}{}", rest.split_once(',').map_or("", |r| r.1)),
            None => row.to_owned(),
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn the_sample_imports_with_nothing_to_mend() {
    let mut organisation = Organisation::default();
    let outcome = organisation.import_whole(&sample("csv"));
    let counts = |kind| outcome.counts[&kind];
    assert_eq!(counts(crate::import::Kind::Units).new, 48);
    assert_eq!(counts(crate::import::Kind::People).rows, 180);
    assert_eq!(counts(crate::import::Kind::People).new, 180);
    assert_eq!(counts(crate::import::Kind::Checklists).new, 8);
    assert_eq!(counts(crate::import::Kind::Letters).new, 1096);
    assert_eq!(counts(crate::import::Kind::Plan).new, 135);
    let register = organisation.register();
    assert_eq!(register.people().count(), 180);
    assert_eq!(register.letters().count(), 226);
    assert!(
        register
            .targets()
            .all(|(_, target)| target.metric.is_some())
    );
    assert_eq!(register.settings().counted_from, Some(day("2026-11-24")));
    // Two certificates are past their day, 南坡镇 has officers of other departments.
    let notes = notes(&outcome);
    let of = |code: &str| notes.iter().filter(|note| note.ends_with(code)).count();
    assert_eq!(of("certificate_expired"), 2);
    assert_eq!(of("joint_officer"), 26);
    assert_eq!(notes.len(), 28, "{notes:#?}");
}

#[test]
fn workbook_and_csv_give_the_same_register() {
    let mut by_csv = Organisation::default();
    by_csv.import_whole(&sample("csv"));
    let mut by_workbook = Organisation::default();
    by_workbook.import_whole(&sample("xlsx"));
    pretty(&in_words(&by_csv), &in_words(&by_workbook));
}

fn pretty(left: &[String], right: &[String]) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        let missing = a.iter().filter(|row| !b.contains(row));
        missing.take(3).cloned().collect()
    };
    assert_eq!(only(left, right), only(right, left));
    assert_eq!(left.len(), right.len());
}

#[test]
fn the_same_files_again_change_nothing() {
    let mut organisation = Organisation::default();
    organisation.import_whole(&sample("csv"));
    for ending in ["csv", "xlsx"] {
        let again = organisation.import_whole(&sample(ending));
        assert_eq!(again.drafts, []);
        assert_eq!(again.changes, []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn the_order_of_files_does_not_matter(
        shuffled in Just(sample("csv")).prop_shuffle(),
    ) {
        let mut organisation = Organisation::default();
        organisation.import_whole(&shuffled);
        let mut sorted = Organisation::default();
        sorted.import_whole(&sample("csv"));
        prop_assert_eq!(organisation.rows, sorted.rows);
    }
}
