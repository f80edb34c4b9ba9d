//! Files as they are: every sheet as rows of texts with the file's own row numbers. What the rows
//! mean is not known here.
//!
//! A cell's text is what a person sees in it: percent-formatted numbers × 100, dates as
//! `2028-06-30`. Merged cells are filled down.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{
    Data, Dimensions, ExcelDateTime, ExcelDateTimeType, Range, Reader, StyleRange, Xlsx,
};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::problem::Fault;

/// A file to import.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path or name, for naming it in problems.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) file: String,
    /// The sheet's name; of a CSV file its name without folders and ending.
    pub(crate) sheet: String,
}

/// A sheet as rows of texts; empty rows are left out.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) origin: Origin,
    pub(crate) rows: Vec<SheetRow>,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct SheetRow {
    /// From 1, as spreadsheet programs count.
    pub(crate) number: u32,
    /// Trimmed texts from column A on.
    pub(crate) cells: Vec<String>,
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// All sheets of a file. What it is shows in its first bytes, whatever its name says.
pub(crate) fn read(file: &SourceFile) -> Result<Vec<Sheet>, Fault> {
    if file.bytes.starts_with(COMPOUND_FILE) {
        return Err(Fault::FileOldFormat);
    }
    if file.bytes.starts_with(ZIP) {
        return read_workbook(file);
    }
    Ok(vec![read_csv(file)?])
}

fn unreadable(error: &impl ToString) -> Fault {
    Fault::FileUnreadable {
        reason: error.to_string(),
    }
}

fn read_csv(file: &SourceFile) -> Result<Sheet, Fault> {
    let text = decode(&file.bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut lines = Lines {
        rest: text.bytes().enumerate().peekable(),
        line: 1,
    };
    // Lines inside quoted cells don't start a row for whoever looks at the file.
    let mut lines_in_cells = 0;
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        let number = u32::try_from(line.saturating_sub(lines_in_cells)).unwrap_or(u32::MAX);
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        lines_in_cells += u64::try_from(inside).unwrap_or(u64::MAX);
        let cells: Vec<String> = record.iter().map(trimmed).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(SheetRow { number, cells });
        }
    }
    let base = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
    let sheet = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    Ok(Sheet {
        origin: Origin {
            file: file.name.clone(),
            sheet: sheet.to_owned(),
        },
        rows,
    })
}

/// Counts lines up to a record's first cell. The reader's own position lies before the line ends
/// and empty lines that it passes over.
struct Lines<'t> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::Bytes<'t>>>,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, position: u64) -> u64 {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        while let Some((_, byte)) = self
            .rest
            .next_if(|(at, byte)| *at < position || matches!(byte, b'\r' | b'\n'))
        {
            self.line = self.line.saturating_add(u64::from(byte == b'\n'));
        }
        self.line
    }
}

/// Chinese spreadsheet programs write CSV in GB18030 unless told otherwise. Text in it is hardly
/// ever valid UTF-8, so UTF-8 is tried first.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    match encoding.decode(bytes) {
        (text, _, false) if !text.contains('\0') => Ok(text),
        _ => Err(Fault::FileEncoding),
    }
}

fn trimmed(text: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    text.trim_matches(invisible).to_owned()
}

fn read_workbook(file: &SourceFile) -> Result<Vec<Sheet>, Fault> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(&file.bytes)).map_err(|error| unreadable(&error))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // A sheet may be a chart, which has no cells.
        let Ok(range) = book.worksheet_range(&name) else {
            continue;
        };
        let styles = book
            .worksheet_style(&name)
            .map_err(|error| unreadable(&error))?;
        let merged = book
            .merge_cells_by_sheet_name(&name)
            .map_err(|error| unreadable(&error))?;
        let styled = Styled {
            styles,
            is_1904: book.has_1904_epoch(),
        };
        sheets.push(Sheet {
            rows: rows_of(&range, &styled, &merged),
            origin: Origin {
                file: file.name.clone(),
                sheet: name,
            },
        });
    }
    Ok(sheets)
}

fn rows_of(range: &Range<Data>, styled: &Styled, merged: &[Dimensions]) -> Vec<SheetRow> {
    let (Some((first_row, first_column)), Some((last_row, last_column))) =
        (range.start(), range.end())
    else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for row in first_row..=last_row {
        let own: Vec<String> = (0..=last_column)
            .map(|column| {
                if column < first_column {
                    return String::new();
                }
                let value = range.get_value((row, column)).unwrap_or(&Data::Empty);
                styled.text(value, (row, column))
            })
            .collect();
        // A row that has nothing of its own is empty, whatever hangs down into it.
        if own.iter().all(String::is_empty) {
            continue;
        }
        rows.push((row, own));
    }
    fill_down(&rows, merged, |row, column| {
        let value = range.get_value((row, column)).unwrap_or(&Data::Empty);
        styled.text(value, (row, column))
    })
}

/// Puts the text of a merged region's first cell into the other rows of its first column.
fn fill_down(
    rows: &[(u32, Vec<String>)],
    merged: &[Dimensions],
    text: impl Fn(u32, u32) -> String,
) -> Vec<SheetRow> {
    let mut filled: Vec<SheetRow> = rows
        .iter()
        .map(|(row, cells)| SheetRow {
            number: row.saturating_add(1),
            cells: cells.clone(),
        })
        .collect();
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        let value = text(region.start.0, region.start.1);
        let inside = region.start.0.saturating_add(2)..=region.end.0.saturating_add(1);
        for row in filled.iter_mut().filter(|row| inside.contains(&row.number)) {
            let column = usize::try_from(region.start.1).unwrap_or(usize::MAX);
            if let Some(cell) = row.cells.get_mut(column)
                && cell.is_empty()
            {
                cell.clone_from(&value);
            }
        }
    }
    filled
}

/// The formats that decide what a number means.
struct Styled {
    styles: StyleRange,
    is_1904: bool,
}

impl Styled {
    fn text(&self, value: &Data, at: (u32, u32)) -> String {
        match value {
            Data::Empty => String::new(),
            Data::String(text) => trimmed(text),
            #[expect(
                clippy::cast_precision_loss,
                reason = "cells hold doubles to begin with"
            )]
            Data::Int(number) => self.number(*number as f64, at),
            Data::Float(number) => self.number(*number, at),
            Data::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Data::DateTime(date) if date.is_datetime() => day(*date),
            Data::DateTime(duration) => plain_number(duration.as_f64()),
            Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
            Data::DurationIso(text) => text.clone(),
            Data::Error(error) => error.to_string(),
        }
    }

    fn number(&self, number: f64, at: (u32, u32)) -> String {
        let format = self
            .styles
            .get(at)
            .and_then(|style| style.number_format.as_ref());
        let Some(format) = format else {
            return plain_number(number);
        };
        if format.format_code.contains('%') {
            return plain_number(number * 100.0);
        }
        // ECMA-376 part 1, 18.8.30: in Chinese programs these built-in formats are dates.
        if matches!(format.format_id, Some(27..=36 | 50..=58)) {
            let kind = ExcelDateTimeType::DateTime;
            return day(ExcelDateTime::new(number, kind, self.is_1904));
        }
        plain_number(number)
    }
}

fn day(date: ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Nine places: more than any column needs, few enough to hide that 0.07 × 100 isn't 7.
fn plain_number(number: f64) -> String {
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
