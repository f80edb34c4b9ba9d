//! The import as a whole: files → tables → rows to write.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use xunan_core::register::{Register, Table as Rows};

use super::checklists::Checklists;
use super::ledger::{Action, Difference};
use super::letters::Letters;
use super::people::People;
use super::plan::{Named, Plan};
use super::preview::Words;
use super::problem::{Fault, Problems};
use super::sheet::{self, Origin, SourceFile};
use super::table::{Kind, Table};
use super::units::Units;
use super::{Count, Options, Outcome, Scope, UsageError, World, value};

/// What importing the files into the register would do. Pure: the caller stores
/// [`Outcome::drafts`] in one transaction, or doesn't.
///
/// # Errors
/// The options don't fit the files ([`UsageError`]). What is wrong with the files is in
/// [`Outcome::problems`].
pub fn plan(
    files: &[SourceFile],
    register: &Register,
    options: &Options,
    world: &mut World<'_>,
) -> Result<Outcome, UsageError> {
    let mut problems = Problems::default();
    let tables = tables(files, &mut problems);
    let mut scope = Scope {
        register,
        options,
        today: world.today,
        shift: shift(&tables, options)?,
        problems,
        draw: &mut *world.draw,
    };
    let (differences, names) = read_all(&tables, &mut scope);
    let blocked = scope.problems.any_blocks();
    let drafts = if blocked {
        Vec::new()
    } else {
        differences.iter().filter_map(Difference::draft).collect()
    };
    Ok(Outcome {
        counts: counts(&tables, &differences),
        changes: differences.iter().filter_map(|d| names.change(d)).collect(),
        problems: scope.problems.into_sorted(),
        drafts,
    })
}

/// Every sheet of a known kind. Their order is that of their names, so that it doesn't matter in
/// which order files are named.
fn tables(files: &[SourceFile], problems: &mut Problems) -> Vec<Table> {
    let mut tables = Vec::new();
    for file in files {
        let whole = Origin {
            file: file.name.clone(),
            sheet: String::new(),
        };
        let sheets = match sheet::read(file) {
            Ok(sheets) => sheets,
            Err(fault) => {
                problems.add(&whole, None, None, (String::new(), fault));
                continue;
            }
        };
        let mut known = 0_usize;
        let mut skipped = Vec::new();
        for sheet in sheets {
            let origin = sheet.origin.clone();
            let is_empty = sheet.rows.is_empty();
            match Table::find(sheet, problems) {
                Some(table) => {
                    known = known.saturating_add(1);
                    tables.push(table);
                }
                None if is_empty => {}
                None => skipped.push(origin),
            }
        }
        if known == 0 {
            problems.add(&whole, None, None, (String::new(), Fault::HeaderMissing));
            continue;
        }
        for origin in skipped {
            problems.add(&origin, None, None, (String::new(), Fault::SheetSkipped));
        }
    }
    tables.sort_by(|a, b| (a.kind, &a.origin).cmp(&(b.kind, &b.origin)));
    tables
}

/// By how many years `--year` moves everything.
fn shift(tables: &[Table], options: &Options) -> Result<i32, UsageError> {
    let Some(wanted) = options.year else {
        return Ok(0);
    };
    let years: BTreeSet<i32> = tables
        .iter()
        .filter(|table| matches!(table.kind, Kind::Letters | Kind::Plan))
        .flat_map(Table::rows)
        .filter_map(|row| value::year(row.get("年度")).ok())
        .collect();
    match years.iter().collect::<Vec<_>>().as_slice() {
        [year] => Ok(wanted.saturating_sub(**year)),
        _ => Err(UsageError::YearUnclear {
            years: years.into_iter().collect(),
        }),
    }
}

/// Reads every kind of sheet in the order in which they refer to each other.
fn read_all(tables: &[Table], scope: &mut Scope<'_>) -> (Vec<Difference>, Words) {
    let of =
        |kind: Kind| -> Vec<&Table> { tables.iter().filter(|table| table.kind == kind).collect() };
    let present = |kind: Kind| tables.iter().any(|table| table.kind == kind);
    let retire = scope.options.retire_missing;
    let units = Units::read(&of(Kind::Units), scope);
    let people = People::read(&of(Kind::People), &units, scope);
    let lists = Checklists::read(&of(Kind::Checklists), scope);
    let letters = Letters::read(&of(Kind::Letters), (&units, &people), scope);
    let named = Named {
        units: &units,
        people: &people,
        lists: &lists,
    };
    let plan = Plan::read(&of(Kind::Plan), &named, scope);
    let mut all = units.differences(retire, present(Kind::Units));
    all.extend(people.differences(retire, present(Kind::People)));
    all.extend(lists.differences(retire, present(Kind::Checklists)));
    all.extend(letters.differences(retire));
    all.extend(plan.differences(retire));
    if !tables.is_empty() {
        all.extend(counted_from(scope));
    }
    let words = Words::new(scope.register, &all);
    (all, words)
}

/// The go-live day: as said, else today at the first import.
fn counted_from(scope: &Scope<'_>) -> Option<Difference> {
    let held = scope.register.settings().counted_from;
    let wanted = scope.options.counted_from.or(held).unwrap_or(scope.today);
    if held == Some(wanted) {
        return None;
    }
    let row = |day| json!({ "value": day });
    Some(Difference {
        table: Rows::Setting,
        id: "counted_from".to_owned(),
        action: if held.is_none() {
            Action::New
        } else {
            Action::Changed
        },
        before: held.map(row),
        after: Some(row(wanted)),
    })
}

const fn kind_of(table: Rows) -> Option<Kind> {
    match table {
        Rows::Unit => Some(Kind::Units),
        Rows::Person | Rows::Post => Some(Kind::People),
        Rows::Checklist => Some(Kind::Checklists),
        Rows::Letter | Rows::Target => Some(Kind::Letters),
        Rows::Plan => Some(Kind::Plan),
        Rows::Device | Rows::Setting => None,
    }
}

/// Whose post it is.
fn person_of(difference: &Difference) -> Option<&str> {
    let row = difference.after.as_ref().or(difference.before.as_ref())?;
    row.get("person")?.as_str()
}

fn counts(tables: &[Table], differences: &[Difference]) -> BTreeMap<Kind, Count> {
    let mut counts: BTreeMap<Kind, Count> = BTreeMap::new();
    for table in tables {
        let count = counts.entry(table.kind).or_default();
        let rows = match table.kind {
            Kind::Checklists => 1,
            _ => table.rows().count(),
        };
        count.rows = count.rows.saturating_add(rows);
    }
    let persons: BTreeSet<&str> = differences
        .iter()
        .filter(|difference| difference.table == Rows::Person)
        .map(|difference| difference.id.as_str())
        .collect();
    for difference in differences {
        // A letter is counted by its targets; a person once, posts and all.
        let action = match (difference.table, person_of(difference)) {
            (Rows::Letter, _) => continue,
            (Rows::Post, Some(person)) if persons.contains(person) => continue,
            (Rows::Post, _) => Action::Changed,
            _ => difference.action,
        };
        let Some(count) = kind_of(difference.table).and_then(|kind| counts.get_mut(&kind)) else {
            continue;
        };
        let number = match action {
            Action::New => &mut count.new,
            Action::Changed => &mut count.changed,
            Action::Retired => &mut count.retired,
            Action::Missing => &mut count.missing,
        };
        *number = number.saturating_add(1);
    }
    counts
}
