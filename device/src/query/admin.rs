//! People and devices as administrators see them, and the checklists as imported.

use std::collections::BTreeMap;

use xunan_core::id::{DeviceId, PersonId};
use xunan_core::order::Order;
use xunan_core::permit::may_invite;
use xunan_core::register::{Checklist, Version};
use xunan_core::wire::admin::{ActLine, DeviceLine, Invited};

use super::{View, names};
use crate::request::{
    ActShown, ChecklistItem, ChecklistRow, ChecklistView, DeviceRow, Invitation, MemberFilter,
    MemberRow, Page, PersonShown,
};

const ROWS: u32 = 50;

impl View<'_> {
    /// People with their posts, by unit and name.
    pub(crate) fn members(&self, filter: &MemberFilter) -> Page<MemberRow> {
        let devices = self.device_counts();
        let count = |id: PersonId| devices.get(&id).copied().unwrap_or(0);
        let current = self.register.people();
        let current = current.filter(|(_, versions)| versions.current().is_some());
        let mut found: Vec<(PersonShown, Vec<PersonShown>)> = current
            .map(|(id, _)| id)
            .filter(|id| !filter.without_device || count(*id) == 0)
            .filter(|id| {
                let mut posts = self.register.posts_of(*id);
                filter
                    .unit
                    .is_none_or(|unit| posts.any(|post| post.unit == unit))
            })
            .map(|id| (self.person(id), self.posts_shown(id)))
            .filter(|(person, posts)| is_found(&filter.query, person, posts))
            .collect();
        found.order_by(|(a, _), (b, _)| (&a.unit, &a.name).cmp(&(&b.unit, &b.name)));
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let limit = if filter.limit == 0 {
            ROWS
        } else {
            filter.limit
        };
        let rows = found
            .into_iter()
            .take(usize::try_from(limit).unwrap_or(usize::MAX));
        let row = |(person, posts): (PersonShown, _)| MemberRow {
            devices: count(person.id),
            may_invite: may_invite(self.register, self.me, person.id).is_ok(),
            person,
            posts,
        };
        Page {
            rows: rows.map(row).collect(),
            total,
        }
    }

    fn posts_shown(&self, id: PersonId) -> Vec<PersonShown> {
        let posts = self.register.posts_of(id);
        posts.map(|post| self.person_in(id, Some(post))).collect()
    }

    fn device_counts(&self) -> BTreeMap<PersonId, u32> {
        let mut counts = BTreeMap::new();
        for (_, device) in self.register.devices() {
            if device.revoked.is_none() {
                *counts.entry(device.person).or_default() += 1;
            }
        }
        counts
    }

    /// Invitations as the relay made them; one without an address gets the relay's.
    pub(crate) fn invitations(&self, all: Vec<Invited>, relay: &str) -> Vec<Invitation> {
        let shown = |one: Invited| Invitation {
            person: self.person(one.person),
            link: if one.link.starts_with('/') {
                format!("{relay}{}", one.link)
            } else {
                one.link
            },
            code: one.code,
            expires: one.expires,
        };
        all.into_iter().map(shown).collect()
    }

    /// Devices, those that were never heard of and the longest silent first.
    pub(crate) fn all_devices(
        &self,
        all: Vec<DeviceLine>,
        this: Option<DeviceId>,
    ) -> Vec<DeviceRow> {
        let shown = |line: DeviceLine| DeviceRow {
            id: line.id,
            person: self.person(line.person),
            platform: line.platform,
            enrolled: line.enrolled,
            last_sync: line.last_sync,
            revoked: line.revoked,
            this: Some(line.id) == this,
        };
        let mut all: Vec<DeviceRow> = all.into_iter().map(shown).collect();
        all.order_by_key(|device| (device.revoked.is_some(), device.last_sync));
        all
    }

    /// What administrators did.
    pub(crate) fn acts(&self, all: Vec<ActLine>) -> Vec<ActShown> {
        let shown = |act: ActLine| {
            let person = match act.what.as_str() {
                "invite" => act.about.parse().ok(),
                "revoke" => {
                    let device = act.about.parse().ok();
                    device
                        .and_then(|id| self.register.device(id))
                        .map(|device| device.person)
                }
                _ => None,
            };
            let about = match act.what.as_str() {
                "plan" => self.planned_site(&act.about),
                _ => act.about,
            };
            ActShown {
                at: act.at,
                by: act.by.map(|id| self.person(id)),
                person: person.map(|id| self.person(id)),
                what: act.what,
                about,
            }
        };
        all.into_iter().map(shown).collect()
    }

    /// The site of a planned visit.
    fn planned_site(&self, row: &str) -> String {
        let visit = row.parse().ok();
        let visit = visit.and_then(|row| self.register.planned_visit(row));
        visit.map_or_else(String::new, |visit| self.unit_name(visit.site))
    }

    /// The checklists that hold.
    pub(crate) fn checklists(&self) -> Vec<ChecklistRow> {
        let all = self.register.checklist_versions();
        let mut rows: Vec<ChecklistRow> = all
            .filter_map(|(code, versions)| {
                let held = versions.newest().filter(|version| version.to.is_none())?;
                Some(list_row(code, held))
            })
            .collect();
        rows.order_by(|a, b| a.name.cmp(&b.name));
        rows
    }

    /// A checklist with its items.
    pub(crate) fn checklist(&self, code: &str) -> Option<ChecklistView> {
        let mut all = self.register.checklist_versions();
        let (_, versions) = all.find(|(held, _)| *held == code)?;
        let held = versions.newest()?;
        let items = held.value.items.iter().map(|item| ChecklistItem {
            number: item.number,
            section: item.section.clone(),
            text: item.text.clone(),
            english: item.english.clone(),
            basis: item.basis.clone(),
            suspected_major: item.suspected_major,
            photo: item.photo,
        });
        Some(ChecklistView {
            row: list_row(code, held),
            items: items.collect(),
        })
    }
}

fn is_found(query: &str, person: &PersonShown, posts: &[PersonShown]) -> bool {
    if query.trim().is_empty() {
        return true;
    }
    let mut texts = vec![person.name.as_str(), person.phone.as_deref().unwrap_or("")];
    texts.extend(
        posts
            .iter()
            .flat_map(|post| [post.title.as_str(), &post.unit]),
    );
    names::fits(query, &texts)
}

fn list_row(code: &str, held: &Version<Checklist>) -> ChecklistRow {
    ChecklistRow {
        code: code.to_owned(),
        name: held.value.name.clone(),
        english: held.value.english.clone(),
        version: held.value.version,
        since: held.from,
        industries: held.value.industries.clone(),
        items: u32::try_from(held.value.items.len()).unwrap_or(u32::MAX),
    }
}
