//! `import`: spreadsheets into the register, all or nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use xunan_core::register::Register;
use xunan_core::timestamp::Date;

use super::{CliError, DataDir, say};
use crate::admin::Acting;
use crate::admin::import::{Ids, append, outcome_of};
use crate::clock::Clock;
use crate::import::{Options, Outcome, PhoneAnswer, Report, SourceFile, Stage, phone_number};
use crate::store::{Begin, Store, StoreError};

/// Import units, people, targets, the plan and checklists from .xlsx and .csv files
///
/// What a sheet is shows in its header words. All or nothing; the same files again change nothing.
#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(flatten)]
    data: DataDir,
    /// Spreadsheets; their order doesn't matter
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Move 年度 and 证件有效期 so that the files' one year becomes this one
    #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i32).range(2000..=2100))]
    year: Option<i32>,
    /// The day from which targets are counted (at the first import: today)
    #[arg(long, value_name = "D")]
    counted_from: Option<Date>,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Retire what the files no longer have
    #[arg(long)]
    retire_missing: bool,
    /// A person's changed phone number
    #[arg(long, value_name = "OLD=NEW", value_parser = renumbered)]
    same_person: Vec<(String, String)>,
    /// A number of somebody new who has another's name
    #[arg(long, value_name = "NEW", value_parser = number)]
    new_person: Vec<String>,
    /// For machines: one JSON object
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let files = self.read_files()?;
        let options = self.options();
        let now = clock.now();
        let store = match self.data.open(clock) {
            Ok(store) => Some(store),
            Err(StoreError::Absent(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let mut ids = Ids::new(now)?;
        let held = store
            .as_ref()
            .map_or(Ok(Vec::new()), |store| store.read(|ask| ask.rows()))?;
        let outcome = outcome_of(
            &files,
            &Register::new(&held, None),
            &options,
            (now, &mut ids),
        )?;
        if outcome.is_blocked() || self.dry_run {
            let stage = if outcome.is_blocked() {
                Stage::Blocked
            } else {
                Stage::DryRun
            };
            self.report(&outcome, stage)?;
            return if outcome.is_blocked() {
                Err(CliError::ImportBlocked)
            } else {
                Ok(())
            };
        }
        let store = match store {
            Some(store) => store,
            None => Store::open(&self.data.dir, Begin::IfAbsent, now)?,
        };
        // Once more inside the transaction: another import may have written in between.
        let outcome = store.write(|edit| {
            let register = Register::new(&edit.rows()?, None);
            let outcome = outcome_of(&files, &register, &options, (now, &mut ids))?;
            append(edit, &outcome.drafts, Acting { by: None, now })?;
            Ok::<_, CliError>(outcome)
        })?;
        self.report(&outcome, Stage::Written)
    }

    fn read_files(&self) -> Result<Vec<SourceFile>, CliError> {
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(path).map_err(StoreError::file(path))?;
            let name = path.display().to_string();
            Ok(SourceFile { name, bytes })
        };
        self.files.iter().map(read).collect()
    }

    fn options(&self) -> Options {
        let same = self
            .same_person
            .iter()
            .map(|(old, new)| (new.clone(), PhoneAnswer::SamePerson(old.clone())));
        let new = self
            .new_person
            .iter()
            .map(|new| (new.clone(), PhoneAnswer::NewPerson));
        Options {
            year: self.year,
            counted_from: self.counted_from,
            retire_missing: self.retire_missing,
            phones: same.chain(new).collect::<BTreeMap<_, _>>(),
        }
    }

    fn report(&self, outcome: &Outcome, stage: Stage) -> Result<(), CliError> {
        if !self.json {
            return say(Report { outcome, stage });
        }
        say(json!({
            "written": stage == Stage::Written,
            "blocked": outcome.is_blocked(),
            "rows": outcome.drafts.len(),
            "counts": outcome.counts,
            "problems": outcome.problems,
            "changes": outcome.changes,
        }))
    }
}

fn number(text: &str) -> Result<String, String> {
    phone_number(text).map_err(|fault| fault.to_string())
}

fn renumbered(text: &str) -> Result<(String, String), String> {
    let (old, new) = text
        .split_once('=')
        .ok_or_else(|| "要写成 旧号=新号".to_owned())?;
    Ok((number(old)?, number(new)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_number_is_two_numbers() {
        assert_eq!(
            renumbered("13800000001=13800000002"),
            Ok(("13800000001".to_owned(), "13800000002".to_owned()))
        );
        for wrong in ["13800000001", "1=2", "13800000001=138"] {
            assert!(renumbered(wrong).is_err(), "{wrong}");
        }
    }
}
