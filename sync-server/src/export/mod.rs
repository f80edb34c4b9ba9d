//! Records and numbers for other programs: as tables, and line by line as they are
//! (`docs/export.md`; the lines are [`xunan_core::export`]'s).
//!
//! An export reads the log and the register as they are; it decides nothing and writes nothing
//! there.

mod finding;
mod inspection;
mod sheet;
mod target;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{self, Write};

use xunan_core::change::{Change, History};
use xunan_core::export::{self as lines, settings};
use xunan_core::id::{DocId, UnitId};
use xunan_core::permit::oversight;
use xunan_core::record::{RecordKind, read_finding, read_inspection};
use xunan_core::register::{Register, Signer, Target};
use xunan_core::target::{Counting, Facts, FindingFacts, InspectionFacts, Phase, Progress};
use xunan_core::timestamp::{Date, Timestamp};

use crate::store::{LoggedChange, Reading, StoreError};
use sheet::Sheet;

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 隐患
    Findings,
    /// 检查
    Inspections,
    /// 责任书目标, with the numbers so far.
    Targets,
}

impl Kind {
    const fn of(record: RecordKind) -> Self {
        match record {
            RecordKind::Finding => Self::Findings,
            RecordKind::Inspection => Self::Inspections,
        }
    }
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with a byte order mark, which spreadsheet programs need.
    Csv,
    /// A workbook.
    Xlsx,
    /// Whole records, one JSON object a line.
    Jsonl,
}

/// Which records or targets.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Records of the unit's area, or that it is with; targets of the unit and its people.
    pub unit: Option<UnitId>,
    /// Begun or reported on this day or later; a target's periods that end then or later.
    pub from: Option<Date>,
    /// Begun or reported on this day or earlier; a target's periods that begin then or earlier.
    pub to: Option<Date>,
    /// As of this moment: deadlines and numbers are judged by it, and what was received later is left
    /// out. The register is the newest all the same.
    pub as_of: Option<Timestamp>,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output failed.
    #[error("the output failed")]
    Io(#[from] io::Error),
    /// CSV could not be written.
    #[error("the output failed")]
    Csv(#[from] csv::Error),
    /// The workbook could not be made.
    #[error("the workbook could not be made")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// JSON could not be written.
    #[error("the output failed")]
    Json(#[from] serde_json::Error),
}

/// Writes what is asked for.
///
/// # Errors
/// Storage or the output failed.
pub fn export(
    ask: &Reading<'_>,
    (kind, format): (Kind, Format),
    selection: &Selection,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let now = selection.as_of.unwrap_or(now);
    let rows = ask.rows()?;
    let register = Register::new(&rows, None);
    let exporter = Exporter {
        register: &register,
        selection,
        now,
    };
    let sheet = match kind {
        Kind::Findings => Sheet::new("隐患", &finding::COLUMNS),
        Kind::Inspections => Sheet::new("检查", &inspection::COLUMNS),
        Kind::Targets => Sheet::new("责任书目标", &target::COLUMNS),
    };
    let mut lines = Lines { format, sheet, out };
    if format == Format::Jsonl {
        lines.write(&settings(&register, now))?;
    }
    if kind == Kind::Targets {
        let (inspections, findings) = exporter.facts(ask)?;
        for found in exporter.targets(&inspections, &findings) {
            lines.push(found)?;
        }
    } else {
        for (id, of) in ask.documents()? {
            if Kind::of(of) == kind
                && let Some(found) = exporter.record(&exporter.history(ask, id, of)?)
            {
                lines.push(found)?;
            }
        }
    }
    lines.end()
}

/// The output while it is written: a table is held until its end, lines go out at once.
struct Lines<'o> {
    format: Format,
    sheet: Sheet,
    out: &'o mut dyn Write,
}

impl Lines<'_> {
    fn push(&mut self, found: Found) -> Result<(), ExportError> {
        if self.format == Format::Jsonl {
            return self.write(&found.line);
        }
        for row in found.rows {
            self.sheet.push(row);
        }
        Ok(())
    }
    fn write(&mut self, line: &serde_json::Value) -> Result<(), ExportError> {
        serde_json::to_writer(&mut *self.out, line)?;
        Ok(self.out.write_all(b"\n")?)
    }
    fn end(self) -> Result<(), ExportError> {
        match self.format {
            Format::Csv => self.sheet.write_csv(self.out),
            Format::Xlsx => self.sheet.write_workbook(self.out),
            Format::Jsonl => Ok(self.out.flush()?),
        }
    }
}

/// A record or a target in both forms.
struct Found {
    rows: Vec<Vec<String>>,
    line: serde_json::Value,
}

/// What everything is read with.
struct Exporter<'a> {
    register: &'a Register,
    selection: &'a Selection,
    now: Timestamp,
}

