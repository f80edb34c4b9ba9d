//! Projections: what lists, tasks and numbers need of each record, kept beside its document so that
//! none of them opens one. A projection is a pure function of a record's history and can be rebuilt
//! at any time; a test does so.

mod finding;
mod inspection;

pub(crate) use finding::FindingRecord;
pub(crate) use inspection::InspectionRecord;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xunan_core::change::History;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;
use xunan_core::register::Register;
use xunan_core::target::{FindingFacts, InspectionFacts};

/// The projection of one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Projection {
    /// Of an inspection.
    Inspection(Box<InspectionRecord>, Box<InspectionFacts>),
    /// Of a finding.
    Finding(Box<FindingRecord>, Box<FindingFacts>),
}

/// Projects a record; none while it has no root here.
pub(crate) fn project(history: &History, register: &Register) -> Option<Projection> {
    Some(match history.kind() {
        RecordKind::Inspection => {
            let (record, facts) = InspectionRecord::of(history, register)?;
            Projection::Inspection(Box::new(record), Box::new(facts))
        }
        RecordKind::Finding => {
            let (record, facts) = FindingRecord::of(history, register)?;
            Projection::Finding(Box::new(record), Box::new(facts))
        }
    })
}

/// All projections in memory: lists and searches walk them, numbers take their facts as one slice.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) inspections: BTreeMap<DocId, InspectionRecord>,
    pub(crate) findings: BTreeMap<DocId, FindingRecord>,
    inspection_facts: Row<InspectionFacts>,
    finding_facts: Row<FindingFacts>,
    facts_revision: u64,
}

impl Records {
    /// Puts or replaces one.
    pub(crate) fn put(&mut self, id: DocId, projection: Projection) {
        match projection {
            Projection::Inspection(record, facts) => {
                self.inspections.insert(id, *record);
                let changed = self.inspection_facts.put(id, *facts);
                self.facts_changed(changed);
            }
            Projection::Finding(record, facts) => {
                self.findings.insert(id, *record);
                let changed = self.finding_facts.put(id, *facts);
                self.facts_changed(changed);
            }
        }
    }
    /// Takes one away: its record left the device.
    pub(crate) fn remove(&mut self, id: DocId) {
        self.inspections.remove(&id);
        self.findings.remove(&id);
        self.inspection_facts.remove(id);
        self.finding_facts.remove(id);
        self.facts_changed(true);
    }
    const fn facts_changed(&mut self, changed: bool) {
        if changed {
            self.facts_revision = self.facts_revision.wrapping_add(1);
        }
    }
    /// Another one whenever facts changed: what was counted may be another.
    pub(crate) const fn facts_revision(&self) -> u64 {
        self.facts_revision
    }
    /// The facts of all inspections, in no order.
    pub(crate) fn inspection_facts(&self) -> &[InspectionFacts] {
        &self.inspection_facts.all
    }
    /// The facts of all findings, in no order.
    pub(crate) fn finding_facts(&self) -> &[FindingFacts] {
        &self.finding_facts.all
    }
    /// The facts of one finding.
    pub(crate) fn facts_of_finding(&self, finding: DocId) -> Option<&FindingFacts> {
        self.finding_facts.get(finding)
    }
    /// The facts of one inspection.
    pub(crate) fn facts_of(&self, inspection: DocId) -> Option<&InspectionFacts> {
        self.inspection_facts.get(inspection)
    }
}

/// Values side by side, found by record.
#[derive(Debug)]
struct Row<T> {
    all: Vec<T>,
    ids: Vec<DocId>,
    places: BTreeMap<DocId, usize>,
}

impl<T> Default for Row<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            ids: Vec::new(),
            places: BTreeMap::new(),
        }
    }
}

impl<T: PartialEq> Row<T> {
    fn get(&self, id: DocId) -> Option<&T> {
        self.all.get(*self.places.get(&id)?)
    }
    /// Whether it was another one before.
    fn put(&mut self, id: DocId, value: T) -> bool {
        match self
            .places
            .get(&id)
            .and_then(|place| self.all.get_mut(*place))
        {
            Some(held) if *held == value => false,
            Some(held) => {
                *held = value;
                true
            }
            None => {
                self.places.insert(id, self.all.len());
                self.all.push(value);
                self.ids.push(id);
                true
            }
        }
    }
    fn remove(&mut self, id: DocId) {
        let Some(place) = self.places.remove(&id) else {
            return;
        };
        self.all.swap_remove(place);
        self.ids.swap_remove(place);
        if let Some(moved) = self.ids.get(place) {
            self.places.insert(*moved, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Row;
    use xunan_core::id::DocId;

    #[test]
    fn a_row_finds_what_stayed_after_others_left() {
        let id = |n: u8| DocId::from_bytes([n; 16]);
        let mut row = Row::default();
        for n in 0..5 {
            row.put(id(n), n);
        }
        assert!(row.put(id(1), 11));
        assert!(!row.put(id(1), 11));
        row.remove(id(0));
        row.remove(id(3));
        row.remove(id(3));
        let found: Vec<Option<&u8>> = (0..5).map(|n| row.get(id(n))).collect();
        assert_eq!(found, [None, Some(&11), Some(&2), None, Some(&4)]);
        assert_eq!(row.all.len(), 3);
    }
}
