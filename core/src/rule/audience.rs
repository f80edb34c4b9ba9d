//! Who sees a record (architecture.md, "Visibility"). The relay keeps the audience beside its log
//! and sends a record to those whom it names; nobody else learns that it exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Entry, History};
use crate::id::{PersonId, UnitId};
use crate::permit::oversight::{self, above, holds, is_site, overseers, with_remit};
use crate::permit::table::See;
use crate::permit::{
    Held, InspectionFacts, Past, Records, Seen, held, held_at, is_shared, was_closed, written,
};
use crate::record::{Authors, FindingAct, InspectionAct, InspectionKey, Origin, RecordKind};
use crate::register::{InspectionKind, PostKind, Register};
use crate::timestamp::Timestamp;

/// For whom a record is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// The units whose people see it.
    pub units: BTreeSet<UnitId>,
    /// The site where it plays; none at a place that is not in the register.
    pub site: Option<UnitId>,
    /// Whether it was served on the site, so that the site's officers, and those of its group, see
    /// it.
    pub served: bool,
    /// The people who see it by name, whatever their unit.
    pub people: BTreeSet<PersonId>,
}

/// Whether a person sees a record with this audience.
#[must_use]
pub fn may_see(register: &Register, person: PersonId, audience: &Audience) -> bool {
    let posts = held(register, person);
    let served_on = |unit| {
        let site = audience.site.filter(|_| audience.served);
        site.is_some_and(|site| holds(register, unit, site))
    };
    posts.iter().any(|post| match post.rights.see {
        See::Audience => audience.units.contains(&post.unit) || audience.people.contains(&person),
        See::ServedSite => {
            audience.units.contains(&post.unit)
                || audience.people.contains(&person)
                || served_on(post.unit)
        }
        See::OwnTasks => audience.people.contains(&person),
        See::RegisterOnly => false,
    })
}

/// The audience of a record, as the register and the record stand.
#[must_use]
pub fn audience(register: &Register, history: &History, records: &dyn Records) -> Audience {
    let record = Record {
        register,
        history,
        everything: Past::new(history, &history.heads()),
    };
    match history.kind() {
        RecordKind::Inspection => record.of_inspection(),
        RecordKind::Finding => record.of_finding(records),
    }
}

struct Record<'a> {
    register: &'a Register,
    history: &'a History,
    everything: Past<'a>,
}

