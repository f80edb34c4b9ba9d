//! The table of rights as data (product.md, "Who may do what"), and what each key and event of a
//! record asks for. Nothing is decided here: [`super::may`] reads these tables, the generated
//! `docs/permissions.md` prints them.

use crate::record::RecordKind;
use crate::register::{PostKind, UnitLevel};

/// In which units a post of a kind gives rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldIn {
    /// District, departments, townships.
    Government,
    /// Enterprises.
    Enterprise,
    /// Any unit.
    Anywhere,
}

impl HeldIn {
    /// Whether a unit of this level is one of these.
    #[must_use]
    pub const fn fits(self, level: UnitLevel) -> bool {
        match self {
            Self::Government => level.is_government(),
            Self::Enterprise => !level.is_government(),
            Self::Anywhere => true,
        }
    }
}

/// What a post lets one see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum See {
    /// Records whose audience has the post's unit.
    Audience,
    /// Records of the own site and those below it, once served on it.
    ServedSite,
    /// Records in which one is named or took part.
    OwnTasks,
    /// The whole register, and no record.
    RegisterOnly,
}

/// What a post lets one inspect: begin, join, answer, photograph, record findings, correct on the
/// spot, finish, reopen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspect {
    /// Official inspections of the sites that the unit oversees; rectifying on a site's behalf.
    Official,
    /// Self-inspections and post checks of the own site and those below it.
    SelfInspection,
    /// Post checks of the own site.
    PostCheck,
}

/// Where a post lets one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In a unit with the power to order, for a person who has an enforcement certificate. That it
    /// expired never stops work: the act is marked.
    WithPowerAndCertificate,
    /// In a unit with the power to order.
    WithPower,
    /// In what the enterprise found itself, until it is shared with its overseers.
    SelfFound,
}

/// Where a post lets one answer an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Whatever was ordered at the own site and those below it.
    Site,
    /// What names oneself as responsible.
    IfNamed,
}

/// What a post lets one administer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Administer {
    /// Inviting the principal of a site that one may inspect.
    InvitePrincipals,
    /// Inviting the workers of the own site and those below it.
    InviteWorkers,
    /// People, posts, invitations, devices, import.
    Everything,
}

/// A row of the table: what posts of one kind give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostRights {
    /// The kind of post.
    pub kind: PostKind,
    /// Where such a post gives anything.
    pub held_in: HeldIn,
    /// The right *see*.
    pub see: See,
    /// The right *inspect*.
    pub inspect: Option<Inspect>,
    /// The right *order*.
    pub order: Option<Order>,
    /// The right *answer*.
    pub answer: Option<Answer>,
    /// The right *lead*.
    pub lead: bool,
    /// The right to change the plan of the own unit and of those below it.
    pub plan: bool,
    /// The right *administer*.
    pub administer: Option<Administer>,
}

const fn leader(kind: PostKind, lead: bool) -> PostRights {
    PostRights {
        kind,
        held_in: HeldIn::Government,
        see: See::Audience,
        inspect: Some(Inspect::Official),
        order: Some(Order::WithPower),
        answer: None,
        lead,
        plan: matches!(kind, PostKind::Main | PostKind::InCharge),
        administer: None,
    }
}

const fn official(kind: PostKind, order: Order) -> PostRights {
    PostRights {
        administer: Some(Administer::InvitePrincipals),
        order: Some(order),
        plan: matches!(kind, PostKind::Supervisor),
        ..leader(kind, false)
    }
}

const fn officer_of_site(kind: PostKind) -> PostRights {
    PostRights {
        kind,
        held_in: HeldIn::Enterprise,
        see: See::ServedSite,
        inspect: Some(Inspect::SelfInspection),
        order: Some(Order::SelfFound),
        answer: Some(Answer::Site),
        lead: false,
        plan: false,
        administer: Some(Administer::InviteWorkers),
    }
}

