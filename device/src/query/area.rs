//! Whose work a page at the desk is about: a unit of mine or one that answers to it, and its area.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{DeviceId, PersonId, UnitId};
use xunan_core::order::Order;
use xunan_core::permit::oversight::{above, area, is_site};
use xunan_core::register::{PostKind, Signer, Unit, UnitLevel};
use xunan_core::target::PeriodId;
use xunan_core::timestamp::{DAY_MS, Timestamp};

use super::View;
use crate::request::{
    DeskUnit, LetterView, Letters, PersonCard, Standing, UnitLetters, UnitPeople, Unsynced,
};

/// Posts whose holders look after what others do; anybody else sees the own units.
const DESK: [PostKind; 7] = [
    PostKind::Supervisor,
    PostKind::Main,
    PostKind::Party,
    PostKind::InCharge,
    PostKind::DualDuty,
    PostKind::Principal,
    PostKind::SafetyOfficer,
];

/// A unit with what is below it and what it oversees.
pub(crate) struct Area {
    pub(crate) unit: UnitId,
    /// It and the units below it in territory, without sites.
    pub(crate) units: BTreeSet<UnitId>,
    /// The sites of its area.
    pub(crate) sites: BTreeSet<UnitId>,
}

impl View<'_> {
    /// The units that I may look at: mine, then those below each, top down.
    pub(crate) fn desk_units(&self) -> Vec<DeskUnit> {
        let found = self.below_mine(|unit| unit.level.is_government());
        let found = found.into_iter();
        found
            .map(|(id, depth)| DeskUnit {
                unit: self.unit(id),
                depth,
            })
            .collect()
    }

    /// My units and those below in territory that fit (mine always do), each after the one above it.
    fn below_mine(&self, fits: impl Fn(&Unit) -> bool) -> Vec<(UnitId, u8)> {
        let mut children: BTreeMap<UnitId, Vec<(UnitLevel, &str, UnitId)>> = BTreeMap::new();
        for (id, versions) in self.register.units() {
            if let Some(unit) = versions.current().filter(|unit| fits(unit))
                && let Some(parent) = unit.parent
            {
                let below = children.entry(parent).or_default();
                below.push((unit.level, unit.name.as_str(), id));
            }
        }
        children
            .values_mut()
            .for_each(|below| below.sort_unstable());
        let mut found: Vec<(UnitId, u8)> = Vec::new();
        let mut seen = BTreeSet::new();
        for mine in self.my_desk_units() {
            let mut waiting = vec![(mine, 0)];
            while let Some((id, depth)) = waiting.pop() {
                if !seen.insert(id) {
                    continue;
                }
                found.push((id, depth));
                let below = children.get(&id).into_iter().flatten().rev();
                waiting.extend(below.map(|(_, _, child)| (*child, depth.saturating_add(1))));
            }
        }
        found
    }

    /// The units that I look after, the highest first.
    fn my_desk_units(&self) -> Vec<UnitId> {
        let mut mine = self.units_as(&DESK);
        if mine.is_empty() {
            mine = self.my_units().into_iter().collect();
        }
        mine.order_by_key(|id| (above(self.register, *id).len(), *id));
        mine.dedup();
        mine
    }

    /// The unit asked for, if I may look at it, else my first, with its area.
    pub(crate) fn area(&self, asked: Option<UnitId>) -> Option<Area> {
        let mine = self.my_desk_units();
        let is_mine = |unit: &UnitId| {
            let above = above(self.register, *unit);
            mine.contains(unit)
                || above.iter().any(|it| mine.contains(it))
                || is_site(self.register, *unit) && self.i_oversee(*unit)
        };
        let unit = asked.filter(is_mine).or(mine.first().copied())?;
        Some(self.area_of(unit))
    }

    fn area_of(&self, unit: UnitId) -> Area {
        let all = self.register.units().filter(|(id, versions)| {
            let unit_level = versions.current().map(|unit| unit.level);
            unit_level.is_some_and(UnitLevel::is_government)
                && above(self.register, *id).contains(&unit)
        });
        Area {
            unit,
            units: all.map(|(id, _)| id).chain([unit]).collect(),
            sites: area(self.register, unit).into_iter().collect(),
        }
    }

    /// A period by its name; the running month otherwise.
    pub(crate) fn period(&self, name: Option<&str>) -> PeriodId {
        let month = || PeriodId::of(xunan_core::register::Period::Month, self.today);
        name.and_then(|name| name.parse().ok())
            .unwrap_or_else(month)
    }

    /// The short name of a site's territory.
    pub(crate) fn part_name(&self, site: Option<UnitId>) -> String {
        let parent = site.and_then(|site| self.register.unit(site)?.parent);
        parent.map(|unit| self.unit_name(unit)).unwrap_or_default()
    }

    /// The units of my area with their people: mine, those below, and the sites that I oversee
    /// without being above them.
    pub(crate) fn organisation(&self) -> Vec<UnitPeople> {
        let mut units = self.below_mine(|_| true);
        let seen: BTreeSet<UnitId> = units.iter().map(|(id, _)| *id).collect();
        let mut others: Vec<UnitId> = self.my_sites();
        others.retain(|site| !seen.contains(site));
        others.order_by_key(|site| self.register.unit(*site).map(|unit| &unit.name));
        units.extend(others.into_iter().map(|site| (site, 1)));
        let units = units.into_iter();
        units
            .filter_map(|(id, depth)| self.unit_people(id, depth))
            .collect()
    }

    fn unit_people(&self, id: UnitId, depth: u8) -> Option<UnitPeople> {
        let unit = self.register.unit(id)?;
        let card = |person: crate::request::PersonShown| {
            let held = self.register.person(person.id);
            let certificate = held.and_then(|held| held.certificate.as_ref());
            PersonCard {
                certificate: certificate.map(|held| held.number.clone()),
                expires: certificate.map(|held| self.due(held.expires)),
                person,
            }
        };
        Some(UnitPeople {
            unit: self.unit(id),
            depth,
            level: unit.level,
            industry: unit.industry.clone().unwrap_or_default(),
            people: self.people_of(id).into_iter().map(card).collect(),
            answering: if unit.level.is_government() {
                Vec::new()
            } else {
                self.answering(id)
            },
        })
    }

    /// How the letters of my area stand, and all that one unit and its people signed.
    pub(crate) fn letters_by_unit(&self, asked: Option<UnitId>) -> Letters {
        let year = self.today.year();
        let mut by_unit: BTreeMap<UnitId, Vec<xunan_core::id::RowId>> = BTreeMap::new();
        for (id, letter) in self.register.letters().filter(|(_, l)| l.year == year) {
            if let Signer::Unit(unit) = letter.signer {
                by_unit.entry(unit).or_default().push(id);
            }
        }
        let units: Vec<UnitLetters> = self
            .below_mine(|_| true)
            .into_iter()
            .filter(|(id, _)| by_unit.contains_key(id))
            .map(|(id, depth)| self.unit_letters(id, depth))
            .collect();
        let shown = asked.filter(|id| units.iter().any(|row| row.unit.id == *id));
        let shown = shown.or(units.first().map(|row| row.unit.id));
        Letters {
            unit: shown.map(|id| self.unit(id)),
            letters: shown.map_or_else(Vec::new, |id| self.letters_in(id, year)),
            units,
        }
    }

    fn unit_letters(&self, unit: UnitId, depth: u8) -> UnitLetters {
        let mut row = UnitLetters {
            unit: self.unit(unit),
            depth,
            reached: 0,
            running: 0,
            missed: 0,
            not_counted: 0,
        };
        let counting = self.counting();
        for target in counting.targets_of(Signer::Unit(unit), self.today.year()) {
            let standing = self.target_now(target).map(|target| target.standing);
            let place = match standing {
                Some(Standing::Reached | Standing::MetByNothing) => &mut row.reached,
                Some(Standing::Running) => &mut row.running,
                Some(Standing::Missed | Standing::OutOfReach) => &mut row.missed,
                _ => &mut row.not_counted,
            };
            *place = place.saturating_add(1);
        }
        row
    }

    /// A unit's letter, then those of its people, by rank.
    fn letters_in(&self, unit: UnitId, year: i32) -> Vec<LetterView> {
        let people = self.people_of(unit);
        let people = people.iter().map(|person| Signer::Person(person.id));
        let signers = std::iter::once(Signer::Unit(unit)).chain(people);
        let mut seen = BTreeSet::new();
        let mut letters = Vec::new();
        for signer in signers.filter(|signer| seen.insert(*signer)) {
            let own = self.register.letters();
            let own = own.filter(|(_, letter)| letter.signer == signer && letter.year == year);
            letters.extend(own.filter_map(|(id, letter)| self.letter(id, letter)));
        }
        letters
    }

    /// Devices of the area's government people that the relay has not heard of for more than a day,
    /// the longest silent first. The own device is left out: its state stands on every page.
    pub(crate) fn unsynced(
        &self,
        area: &Area,
        heard: &BTreeMap<DeviceId, Timestamp>,
    ) -> Vec<Unsynced> {
        let silent = |(id, device): (DeviceId, &xunan_core::register::Device)| {
            let since = heard.get(&id).copied();
            let is_silent = since.is_none_or(|at| self.now.since(at) > DAY_MS);
            let is_theirs = device.person != self.me && self.is_in(device.person, &area.units);
            (is_silent && is_theirs && device.revoked.is_none()).then(|| Unsynced {
                person: self.person(device.person),
                since,
            })
        };
        let mut found: Vec<Unsynced> = self.register.devices().filter_map(silent).collect();
        found.order_by_key(|row| row.since);
        found
    }

    /// Has a post in one of these units.
    pub(crate) fn is_in(&self, person: PersonId, units: &BTreeSet<UnitId>) -> bool {
        let mut posts = self.register.posts_of(person);
        posts.any(|post| units.contains(&post.unit))
    }
}

impl Area {
    /// Whether it is about a site; or about a place that is not in the register, by who found it.
    pub(crate) fn has(&self, view: &View<'_>, site: Option<UnitId>, by: Option<PersonId>) -> bool {
        match site {
            Some(site) => self.sites.contains(&site),
            None => by.is_some_and(|person| view.is_in(person, &self.units)),
        }
    }
}
