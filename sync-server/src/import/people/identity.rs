//! Who a row is: somebody of the register, somebody new, or a question to whoever imports.

use std::collections::BTreeSet;

use xunan_core::id::PersonId;

use super::People;
use super::entry::Entry;
use crate::import::problem::Fault;
use crate::import::units::Units;
use crate::import::{PhoneAnswer, Scope};

impl People {
    /// Who this is: by number; else, by the answer given or for want of anybody else, a new
    /// person. `None`: it waits for an answer, which was reported.
    pub(super) fn identify(
        &mut self,
        group: &[Entry<'_>],
        phones: &BTreeSet<String>,
        units: &Units,
        scope: &mut Scope<'_>,
    ) -> Option<PersonId> {
        let first = group.first()?;
        if let Some(id) = self.known(first) {
            self.note_renamed(id, first, scope);
            return Some(id);
        }
        match scope.options.phones.get(&first.phone) {
            Some(PhoneAnswer::NewPerson) => return Some(PersonId::from_bytes((scope.draw)())),
            Some(PhoneAnswer::SamePerson(old)) => return self.renumbered(old, first, scope),
            None => {}
        }
        let candidates = self.candidates(group, phones);
        for (id, old) in &candidates {
            self.in_question.insert(*id);
            let fault = Fault::PhoneChanged {
                name: first.name.clone(),
                unit: units.name(first.unit),
                old: old.clone(),
                new: first.phone.clone(),
            };
            scope.problems.at(first.row, "手机号", fault);
        }
        if candidates.is_empty() {
            Some(PersonId::from_bytes((scope.draw)()))
        } else {
            None
        }
    }

    /// The person of the register with this number. A retired one of another name is somebody
    /// else: numbers are given out again.
    fn known(&self, entry: &Entry<'_>) -> Option<PersonId> {
        let id = *self.by_phone.get(&Some(entry.phone.clone()))?;
        let same_name = self.persons.held(&id)?.name == entry.name;
        (same_name || self.persons.is_in_force(&id)).then_some(id)
    }

    fn note_renamed(&self, id: PersonId, entry: &Entry<'_>, scope: &mut Scope<'_>) {
        if let Some(held) = self.persons.held(&id)
            && held.name != entry.name
        {
            let name = held.name.clone();
            scope
                .problems
                .at(entry.row, "姓名", Fault::NameChanged { name });
        }
    }

    fn renumbered(&self, old: &str, entry: &Entry<'_>, scope: &mut Scope<'_>) -> Option<PersonId> {
        let holder = self
            .persons
            .in_force()
            .find(|(_, person)| person.phone.as_deref() == Some(old));
        let (old, new) = (old.to_owned(), entry.phone.clone());
        let fault = match holder {
            Some((id, person)) if person.name == entry.name => return Some(*id),
            Some(_) => Fault::SamePersonOther { old, new },
            None => Fault::SamePersonUnknown { old, new },
        };
        scope.problems.at(entry.row, "手机号", fault);
        None
    }

    /// Persons of the same name in the same unit whose numbers the files don't have.
    fn candidates(
        &self,
        group: &[Entry<'_>],
        phones: &BTreeSet<String>,
    ) -> Vec<(PersonId, String)> {
        let in_unit = |id: PersonId| {
            self.posts
                .in_force()
                .any(|(_, post)| post.person == id && group.iter().any(|e| e.unit == post.unit))
        };
        self.persons
            .in_force()
            .filter(|(_, person)| group.iter().any(|entry| entry.name == person.name))
            .filter_map(|(id, person)| Some((*id, person.phone.clone()?)))
            .filter(|(id, phone)| !phones.contains(phone) && in_unit(*id))
            .collect()
    }
}
