//! What all metrics share, worked out once from the register and the facts of all records.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{DocId, PersonId, RowId, UnitId};
use crate::record::Lack;
use crate::register::{PlannedVisit, Register, Signer};
use crate::timestamp::{Date, Timestamp};

use super::area::{Areas, overseers_of_place, units_at};
use super::facts::{FindingFacts, InspectionFacts};
use super::period::{PeriodId, Window};
use super::planned_visit::{Fulfilled, Visit};
use super::subject::Subject;

/// The records of an organisation (or those of them that a device holds), ready to be counted.
///
/// Building it costs one pass over all facts; a number then looks only at the records of its own
/// area and people.
pub struct Counting<'a> {
    pub(super) register: &'a Register,
    pub(super) now: Timestamp,
    pub(super) fulfilled: Fulfilled,
    pub(super) plan: Vec<(RowId, &'a PlannedVisit)>,
    targets: BTreeMap<RowId, Vec<RowId>>,
    areas: Areas,
    inspections: Vec<Seen<'a>>,
    by_unit: Index<UnitId>,
    by_person: Index<PersonId>,
    findings: &'a [FindingFacts],
    places: Places,
    reporters: Hands,
    orderers: Hands,
    listers: Hands,
}

/// Findings by where they are.
#[derive(Default)]
struct Places {
    sites: Index<UnitId>,
    /// Of a place that is not in the register: by the units that oversee it.
    elsewhere: Index<UnitId>,
}

/// Findings by whose act they are.
#[derive(Default)]
struct Hands {
    units: Index<UnitId>,
    people: Index<PersonId>,
}

/// Positions of records by what they are looked for by.
struct Index<K>(BTreeMap<K, Vec<usize>>);

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy> Index<K> {
    fn push(&mut self, key: K, number: usize) {
        self.0.entry(key).or_default().push(number);
    }
    fn get(&self, key: K) -> impl Iterator<Item = usize> {
        self.0.get(&key).into_iter().flatten().copied()
    }
}

impl Hands {
    fn of(&self, signer: Signer) -> Vec<usize> {
        match signer {
            Signer::Unit(unit) => self.units.get(unit).collect(),
            Signer::Person(person) => self.people.get(person).collect(),
        }
    }
}

/// A finished inspection as it is counted.
pub(super) struct Seen<'a> {
    pub(super) facts: &'a InspectionFacts,
    /// The local day on which it was finished.
    pub(super) day: Date,
    /// What its record lacks.
    pub(super) lacks: Vec<Lack>,
    /// The units of its team at that moment.
    units: BTreeSet<UnitId>,
    /// The leaders in the leader's role, each with a unit that he or she leads.
    pub(super) led_by: Vec<(PersonId, UnitId)>,
}

impl Seen<'_> {
    pub(super) const fn is_complete(&self) -> bool {
        self.lacks.is_empty()
    }
}

/// What is counted: the register, the facts of all records, and the moment of counting.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The organisation's rows.
    pub register: &'a Register,
    /// Of all inspections.
    pub inspections: &'a [InspectionFacts],
    /// Of all findings.
    pub findings: &'a [FindingFacts],
    /// The moment of counting.
    pub now: Timestamp,
}

impl<'a> Counting<'a> {
    /// Makes the records ready.
    #[must_use]
    pub fn new(facts: Facts<'a>) -> Self {
        Self::taking_for_complete(facts, None)
    }

    /// Makes the records ready, taking the record of one inspection for complete: to say what a
    /// visit that goes on will count for.
    pub(super) fn taking_for_complete(facts: Facts<'a>, complete: Option<DocId>) -> Self {
        let register = facts.register;
        let mut counting = Self {
            register,
            now: facts.now,
            fulfilled: Fulfilled::default(),
            plan: register.plan().collect(),
            targets: BTreeMap::new(),
            areas: Areas::new(register),
            inspections: Vec::with_capacity(facts.inspections.len()),
            by_unit: Index::default(),
            by_person: Index::default(),
            findings: facts.findings,
            places: Places::default(),
            reporters: Hands::default(),
            orderers: Hands::default(),
            listers: Hands::default(),
        };
        for inspection in facts.inspections {
            counting.see(inspection, complete == Some(inspection.id));
        }
        counting.index_findings();
        counting.fulfilled = Fulfilled::of(&counting.plan, counting.visits());
        for (id, target) in register.targets() {
            let targets = counting.targets.entry(target.letter).or_default();
            targets.push(id);
        }
        counting
    }

