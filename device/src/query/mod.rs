//! The questions of the screens, one file each: pure functions of a [`View`] of what is on the
//! device. None of them waits for anything.

mod admin;
mod answering;
mod area;
mod counted;
mod dashboard;
mod end;
mod finding;
mod findings;
mod initials;
mod inspection;
mod inspections;
mod names;
mod number;
mod open_matters;
mod paper;
mod people;
mod plan;
mod plan_change;
mod queue;
mod search;
mod shown;
mod sites;
mod table;
mod tasks;
mod today;
mod visit;

pub(crate) use counted::Counted;
pub(crate) use queue::Chosen;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use xunan_core::id::{DocId, PersonId, Sha256};
use xunan_core::permit;
use xunan_core::register::Register;
use xunan_core::target::{Counting, Facts};
use xunan_core::timestamp::{Date, Timestamp};

use crate::projection::Records;

/// What a question may look at: the register, the projections, and a few facts of this device.
pub(crate) struct View<'a> {
    pub(crate) register: &'a Register,
    pub(crate) records: &'a Records,
    pub(crate) me: PersonId,
    pub(crate) now: Timestamp,
    pub(crate) today: Date,
    /// Records with changes that are only here.
    pub(crate) unsent: &'a BTreeSet<DocId>,
    /// Records that were opened on this device.
    pub(crate) opened: &'a BTreeSet<DocId>,
    pub(crate) blobs: &'a dyn Blobs,
    /// Inspections that a judgement on a finding looks at.
    pub(crate) others: &'a dyn permit::Records,
    pub(crate) counting: OnceCell<Counting<'a>>,
    pub(crate) counted: &'a Counted,
}

impl<'a> View<'a> {
    /// What counting looks at.
    pub(crate) fn facts(&self) -> Facts<'a> {
        Facts {
            register: self.register,
            inspections: self.records.inspection_facts(),
            findings: self.records.finding_facts(),
            now: self.now,
        }
    }
    /// All records ready to be counted: made once per question, and only if it counts.
    pub(crate) fn counting(&self) -> &Counting<'a> {
        self.counting.get_or_init(|| Counting::new(self.facts()))
    }
}

/// Where a blob is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BlobState {
    /// On this device.
    pub(crate) here: bool,
    /// At the relay.
    pub(crate) uploaded: bool,
}

/// Tells where blobs are.
pub(crate) trait Blobs {
    /// The state of one.
    fn state(&self, hash: &Sha256) -> BlobState;
}

#[cfg(test)]
mod tests;
