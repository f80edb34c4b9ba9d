//! The register in memory: every version of every row up to a revision, and the questions that
//! rules ask of it.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{
    Checklist, Device, Letter, Person, PlannedVisit, Post, PostKind, Row, Settings, Table, Target,
    Unit,
};
use crate::author::key_part;
use crate::id::{ActorId, DeviceId, PersonId, RowId, UnitId};
use crate::record::Authors;
use crate::timestamp::Timestamp;

/// One version of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<T> {
    /// The relay's order.
    pub revision: u64,
    /// Valid from this moment (the first version: from always).
    pub from: Timestamp,
    /// Retired at this moment.
    pub to: Option<Timestamp>,
    /// What it says.
    pub value: T,
}

/// All versions of one row, oldest first; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Versions<T>(Vec<Version<T>>);

impl<T> Versions<T> {
    /// The newest version, retired or not.
    #[must_use]
    pub fn newest(&self) -> Option<&Version<T>> {
        self.0.last()
    }
    /// All versions, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Version<T>] {
        &self.0
    }
    /// What was valid at a moment: nothing if the row was retired by then.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<&T> {
        let held = self
            .0
            .iter()
            .rev()
            .find(|v| v.from <= at)
            .or(self.0.first())?;
        match held.to {
            Some(to) if to <= at => None,
            _ => Some(&held.value),
        }
    }
    /// What is valid by the newest version.
    #[must_use]
    pub fn current(&self) -> Option<&T> {
        self.newest().filter(|v| v.to.is_none()).map(|v| &v.value)
    }
}

type TableOf<K, T> = BTreeMap<K, Versions<T>>;

/// The register up to a revision.
#[derive(Debug, Clone, Default)]
pub struct Register {
    revision: u64,
    settings: Settings,
    units: TableOf<UnitId, Unit>,
    people: TableOf<PersonId, Person>,
    posts: TableOf<RowId, Post>,
    posts_of: BTreeMap<PersonId, Vec<RowId>>,
    posts_in: BTreeMap<UnitId, Vec<RowId>>,
    devices: TableOf<DeviceId, Device>,
    owners: BTreeMap<[u8; 16], PersonId>,
    checklists: TableOf<String, Checklist>,
    letters: TableOf<RowId, Letter>,
    targets: TableOf<RowId, Target>,
    plan: TableOf<RowId, PlannedVisit>,
}

fn insert<K: Ord, T: DeserializeOwned>(table: &mut TableOf<K, T>, key: Option<K>, row: &Row) {
    let (Some(key), Ok(value)) = (key, T::deserialize(&row.fields)) else {
        return;
    };
    let version = Version {
        revision: row.revision,
        from: row.valid_from,
        to: row.valid_to,
        value,
    };
    let versions = table.entry(key).or_insert_with(|| Versions(Vec::new()));
    let place = versions.0.partition_point(|v| v.revision < row.revision);
    match versions.0.get(place) {
        Some(held) if held.revision == row.revision => {}
        _ => versions.0.insert(place, version),
    }
}

