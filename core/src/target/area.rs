//! Areas: which findings and sites are a unit's.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{PersonId, UnitId};
use crate::permit::oversight::{above, is_site, overseers};
use crate::register::Register;
use crate::timestamp::Timestamp;

use super::facts::FindingFacts;

/// The area of every unit, worked out once.
///
/// A government unit's area is the sites that it oversees; an enterprise's is itself. Retired sites
/// stay in it: what is open there is still somebody's.
pub(crate) struct Areas {
    sites: BTreeMap<UnitId, BTreeSet<UnitId>>,
}

impl Areas {
    pub(crate) fn new(register: &Register) -> Self {
        let mut sites: BTreeMap<UnitId, BTreeSet<UnitId>> = BTreeMap::new();
        for (site, _) in register.units().filter(|(id, _)| is_site(register, *id)) {
            sites.entry(site).or_default().insert(site);
            for unit in overseers(register, site) {
                sites.entry(unit).or_default().insert(site);
            }
        }
        Self { sites }
    }
    /// The sites of a unit's area.
    pub(crate) fn sites(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        self.sites.get(&unit).into_iter().flatten().copied()
    }
}

/// The government units that oversee a place which is not in the register: those of whoever
/// reported it, and those above them.
pub(crate) fn overseers_of_place(register: &Register, finding: &FindingFacts) -> BTreeSet<UnitId> {
    let mut units = BTreeSet::new();
    for unit in units_at(register, finding.reporter, finding.reported) {
        units.insert(unit);
        units.extend(above(register, unit));
    }
    units.retain(|unit| {
        register
            .unit(*unit)
            .is_some_and(|unit| unit.level.is_government())
    });
    units
}

/// The units in which a person had a post at a moment.
pub(crate) fn units_at(
    register: &Register,
    person: Option<PersonId>,
    at: Timestamp,
) -> BTreeSet<UnitId> {
    person
        .into_iter()
        .flat_map(|person| register.posts_of_at(person, at))
        .map(|post| post.unit)
        .collect()
}
