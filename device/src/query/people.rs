//! People to choose from: for the team, as responsible, to call.

use xunan_core::id::{DeviceId, UnitId};
use xunan_core::order::Order;
use xunan_core::register::PostKind;

use super::{View, names};
use crate::request::{DeviceShown, PersonShown};

/// So much of a key is compared by eye.
const KEY: usize = 16;

impl View<'_> {
    /// My devices: this one, then the newest; revoked ones stay, as what they wrote stays.
    pub(crate) fn devices(&self, here: Option<DeviceId>) -> Vec<DeviceShown> {
        let all = self.register.device_versions();
        let mine = all.filter_map(|(id, versions)| {
            let first = versions.all().first()?;
            let device = &versions.newest()?.value;
            (device.person == self.me).then(|| DeviceShown {
                id,
                here: here == Some(id),
                platform: device.platform.clone(),
                key: device.public_key.chars().take(KEY).collect(),
                enrolled: first.from,
                revoked: device.revoked,
            })
        });
        let mut mine: Vec<DeviceShown> = mine.collect();
        mine.order_by_key(|device| (!device.here, std::cmp::Reverse(device.enrolled)));
        mine
    }

    /// People found by name, title or pinyin initials: of a unit, or colleagues first.
    pub(crate) fn people(&self, query: &str, unit: Option<UnitId>, limit: u32) -> Vec<PersonShown> {
        let mine = self.my_units();
        let current = self
            .register
            .people()
            .filter_map(|(id, v)| Some((id, v.current()?)));
        let mut found: Vec<(bool, PersonShown)> = current
            .flat_map(|(id, _)| self.register.posts_of(id))
            .filter(|post| post.kind != PostKind::Administrator)
            .filter(|post| unit.is_none_or(|unit| post.unit == unit))
            .map(|post| {
                (
                    !mine.contains(&post.unit),
                    self.person_in(post.person, Some(post)),
                )
            })
            .filter(|(_, person)| {
                let texts = [person.name.as_str(), &person.title, &person.unit];
                query.trim().is_empty() || names::fits(query, &texts)
            })
            .collect();
        found.order_by(|(a_far, a), (b_far, b)| {
            (a_far, &a.unit, &a.name).cmp(&(b_far, &b.unit, &b.name))
        });
        let limit = if limit == 0 { 50 } else { limit as usize };
        found
            .into_iter()
            .take(limit)
            .map(|(_, person)| person)
            .collect()
    }
}
