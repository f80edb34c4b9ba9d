//! A metric for a unit in a period, whether or not a letter asks for it: what a supervisor's desk
//! shows of every unit below.

use crate::id::{DocId, RowId, UnitId};
use crate::register::Signer;

use super::catalogue::Metric;
use super::counting::Counting;
use super::facts::FindingFacts;
use super::metric;
use super::number::{Tally, Value};
use super::period::{PeriodId, Phase, Window};

/// A metric in one period.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The period as it is counted now.
    pub window: Window,
    /// The records behind the number.
    pub tally: Tally,
    /// The number.
    pub value: Value,
}

impl Counting<'_> {
    /// A metric of a unit in a period; nothing for a period that is not counted (yet), and for a
    /// metric whose records don't exist yet.
    #[must_use]
    pub fn measured(&self, metric: Metric, unit: UnitId, period: PeriodId) -> Option<Measured> {
        let window = self.window(period);
        if matches!(window.phase, Phase::NotStarted | Phase::Coming) {
            return None;
        }
        let whose = self.subject(Signer::Unit(unit), &window);
        let tally = metric::tally(self, metric, &whose, &window)?;
        let value = metric::value(metric, &tally);
        Some(Measured {
            window,
            tally,
            value,
        })
    }

    /// The findings of a unit's area as metrics count them, each once.
    #[must_use]
    pub fn findings_of_area(&self, unit: UnitId) -> Vec<&FindingFacts> {
        let whose = super::subject::Subject::new(self.register, Signer::Unit(unit), self.now);
        self.findings_in_area(&whose)
    }

    /// A visit of a planned row whose record is not complete.
    #[must_use]
    pub fn tried_by(&self, row: RowId) -> Option<DocId> {
        self.fulfilled.tried_by(row)
    }
}