impl Exporter<'_> {
    /// What had been received of a record. The log is in the order of causes: what is before the
    /// first change that came too late needs nothing after it.
    fn history(
        &self,
        ask: &Reading<'_>,
        id: DocId,
        kind: RecordKind,
    ) -> Result<History, StoreError> {
        let mut history = History::new(id, kind);
        let in_time = |logged: &LoggedChange| {
            let as_of = self.selection.as_of;
            as_of.is_none_or(|as_of| logged.received <= as_of)
        };
        let logged = ask.changes_of(id, None)?.into_iter();
        for logged in logged.take_while(in_time) {
            let change = Change::read(&logged.raw)
                .map_err(|_| StoreError::Unreadable("a change of the log"))?;
            history.append(&change);
            history.set_received(&change.hash, logged.received);
        }
        Ok(history)
    }

    /// The record in both forms, if it is asked for and readable.
    fn record(&self, history: &History) -> Option<Found> {
        let register = self.register;
        match history.kind() {
            RecordKind::Finding => {
                let read = read_finding(history, register)?;
                let units: BTreeSet<UnitId> = read
                    .units
                    .iter()
                    .chain(&read.proposed_to)
                    .copied()
                    .collect();
                self.is_selected(read.site, &units, read.reported)
                    .then(|| Found {
                        rows: vec![finding::row(&read, register, self.now)],
                        line: lines::finding(history, &read, register),
                    })
            }
            RecordKind::Inspection => {
                let read = read_inspection(history, register, register)?;
                let units: BTreeSet<UnitId> = read
                    .present()
                    .flat_map(|member| register.posts_of_at(member.person, read.began))
                    .map(|post| post.unit)
                    .collect();
                self.is_selected(read.site, &units, read.began)
                    .then(|| Found {
                        rows: vec![inspection::row(&read, register)],
                        line: lines::inspection(history, &read, register),
                    })
            }
        }
    }

    fn is_selected(&self, site: Option<UnitId>, units: &BTreeSet<UnitId>, at: Timestamp) -> bool {
        let day = self.register.settings().zone.day(at);
        let in_time = self.selection.from.is_none_or(|from| from <= day)
            && self.selection.to.is_none_or(|to| day <= to);
        let of_unit = |unit: UnitId| {
            units.contains(&unit)
                || site.is_some_and(|site| {
                    site == unit || oversight::oversees(self.register, unit, site)
                })
        };
        in_time && self.selection.unit.is_none_or(of_unit)
    }

    /// What counting needs of all records: a number may rest on any of them.
    fn facts(&self, ask: &Reading<'_>) -> Result<AllFacts, StoreError> {
        let (mut inspections, mut findings) = (Vec::new(), Vec::new());
        for (id, kind) in ask.documents()? {
            let history = self.history(ask, id, kind)?;
            match kind {
                RecordKind::Inspection => inspections.extend(
                    read_inspection(&history, self.register, self.register)
                        .map(|read| InspectionFacts::from(&read)),
                ),
                RecordKind::Finding => findings.extend(
                    read_finding(&history, self.register)
                        .map(|read| FindingFacts::new(&read, &history)),
                ),
            }
        }
        Ok((inspections, findings))
    }

    fn targets(&self, inspections: &[InspectionFacts], findings: &[FindingFacts]) -> Vec<Found> {
        let counting = Counting::new(Facts {
            register: self.register,
            inspections,
            findings,
            now: self.now,
        });
        let targets = self.register.targets();
        targets
            .filter(|(_, target)| self.is_of_unit(target))
            .filter_map(|(id, target)| {
                let year = counting.target_year(id, None)?;
                let periods = year.periods.iter().filter(|one| self.is_in_time(one));
                Some(Found {
                    rows: periods
                        .map(|one| target::row(self.register, target, one))
                        .collect(),
                    line: lines::target(&counting, self.register, id)?,
                })
            })
            .filter(|found| !found.rows.is_empty())
            .collect()
    }

    /// The unit's own letter, or one of a person with a post there.
    fn is_of_unit(&self, target: &Target) -> bool {
        let Some(wanted) = self.selection.unit else {
            return true;
        };
        let letter = self.register.letter(target.letter);
        letter.is_some_and(|letter| match letter.signer {
            Signer::Unit(unit) => unit == wanted,
            Signer::Person(person) => {
                let mut posts = self.register.posts_of(person);
                posts.any(|post| post.unit == wanted)
            }
        })
    }

    /// A period that counting reaches and that the days asked for touch.
    fn is_in_time(&self, progress: &Progress) -> bool {
        let period = progress.window.period;
        progress.window.phase != Phase::Coming
            && self.selection.from.is_none_or(|from| from <= period.last())
            && self.selection.to.is_none_or(|to| period.first() <= to)
    }
}

type AllFacts = (Vec<InspectionFacts>, Vec<FindingFacts>);
