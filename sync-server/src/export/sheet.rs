//! Rows under headers, as CSV or as a workbook.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};

use super::ExportError;

/// A table of texts.
pub(super) struct Sheet {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            name,
            columns,
            rows: Vec::new(),
        }
    }
    pub(super) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// With a byte order mark: without it spreadsheet programs take UTF-8 for GB18030.
    pub(super) fn write_csv(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|text| inert(text)))?;
        }
        Ok(writer.flush()?)
    }

    pub(super) fn write_workbook(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, header) in (0_u16..).zip(self.columns) {
            sheet.write_string_with_format(0, column, *header, &bold)?;
        }
        for (number, row) in (1_u32..).zip(&self.rows) {
            for (column, text) in (0_u16..).zip(row) {
                sheet.write_string(number, column, text)?;
            }
        }
        out.write_all(&book.save_to_buffer()?)?;
        Ok(out.flush()?)
    }
}

/// In CSV a text that begins like a formula would be run by whoever opens the file; people's words
/// come from many hands.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