/// What each kind of post gives.
pub const POSTS: [PostRights; 10] = [
    leader(PostKind::Party, true),
    leader(PostKind::Main, true),
    leader(PostKind::InCharge, true),
    leader(PostKind::DualDuty, false),
    official(PostKind::Supervisor, Order::WithPower),
    official(PostKind::Inspector, Order::WithPowerAndCertificate),
    officer_of_site(PostKind::Principal),
    officer_of_site(PostKind::SafetyOfficer),
    PostRights {
        kind: PostKind::Worker,
        held_in: HeldIn::Enterprise,
        see: See::OwnTasks,
        inspect: Some(Inspect::PostCheck),
        order: None,
        answer: Some(Answer::IfNamed),
        lead: false,
        plan: false,
        administer: None,
    },
    PostRights {
        kind: PostKind::Administrator,
        held_in: HeldIn::Anywhere,
        see: See::RegisterOnly,
        inspect: None,
        order: None,
        answer: None,
        lead: false,
        plan: false,
        administer: Some(Administer::Everything),
    },
];

/// What posts of a kind give.
#[must_use]
pub const fn rights_of(kind: PostKind) -> &'static PostRights {
    let [
        party,
        main,
        in_charge,
        dual_duty,
        supervisor,
        inspector,
        principal,
        safety,
        worker,
        admin,
    ] = &POSTS;
    match kind {
        PostKind::Party => party,
        PostKind::Main => main,
        PostKind::InCharge => in_charge,
        PostKind::DualDuty => dual_duty,
        PostKind::Supervisor => supervisor,
        PostKind::Inspector => inspector,
        PostKind::Principal => principal,
        PostKind::SafetyOfficer => safety,
        PostKind::Worker => worker,
        PostKind::Administrator => admin,
    }
}

/// What an operation asks of its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Stands in a record's first change and never changes.
    Root,
    /// The right to inspect the site.
    Inspect,
    /// The right to inspect the site, while the inspection isn't finished.
    InspectUnfinished,
    /// Oneself, with the right to inspect, or anybody of the team; until the end.
    TeamUntilEnd,
    /// The finding's reporter or anybody of its inspection's team, until it is ordered or closed.
    ReporterUntilOrdered,
    /// The right to order.
    Order,
    /// The right to answer.
    Answer,
    /// The right to lead.
    Lead,
    /// To see the record.
    See,
    /// The right to inspect the site, in a unit that has no power to order.
    InspectWithoutPower,
    /// The right to answer; or to inspect officially, on the site's behalf.
    AnswerOrBehalf,
    /// The reporter's side before an order, then the right to order.
    ReporterThenOrder,
    /// To be of the team.
    Team,
    /// One's own signature, or the representative's on a phone of the team.
    Signature,
    /// Who began it or its leader before the end, then the right to order.
    BeganThenOrder,
    /// The leader's role in the team.
    LeaderRole,
    /// To be of the team, after the end.
    TeamAfterEnd,
}

/// What a class of keys asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRule {
    /// The record.
    pub record: RecordKind,
    /// The keys, as protocol.md writes them.
    pub keys: &'static [&'static str],
    /// What they ask for.
    pub needs: Needs,
}

/// What an event's kind asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRule {
    /// The event's `k`.
    pub kind: &'static str,
    /// What it asks for.
    pub needs: Needs,
    /// Of these kinds one must be in its past.
    pub past: Option<&'static str>,
}

