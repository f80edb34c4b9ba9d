//! Whom the visit on the screen counts for, remembered as long as nothing changes that it depends on:
//! to say so walks all records, and the screen asks anew after each answer.

use std::cell::RefCell;

use xunan_core::id::DocId;
use xunan_core::timestamp::Date;

use super::View;
use crate::request::CountsFor;

/// The last one that was asked for.
#[derive(Default)]
pub(crate) struct Counted(RefCell<Option<(Basis, CountsFor)>>);

/// What it was said on. The register is not in it: with another one nothing is remembered.
#[derive(PartialEq, Eq)]
struct Basis {
    visit: DocId,
    facts: u64,
    today: Date,
}

impl View<'_> {
    /// Whom a visit on record counts for.
    pub(crate) fn counts_for_record(&self, id: DocId) -> CountsFor {
        let Some(visit) = self.records.facts_of(id) else {
            return CountsFor::default();
        };
        let basis = Basis {
            visit: id,
            facts: self.records.facts_revision(),
            today: self.today,
        };
        if let Some((held, counts)) = &*self.counted.0.borrow()
            && *held == basis
        {
            return counts.clone();
        }
        let counts = self.counts_for_visit(visit);
        self.counted.0.replace(Some((basis, counts.clone())));
        counts
    }
}
