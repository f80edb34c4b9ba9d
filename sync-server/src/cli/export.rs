//! `export`: findings, inspections and targets for other programs, to standard output.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use xunan_core::id::UnitId;
use xunan_core::register::Register;
use xunan_core::timestamp::Date;

use super::{CliError, DataDir};
use crate::clock::Clock;
use crate::export::{self, ExportError, Selection};

/// What to export.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Findings,
    Inspections,
    Targets,
}

/// In which form.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Jsonl,
}

/// Write findings, inspections or targets to standard output
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    data: DataDir,
    #[arg(long)]
    kind: Kind,
    /// csv and xlsx: a row a record; jsonl: all of it (docs/export.md)
    #[arg(long)]
    format: Format,
    /// Records of this unit's area, or that it is with; targets of the unit and its people
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// Reported or begun on this day or later; periods that end then or later
    #[arg(long, value_name = "D")]
    from: Option<Date>,
    /// Reported or begun on this day or earlier; periods that begin then or earlier
    #[arg(long, value_name = "D")]
    to: Option<Date>,
    /// As it stood at the end of this day: without what the relay received later
    #[arg(long, value_name = "D")]
    as_of: Option<Date>,
}

impl Export {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let kind = match self.kind {
            Kind::Findings => export::Kind::Findings,
            Kind::Inspections => export::Kind::Inspections,
            Kind::Targets => export::Kind::Targets,
        };
        let format = match self.format {
            Format::Csv => export::Format::Csv,
            Format::Xlsx => export::Format::Xlsx,
            Format::Jsonl => export::Format::Jsonl,
        };
        store.read(|ask| {
            let register = Register::new(&ask.rows()?, None);
            let unit = self.unit.as_deref().map(|name| find_unit(&register, name));
            let last_moment = |day| register.settings().zone.end_of(day).plus(-1);
            let selection = Selection {
                unit: unit.transpose()?,
                from: self.from,
                to: self.to,
                as_of: self.as_of.map(last_moment),
            };
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            export::export(ask, (kind, format), &selection, clock.now(), &mut out)?;
            Ok(out.flush().map_err(ExportError::from)?)
        })
    }
}

/// The unit of this name, or of this credit code.
fn find_unit(register: &Register, name: &str) -> Result<UnitId, CliError> {
    let mut found = register.units().filter(|(_, versions)| {
        let unit = versions.newest().map(|version| &version.value);
        unit.is_some_and(|unit| unit.name == name || unit.key == name)
    });
    match (found.next(), found.count()) {
        (Some((id, _)), 0) => Ok(id),
        (None, _) => Err(CliError::UnitUnknown(name.to_owned())),
        (Some(_), others) => Err(CliError::UnitAmbiguous {
            name: name.to_owned(),
            count: others.saturating_add(1),
        }),
    }
}