/// Keys of both kinds of record, without events. A record's first change asks for the right to
/// inspect besides.
pub const KEYS: [KeyRule; 5] = [
    KeyRule {
        record: RecordKind::Inspection,
        keys: &["id", "v", "site", "place", "kind", "loc"],
        needs: Needs::Root,
    },
    KeyRule {
        record: RecordKind::Inspection,
        keys: &[
            "basis",
            "plan/<row>",
            "list/<checklist>",
            "a/<checklist>/<item>",
            "n/<checklist>/<item>",
            "p/<checklist>/<item>/<sha256>",
            "end",
            "ended",
            "rep",
            "rep_post",
        ],
        needs: Needs::InspectUnfinished,
    },
    KeyRule {
        record: RecordKind::Inspection,
        keys: &["team/<person>"],
        needs: Needs::TeamUntilEnd,
    },
    KeyRule {
        record: RecordKind::Finding,
        keys: &["id", "v", "site", "place", "from", "item", "origin"],
        needs: Needs::Root,
    },
    KeyRule {
        record: RecordKind::Finding,
        keys: &[
            "text",
            "where",
            "level",
            "clause",
            "basis",
            "due",
            "who",
            "p/<sha256>",
            "loc",
        ],
        needs: Needs::ReporterUntilOrdered,
    },
];

const fn rule(kind: &'static str, needs: Needs) -> EventRule {
    EventRule {
        kind,
        needs,
        past: None,
    }
}

const fn after(past: &'static str, kind: &'static str, needs: Needs) -> EventRule {
    EventRule {
        kind,
        needs,
        past: Some(past),
    }
}

/// Events of a finding, in the order of product.md's table.
pub const FINDING_EVENTS: [EventRule; 24] = [
    rule("proposed", Needs::InspectWithoutPower),
    rule("ordered", Needs::Order),
    rule("graded", Needs::Order),
    after("ordered", "accepted", Needs::Answer),
    after("ordered", "assigned", Needs::Answer),
    after("ordered", "asked", Needs::Answer),
    after("asked", "granted", Needs::Order),
    after("asked", "declined", Needs::Order),
    rule("rectified", Needs::AnswerOrBehalf),
    rule("corrected_on_spot", Needs::Inspect),
    after("rectified", "passed", Needs::Order),
    rule("failed", Needs::Order),
    rule("halted", Needs::Order),
    after("halted", "resumed", Needs::Order),
    after("ordered", "reassigned", Needs::Order),
    after("ordered", "transferred", Needs::Order),
    rule("listed", Needs::Lead),
    after("listed", "unlisted", Needs::Lead),
    rule("decided", Needs::Lead),
    rule("settled", Needs::Order),
    rule("withdrawn", Needs::ReporterThenOrder),
    rule("duplicate", Needs::ReporterThenOrder),
    rule("sited", Needs::Order),
    rule("commented", Needs::See),
];

/// Events of an inspection.
pub const INSPECTION_EVENTS: [EventRule; 8] = [
    rule("finished", Needs::Team),
    after("finished", "reopened", Needs::Team),
    rule("signed", Needs::Signature),
    rule("refused", Needs::Team),
    rule("withdrawn", Needs::BeganThenOrder),
    rule("lead", Needs::LeaderRole),
    after("finished", "settled", Needs::TeamAfterEnd),
    rule("commented", Needs::See),
];

/// What a key asks for, if this version knows it; events have rules of their own.
#[must_use]
pub fn key_needs(record: RecordKind, key: &str) -> Option<Needs> {
    let is_it = |rule: &&KeyRule| {
        rule.record == record && rule.keys.iter().any(|known| class(known) == class(key))
    };
    KEYS.iter().find(is_it).map(|rule| rule.needs)
}

/// The part of a key before its codes and ids.
fn class(key: &str) -> &str {
    key.split_once('/').map_or(key, |(class, _)| class)
}

/// The rule for an event, if this version knows its kind.
#[must_use]
pub fn event_rule(record: RecordKind, kind: &str) -> Option<&'static EventRule> {
    let rules: &[EventRule] = match record {
        RecordKind::Finding => &FINDING_EVENTS,
        RecordKind::Inspection => &INSPECTION_EVENTS,
    };
    rules.iter().find(|rule| rule.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_post_has_its_own_row() {
        for kind in PostKind::ALL {
            assert_eq!(rights_of(kind).kind, kind);
        }
    }
}
