//! A person who wants to write something: their posts, the site, and the rights of the table that
//! follow from both. What a record's own past adds is judged in `finding` and `inspection`.

use std::collections::BTreeSet;

use crate::change::{Entry, History, Scalar};
use crate::code::Code;
use crate::id::{PersonId, UnitId};
use crate::permit::Records;
use crate::permit::administer::administrators;
use crate::permit::oversight::{self, Locality, has_power};
use crate::permit::past::Past;
use crate::permit::refused::{Stop, WayOut};
use crate::permit::table::{Answer, Inspect, Order, PostRights, rights_of};
use crate::register::{Post, PostKind, Register};
use crate::timestamp::Timestamp;

/// A post that gives its person something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) unit: UnitId,
    pub(crate) rights: &'static PostRights,
}

/// A person's posts in units where posts of their kind give rights.
pub(crate) fn held(register: &Register, person: PersonId) -> Vec<Held> {
    let posts = register.posts_of(person);
    posts
        .filter(|post| oversight::current(register, post.unit).is_some())
        .filter_map(|post| Held::by(register, post))
        .collect()
}

/// The same as it was at a moment.
pub(crate) fn held_at(register: &Register, person: PersonId, at: Timestamp) -> Vec<Held> {
    let posts = register.posts_of_at(person, at);
    posts.filter_map(|post| Held::by(register, post)).collect()
}

impl Held {
    fn by(register: &Register, post: &Post) -> Option<Self> {
        let rights = rights_of(post.kind);
        let level = register.unit(post.unit)?.level;
        rights.held_in.fits(level).then_some(Self {
            unit: post.unit,
            rights,
        })
    }
}

/// When a change was written, as far as can be known: a clock that runs ahead is not believed.
pub(crate) fn written(entry: &Entry) -> Timestamp {
    entry.received.unwrap_or(entry.time).min(entry.time)
}

/// Whose ground an inspection or finding stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sphere {
    /// Of people of government units.
    Official,
    /// Of the enterprise's own people.
    Internal {
        /// A post check, which workers make too.
        post_check: bool,
    },
}

/// See the module.
pub(crate) struct Attempt<'a> {
    pub(crate) register: &'a Register,
    pub(crate) author: PersonId,
    pub(crate) held: Vec<Held>,
    pub(crate) history: &'a History,
    pub(crate) past: Past<'a>,
    pub(crate) puts: &'a [(&'a str, &'a Scalar)],
    pub(crate) records: &'a dyn Records,
}

