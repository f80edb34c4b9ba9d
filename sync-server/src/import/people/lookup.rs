//! Whom a cell of another sheet names.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, UnitId};
use xunan_core::register::Post;
use xunan_core::target::catalogue::plain;

use super::People;
use crate::import::value;

impl People {
    /// Posts as the import leaves them.
    fn posts(&self) -> impl Iterator<Item = &Post> {
        let held = self.posts.in_force().filter(|(id, post)| {
            !self.posts.is_brought(id)
                && !self.ended.contains(id)
                && (!self.only_brought
                    || self.in_question.contains(&post.person)
                    || self.persons.is_brought(&post.person))
        });
        self.posts.brought().chain(held).map(|(_, post)| post)
    }

    pub(super) fn index(&mut self) {
        let mut index: BTreeMap<String, BTreeSet<(PersonId, UnitId)>> = BTreeMap::new();
        for post in self.posts() {
            let Some(person) = self.persons.current(&post.person) else {
                continue;
            };
            for word in std::iter::once(&person.name).chain(&person.phone) {
                let found = index.entry(word.clone()).or_default();
                found.insert((post.person, post.unit));
            }
        }
        self.index = index;
    }

    /// The person whom a cell names: a name, a phone number, or both as 王伟（13800000000）; in the
    /// unit if one is given, else in the whole organisation.
    pub(in crate::import) fn lookup(&self, text: &str, unit: Option<UnitId>) -> Lookup {
        let (name, phone) = name_and_phone(text);
        let persons = |word: &str| -> BTreeSet<PersonId> {
            let found = self.index.get(word).into_iter().flatten();
            found
                .filter(|(_, of)| unit.is_none_or(|unit| unit == *of))
                .map(|(person, _)| *person)
                .collect()
        };
        let found = match (name.as_str(), phone.as_str()) {
            (name, "") => persons(name),
            ("", phone) => persons(phone),
            (name, phone) => &persons(name) & &persons(phone),
        };
        let mut found = found.into_iter();
        match (found.next(), found.count()) {
            (Some(id), 0) => Lookup::One(id),
            (Some(_), others) => Lookup::Several(others.saturating_add(1)),
            (None, _) if self.unread.contains(&name) => Lookup::Unread,
            (None, _) => Lookup::Nobody,
        }
    }

    /// A name like `text` in the unit, for a suggestion.
    pub(in crate::import) fn similar(&self, text: &str, unit: Option<UnitId>) -> Option<String> {
        let names: BTreeSet<&str> = self
            .posts()
            .filter(|post| unit.is_none_or(|unit| post.unit == unit))
            .filter_map(|post| Some(self.persons.current(&post.person)?.name.as_str()))
            .collect();
        value::similar(text, names.into_iter())
    }
    /// A unit in which the person has a post.
    pub(in crate::import) fn unit_of(&self, person: PersonId) -> Option<UnitId> {
        let name = &self.persons.current(&person)?.name;
        let found = self.index.get(name)?.iter().find(|(id, _)| *id == person);
        found.map(|(_, unit)| *unit)
    }
    /// A person's name, for sentences.
    pub(in crate::import) fn name(&self, id: PersonId) -> String {
        let person = self.persons.current(&id);
        person.map_or_else(String::new, |person| person.name.clone())
    }
}

/// Who was found for a name.
pub(in crate::import) enum Lookup {
    One(PersonId),
    Several(usize),
    Nobody,
    /// Somebody whose own row is at fault or waits for an answer.
    Unread,
}

/// A name, a number, or a name with its number in brackets.
fn name_and_phone(text: &str) -> (String, String) {
    let words = plain(text);
    let phone: String = words.chars().filter(char::is_ascii_digit).collect();
    if phone.len() != 11 {
        return (value::person_name(text), String::new());
    }
    let name = words.replace(&phone, "").replace("()", "");
    (name, phone)
}
