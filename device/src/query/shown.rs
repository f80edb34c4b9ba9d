//! People, units, photos and dates as screens show them.

use xunan_core::change::ChangeNo;
use xunan_core::change::History;
use xunan_core::id::{PersonId, UnitId};
use xunan_core::order::Order;
use xunan_core::record::{Authors, Level, Photo};
use xunan_core::register::{Post, PostKind};
use xunan_core::rule;
use xunan_core::timestamp::Date;

use super::{View, names};
use crate::request::{By, Due, Kept, PersonShown, PhotoShown, UnitShown};
use xunan_core::id::DocId;

impl View<'_> {
    /// A person with the post that matters most.
    pub(crate) fn person(&self, id: PersonId) -> PersonShown {
        let post = self
            .register
            .posts_of(id)
            .min_by_key(|post| rank(post.kind));
        self.person_in(id, post)
    }

    /// A person with a post.
    pub(crate) fn person_in(&self, id: PersonId, post: Option<&Post>) -> PersonShown {
        let person = self.register.person(id);
        PersonShown {
            id,
            name: person.map(|p| p.name.clone()).unwrap_or_default(),
            unit: post.map(|p| self.unit_name(p.unit)).unwrap_or_default(),
            title: post.map(|p| p.title.clone()).unwrap_or_default(),
            kind: post.map(|p| p.kind),
            phone: person.and_then(|p| p.phone.clone()),
        }
    }

    /// A person's name.
    pub(crate) fn name(&self, id: PersonId) -> String {
        self.register
            .person(id)
            .map(|p| p.name.clone())
            .unwrap_or_default()
    }

    /// A unit.
    pub(crate) fn unit(&self, id: UnitId) -> UnitShown {
        let unit = self.register.unit(id);
        UnitShown {
            id,
            name: unit.map(|u| u.name.clone()).unwrap_or_default(),
            short: unit
                .map(|u| names::short(self.register, u))
                .unwrap_or_default(),
            risk: unit.and_then(|u| u.risk),
        }
    }

    /// A unit's short name.
    pub(crate) fn unit_name(&self, id: UnitId) -> String {
        self.register
            .unit(id)
            .map(|u| names::short(self.register, u))
            .unwrap_or_default()
    }

    /// A site's short name, or the place in words.
    pub(crate) fn site_name(&self, site: Option<UnitId>, place: Option<&str>) -> String {
        site.map_or_else(
            || place.unwrap_or_default().to_owned(),
            |id| self.unit_name(id),
        )
    }

    /// The people of a unit, by rank.
    pub(crate) fn people_of(&self, unit: UnitId) -> Vec<PersonShown> {
        let posts = self.posts_by_rank(unit).into_iter();
        posts
            .map(|post| self.person_in(post.person, Some(post)))
            .collect()
    }

    fn posts_by_rank(&self, unit: UnitId) -> Vec<&Post> {
        let mut posts: Vec<&Post> = self.register.posts_in(unit).collect();
        posts.order_by_key(|post| rank(post.kind));
        posts
    }

    /// Who is suggested as responsible for a finding at a site.
    pub(crate) fn suggested(&self, site: UnitId, level: Level) -> Option<PersonId> {
        rule::suggested(&self.posts_by_rank(site), level).map(|post| post.person)
    }

    /// Somebody of a unit with one of these posts, the first kind first.
    pub(crate) fn somebody(&self, unit: UnitId, kinds: &[PostKind]) -> Option<PersonShown> {
        kinds.iter().find_map(|kind| {
            let post = self
                .register
                .posts_in(unit)
                .find(|post| post.kind == *kind)?;
            Some(self.person_in(post.person, Some(post)))
        })
    }

    /// How near a day is.
    pub(crate) fn due(&self, date: Date) -> Due {
        let days = date.days_since(self.today);
        Due {
            date,
            days: i32::try_from(days).unwrap_or(i32::MAX),
        }
    }

    /// Who wrote a change and when.
    pub(crate) fn by(&self, history: &History, change: ChangeNo) -> By {
        let entry = history.entry(change);
        let person = entry.and_then(|e| self.register.person_of(&e.actor));
        By {
            person: person.map(|id| self.person(id)),
            me: person == Some(self.me),
            claimed: entry.map(|e| e.time).unwrap_or_default(),
            received: entry.and_then(|e| e.received),
        }
    }

    /// A photo with where it is.
    pub(crate) fn photo(&self, photo: &Photo, by: By) -> PhotoShown {
        let picture = self.blobs.state(&photo.h);
        let thumb = self.blobs.state(&photo.thumb);
        PhotoShown {
            photo: photo.clone(),
            by,
            here: picture.here,
            thumb_here: thumb.here,
            uploaded: picture.uploaded,
        }
    }

    /// Whether everything of a record is synced.
    pub(crate) fn kept(&self, id: DocId) -> Kept {
        if self.unsent.contains(&id) {
            Kept::Here
        } else {
            Kept::Synced
        }
    }
}

/// In which order a unit's people are shown: those who answer first.
pub(crate) const fn rank(kind: PostKind) -> u8 {
    match kind {
        PostKind::Main => 0,
        PostKind::Party => 1,
        PostKind::Principal => 2,
        PostKind::SafetyOfficer => 3,
        PostKind::InCharge => 4,
        PostKind::DualDuty => 5,
        PostKind::Supervisor => 6,
        PostKind::Inspector => 7,
        PostKind::Worker => 8,
        PostKind::Administrator => 9,
    }
}
