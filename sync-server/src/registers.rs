//! The register in memory: as it is, and as it was when a device last heard of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use xunan_core::id::{PersonId, UnitId};
use xunan_core::register::{Register, Row, Table};
use xunan_core::rule::audience::{Audience, may_see};

use crate::store::{Result, Store};

/// Older registers and people's subjects kept for the next question.
const KEPT: usize = 64;
const SUBJECTS_KEPT: usize = 20_000;

/// All rows, and what they add up to.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) rows: Vec<Row>,
    pub(crate) register: Register,
}

impl Known {
    /// Whether rows on which rights and audiences hang came after a revision.
    pub(crate) fn rights_changed_after(&self, revision: u64) -> bool {
        let after = self.rows.partition_point(|row| row.revision <= revision);
        let mut later = self.rows.iter().skip(after);
        later.any(|row| matches!(row.table, Table::Unit | Table::Post | Table::Person))
    }
}

type Subjects = Arc<BTreeSet<String>>;

/// The register by revision.
#[derive(Debug, Default)]
pub(crate) struct Registers {
    newest: RwLock<Arc<Known>>,
    older: Mutex<BTreeMap<u64, Arc<Register>>>,
    subjects: Mutex<BTreeMap<(u64, PersonId), Subjects>>,
}

impl Registers {
    /// Reads the rows anew; tells whether there were new ones.
    pub(crate) fn reload(&self, store: &Store) -> Result<bool> {
        let held = self.newest().register.revision();
        let rows = store.read(|ask| {
            if ask.revision()? == held {
                return Ok(None);
            }
            ask.rows().map(Some)
        })?;
        let Some(rows) = rows else {
            return Ok(false);
        };
        let register = Register::new(&rows, None);
        let mut newest = self.newest.write().unwrap_or_else(PoisonError::into_inner);
        *newest = Arc::new(Known { rows, register });
        drop(newest);
        // Older registers know all devices, too: those kept don't know the new ones.
        let mut older = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        older.clear();
        Ok(true)
    }

    /// As it is.
    pub(crate) fn newest(&self) -> Arc<Known> {
        Arc::clone(&self.newest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// As it was at a revision; but all devices are known, for whose a change is doesn't depend on
    /// when somebody heard of it.
    pub(crate) fn at(&self, revision: u64) -> Arc<Register> {
        let newest = self.newest();
        let mut older = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = older.get(&revision) {
            return Arc::clone(held);
        }
        if older.len() >= KEPT {
            older.pop_first();
        }
        let then = |row: &&Row| row.revision <= revision || row.table == Table::Device;
        let register = Arc::new(Register::new(newest.rows.iter().filter(then), None));
        older.insert(revision, Arc::clone(&register));
        register
    }

    /// The subjects through which a person saw records by the register at a revision.
    pub(crate) fn subjects(&self, person: PersonId, revision: u64) -> Subjects {
        let key = (revision, person);
        let held = |kept: &BTreeMap<_, Subjects>| kept.get(&key).map(Arc::clone);
        let lock = || self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(subjects) = held(&lock()) {
            return subjects;
        }
        let subjects = Arc::new(subjects_of(&self.at(revision), person));
        let mut kept = lock();
        if kept.len() >= SUBJECTS_KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&subjects));
        subjects
    }
}

pub(crate) fn unit_subject(unit: UnitId) -> String {
    format!("u:{unit}")
}
fn site_subject(site: UnitId) -> String {
    format!("s:{site}")
}
fn person_subject(person: PersonId) -> String {
    format!("p:{person}")
}

/// An audience as subjects: seeing one of them is seeing the record.
pub(crate) fn subjects_in(audience: &Audience) -> BTreeSet<String> {
    let units = audience.units.iter().copied().map(unit_subject);
    let site = audience.site.filter(|_| audience.served).map(site_subject);
    let people = audience.people.iter().copied().map(person_subject);
    units.chain(site).chain(people).collect()
}

/// Asks core's rule of every audience of one subject: a record is seen if one of its subjects is.
fn subjects_of(register: &Register, person: PersonId) -> BTreeSet<String> {
    let sees = |audience: Audience| may_see(register, person, &audience);
    let mut subjects = BTreeSet::new();
    for (unit, _) in register.units() {
        let of_unit = Audience {
            units: BTreeSet::from([unit]),
            ..Audience::default()
        };
        if sees(of_unit) {
            subjects.insert(unit_subject(unit));
        }
        let served = Audience {
            site: Some(unit),
            served: true,
            ..Audience::default()
        };
        if sees(served) {
            subjects.insert(site_subject(unit));
        }
    }
    let by_name = Audience {
        people: BTreeSet::from([person]),
        ..Audience::default()
    };
    if sees(by_name) {
        subjects.insert(person_subject(person));
    }
    subjects
}
