//! 人员: persons, found by phone number, with their posts. Several rows of one number and name are
//! one person with several posts.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{Certificate, Person, Post, PostKind, Table as Rows};
use xunan_core::target::catalogue::plain;

use super::ledger::{Difference, Ledger};
use super::problem::Fault;
use super::table::{Row, Table};
use super::units::{Units, level_word};
use super::value::{self, Words};
use super::{PhoneAnswer, Scope};

pub(super) static POST_KINDS: Words<PostKind> = Words(&[
    ("党委主要负责人", PostKind::Party),
    ("主要领导", PostKind::Main),
    ("分管领导", PostKind::InCharge),
    ("一岗双责成员", PostKind::DualDuty),
    ("安监人员", PostKind::Supervisor),
    ("检查人员", PostKind::Inspector),
    ("企业主要负责人", PostKind::Principal),
    ("安全员", PostKind::SafetyOfficer),
    ("从业人员", PostKind::Worker),
    ("管理员", PostKind::Administrator),
]);

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

/// A row that could be read.
struct Entry<'t> {
    row: Row<'t>,
    phone: String,
    name: String,
    unit: UnitId,
    kind: PostKind,
    certificate: Option<Certificate>,
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

    /// Who this is: by number; else, by the answer given or for want of anybody else, a new
    /// person. `None`: it waits for an answer, which was reported.
    fn identify(
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
        let why = match holder {
            Some((id, person)) if person.name == entry.name => return Some(*id),
            Some(_) => "旧号登记的是另一个姓名。请检查两个号码",
            None => "没有人登记旧号。请检查两个号码",
        };
        let fault = Fault::SamePersonWrong {
            old: old.to_owned(),
            new: entry.phone.clone(),
            why,
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

    /// A person's rows are all of the person's posts. A post keeps its unit for life; a post of
    /// another kind in the same unit is the same post, changed.
    fn bring_posts(&mut self, person: PersonId, group: &[Entry<'_>], scope: &mut Scope<'_>) {
        let mut free: Vec<(RowId, Post)> = self
            .posts
            .in_force()
            .filter(|(_, post)| post.person == person)
            .map(|(id, post)| (*id, post.clone()))
            .collect();
        let mut taken: Vec<(UnitId, PostKind, RowId)> = Vec::new();
        let mut rest = Vec::new();
        for entry in group {
            match take(&mut free, |p| p.unit == entry.unit && p.kind == entry.kind) {
                Some(id) => taken.push((entry.unit, entry.kind, id)),
                None => rest.push(entry),
            }
        }
        for entry in rest {
            let known = |(unit, kind, _): &(UnitId, PostKind, RowId)| {
                *unit == entry.unit && *kind == entry.kind
            };
            if !taken.iter().any(known) {
                let id = take(&mut free, |post| post.unit == entry.unit)
                    .unwrap_or_else(|| RowId::from_bytes((scope.draw)()));
                taken.push((entry.unit, entry.kind, id));
            }
        }
        for entry in group {
            let own = |(unit, kind, _): &&(UnitId, PostKind, RowId)| {
                *unit == entry.unit && *kind == entry.kind
            };
            if let Some((_, _, id)) = taken.iter().find(own) {
                self.bring_post(*id, person, entry, scope);
            }
        }
        self.ended.extend(free.into_iter().map(|(id, _)| id));
    }

    fn bring_post(
        &mut self,
        id: RowId,
        person: PersonId,
        entry: &Entry<'_>,
        scope: &mut Scope<'_>,
    ) {
        let held = self.posts.held(&id);
        let text = |column, held: Option<&String>| {
            if entry.row.speaks_of(column) {
                entry.row.get(column).to_owned()
            } else {
                held.cloned().unwrap_or_default()
            }
        };
        let post = Post {
            person,
            unit: entry.unit,
            kind: entry.kind,
            title: text("职务", held.map(|post| &post.title)),
            duties: text("分管工作", held.map(|post| &post.duties)),
        };
        if let Err(place) = self.posts.bring(id, post, entry.row) {
            let fault = Fault::KeyTwice {
                key: format!("{} {}", entry.name, entry.row.get("岗位类别")),
                first: place,
            };
            scope.problems.at(entry.row, "手机号", fault);
        }
    }

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

    fn index(&mut self) {
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
    pub(super) fn lookup(&self, text: &str, unit: Option<UnitId>) -> Lookup {
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
    pub(super) fn similar(&self, text: &str, unit: Option<UnitId>) -> Option<String> {
        let names: BTreeSet<&str> = self
            .posts()
            .filter(|post| unit.is_none_or(|unit| post.unit == unit))
            .filter_map(|post| Some(self.persons.current(&post.person)?.name.as_str()))
            .collect();
        value::similar(text, names.into_iter())
    }
    /// A unit in which the person has a post.
    pub(super) fn unit_of(&self, person: PersonId) -> Option<UnitId> {
        let name = &self.persons.current(&person)?.name;
        let found = self.index.get(name)?.iter().find(|(id, _)| *id == person);
        found.map(|(_, unit)| *unit)
    }
    /// A person's name, for sentences.
    pub(super) fn name(&self, id: PersonId) -> String {
        let person = self.persons.current(&id);
        person.map_or_else(String::new, |person| person.name.clone())
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

/// Who was found for a name.
pub(super) enum Lookup {
    One(PersonId),
    Several(usize),
    Nobody,
    /// Somebody whose own row is at fault or waits for an answer.
    Unread,
}

fn take(free: &mut Vec<(RowId, Post)>, fits: impl Fn(&Post) -> bool) -> Option<RowId> {
    let at = free.iter().position(|(_, post)| fits(post))?;
    Some(free.remove(at).0)
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

fn entry_of<'t>(row: Row<'t>, units: &Units, scope: &mut Scope<'_>) -> Option<Entry<'t>> {
    let name = scope.problems.required(row, "姓名").map(value::person_name);
    let phone = scope.problems.required(row, "手机号");
    let phone = phone.and_then(|text| scope.problems.take(row, "手机号", phone_number(text)));
    let kind = scope.problems.required(row, "岗位类别");
    let kind = kind.and_then(|text| scope.problems.take(row, "岗位类别", POST_KINDS.read(text)));
    let unit = units.required(row, "单位", scope);
    let certificate = certificate_of(row, scope);
    let (kind, unit) = (kind?, unit?);
    fits_level(row, kind, unit, units, scope)?;
    Some(Entry {
        row,
        phone: phone?,
        name: name?,
        unit,
        kind,
        certificate: certificate?,
    })
}

/// A mainland mobile number: 11 digits from 1 on; +86, dashes and spaces may stand in it.
///
/// # Errors
/// It is none: [`Fault::PhoneWrong`].
pub fn phone_number(text: &str) -> Result<String, Fault> {
    let words = plain(text);
    let words = words.strip_prefix("+86").unwrap_or(&words);
    let number: String = words.chars().filter(|c| *c != '-').collect();
    let is_digits = number.bytes().all(|b| b.is_ascii_digit());
    if is_digits && number.len() == 11 && number.starts_with('1') {
        return Ok(number);
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    Err(Fault::PhoneWrong { digits })
}

/// Government posts are held in government units, enterprise posts in enterprises.
fn fits_level(
    row: Row<'_>,
    kind: PostKind,
    unit: UnitId,
    units: &Units,
    scope: &mut Scope<'_>,
) -> Option<()> {
    let level = units.get(unit)?.level;
    let wanted = if kind.is_government() && !level.is_government() {
        "政府单位"
    } else if kind.is_enterprise() && level.is_government() {
        "生产经营单位"
    } else {
        return Some(());
    };
    let fault = Fault::PostNotHere {
        kind: POST_KINDS.word(kind),
        wanted,
        unit: units.name(unit),
        level: level_word(level),
    };
    scope.problems.at(row, "岗位类别", fault);
    None
}

/// 执法证号 and 证件有效期, both or neither.
fn certificate_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<Option<Certificate>> {
    let (number, expires) = match (row.filled("执法证号"), row.filled("证件有效期")) {
        (None, None) => return Some(None),
        (Some(number), Some(expires)) => (number, expires),
        (Some(_), None) => {
            let fault = Fault::HalfFilled {
                other: "证件有效期",
            };
            scope.problems.at(row, "执法证号", fault);
            return None;
        }
        (None, Some(_)) => {
            let fault = Fault::HalfFilled {
                other: "执法证号"
            };
            scope.problems.at(row, "证件有效期", fault);
            return None;
        }
    };
    let expires = scope
        .problems
        .take(row, "证件有效期", value::date(expires))?;
    let expires = value::years_later(expires, scope.shift);
    if expires < scope.today {
        scope
            .problems
            .at(row, "证件有效期", Fault::CertificateExpired);
    }
    Some(Some(Certificate {
        number: number.to_owned(),
        expires,
    }))
}