impl<'a> Attempt<'a> {
    /// Whether it begins the document, or joins one that others began apart.
    pub(crate) const fn is_root(&self) -> bool {
        self.past.is_empty()
    }
    /// A word that stands in the document's first change: there, or in this one if it is the first.
    pub(crate) fn root_word(&self, key: &str) -> Option<&'a str> {
        let known = self.history.writes(key).first().map(|write| &write.value);
        known.or_else(|| self.put(key)).and_then(Scalar::as_text)
    }
    fn put(&self, key: &str) -> Option<&'a Scalar> {
        let mut puts = self.puts.iter().filter(|_| self.is_root());
        puts.find(|(name, _)| *name == key).map(|(_, value)| *value)
    }
    /// Whether the person writes records at all. Who can create accounts must not be able to write
    /// history, whatever other posts that person has.
    pub(crate) fn writes_records(&self) -> Result<(), Stop> {
        let administers = |held: &Held| held.rights.kind == PostKind::Administrator;
        if self.held.is_empty() || self.held.iter().any(administers) {
            let way_out = WayOut::people(administrators(self.register));
            return Err(Stop::refused(Code::PermitNoRight, way_out));
        }
        Ok(())
    }

    /// The right to inspect.
    pub(crate) fn may_inspect(&self, at: &Locality, sphere: Sphere) -> Result<(), Stop> {
        let inspects = |held: &&Held| match (held.rights.inspect, sphere) {
            (Some(Inspect::Official), Sphere::Official)
            | (Some(Inspect::SelfInspection), Sphere::Internal { .. }) => true,
            (Some(Inspect::PostCheck), Sphere::Internal { post_check }) => post_check,
            _ => false,
        };
        let mut inspectors = self.held.iter().filter(inspects).peekable();
        let code = if inspectors.peek().is_none() {
            Code::PermitNoRight
        } else {
            Code::PermitNotOverseen
        };
        let within = |held: &Held| match sphere {
            Sphere::Official => at.is_overseen_by(self.register, held.unit),
            Sphere::Internal { .. } => at.is_held_by(self.register, held.unit),
        };
        if inspectors.any(within) {
            return Ok(());
        }
        let way_out = match sphere {
            Sphere::Official => WayOut::units(at.overseers(self.register)),
            Sphere::Internal { .. } => self.ask_site(at),
        };
        Err(Stop::refused(code, self.or_administrators(way_out)))
    }

    /// The right to order, through a government post.
    pub(crate) fn may_order(&self, at: &Locality, unit: Option<UnitId>) -> Result<(), Stop> {
        let orders = |held: &&Held| {
            let order = held.rights.order;
            matches!(
                order,
                Some(Order::WithPower | Order::WithPowerAndCertificate)
            )
        };
        let posts: Vec<&Held> = self.held.iter().filter(orders).collect();
        let powers = || self.or_administrators(WayOut::units(at.with_power(self.register)));
        if posts.is_empty() {
            return Err(Stop::refused(Code::PermitNoRight, powers()));
        }
        let unit = unit.ok_or_else(|| Stop::shape("unit"))?;
        let mut mine = posts.iter().filter(|held| held.unit == unit).peekable();
        if mine.peek().is_none() {
            let own = WayOut::units(posts.iter().map(|held| held.unit));
            return Err(Stop::refused(Code::PermitNotYourUnit, own));
        }
        if !at.is_overseen_by(self.register, unit) {
            return Err(Stop::refused(Code::PermitNotOverseen, powers()));
        }
        if !has_power(self.register, unit) {
            let way_out = powers().or_instead("proposed");
            return Err(Stop::refused(Code::PermitNoPower, way_out));
        }
        let certified = self.has_certificate(self.author);
        if mine.any(|held| certified || held.rights.order == Some(Order::WithPower)) {
            return Ok(());
        }
        let colleagues = WayOut::people(self.who_order_in(unit));
        Err(Stop::refused(Code::PermitNoCertificate, colleagues))
    }
    fn has_certificate(&self, person: PersonId) -> bool {
        let person = self.register.person(person);
        person.is_some_and(|person| person.certificate.is_some())
    }
    fn who_order_in(&self, unit: UnitId) -> BTreeSet<PersonId> {
        let orders = |kind: PostKind, person| match rights_of(kind).order {
            Some(Order::WithPower) => true,
            Some(Order::WithPowerAndCertificate) => self.has_certificate(person),
            _ => false,
        };
        let posts = self.register.posts_in(unit);
        posts
            .filter(|post| orders(post.kind, post.person))
            .map(|post| post.person)
            .collect()
    }

    /// The right to lead.
    pub(crate) fn may_lead(&self, at: &Locality, unit: Option<UnitId>) -> Result<(), Stop> {
        let leads: Vec<UnitId> = self
            .held
            .iter()
            .filter(|held| held.rights.lead)
            .map(|held| held.unit)
            .collect();
        let overseeing = |unit: &UnitId| at.is_overseen_by(self.register, *unit);
        let overseers = || self.or_administrators(WayOut::units(at.overseers(self.register)));
        match unit {
            _ if leads.is_empty() => Err(Stop::refused(Code::PermitNoRight, overseers())),
            Some(unit) if !leads.contains(&unit) => {
                Err(Stop::refused(Code::PermitNotYourUnit, WayOut::units(leads)))
            }
            Some(unit) if overseeing(&unit) => Ok(()),
            None if leads.iter().any(overseeing) => Ok(()),
            _ => Err(Stop::refused(Code::PermitNotOverseen, overseers())),
        }
    }

    /// The right to answer; `responsible` are the people whom the duty names.
    pub(crate) fn may_answer(
        &self,
        at: &Locality,
        responsible: &BTreeSet<PersonId>,
    ) -> Result<(), Stop> {
        let answers = |held: &&Held| held.rights.answer.is_some();
        let mut posts = self.held.iter().filter(answers).peekable();
        let mut code = if posts.peek().is_none() {
            Code::PermitNoRight
        } else {
            Code::PermitNotOverseen
        };
        for post in posts.filter(|post| at.is_held_by(self.register, post.unit)) {
            match post.rights.answer {
                Some(Answer::IfNamed) if !responsible.contains(&self.author) => {
                    code = Code::PermitNotResponsible;
                }
                _ => return Ok(()),
            }
        }
        let site = self.ask_site(at);
        let people = site.people.iter().chain(responsible).copied();
        let people: BTreeSet<PersonId> = people.collect();
        let way_out = WayOut::units(site.units).or_people(people);
        Err(Stop::refused(code, self.or_administrators(way_out)))
    }

    /// Whether the author is one of the site's people who order in what it found itself.
    pub(crate) fn is_officer_of(&self, at: &Locality) -> bool {
        let mut posts = self.held.iter();
        posts.any(|held| {
            held.rights.order == Some(Order::SelfFound) && at.is_held_by(self.register, held.unit)
        })
    }
    /// Whether the author has a post at the site, or above it in its group.
    pub(crate) fn is_of(&self, at: &Locality) -> bool {
        let mut posts = self.held.iter();
        posts.any(|held| at.is_held_by(self.register, held.unit))
    }
    /// Whether the author has a government post.
    pub(crate) fn is_official(&self) -> bool {
        let mut posts = self.held.iter();
        posts.any(|held| held.rights.inspect == Some(Inspect::Official))
    }
    /// The site and those of its people who order and answer there.
    pub(crate) fn ask_site(&self, at: &Locality) -> WayOut {
        let Locality::Site(site) = at else {
            return WayOut::default();
        };
        let posts = self.register.posts_in(*site);
        let officers: BTreeSet<PersonId> = posts
            .filter(|post| rights_of(post.kind).order == Some(Order::SelfFound))
            .map(|post| post.person)
            .collect();
        WayOut::units([*site]).or_people(officers)
    }
    /// Where nobody in the register has the right, somebody must put that right.
    pub(crate) fn or_administrators(&self, way_out: WayOut) -> WayOut {
        if way_out.units.is_empty() && way_out.people.is_empty() {
            way_out.or_people(administrators(self.register))
        } else {
            way_out
        }
    }
}
