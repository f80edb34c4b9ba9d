//! Spreadsheets into the register, all or nothing: the same for the command line and for requests.
//! A request first sees what would change; its seal names exactly that, so that nothing else is
//! written later.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use xunan_core::code::Code;
use xunan_core::id::RowId;
use xunan_core::register::{Register, Row, Table};
use xunan_core::timestamp::{Date, Timestamp};
use xunan_core::wire::admin::{
    ImportAnswer, ImportChange, ImportCount, ImportField, ImportProblem, ImportRequest,
};

use super::Acting;
use crate::import::{
    Change, Draft, Fault, Options, Outcome, PhoneAnswer, Problem, Severity, SourceFile, UsageError,
    World, phone_number, plan,
};
use crate::store::{NewRow, Store, StoreError, Writing};

/// An import that was asked for and can't be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file that isn't base64, or a number that isn't one.
    #[error("the request can't be read")]
    Body,
    /// The options don't fit the files.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The register, the files or the day aren't those of the preview.
    #[error("what was previewed is not what would be written now")]
    Changed,
    /// Something is to be mended.
    #[error("something in the files is to be mended first")]
    Blocked,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    pub(crate) const fn code(&self) -> Code {
        match self {
            Self::Body => Code::WireBody,
            Self::Usage(_) => Code::ImportYear,
            Self::Changed => Code::ImportChanged,
            Self::Blocked => Code::ImportBlocked,
            Self::Store(error) => error.code(),
        }
    }
}

/// Shows what an import would do, or with the preview's seal does it.
pub(crate) fn import(
    store: &Store,
    request: &ImportRequest,
    acting: Acting,
) -> Result<ImportAnswer, ImportError> {
    let (files, options) = (read_files(request)?, options(request)?);
    let mut ids = Ids::new(acting.now)?;
    let mut look = |rows: &[Row]| -> Result<(String, Outcome), ImportError> {
        let register = Register::new(rows, None);
        let today = register.settings().zone.day(acting.now);
        let outcome = outcome_of(&files, &register, &options, (acting.now, &mut ids))?;
        Ok((seal(request, rows, today), outcome))
    };
    let Some(asked) = &request.seal else {
        let (seal, outcome) = look(&store.read(|ask| ask.rows())?)?;
        return Ok(answer(seal, false, &outcome));
    };
    store.write(|edit| {
        let (seal, outcome) = look(&edit.rows()?)?;
        if *asked != seal {
            return Err(ImportError::Changed);
        }
        if outcome.is_blocked() {
            return Err(ImportError::Blocked);
        }
        append(edit, &outcome.drafts, acting)?;
        Ok(answer(seal, true, &outcome))
    })
}

fn read_files(request: &ImportRequest) -> Result<Vec<SourceFile>, ImportError> {
    let read = |file: &xunan_core::wire::admin::ImportFile| {
        let bytes = BASE64_STANDARD.decode(&file.base64);
        Ok(SourceFile {
            name: file.name.clone(),
            bytes: bytes.map_err(|_| ImportError::Body)?,
        })
    };
    request.files.iter().map(read).collect()
}

fn options(request: &ImportRequest) -> Result<Options, ImportError> {
    let number = |text: &String| phone_number(text).map_err(|_| ImportError::Body);
    let mut options = Options {
        year: request.year,
        counted_from: request.counted_from,
        retire_missing: request.retire_missing,
        phones: std::collections::BTreeMap::new(),
    };
    for (new, old) in &request.same_person {
        let same = PhoneAnswer::SamePerson(number(old)?);
        options.phones.insert(number(new)?, same);
    }
    for new in &request.new_person {
        options.phones.insert(number(new)?, PhoneAnswer::NewPerson);
    }
    Ok(options)
}

/// The settings that an import reads. What the zone does is in the day.
const SETTINGS: [&str; 2] = ["counted_from", "unlawful_targets_allowed"];

/// Names what a preview was made of. A device that enrols in between, or another setting that is
/// saved, changes nothing in an import.
fn seal(request: &ImportRequest, rows: &[Row], today: Date) -> String {
    let of_import = |row: &&Row| match row.table {
        Table::Device => false,
        Table::Setting => SETTINGS.contains(&row.id.as_str()),
        _ => true,
    };
    let revision = rows.iter().rev().find(of_import).map(|row| row.revision);
    let plain = ImportRequest {
        seal: None,
        ..request.clone()
    };
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(&(plain, revision, today)).unwrap_or_default());
    hex::encode(hash.finalize())
}