    fn see(&mut self, facts: &'a InspectionFacts, take_for_complete: bool) {
        let Some(finished) = facts.finished else {
            return;
        };
        let number = self.inspections.len();
        let mut units = BTreeSet::new();
        for person in &facts.team {
            self.by_person.push(*person, number);
            units.extend(units_at(self.register, Some(*person), finished));
        }
        for unit in &units {
            self.by_unit.push(*unit, number);
        }
        let led_by = facts
            .leaders
            .iter()
            .flat_map(|person| self.register.posts_of_at(*person, finished))
            .filter(|post| post.kind.is_leader())
            .map(|post| (post.person, post.unit));
        let lacks = if facts.is_official() && !take_for_complete {
            facts.evidence().lacks(self.register)
        } else {
            Vec::new()
        };
        self.inspections.push(Seen {
            facts,
            day: self.day(finished),
            lacks,
            units,
            led_by: led_by.collect(),
        });
    }
    fn visits(&self) -> Vec<Visit<'_>> {
        let seen = self.inspections.iter();
        let official = seen.filter(|seen| seen.facts.is_official() && !seen.facts.withdrawn);
        let visit = |seen: &Seen<'a>| Visit {
            facts: seen.facts,
            day: seen.day,
            is_complete: seen.is_complete(),
            units: seen.units.clone(),
            is_led: !seen.led_by.is_empty(),
        };
        official.map(visit).collect()
    }
    fn index_findings(&mut self) {
        for (number, finding) in self.findings.iter().enumerate() {
            for unit in units_at(self.register, finding.reporter, finding.reported) {
                self.reporters.units.push(unit, number);
            }
            if let Some(reporter) = finding.reporter {
                self.reporters.people.push(reporter, number);
            }
            for duty in &finding.duties {
                for unit in &duty.units {
                    self.orderers.units.push(*unit, number);
                }
                for officer in &duty.officers {
                    self.orderers.people.push(*officer, number);
                }
            }
            for listing in &finding.listed {
                self.listers.units.push(listing.unit, number);
                self.listers.people.push(listing.by, number);
            }
            if let Some(site) = finding.site {
                self.places.sites.push(site, number);
            } else {
                for unit in overseers_of_place(self.register, finding) {
                    self.places.elsewhere.push(unit, number);
                }
            }
        }
    }

    /// The targets of a letter.
    pub(super) fn targets_of_letter(&self, letter: RowId) -> &[RowId] {
        self.targets.get(&letter).map_or(&[], Vec::as_slice)
    }
    /// The local day of a moment.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        self.register.settings().zone.day(at)
    }
    /// The last moment of a local day.
    pub(super) fn end_of(&self, day: Date) -> Timestamp {
        self.register.settings().zone.end_of(day).plus(-1)
    }
    /// A period as it is counted now.
    pub(super) fn window(&self, period: PeriodId) -> Window {
        Window::new(period, self.register.settings(), self.now)
    }
    /// A signer with what was theirs at the end of a window.
    pub(super) fn subject(&self, signer: Signer, window: &Window) -> Subject {
        Subject::new(self.register, signer, window.as_of)
    }
    /// Whether an inspection is one of the plan's visits.
    pub(super) fn is_planned(&self, seen: &Seen<'_>) -> bool {
        self.fulfilled.is_planned(seen.facts.id)
    }
    /// The complete official inspection that fulfilled a planned visit.
    #[must_use]
    pub fn fulfilled_by(&self, row: RowId) -> Option<DocId> {
        self.fulfilled.by(row)
    }
    /// The finished inspections with the person, or somebody of the unit, in the team.
    pub(super) fn inspections_of(&self, whose: Signer) -> impl Iterator<Item = &Seen<'a>> {
        let numbers: Vec<usize> = match whose {
            Signer::Unit(unit) => self.by_unit.get(unit).collect(),
            Signer::Person(person) => self.by_person.get(person).collect(),
        };
        numbers
            .into_iter()
            .filter_map(|number| self.inspections.get(number))
    }
    /// All finished inspections.
    pub(super) fn inspections(&self) -> impl Iterator<Item = &Seen<'a>> {
        self.inspections.iter()
    }
    /// The sites of a unit's area.
    pub(super) fn sites(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        self.areas.sites(unit)
    }

    /// The findings of the signer's area, each once: for the government those of official inspections
    /// and reports, for an enterprise all at its site.
    pub(super) fn findings_in_area(&self, whose: &Subject) -> Vec<&'a FindingFacts> {
        let mut numbers = Vec::new();
        for unit in &whose.areas {
            let is_own = self.is_enterprise(*unit);
            let sites = self.areas.sites(*unit);
            let at_sites = sites.flat_map(|site| self.places.sites.get(site));
            let at_places = self.places.elsewhere.get(*unit);
            let here = at_sites.chain(at_places);
            numbers.extend(here.filter(|number| is_own || !self.is_own(*number)));
        }
        if let Some(person) = whose.reporter() {
            let reported = self.reporters.people.get(person);
            numbers.extend(reported.filter(|number| !self.is_own(*number)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        self.found(numbers)
    }
    /// The findings that the person, or the unit's people, reported.
    pub(super) fn findings_by(&self, whose: &Subject) -> Vec<&'a FindingFacts> {
        self.counted(whose, self.reporters.of(whose.signer))
    }
    /// The findings with a duty that is theirs by unit or by name.
    pub(super) fn findings_ordered_by(&self, whose: &Subject) -> Vec<&'a FindingFacts> {
        let units = whose.answers_for.iter();
        let by_units = units.flat_map(|unit| self.orderers.units.get(*unit));
        let named = whose.named().into_iter();
        let by_name = named.flat_map(|person| self.orderers.people.get(person));
        self.counted(whose, by_units.chain(by_name).collect())
    }
    /// The findings that the person, or the unit, listed.
    pub(super) fn findings_listed_by(&self, whose: &Subject) -> Vec<&'a FindingFacts> {
        self.counted(whose, self.listers.of(whose.signer))
    }
    /// An enterprise's own findings never count for the government.
    fn counted(&self, whose: &Subject, mut numbers: Vec<usize>) -> Vec<&'a FindingFacts> {
        numbers.retain(|number| !whose.is_official || !self.is_own(*number));
        self.found(numbers)
    }
    /// Those at these positions, each once.
    fn found(&self, mut numbers: Vec<usize>) -> Vec<&'a FindingFacts> {
        numbers.sort_unstable();
        numbers.dedup();
        let found = numbers.into_iter().filter_map(|n| self.findings.get(n));
        found.collect()
    }
    fn is_own(&self, number: usize) -> bool {
        self.findings.get(number).is_some_and(|finding| finding.own)
    }
    fn is_enterprise(&self, unit: UnitId) -> bool {
        let unit = self.register.unit(unit);
        unit.is_some_and(|unit| !unit.level.is_government())
    }
}
