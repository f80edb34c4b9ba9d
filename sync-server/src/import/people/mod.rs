//! 人员: persons, found by phone number, with their posts. Several rows of one number and name are
//! one person with several posts.

mod entry;
mod identity;
mod lookup;
mod posts;

pub(super) use entry::POST_KINDS;
pub use entry::phone_number;
pub(super) use lookup::Lookup;

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{Certificate, Person, Post, Table as Rows};

use super::Scope;
use super::ledger::{Difference, Ledger};
use super::problem::Fault;
use super::table::Table;
use super::units::Units;
use super::value;
use entry::{Entry, entry_of};

/// Persons and posts as the files and the register have them.
pub(super) struct People {
    persons: Ledger<PersonId, Person>,
    posts: Ledger<RowId, Post>,
    /// Persons of the register by number, those in force before retired ones.
    by_phone: BTreeMap<Option<String>, PersonId>,
    /// Persons as the import leaves them: by name and by number, with each unit of theirs.
    index: BTreeMap<String, BTreeSet<(PersonId, UnitId)>>,
    /// Posts of persons in the files that their rows no longer name.
    ended: BTreeSet<RowId>,
    /// Persons of the register whom a changed number is perhaps of: never retired meanwhile.
    in_question: BTreeSet<PersonId>,
    /// Names of rows that could not be read, or that wait for an answer.
    unread: BTreeSet<String>,
    /// The files have a 人员 sheet and what it lacks is retired.
    only_brought: bool,
}

impl People {
    pub(super) fn read(tables: &[&Table], units: &Units, scope: &mut Scope<'_>) -> Self {
        let register = scope.register;
        let persons = Ledger::new(Rows::Person, register.people());
        let mut people = Self {
            by_phone: persons.by_key(|person: &Person| person.phone.clone()),
            persons,
            index: BTreeMap::new(),
            posts: Ledger::new(Rows::Post, register.post_versions()),
            ended: BTreeSet::new(),
            in_question: BTreeSet::new(),
            unread: BTreeSet::new(),
            only_brought: !tables.is_empty() && scope.options.retire_missing,
        };
        let groups = people.groups(tables, units, scope);
        let phones: BTreeSet<String> = groups
            .iter()
            .flatten()
            .map(|entry| entry.phone.clone())
            .collect();
        for group in &groups {
            people.bring(group, &phones, units, scope);
        }
        people.index();
        people
    }

    /// The rows by phone number, in the order of their first row.
    fn groups<'t>(
        &mut self,
        tables: &[&'t Table],
        units: &Units,
        scope: &mut Scope<'_>,
    ) -> Vec<Vec<Entry<'t>>> {
        let mut groups: Vec<Vec<Entry<'t>>> = Vec::new();
        let mut by_phone: BTreeMap<String, usize> = BTreeMap::new();
        for row in tables.iter().flat_map(|table| table.rows()) {
            let Some(entry) = entry_of(row, units, scope) else {
                self.unread
                    .extend(row.filled("姓名").map(value::person_name));
                continue;
            };
            let at = *by_phone.entry(entry.phone.clone()).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len().saturating_sub(1)
            });
            if let Some(group) = groups.get_mut(at) {
                group.push(entry);
            }
        }
        groups
    }

    fn bring(
        &mut self,
        group: &[Entry<'_>],
        phones: &BTreeSet<String>,
        units: &Units,
        scope: &mut Scope<'_>,
    ) {
        let Some(first) = group.first() else {
            return;
        };
        for other in group.iter().filter(|entry| entry.name != first.name) {
            let fault = Fault::PhoneOfAnother {
                name: first.name.clone(),
                row: first.row.number(),
            };
            scope.problems.at(other.row, "手机号", fault);
        }
        let Some(id) = self.identify(group, phones, units, scope) else {
            self.unread.insert(first.name.clone());
            return;
        };
        let person = Person {
            name: first.name.clone(),
            phone: Some(first.phone.clone()),
            certificate: self.certificate(id, group, scope),
        };
        // The group is all rows of this number, so nothing else is brought for this person.
        match self.persons.bring(id, person, first.row) {
            Ok(()) => self.bring_posts(id, group, scope),
            // Two numbers were said to be the same person's new one.
            Err(place) => {
                let fault = Fault::KeyTwice {
                    key: first.name.clone(),
                    first: place,
                };
                scope.problems.at(first.row, "手机号", fault);
            }
        }
    }

    fn certificate(
        &self,
        id: PersonId,
        group: &[Entry<'_>],
        scope: &mut Scope<'_>,
    ) -> Option<Certificate> {
        let mut named = group
            .iter()
            .filter_map(|entry| Some((entry.row, entry.certificate.as_ref()?)));
        let Some((row, certificate)) = named.next() else {
            let speaks = group.iter().any(|entry| entry.row.speaks_of("执法证号"));
            let held = self.persons.held(&id).filter(|_| !speaks);
            return held.and_then(|person| person.certificate.clone());
        };
        for (other, _) in named.filter(|(_, other)| *other != certificate) {
            let fault = Fault::CertificateDiffers { row: row.number() };
            scope.problems.at(other, "执法证号", fault);
        }
        Some(certificate.clone())
    }

    pub(super) fn differences(&self, retire: bool, present: bool) -> Vec<Difference> {
        let mut all = self
            .persons
            .differences(retire, |id, _| present && !self.in_question.contains(id));
        // A missing person's posts end with the person; of a person in the files, those that no
        // row names any more.
        let ends = |id: &RowId, post: &Post| {
            self.ended.contains(id)
                || (retire
                    && present
                    && !self.persons.is_brought(&post.person)
                    && !self.in_question.contains(&post.person))
        };
        all.extend(self.posts.differences(true, ends));
        all
    }
}
