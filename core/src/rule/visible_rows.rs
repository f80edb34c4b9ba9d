//! Which rows of the register a person's device gets (protocol.md, section 6), with phone numbers
//! blanked where the person may not see them, and what changes when the person's posts change.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::id::{PersonId, RowId, UnitId};
use crate::permit::oversight::{above, branches, holders, holds, is_site, overseers, oversees};
use crate::permit::table::{Inspect, See};
use crate::permit::{Held, held};
use crate::register::{Device, Post, PostKind, Register, Row, Signer, Table, Target};

/// What a person may see of the register. Equal scopes show the same rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowScope {
    /// All units, names, posts, devices and the plan: people of government units.
    government: bool,
    /// All numbers and letters, too: administrators.
    whole: bool,
    /// Units that are seen where not all are.
    units: BTreeSet<UnitId>,
    /// People who are seen where not all are.
    people: BTreeSet<PersonId>,
    /// Whose phone numbers are seen.
    numbers: BTreeSet<PersonId>,
    /// Letters that are seen, of those in force or retired.
    letters: BTreeSet<RowId>,
}

impl RowScope {
    /// What a person sees by the register as it stands.
    #[must_use]
    pub fn new(register: &Register, person: PersonId) -> Self {
        let posts = held(register, person);
        let sees = |see: See| posts.iter().any(|held| held.rights.see == see);
        let whole = sees(See::RegisterOnly);
        let government = whole || sees(See::Audience);
        let mut scope = Self {
            government,
            whole,
            people: BTreeSet::from([person]),
            numbers: BTreeSet::from([person]),
            ..Self::default()
        };
        if !government {
            scope.see_enterprise(register, &posts);
        }
        if !whole {
            let led = scope.see_numbers(register, &posts);
            scope.see_letters(register, person, &posts, &led);
        }
        scope
    }

    /// People of an enterprise: their own units, the branches, those that oversee them, and the
    /// people of all these.
    fn see_enterprise(&mut self, register: &Register, posts: &[Held]) {
        for own in posts.iter().map(|held| held.unit) {
            let below = branches(register, own);
            for site in below.into_iter().chain([own]) {
                self.units.extend(holders(register, site));
                self.units.extend(overseers(register, site));
            }
        }
        let posts = register
            .posts()
            .filter_map(|(_, versions)| versions.newest());
        self.people.extend(
            posts
                .filter(|post| self.units.contains(&post.value.unit))
                .map(|post| post.value.person),
        );
    }

    /// Numbers go to the leaders of the unit and those above; those of a site's people to whoever
    /// may inspect it. Gives the people whom the person leads.
    fn see_numbers(&mut self, register: &Register, posts: &[Held]) -> BTreeSet<PersonId> {
        let mut led = BTreeSet::new();
        for (unit, _) in register.units() {
            let leads = posts.iter().any(|post| {
                is_head(post.rights.kind)
                    && (post.unit == unit || above(register, unit).contains(&post.unit))
            });
            let inspects = posts.iter().any(|post| match post.rights.inspect {
                Some(Inspect::Official) => oversees(register, post.unit, unit),
                Some(Inspect::SelfInspection) => holds(register, post.unit, unit),
                _ => false,
            });
            let people = || register.posts_in(unit).map(|post| post.person);
            if leads {
                led.extend(people());
            }
            if leads || inspects {
                self.numbers.extend(people());
            }
        }
        led
    }

    /// Letters of persons go to the person, the leaders of the unit, and those above. Letters of
    /// units are no secret among government people; an enterprise sees its own.
    fn see_letters(
        &mut self,
        register: &Register,
        person: PersonId,
        posts: &[Held],
        led: &BTreeSet<PersonId>,
    ) {
        let own = |unit: UnitId| {
            let mut posts = posts.iter();
            posts.any(|post| {
                post.unit == unit
                    || is_site(register, post.unit) && { holds(register, post.unit, unit) }
            })
        };
        let letters = register.letter_versions();
        let seen = letters.filter_map(|(id, versions)| {
            let is_seen = match versions.newest()?.value.signer {
                Signer::Person(signer) => signer == person || led.contains(&signer),
                Signer::Unit(unit) => self.government || own(unit),
            };
            is_seen.then_some(id)
        });
        self.letters = seen.collect();
    }

    /// The row as this person gets it; none where it isn't for them.
    #[must_use]
    pub fn show<'r>(&self, row: &'r Row) -> Option<Cow<'r, Row>> {
        let id = row.id.as_str();
        let is_shown = match row.table {
            Table::Checklist | Table::Setting => true,
            Table::Plan => self.government,
            Table::Unit => self.government || among(&self.units, id),
            Table::Person => self.government || among(&self.people, id),
            Table::Post => {
                self.government
                    || field::<Post>(row).is_some_and(|post| self.units.contains(&post.unit))
            }
            Table::Device => {
                self.government
                    || field::<Device>(row).is_some_and(|it| self.people.contains(&it.person))
            }
            Table::Letter => self.whole || among(&self.letters, id),
            Table::Target => {
                self.whole
                    || field::<Target>(row).is_some_and(|it| self.letters.contains(&it.letter))
            }
        };
        is_shown.then(|| self.blanked(row))
    }
    fn blanked<'r>(&self, row: &'r Row) -> Cow<'r, Row> {
        let blank = row.table == Table::Person
            && !self.whole
            && !among(&self.numbers, &row.id)
            && row.fields.get("phone").is_some();
        if !blank {
            return Cow::Borrowed(row);
        }
        let mut row = row.clone();
        if let Some(fields) = row.fields.as_object_mut() {
            fields.remove("phone");
        }
        Cow::Owned(row)
    }

    /// What a device that holds `rows` as `self` shows them needs for `after`.
    #[must_use]
    pub fn change_to<'r>(
        &self,
        after: &Self,
        rows: impl IntoIterator<Item = &'r Row>,
    ) -> RowsChanged<'r> {
        let mut changed = RowsChanged::default();
        if self == after {
            return changed;
        }
        for row in rows {
            match (self.show(row), after.show(row)) {
                (Some(_), None) => {
                    changed.gone.insert(row.revision);
                }
                (before, Some(now)) if before.as_ref() != Some(&now) => changed.sent.push(now),
                _ => {}
            }
        }
        changed
    }
}

/// What changes on a device whose person's view of the register changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowsChanged<'r> {
    /// Rows that are new to it, or that it gets again with or without a number: they replace what
    /// it has of the same table, id and revision.
    pub sent: Vec<Cow<'r, Row>>,
    /// Rows that leave it, by their revisions.
    pub gone: BTreeSet<u64>,
}

/// Who heads a unit: its leaders, and the principal of an enterprise.
const fn is_head(kind: PostKind) -> bool {
    kind.is_leader() || matches!(kind, PostKind::Principal)
}

fn among<T: Ord + std::str::FromStr>(ids: &BTreeSet<T>, id: &str) -> bool {
    id.parse().is_ok_and(|id| ids.contains(&id))
}

fn field<T: serde::de::DeserializeOwned>(row: &Row) -> Option<T> {
    T::deserialize(&row.fields).ok()
}

#[cfg(test)]
mod tests;
