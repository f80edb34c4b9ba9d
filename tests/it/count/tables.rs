//! The exports that people open: CSV and workbooks.

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use calamine::{Reader as _, Xlsx};
use xunan_core::record::read_finding;

use super::place::Place;

type Rows = Vec<Vec<String>>;

fn table(place: &Place, kind: &str) -> Result<Rows> {
    let bytes = place.output(&["export", "--kind", kind, "--format", "csv"])?;
    let marked = bytes.strip_prefix("\u{feff}".as_bytes());
    let bytes = marked.context("no byte order mark: spreadsheet programs take it for GB18030")?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let mut rows = Rows::new();
    for row in reader.records() {
        rows.push(row?.iter().map(str::to_owned).collect());
    }
    Ok(rows)
}

fn workbook(place: &Place, kind: &str, sheet: &str) -> Result<Rows> {
    let bytes = place.output(&["export", "--kind", kind, "--format", "xlsx"])?;
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let range = book.worksheet_range(sheet)?;
    let rows = range.rows();
    Ok(rows
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect())
}

/// As a table of the CSV shows a text that could be a formula.
fn inert(rows: &Rows) -> Rows {
    let cell = |text: &String| {
        let quote = text.starts_with(['=', '+', '-', '@']).then_some("'");
        format!("{}{text}", quote.unwrap_or_default())
    };
    rows.iter()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

fn cell<'r>(rows: &'r Rows, row: &'r [String], column: &str) -> &'r str {
    let headers = rows.first().map_or(&[][..], Vec::as_slice);
    let at = headers.iter().position(|header| header == column);
    at.and_then(|at| row.get(at)).map_or("", String::as_str)
}

#[test]
fn tables_and_workbooks_have_a_row_for_each_record_under_the_same_headers() -> Result<()> {
    let place = Place::new("tables", 3, (150, 40))?;
    let mut tables = Vec::new();
    for (kind, sheet, first) in [
        ("inspections", "检查", "编号"),
        ("findings", "隐患", "编号"),
        ("targets", "责任书目标", "年度"),
    ] {
        let rows = table(&place, kind)?;
        let book = workbook(&place, kind, sheet)?;
        ensure!(rows[0][0] == first, "{kind}: {:?}", rows[0]);
        ensure!(inert(&book) == rows, "{kind}: workbook and CSV differ");
        tables.push(rows);
    }
    let [inspections, findings, targets] = &tables[..] else {
        unreachable!()
    };
    // What is on its device alone is not in the export.
    let here = |doc: &&xunan_core::testing::year::Doc| {
        doc.history.entries().next().unwrap().1.received.is_some()
    };
    let written = place.year.inspections.iter().filter(here).count();
    ensure!(inspections.len() == written + 1, "{}", inspections.len());
    ensure!(targets.len() > 1096, "{}", targets.len());
    let reported: Vec<_> = place.year.findings.iter().filter(here).collect();
    ensure!(findings.len() == reported.len() + 1, "{}", findings.len());
    for doc in reported {
        let read = read_finding(&doc.history, &place.register).context("a finding")?;
        let id = read.id.to_string();
        let row = findings
            .iter()
            .find(|row| row[0] == id)
            .context("its row")?;
        let reporter = place
            .register
            .person(read.reporter.context("its reporter")?);
        let name = &reporter.context("the reporter")?.name;
        ensure!(cell(findings, row, "上报人") == name, "{row:?}");
        let site = read.site.and_then(|site| place.register.unit(site));
        if let Some(site) = site {
            ensure!(cell(findings, row, "检查对象") == site.name, "{row:?}");
        }
    }
    Ok(())
}
