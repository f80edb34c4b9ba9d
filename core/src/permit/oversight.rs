//! Who oversees a site (metrics.md, "Words"): the government units above it in territory, the
//! regulators of its industry, and those with a district-wide remit. And who holds it: the
//! enterprise itself and the enterprises above it (a group's branches).

use std::collections::BTreeSet;

use crate::id::UnitId;
use crate::register::{Register, Unit, UnitLevel};

/// A unit that wasn't retired.
pub(crate) fn current(register: &Register, unit: UnitId) -> Option<&Unit> {
    register.unit_versions(unit)?.current()
}

/// Whether it is a site: an enterprise. A retired one stays a site, so that what is open there can
/// be closed.
#[must_use]
pub fn is_site(register: &Register, unit: UnitId) -> bool {
    register
        .unit(unit)
        .is_some_and(|unit| unit.level == UnitLevel::Enterprise)
}

/// The units above it in territory, nearest first, without itself.
#[must_use]
pub fn above(register: &Register, unit: UnitId) -> Vec<UnitId> {
    let mut chain = Vec::new();
    let mut next = register.unit(unit).and_then(|unit| unit.parent);
    while let Some(parent) = next {
        // An import that made a circle must not hang a phone.
        if parent == unit || chain.contains(&parent) {
            break;
        }
        chain.push(parent);
        next = register.unit(parent).and_then(|unit| unit.parent);
    }
    chain
}

/// The site and the enterprises above it (its group), nearest first.
#[must_use]
pub fn holders(register: &Register, site: UnitId) -> Vec<UnitId> {
    if !is_site(register, site) {
        return Vec::new();
    }
    std::iter::once(site)
        .chain(above(register, site))
        .take_while(|unit| is_site(register, *unit))
        .collect()
}

/// Whether an enterprise is the site or one above it.
#[must_use]
pub fn holds(register: &Register, enterprise: UnitId, site: UnitId) -> bool {
    holders(register, site).contains(&enterprise)
}

/// Whether a government unit oversees a site.
#[must_use]
pub fn oversees(register: &Register, unit: UnitId, site: UnitId) -> bool {
    let (Some(overseer), true) = (current(register, unit), is_site(register, site)) else {
        return false;
    };
    overseer.level.is_government()
        && (overseer.remit.is_some()
            || register
                .unit(site)
                .is_some_and(|site| site.regulators.contains(&unit))
            || above(register, site).contains(&unit))
}

/// The government units that oversee a site.
#[must_use]
pub fn overseers(register: &Register, site: UnitId) -> BTreeSet<UnitId> {
    let Some(unit) = register.unit(site).filter(|_| is_site(register, site)) else {
        return BTreeSet::new();
    };
    with_remit(register)
        .chain(unit.regulators.iter().copied())
        .chain(above(register, site))
        .filter(|id| current(register, *id).is_some_and(|unit| unit.level.is_government()))
        .collect()
}

/// The government units whose remit is the whole district: they oversee whatever lies in it, places
/// that are not in the register, too.
pub(crate) fn with_remit(register: &Register) -> impl Iterator<Item = UnitId> {
    let remit = |unit: &Unit| unit.remit.is_some() && unit.level.is_government();
    register
        .units()
        .filter(move |(_, versions)| versions.current().is_some_and(remit))
        .map(|(id, _)| id)
}

/// The units that oversee a site and may order there.
#[must_use]
pub fn with_power(register: &Register, site: UnitId) -> BTreeSet<UnitId> {
    let mut units = overseers(register, site);
    units.retain(|unit| has_power(register, *unit));
    units
}

/// Whether a unit has the power to order rectification (责令整改权限).
#[must_use]
pub fn has_power(register: &Register, unit: UnitId) -> bool {
    current(register, unit).is_some_and(|unit| unit.power.is_some())
}

/// The sites of a unit's area: those that it oversees, or the enterprise itself.
#[must_use]
pub fn area(register: &Register, unit: UnitId) -> Vec<UnitId> {
    if is_site(register, unit) {
        return vec![unit];
    }
    register
        .units()
        .map(|(id, _)| id)
        .filter(|site| oversees(register, unit, *site))
        .collect()
}

/// The enterprises below one: its branches and theirs, without itself.
#[must_use]
pub fn branches(register: &Register, enterprise: UnitId) -> Vec<UnitId> {
    register
        .units()
        .map(|(id, _)| id)
        .filter(|site| *site != enterprise && holds(register, enterprise, *site))
        .collect()
}

/// Where a record plays, as far as rights ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Locality {
    /// At a site.
    Site(UnitId),
    /// At a place that is not in the register: the units of those who began the record, those above
    /// them, and those with a district-wide remit.
    Place(BTreeSet<UnitId>),
}

impl Locality {
    /// A place, from the units of those who began the record.
    pub(crate) fn place(register: &Register, began_by: impl Iterator<Item = UnitId>) -> Self {
        let mut units: BTreeSet<UnitId> = with_remit(register).collect();
        for unit in began_by {
            units.insert(unit);
            units.extend(above(register, unit));
        }
        units.retain(|id| current(register, *id).is_some_and(|unit| unit.level.is_government()));
        Self::Place(units)
    }
    /// Whether a government unit oversees it.
    pub(crate) fn is_overseen_by(&self, register: &Register, unit: UnitId) -> bool {
        match self {
            Self::Site(site) => oversees(register, unit, *site),
            Self::Place(units) => units.contains(&unit),
        }
    }
    /// Whether an enterprise holds it.
    pub(crate) fn is_held_by(&self, register: &Register, enterprise: UnitId) -> bool {
        matches!(self, Self::Site(site) if holds(register, enterprise, *site))
    }
    /// The government units that oversee it.
    pub(crate) fn overseers(&self, register: &Register) -> BTreeSet<UnitId> {
        match self {
            Self::Site(site) => overseers(register, *site),
            Self::Place(units) => units.clone(),
        }
    }
    /// Those of them that may order.
    pub(crate) fn with_power(&self, register: &Register) -> BTreeSet<UnitId> {
        let mut units = self.overseers(register);
        units.retain(|unit| has_power(register, *unit));
        units
    }
}

#[cfg(test)]
mod tests;