impl Record<'_> {
    fn of_inspection(&self) -> Audience {
        let kind = self.root_word("kind").and_then(InspectionKind::parse);
        let internal = kind.is_none_or(|kind| !kind.is_official());
        let acts: Vec<Seen<InspectionAct>> = self.everything.events(self.register);
        let finished = acts
            .iter()
            .any(|seen| seen.event.act == InspectionAct::Finished);
        let site = self.root_word("site").and_then(|word| word.parse().ok());
        let team = self.history.keys_from("team/").filter_map(|(key, writes)| {
            let Some(InspectionKey::Team(person)) = InspectionKey::read(key) else {
                return None;
            };
            let entry = self.history.entry(writes.first()?.change)?;
            Some((person, written(entry)))
        });
        let side = self.side(site, team);
        side.audience(self.register, internal, finished, finished)
    }

    fn of_finding(&self, records: &dyn Records) -> Audience {
        let origin = self.root_word("origin").and_then(Origin::parse);
        let internal = origin.is_none_or(|origin| origin == Origin::SelfFound);
        let acts: Vec<Seen<FindingAct>> = self.everything.events(self.register);
        let site = self.site(&acts);
        let of_site = |unit| site.is_some_and(|site| holds(self.register, unit, site));
        let open = is_shared(&self.everything, &acts, of_site) || was_closed(&acts);
        let served = acts.iter().any(|seen| {
            matches!(
                seen.event.act,
                FindingAct::Ordered { .. }
                    | FindingAct::CorrectedOnSpot
                    | FindingAct::Halted { .. }
            )
        });
        let from = self.root_word("from").and_then(|word| word.parse().ok());
        let inspection: Option<InspectionFacts> = from.and_then(|id| records.inspection(id));
        let team = inspection.map_or_else(BTreeSet::new, |facts| facts.team);
        let began = self.roots().map(|(_, at)| at).min().unwrap_or_default();
        let side = self.side(site, team.into_iter().map(|person| (person, began)));
        let mut audience = side.audience(self.register, internal, open, served);
        for seen in &acts {
            match seen.event.act {
                FindingAct::Proposed { to } | FindingAct::Transferred { to } => {
                    audience.units.insert(to);
                }
                _ => {}
            }
        }
        audience.people.extend(self.last(&acts, |act| match act {
            FindingAct::Ordered { who, .. }
            | FindingAct::Reassigned { who }
            | FindingAct::Assigned { who } => Some(*who),
            _ => None,
        }));
        audience
    }

    /// Where it plays: the site of its first change, or the one that was named later.
    fn site(&self, acts: &[Seen<FindingAct>]) -> Option<UnitId> {
        let sited = self.last(acts, |act| match act {
            FindingAct::Sited { site } => Some(*site),
            _ => None,
        });
        let root = self.root_word("site").and_then(|word| word.parse().ok());
        sited.first().copied().or(root)
    }
    fn last<T>(
        &self,
        acts: &[Seen<FindingAct>],
        says: impl Fn(&FindingAct) -> Option<T>,
    ) -> Vec<T> {
        self.everything.last(acts, says)
    }
    fn root_word(&self, key: &str) -> Option<&str> {
        self.history.writes(key).first()?.value.as_text()
    }
    fn person(&self, entry: &Entry) -> Option<(PersonId, Timestamp)> {
        Some((self.register.person_of(&entry.actor)?, written(entry)))
    }
    fn roots(&self) -> impl Iterator<Item = (PersonId, Timestamp)> {
        let roots = self.history.roots().filter_map(|no| self.history.entry(no));
        roots.filter_map(|entry| self.person(entry))
    }
    /// Everybody who wrote in it or is of its team, with the posts they had then.
    fn side(
        &self,
        site: Option<UnitId>,
        team: impl Iterator<Item = (PersonId, Timestamp)>,
    ) -> Side {
        // An actor's posts at its first and last change: asking for each would cost, and nobody
        // changes office twice within one inspection.
        let mut spans = BTreeMap::new();
        for (_, entry) in self.history.entries() {
            let at = written(entry);
            let (first, last) = spans.entry(entry.actor).or_insert((at, at));
            *first = at.min(*first);
            *last = at.max(*last);
        }
        let writers = spans.iter().filter_map(|(actor, (first, last))| {
            let person = self.register.person_of(actor)?;
            Some([(person, *first), (person, *last)])
        });
        let posts = |(person, at)| {
            let posts = held_at(self.register, person, at).into_iter();
            posts.map(move |post| (person, post))
        };
        Side {
            site,
            began: self.roots().flat_map(posts).map(|(_, post)| post).collect(),
            took_part: writers.flatten().chain(team).flat_map(posts).collect(),
        }
    }
}

/// Those whose record it is.
struct Side {
    site: Option<UnitId>,
    began: Vec<Held>,
    took_part: Vec<(PersonId, Held)>,
}

impl Side {
    /// `internal`: of the enterprise's own people; then its overseers see it once it is `open`.
    fn audience(self, register: &Register, internal: bool, open: bool, served: bool) -> Audience {
        let mut audience = Audience {
            site: self.site,
            served: served || internal && self.began_at_site(),
            ..Audience::default()
        };
        let official = !internal || open;
        match self.site.filter(|_| official) {
            Some(site) => audience.units.extend(overseers(register, site)),
            // A place: those who may order there need to see it.
            None if official => audience.units.extend(with_remit(register)),
            None => {}
        }
        for (person, post) in &self.took_part {
            if post.rights.kind == PostKind::Administrator {
                continue;
            }
            let at_site = self
                .site
                .is_some_and(|site| holds(register, post.unit, site));
            if at_site && internal {
                audience.units.insert(post.unit);
            }
            // The site's people who wrote in an official record see it once served, like the others.
            if !is_site(register, post.unit) && official {
                audience.units.insert(post.unit);
                audience.units.extend(above(register, post.unit));
            }
            if post.rights.see == See::OwnTasks {
                audience.people.insert(*person);
            }
        }
        audience
            .units
            .retain(|unit| oversight::current(register, *unit).is_some());
        audience
    }
    /// The site's people see from the start what they began themselves.
    fn began_at_site(&self) -> bool {
        let site = self.site;
        self.began.iter().any(|post| Some(post.unit) == site)
    }
}
