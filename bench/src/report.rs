//! The table, and the same as JSON.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

/// What something is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    /// Bytes of bodies.
    Bytes,
    /// Requests.
    Requests,
    /// Milliseconds.
    Ms,
    /// Mebibytes.
    Mib,
    /// Changes a second.
    PerSecond,
    /// Of a hundred.
    Percent,
}

/// What a figure is to be (docs: the bench's goals).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
    /// Not more than so many times the first comparison.
    TimesFirst(f64),
}

/// One line of the table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// The scenario's name, as `--only` has it.
    pub(crate) scenario: &'static str,
    /// What was measured.
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) ours: f64,
    /// What stands beside it, by name.
    pub(crate) beside: Vec<(String, f64)>,
    pub(crate) goal: Option<Goal>,
    /// How often, and what exactly.
    pub(crate) how: String,
}

impl Figure {
    /// With that as its goal.
    pub(crate) const fn at_most(mut self, most: f64) -> Self {
        self.goal = Some(Goal::AtMost(most));
        self
    }
    /// Whether the goal is met; none without one.
    pub(crate) fn is_met(&self) -> Option<bool> {
        Some(match self.goal? {
            Goal::AtMost(most) => self.ours <= most,
            Goal::AtLeast(least) => self.ours >= least,
            Goal::TimesFirst(times) => self.ours <= times * self.beside.first()?.1,
        })
    }
    fn goal_words(&self) -> String {
        let words = match self.goal {
            None => return String::new(),
            Some(Goal::AtMost(most)) => format!("≤ {}", shown(self.unit, most)),
            Some(Goal::AtLeast(least)) => format!("≥ {}", shown(self.unit, least)),
            Some(Goal::TimesFirst(times)) => {
                let first = self.beside.first().map_or("", |(name, _)| name.as_str());
                format!("≤ {times} × {first}")
            }
        };
        let mark = match self.is_met() {
            Some(false) => " ✗",
            _ => " ✓",
        };
        words + mark
    }
}

/// The machine that it was measured on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Yardstick {
    /// 4 KiB written and synced, in milliseconds.
    pub(crate) disk_sync_ms: f64,
    /// A hundred million dependent steps, in milliseconds.
    pub(crate) plain_loop_ms: f64,
    pub(crate) cores: usize,
    /// Runnable tasks when it began: others at work make times longer.
    pub(crate) load: f64,
}

/// All figures of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    /// The day, in UTC.
    pub(crate) date: String,
    pub(crate) workload: String,
    pub(crate) yardstick: Yardstick,
    pub(crate) figures: Vec<Figure>,
}

impl Report {
    /// As a table for a terminal.
    pub(crate) fn table(&self) -> Result<String> {
        let mut rows = vec![["figure", "ours", "beside", "goal", "how"].map(str::to_owned)];
        for figure in &self.figures {
            rows.push([
                format!("{}: {}", figure.scenario, figure.what),
                shown(figure.unit, figure.ours),
                beside(figure),
                figure.goal_words(),
                figure.how.clone(),
            ]);
        }
        let mut text = String::new();
        let of = &self.yardstick;
        writeln!(
            text,
            "{} · {}\ndisk's own sync {:.3} ms · plain loop {:.0} ms · {} cores · load {:.1}\n",
            self.date, self.workload, of.disk_sync_ms, of.plain_loop_ms, of.cores, of.load
        )?;
        let widths: Vec<usize> = (0..5)
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        for row in &rows {
            for (cell, width) in row.iter().zip(&widths) {
                write!(text, "{cell:width$}  ")?;
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        Ok(text)
    }

    /// Writes `<date>.json` into a folder, or `<date>-<scenario>.json` of one scenario alone: it doesn't
    /// take the place of them all.
    pub(crate) fn write(&self, folder: &Path, only: Option<&str>) -> Result<PathBuf> {
        std::fs::create_dir_all(folder)?;
        let name = std::iter::once(self.date.as_str()).chain(only);
        let name = name.collect::<Vec<_>>().join("-");
        let path = folder.join(format!("{name}.json"));
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        std::fs::write(&path, text)?;
        Ok(path)
    }
}

/// The comparisons with the ratio of ours to each.
fn beside(figure: &Figure) -> String {
    let each = figure.beside.iter().map(|(name, value)| {
        let ratio = if *value > 0.0 {
            format!(" ({:.2} ×)", figure.ours / value)
        } else {
            String::new()
        };
        format!("{name} {}{ratio}", shown(figure.unit, *value))
    });
    each.collect::<Vec<_>>().join(", ")
}

fn shown(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Bytes if value >= 100_000.0 => format!("{:.0} KB", value / 1_000.0),
        Unit::Bytes => format!("{value:.0} B"),
        Unit::Requests => format!("{value:.0}"),
        Unit::Ms if value >= 100.0 => format!("{value:.0} ms"),
        Unit::Ms if value >= 1.0 => format!("{value:.1} ms"),
        Unit::Ms => format!("{value:.3} ms"),
        Unit::Mib => format!("{value:.0} MiB"),
        Unit::PerSecond => format!("{value:.0} /s"),
        Unit::Percent => format!("{value:.1} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Goal, Unit};

    fn figure(goal: Goal) -> Figure {
        Figure {
            scenario: "push",
            what: "bytes".to_owned(),
            unit: Unit::Bytes,
            ours: 90.0,
            beside: vec![("plain".to_owned(), 100.0), ("other".to_owned(), 10.0)],
            goal: Some(goal),
            how: String::new(),
        }
    }

    #[test]
    fn goals_are_of_the_value_or_of_the_first_beside_it() {
        assert_eq!(figure(Goal::TimesFirst(0.9)).is_met(), Some(true));
        assert_eq!(figure(Goal::TimesFirst(0.8)).is_met(), Some(false));
        assert_eq!(figure(Goal::AtMost(89.0)).is_met(), Some(false));
        assert_eq!(figure(Goal::AtLeast(90.0)).is_met(), Some(true));
        assert!(figure(Goal::AtMost(89.0)).goal_words().ends_with('✗'));
    }
}
