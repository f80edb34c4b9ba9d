//! Every number of a small year against a second count, in Python, from core's own lines. What has no
//! receipt yet is in it, as on a device; `tests/it/count` counts full years by the relay's export.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use xunan_core::export;
use xunan_core::record::{read_finding, read_inspection};
use xunan_core::register::{Register, Table};
use xunan_core::target::{Counting, Facts, FindingFacts, InspectionFacts};
use xunan_core::testing::year::{Year, at, day};
use xunan_core::timestamp::Timestamp;

use super::sample::{Sample, file, people_sheet};

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
    for name in ["单位.csv", "年度检查计划.csv", "责任书目标.csv"] {
        std::fs::write(folder.join(name), file(name)).unwrap();
    }
    std::fs::write(folder.join("人员.csv"), people_sheet()).unwrap();
}

#[test]
fn every_number_of_a_year_is_the_same_counted_by_somebody_else() {
    let sample = Sample::read();
    let year = Year::generate(&sample.district, 2, 160, 200);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("targets");
    std::fs::create_dir_all(&folder).unwrap();
    sheets(&folder);
    let mut rows = sample.rows.clone();
    let counted_from = serde_json::json!({ "value": "2026-03-15" });
    rows.push(sample.row(Table::Setting, "counted_from", counted_from));
    let register = Register::new(&rows, None);
    let export = folder.join("export.jsonl");
    let after_the_year = at(day("2027-01-05"), 0, 0);
    write_export(&export, &year, &register, after_the_year);
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/targets.py");
    let run = Command::new("python3")
        .arg(oracle)
        .arg(&folder)
        .arg(&export)
        .output();
    let run = run.unwrap_or_else(|error| panic!("the oracle needs python3: {error}"));
    let said = String::from_utf8_lossy(&run.stdout);
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}{errors}");
    // It must have found something to compare.
    assert!(said.contains("1096 targets"), "{said}");
}