fn answer(seal: String, written: bool, outcome: &Outcome) -> ImportAnswer {
    let counts = outcome.counts.iter().map(|(kind, count)| ImportCount {
        kind: word(kind),
        read: few(count.rows),
        new: few(count.new),
        changed: few(count.changed),
        retired: few(count.retired),
        missing: few(count.missing),
    });
    ImportAnswer {
        seal,
        written,
        blocked: outcome.is_blocked(),
        rows: few(outcome.drafts.len()),
        counts: counts.collect(),
        problems: outcome.problems.iter().map(problem).collect(),
        changes: outcome.changes.iter().map(change).collect(),
    }
}

fn problem(problem: &Problem) -> ImportProblem {
    let (fault, details) = problem.fault.told();
    ImportProblem {
        blocks: problem.severity == Severity::Block,
        file: problem.file.clone(),
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: problem.column.clone(),
        found: problem.found.clone(),
        fault,
        details,
        advice: problem.advice.clone(),
        phones: match &problem.fault {
            Fault::PhoneChanged { old, new, .. } => Some((old.clone(), new.clone())),
            _ => None,
        },
    }
}

fn change(change: &Change) -> ImportChange {
    let fields = change.fields.iter().map(|field| ImportField {
        column: field.column.to_owned(),
        before: field.before.clone(),
        after: field.after.clone(),
    });
    ImportChange {
        action: word(&change.action),
        table: word(&change.table),
        row: change.row.clone(),
        fields: fields.collect(),
    }
}

/// A unit variant by the word that it has in JSON.
fn word(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn few(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What an import would do to a register.
pub(crate) fn outcome_of(
    files: &[SourceFile],
    register: &Register,
    options: &Options,
    (now, ids): (Timestamp, &mut Ids),
) -> Result<Outcome, UsageError> {
    let mut draw = || ids.draw();
    let mut world = World {
        today: register.settings().zone.day(now),
        draw: &mut draw,
    };
    plan(files, register, options, &mut world)
}

/// Writes what an import drafted.
pub(crate) fn append(
    edit: &Writing<'_>,
    drafts: &[Draft],
    acting: Acting,
) -> Result<(), StoreError> {
    if drafts.is_empty() {
        return Ok(());
    }
    let rows: Vec<NewRow> = drafts
        .iter()
        .map(|draft| NewRow {
            table: draft.table,
            id: draft.id.clone(),
            valid_to: draft.retired.then_some(acting.now),
            fields: draft.fields.clone(),
        })
        .collect();
    let revision = edit.append_rows(&rows, acting.now)?;
    edit.note_act("import", &revision.to_string(), acting.by, acting.now)
}

/// Draws ids that ascend, so that whatever lists rows by id keeps the order of the sheets: the
/// moment, a counter, and bytes that nobody can guess.
pub(crate) struct Ids {
    millis: u64,
    drawn: u16,
    seed: [u8; 32],
}

/// The counter of a millisecond has twelve bits.
const IDS_A_MILLISECOND: u16 = 0x1000;

impl Ids {
    pub(crate) fn new(now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self {
            millis: u64::try_from(now.0).unwrap_or(0),
            drawn: 0,
            seed: crate::random()?,
        })
    }

    fn draw(&mut self) -> [u8; 16] {
        if self.drawn == IDS_A_MILLISECOND {
            self.drawn = 0;
            self.millis = self.millis.saturating_add(1);
        }
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.millis.to_be_bytes());
        hash.update(self.drawn.to_be_bytes());
        let [a, b] = self.drawn.to_be_bytes();
        let [_, _, c, d, e, f, g, h, i, j, ..] = <[u8; 32]>::from(hash.finalize());
        self.drawn = self.drawn.saturating_add(1);
        *RowId::new(self.millis, &[a, b, c, d, e, f, g, h, i, j]).as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_ascend_and_differ() {
        let mut ids = Ids::new(Timestamp(1_700_000_000_000)).unwrap();
        let drawn: Vec<[u8; 16]> = (0..10_000).map(|_| ids.draw()).collect();
        assert!(drawn.is_sorted_by(|a, b| a < b));
        let other = Ids::new(Timestamp(1_700_000_000_000)).unwrap().draw();
        assert_ne!(drawn[0], other);
    }
}