impl Register {
    /// From rows in any order; the same row twice is once. Rows above `revision` are left out when
    /// one is given: the register as it was then.
    #[must_use]
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a Row>, revision: Option<u64>) -> Self {
        let mut register = Self::default();
        let mut settings: BTreeMap<&str, &Row> = BTreeMap::new();
        for row in rows {
            if revision.is_some_and(|limit| row.revision > limit) {
                continue;
            }
            register.revision = register.revision.max(row.revision);
            if row.table == Table::Setting {
                let held = settings.entry(row.id.as_str()).or_insert(row);
                if held.revision < row.revision {
                    *held = row;
                }
            } else {
                register.put(row);
            }
        }
        register.settings = Settings::from_rows(
            settings
                .iter()
                .filter_map(|(name, row)| Some((*name, row.fields.get("value")?))),
        );
        register.index_posts();
        register.index_devices();
        register
    }

    fn put(&mut self, row: &Row) {
        let id = row.id.as_str();
        match row.table {
            Table::Unit => insert(&mut self.units, id.parse().ok(), row),
            Table::Person => insert(&mut self.people, id.parse().ok(), row),
            Table::Post => insert(&mut self.posts, id.parse().ok(), row),
            Table::Device => insert(&mut self.devices, id.parse().ok(), row),
            Table::Checklist => insert(&mut self.checklists, Some(id.to_owned()), row),
            Table::Letter => insert(&mut self.letters, id.parse().ok(), row),
            Table::Target => insert(&mut self.targets, id.parse().ok(), row),
            Table::Plan => insert(&mut self.plan, id.parse().ok(), row),
            Table::Setting => {}
        }
    }

    fn index_posts(&mut self) {
        for (id, versions) in &self.posts {
            // A post keeps its person and unit for life; a move is a new post.
            let Some(post) = versions.newest() else {
                continue;
            };
            self.posts_of
                .entry(post.value.person)
                .or_default()
                .push(*id);
            self.posts_in.entry(post.value.unit).or_default().push(*id);
        }
    }

    /// By the part of an actor that belongs to the device's key. A key never changes hands, so any
    /// version of the device will do; a revoked one wrote what it wrote.
    fn index_devices(&mut self) {
        for versions in self.devices.values() {
            for version in &versions.0 {
                let mut key = [0; 32];
                if hex::decode_to_slice(&version.value.public_key, &mut key).is_ok() {
                    self.owners.insert(key_part(&key), version.value.person);
                }
            }
        }
    }

    /// The highest revision it holds.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }
    /// The organisation's settings.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }
    /// A unit by its newest version, retired or not.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)?.newest().map(|v| &v.value)
    }
    /// All units with their versions.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Versions<Unit>)> {
        self.units.iter().map(|(id, v)| (*id, v))
    }
    /// A unit's versions.
    #[must_use]
    pub fn unit_versions(&self, id: UnitId) -> Option<&Versions<Unit>> {
        self.units.get(&id)
    }
    /// A person by the newest version.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)?.newest().map(|v| &v.value)
    }
    /// A person's versions.
    #[must_use]
    pub fn person_versions(&self, id: PersonId) -> Option<&Versions<Person>> {
        self.people.get(&id)
    }
    /// All people with their versions.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &Versions<Person>)> {
        self.people.iter().map(|(id, v)| (*id, v))
    }
    /// A person's posts that are valid by the newest version.
    pub fn posts_of(&self, person: PersonId) -> impl Iterator<Item = &Post> {
        self.post_versions_of(person).filter_map(Versions::current)
    }
    /// A person's posts that were valid at a moment.
    pub fn posts_of_at(&self, person: PersonId, at: Timestamp) -> impl Iterator<Item = &Post> {
        self.post_versions_of(person).filter_map(move |v| v.at(at))
    }
    fn post_versions_of(&self, person: PersonId) -> impl Iterator<Item = &Versions<Post>> {
        let ids = self.posts_of.get(&person).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.posts.get(id))
    }
    /// All posts with their versions.
    pub fn posts(&self) -> impl Iterator<Item = (RowId, &Versions<Post>)> {
        self.posts.iter().map(|(id, v)| (*id, v))
    }
    /// The posts in a unit that are valid by the newest version.
    pub fn posts_in(&self, unit: UnitId) -> impl Iterator<Item = &Post> {
        let ids = self.posts_in.get(&unit).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.posts.get(id)?.current())
    }
    /// All posts with their versions.
    pub fn post_versions(&self) -> impl Iterator<Item = (RowId, &Versions<Post>)> {
        self.posts.iter().map(|(id, v)| (*id, v))
    }
    /// A device by its newest version.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.devices.get(&id)?.newest().map(|v| &v.value)
    }
    /// The person whose device an actor belongs to.
    #[must_use]
    pub fn owner_of(&self, actor: &ActorId) -> Option<PersonId> {
        let part = actor.as_bytes().first_chunk::<16>()?;
        self.owners.get(part).copied()
    }
    /// All devices by their newest version.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, &Device)> {
        self.devices
            .iter()
            .filter_map(|(id, v)| Some((*id, &v.newest()?.value)))
    }
    /// All devices with their versions.
    pub fn device_versions(&self) -> impl Iterator<Item = (DeviceId, &Versions<Device>)> {
        self.devices.iter().map(|(id, v)| (*id, v))
    }
    /// A checklist in a version; in the newest if `version` is none.
    #[must_use]
    pub fn checklist(&self, code: &str, version: Option<u32>) -> Option<&Checklist> {
        let versions = self.checklists.get(code)?;
        match version {
            None => versions.newest().map(|v| &v.value),
            Some(n) => versions
                .0
                .iter()
                .rev()
                .map(|v| &v.value)
                .find(|list| list.version == n),
        }
    }
    /// All checklists that are in use, by code.
    pub fn checklists(&self) -> impl Iterator<Item = (&str, &Checklist)> {
        self.checklists
            .iter()
            .filter_map(|(code, v)| Some((code.as_str(), v.current()?)))
    }
    /// All checklists with their versions, by code.
    pub fn checklist_versions(&self) -> impl Iterator<Item = (&str, &Versions<Checklist>)> {
        self.checklists.iter().map(|(code, v)| (code.as_str(), v))
    }
    /// All targets with their versions.
    pub fn target_versions(&self) -> impl Iterator<Item = (RowId, &Versions<Target>)> {
        self.targets.iter().map(|(id, v)| (*id, v))
    }
    /// All planned visits with their versions.
    pub fn plan_versions(&self) -> impl Iterator<Item = (RowId, &Versions<PlannedVisit>)> {
        self.plan.iter().map(|(id, v)| (*id, v))
    }
    /// All letters in force.
    pub fn letters(&self) -> impl Iterator<Item = (RowId, &Letter)> {
        self.letters
            .iter()
            .filter_map(|(id, v)| Some((*id, v.current()?)))
    }
    /// A letter.
    #[must_use]
    pub fn letter(&self, id: RowId) -> Option<&Letter> {
        self.letters.get(&id)?.current()
    }
    /// All letters with their versions.
    pub fn letter_versions(&self) -> impl Iterator<Item = (RowId, &Versions<Letter>)> {
        self.letters.iter().map(|(id, v)| (*id, v))
    }
    /// All targets in force.
    pub fn targets(&self) -> impl Iterator<Item = (RowId, &Target)> {
        self.targets
            .iter()
            .filter_map(|(id, v)| Some((*id, v.current()?)))
    }
    /// A target.
    #[must_use]
    pub fn target(&self, id: RowId) -> Option<&Target> {
        self.targets.get(&id)?.current()
    }
    /// All planned visits in force, as they count: by the newest version that was written before the
    /// visit was over.
    pub fn plan(&self) -> impl Iterator<Item = (RowId, &PlannedVisit)> {
        let in_force = self.plan.iter().filter(|(_, v)| v.current().is_some());
        in_force.filter_map(|(id, v)| Some((*id, self.counted(v)?)))
    }
    /// A planned visit as it counts, retired or not.
    #[must_use]
    pub fn planned_visit(&self, id: RowId) -> Option<&PlannedVisit> {
        self.counted(self.plan.get(&id)?)
    }
    /// The versions of a planned visit.
    #[must_use]
    pub fn planned_versions(&self, id: RowId) -> Option<&Versions<PlannedVisit>> {
        self.plan.get(&id)
    }
    /// What is over counts as it was: a later version changes nothing that was missed or made.
    fn counted<'v>(&self, versions: &'v Versions<PlannedVisit>) -> Option<&'v PlannedVisit> {
        let (first, later) = versions.0.split_first()?;
        let counted = later.iter().fold(&first.value, |held, version| {
            let is_open = self.settings.zone.day(version.from) <= held.open_until();
            if is_open { &version.value } else { held }
        });
        Some(counted)
    }
}

impl Authors for Register {
    fn person_of(&self, actor: &ActorId) -> Option<PersonId> {
        self.owner_of(actor)
    }
    fn is_of_enterprise(&self, person: PersonId, at: Timestamp) -> bool {
        let mut posts = self
            .posts_of_at(person, at)
            .map(|post| post.kind)
            .peekable();
        posts.peek().is_some() && posts.all(PostKind::is_enterprise)
    }
}
