//! Every number of a generated year against a second count, in Python, from the export alone.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use xunan_core::export;
use xunan_core::record::{read_finding, read_inspection};
use xunan_core::register::{Register, Table};
use xunan_core::target::{Counting, Facts, FindingFacts, InspectionFacts};
use xunan_core::timestamp::Timestamp;

use super::sample::{Sample, people_sheet};
use super::world::{at, day};
use super::year::Year;

/// Facts of all records, as a device keeps them.
pub(crate) fn facts(year: &Year, register: &Register) -> (Vec<InspectionFacts>, Vec<FindingFacts>) {
    let inspections = year.inspections.iter().map(|doc| {
        let read = read_inspection(&doc.history, register, register).unwrap();
        InspectionFacts::from(&read)
    });
    let findings = year.findings.iter().map(|doc| {
        let read = read_finding(&doc.history, register).unwrap();
        FindingFacts::new(&read, &doc.history)
    });
    (inspections.collect(), findings.collect())
}

fn write_export(path: &Path, year: &Year, register: &Register, now: Timestamp) {
    let (inspections, findings) = facts(year, register);
    let counting = Counting::new(Facts {
        register,
        inspections: &inspections,
        findings: &findings,
        now,
    });
    let mut lines = vec![export::settings(register, now)];
    for doc in &year.inspections {
        let read = read_inspection(&doc.history, register, register).unwrap();
        lines.push(export::inspection(&doc.history, &read, register));
    }
    for doc in &year.findings {
        let read = read_finding(&doc.history, register).unwrap();
        lines.push(export::finding(&doc.history, &read, register));
    }
    let targets = register.targets();
    lines.extend(targets.map(|(id, _)| export::target(&counting, register, id).unwrap()));
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    for line in lines {
        serde_json::to_writer(&mut file, &line).unwrap();
        file.write_all(b"\n").unwrap();
    }
    file.flush().unwrap();
}

/// The sheets that the oracle reads: the sample's, with this sample's certificates.
fn sheets(folder: &Path) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample/demo");
    for name in ["单位.csv", "年度检查计划.csv", "责任书目标.csv"] {
        std::fs::copy(sample.join(name), folder.join(name)).unwrap();
    }
    std::fs::write(folder.join("人员.csv"), people_sheet()).unwrap();
}

fn count_again(sample: &Sample, year: &Year, name: &str, (now, counted_from): (Timestamp, &str)) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("targets")
        .join(name);
    std::fs::create_dir_all(&folder).unwrap();
    sheets(&folder);
    let mut rows = sample.rows.clone();
    if !counted_from.is_empty() {
        rows.push(sample.row(
            Table::Setting,
            "counted_from",
            serde_json::json!({ "value": counted_from }),
        ));
    }
    let register = Register::new(&rows, None);
    let export = folder.join("export.jsonl");
    write_export(&export, year, &register, now);
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/targets.py");
    let run = Command::new("python3")
        .arg(oracle)
        .arg(&folder)
        .arg(&export)
        .output();
    let run = run.unwrap_or_else(|error| panic!("the oracle needs python3: {error}"));
    let said = String::from_utf8_lossy(&run.stdout);
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{name}\n{said}{errors}");
    // It must have found something to compare.
    assert!(said.contains("1096 targets"), "{said}");
}

/// How large a year: `XUNAN_CASES` of the full size in per cent, 100 unless said.
fn size(full: usize) -> usize {
    let cases = std::env::var("XUNAN_CASES")
        .ok()
        .and_then(|n| n.parse::<usize>().ok());
    full * cases.unwrap_or(100).min(100) / 100
}

#[test]
fn every_number_of_a_year_is_the_same_counted_by_somebody_else() {
    let sample = Sample::read();
    for seed in [1, 2] {
        let year = Year::generate(&sample, seed, size(300), size(1000));
        let in_november = at(day("2026-11-24"), 10, 0);
        let after_the_year = at(day("2027-01-05"), 0, 0);
        count_again(
            &sample,
            &year,
            &format!("{seed} running"),
            (in_november, ""),
        );
        count_again(
            &sample,
            &year,
            &format!("{seed} over"),
            (after_the_year, "2026-03-15"),
        );
    }
}
