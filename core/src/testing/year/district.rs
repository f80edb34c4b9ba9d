//! Who there is to write: the register's people, units and planned visits, as a year needs them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::author::actor;
use crate::id::{ActorId, PersonId, RowId, UnitId};
use crate::register::{PlannedVisit, PostKind, Register, Unit, UnitLevel};

/// The public key of a person's one device.
#[must_use]
pub fn device_key(person: PersonId) -> [u8; 32] {
    Sha256::digest(format!("device {person}").as_bytes()).into()
}

pub(super) fn actor_of(person: PersonId) -> ActorId {
    let tail = Sha256::digest(person.as_bytes());
    actor(&device_key(person), tail[..4].try_into().unwrap())
}

/// A person in an office.
struct Office {
    person: PersonId,
    name: String,
    unit: UnitId,
    kind: PostKind,
}

/// A register's district. Everything in it is in the order of ids: the same register, the same
/// year.
pub struct District {
    pub(super) plan: Vec<(RowId, PlannedVisit)>,
    units: BTreeMap<UnitId, Unit>,
    offices: Vec<Office>,
}

impl District {
    /// What the register has now.
    #[must_use]
    pub fn of(register: &Register) -> Self {
        let units = register.units();
        let offices = register.posts().filter_map(|(_, versions)| {
            let post = versions.current()?;
            Some(Office {
                person: post.person,
                name: register.person(post.person)?.name.clone(),
                unit: post.unit,
                kind: post.kind,
            })
        });
        Self {
            plan: register
                .plan()
                .map(|(row, visit)| (row, visit.clone()))
                .collect(),
            units: units
                .filter_map(|(id, versions)| Some((id, versions.current()?.clone())))
                .collect(),
            offices: offices.collect(),
        }
    }
    /// Everybody who has a post.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.offices.iter().map(|office| office.person)
    }
    /// Somebody of this name; the sample has each name once in a unit.
    #[must_use]
    pub fn person(&self, name: &str, unit: UnitId) -> PersonId {
        let mut offices = self.offices.iter();
        let found = offices.find(|office| office.name == name && office.unit == unit);
        found
            .unwrap_or_else(|| panic!("nobody is called {name} in {unit}"))
            .person
    }
    /// The people with posts of a kind in a unit.
    #[must_use]
    pub fn with_post(&self, unit: UnitId, kinds: &[PostKind]) -> Vec<PersonId> {
        let here = self.offices.iter();
        here.filter(|office| office.unit == unit && kinds.contains(&office.kind))
            .map(|office| office.person)
            .collect()
    }

    pub(super) fn officials(&self, unit: UnitId) -> Vec<PersonId> {
        self.with_post(unit, &[PostKind::Inspector, PostKind::Supervisor])
    }
    pub(super) fn leaders(&self, unit: UnitId) -> Vec<PersonId> {
        let kinds = PostKind::ALL.into_iter().filter(|kind| kind.is_leader());
        self.with_post(unit, &kinds.collect::<Vec<_>>())
    }
    pub(super) fn main_leader(&self, unit: UnitId) -> Option<PersonId> {
        self.with_post(unit, &[PostKind::Main]).first().copied()
    }
    pub(super) fn site_people(&self, site: UnitId) -> Vec<PersonId> {
        self.with_post(site, &[PostKind::Principal, PostKind::SafetyOfficer])
    }
    pub(super) fn sites(&self) -> Vec<UnitId> {
        let units = self.units.iter();
        units
            .filter(|(_, unit)| unit.level == UnitLevel::Enterprise)
            .map(|(id, _)| *id)
            .collect()
    }
    /// The government units that oversee a site and have people.
    pub(super) fn overseers(&self, site: UnitId) -> Vec<UnitId> {
        let unit = &self.units[&site];
        let with_remit = self.units.iter().filter(|(_, unit)| unit.remit.is_some());
        let all = with_remit
            .map(|(id, _)| *id)
            .chain(unit.regulators.iter().copied())
            .chain(unit.parent);
        let mut all: Vec<UnitId> = all.filter(|unit| self.officials(*unit).len() > 1).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
