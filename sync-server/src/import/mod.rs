//! Spreadsheets → the register (design: metrics.md, "Import: what names what").
//!
//! Pure: files, the register as it stands, options, the moment and fresh ids come in; problems,
//! the rows to write and a preview go out. Nothing is written here, so a dry run is the same call.
//! All or nothing: with anything to mend (要改) there are no rows. The same files again give no
//! rows. The order in which files are named doesn't matter.

mod answer_type;
mod apply;
mod checklists;
mod ledger;
mod letters;
mod people;
mod place;
mod plan;
mod preview;
mod problem;
mod report;
mod sheet;
mod table;
mod units;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;
use xunan_core::register::Register;
use xunan_core::timestamp::Date;

pub use apply::plan;
pub use ledger::{Action, Draft};
pub use people::phone_number;
pub use preview::{Change, FieldChange};
pub use problem::{Fault, Problem, Severity};
pub use report::{Report, Stage};
pub use sheet::SourceFile;
pub use table::Kind;
pub(crate) use value::shown as decimal;

/// What to do with a changed phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneAnswer {
    /// The person with this old number has the new one now.
    SamePerson(String),
    /// Somebody else of the same name.
    NewPerson,
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Moves 年度 and 证件有效期 so that the files' one year becomes this one.
    pub year: Option<i32>,
    /// The day from which targets are counted.
    pub counted_from: Option<Date>,
    /// Retires what the files no longer have.
    pub retire_missing: bool,
    /// By new number.
    pub phones: BTreeMap<String, PhoneAnswer>,
}

/// What an import needs of the world.
pub struct World<'w> {
    /// Today in the organisation's zone.
    pub today: Date,
    /// Draws the bytes of a new id. Ids that ascend keep lists in the order of the sheets.
    pub draw: &'w mut dyn FnMut() -> [u8; 16],
}

/// The options don't fit the files: wrong usage, not a fault of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// `--year` needs to know what to move from.
    #[error("--year 要求文件里正好有一个年度，这里有：{}。请把不同年度的文件分开导入", list(.years))]
    YearUnclear {
        /// The years found.
        years: Vec<i32>,
    },
}

fn list(years: &[i32]) -> String {
    if years.is_empty() {
        return "没有".to_owned();
    }
    let words: Vec<String> = years.iter().map(i32::to_string).collect();
    words.join("、")
}

/// What the rows of one kind of sheet did. A person counts once, with all posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// Rows read in the files (checklists: lists).
    pub rows: usize,
    /// Rows of the register that are new.
    pub new: usize,
    /// That changed.
    pub changed: usize,
    /// That are retired.
    pub retired: usize,
    /// That the files no longer have, and that are kept.
    pub missing: usize,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Those to mend first.
    pub problems: Vec<Problem>,
    /// What to write, in order; empty if anything is to be mended.
    #[serde(skip)]
    pub drafts: Vec<Draft>,
    /// The same for people to read, and what the files no longer have.
    pub changes: Vec<Change>,
    /// By kind of sheet, for the kinds that the files have.
    pub counts: BTreeMap<Kind, Count>,
}

impl Outcome {
    /// Something is to be mended, so nothing may be written.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Block)
    }
}

/// What every kind of sheet is read with.
struct Scope<'a> {
    register: &'a Register,
    options: &'a Options,
    today: Date,
    /// Years to move by.
    shift: i32,
    problems: problem::Problems,
    draw: &'a mut dyn FnMut() -> [u8; 16],
}
