//! Whom a target binds, and what of the organisation's work is theirs.

use crate::id::{PersonId, UnitId};
use crate::register::{PlannedVisit, Post, PostKind, Register, Signer};
use crate::timestamp::Timestamp;

/// A unit or a person, with what posts make theirs at a moment.
pub(crate) struct Subject {
    pub(crate) signer: Signer,
    /// The units whose area is theirs: their own; those where they lead, supervise, or, in an
    /// enterprise, work.
    pub(crate) areas: Vec<UnitId>,
    /// Findings that they reported are theirs, too (inspectors).
    reports: bool,
    /// The units whose plan and re-checks are theirs: their own; for in-charge leaders and
    /// supervisors that of their unit.
    pub(crate) answers_for: Vec<UnitId>,
    /// Planned visits and orders that name them are theirs.
    by_name: bool,
    /// Of the government, or of an enterprise.
    pub(crate) is_official: bool,
}

const fn answers_for_unit(kind: PostKind) -> bool {
    matches!(kind, PostKind::InCharge | PostKind::Supervisor)
}

/// Hazards of the unit's whole area are theirs, not only those that they reported.
const fn has_unit_area(kind: PostKind) -> bool {
    kind.is_leader() || kind.is_enterprise() || matches!(kind, PostKind::Supervisor)
}

fn units_of(posts: &[&Post], of: impl Fn(PostKind) -> bool) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = posts
        .iter()
        .filter(|post| of(post.kind))
        .map(|post| post.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    units
}

impl Subject {
    /// As of a moment.
    pub(crate) fn new(register: &Register, signer: Signer, at: Timestamp) -> Self {
        match signer {
            Signer::Unit(unit) => Self {
                signer,
                areas: vec![unit],
                reports: false,
                answers_for: vec![unit],
                by_name: false,
                is_official: register
                    .unit(unit)
                    .is_some_and(|unit| unit.level.is_government()),
            },
            Signer::Person(person) => Self::person(register, person, at),
        }
    }
    fn person(register: &Register, person: PersonId, at: Timestamp) -> Self {
        let posts: Vec<&Post> = register.posts_of_at(person, at).collect();
        let answers_for = units_of(&posts, answers_for_unit);
        let is_inspector = posts.iter().any(|post| post.kind == PostKind::Inspector);
        Self {
            signer: Signer::Person(person),
            areas: units_of(&posts, has_unit_area),
            reports: is_inspector,
            by_name: answers_for.is_empty() || is_inspector,
            answers_for,
            is_official: posts.iter().any(|post| post.kind.is_government()),
        }
    }
    /// The person, if it is one.
    pub(crate) const fn person_id(&self) -> Option<PersonId> {
        match self.signer {
            Signer::Person(person) => Some(person),
            Signer::Unit(_) => None,
        }
    }
    /// The person whose reports make an area, if there is one.
    pub(crate) fn reporter(&self) -> Option<PersonId> {
        self.person_id().filter(|_| self.reports)
    }
    /// Whether a planned visit is theirs.
    pub(crate) fn has_visit(&self, visit: &PlannedVisit) -> bool {
        self.answers_for.contains(&visit.unit) || self.is_named(&visit.officers)
    }
    /// Whether work of these units and officers is theirs.
    pub(crate) fn has_order(&self, units: &[UnitId], officers: &[PersonId]) -> bool {
        units.iter().any(|unit| self.answers_for.contains(unit)) || self.is_named(officers)
    }
    /// The person, if what names him or her is theirs.
    pub(crate) fn named(&self) -> Option<PersonId> {
        self.person_id().filter(|_| self.by_name)
    }
    fn is_named(&self, officers: &[PersonId]) -> bool {
        self.named()
            .is_some_and(|person| officers.contains(&person))
    }
}
