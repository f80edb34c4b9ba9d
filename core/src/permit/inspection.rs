//! Rights in an inspection: who inspects, who is of the team, and what the end changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{History, Scalar};
use crate::code::Code;
use crate::id::{PersonId, UnitId};
use crate::permit::attempt::{Attempt, Sphere, held_at, written};
use crate::permit::oversight::Locality;
use crate::permit::past::Seen;
use crate::permit::refused::{Stop, WayOut};
use crate::permit::table::{EventRule, Needs, event_rule, key_needs};
use crate::record::{
    Act, Authors, Event, EventError, InspectionAct, InspectionKey, RecordKind, SignedAs, TeamRole,
};
use crate::register::{InspectionKind, Register};
use crate::rule::audience::{audience, may_see};

/// What rights in a finding ask of the inspection that found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionFacts {
    /// Its kind.
    pub kind: InspectionKind,
    /// Its team, as the log stands, without those who left.
    pub team: BTreeSet<PersonId>,
}

impl InspectionFacts {
    /// From an inspection's history; none if it has no first change yet.
    #[must_use]
    pub fn of(history: &History) -> Option<Self> {
        let word = history.writes("kind").first()?.value.as_text()?;
        let members = history.keys_from("team/").filter_map(|(key, _)| {
            let visible = history.visible(key);
            let roles = visible.iter().filter_map(|write| write.value.as_text());
            member(key, roles)
        });
        let present = members.filter(|(_, role)| *role != TeamRole::Left);
        Some(Self {
            kind: InspectionKind::parse(word)?,
            team: present.map(|(person, _)| person).collect(),
        })
    }
    /// Whether workers make such inspections, too.
    #[must_use]
    pub fn is_post_check(&self) -> bool {
        self.kind == InspectionKind::Post
    }
}

fn member<'w>(key: &str, roles: impl Iterator<Item = &'w str>) -> Option<(PersonId, TeamRole)> {
    let Some(InspectionKey::Team(person)) = InspectionKey::read(key) else {
        return None;
    };
    // In conflict: leader, then present.
    let role = roles.filter_map(TeamRole::parse).min()?;
    Some((person, role))
}

/// Where a record plays, and whether it began at a place.
pub(crate) fn locality(attempt: &Attempt<'_>) -> Result<(Locality, bool), Stop> {
    match (attempt.root_word("site"), attempt.root_word("place")) {
        (Some(site), None) => {
            let site = site.parse().map_err(|_| Stop::unknown())?;
            Ok((Locality::Site(site), false))
        }
        (None, Some(_)) => {
            let began = began_in(attempt.register, attempt.history);
            let begins = attempt.held.iter().filter(|_| attempt.is_root());
            let units = began.into_iter().chain(begins.map(|held| held.unit));
            Ok((Locality::place(attempt.register, units), true))
        }
        _ => Err(Stop::unknown()),
    }
}

/// The units of those who began a record, as they were then.
fn began_in(register: &Register, history: &History) -> BTreeSet<UnitId> {
    let roots = history.roots().filter_map(|no| history.entry(no));
    let began = roots.filter_map(|entry| {
        let person = register.person_of(&entry.actor)?;
        Some(held_at(register, person, written(entry)))
    });
    began.flatten().map(|held| held.unit).collect()
}

/// A key that stands in the first change alone.
pub(crate) fn in_root(attempt: &Attempt<'_>, key: &str) -> Result<(), Stop> {
    if attempt.is_root() {
        return Ok(());
    }
    // A place gets its site by an event; else what was begun wrongly is withdrawn.
    let instead = if key == "site" { "sited" } else { "withdrawn" };
    Err(Stop::refused(
        Code::PermitRootOnly,
        WayOut::instead(instead),
    ))
}

/// An event with its rule.
pub(crate) fn read_event<A: Act>(
    record: RecordKind,
    value: &Scalar,
) -> Result<(&'static EventRule, Event<A>), Stop> {
    #[derive(serde::Deserialize)]
    struct Kind {
        k: String,
    }
    let text = value.as_text().ok_or_else(|| Stop::shape("k"))?;
    let event = Event::<A>::read(text).map_err(|error| match error {
        EventError::UnknownKind => Stop::unknown(),
        EventError::Shape => Stop::shape(&lacking::<A>(text)),
    })?;
    let Kind { k } = serde_json::from_str(text).map_err(|_| Stop::shape("k"))?;
    let rule = event_rule(record, &k).ok_or_else(Stop::unknown)?;
    Ok((rule, event))
}

/// The field that an event of a known kind lacks.
fn lacking<A: Act>(text: &str) -> String {
    match serde_json::from_str::<Event<A>>(text) {
        // serde's words: missing field `due`.
        Err(error) => {
            let error = error.to_string();
            error.split('`').nth(1).unwrap_or("k").to_owned()
        }
        Ok(event) if event.unit.is_none() && event.text.is_some() => "unit".to_owned(),
        Ok(_) => "text".to_owned(),
    }
}

/// An inspection as far as rights ask.
pub(crate) struct Visit<'a, 'b> {
    attempt: &'b Attempt<'a>,
    at: Locality,
    sphere: Sphere,
    acts: Vec<Seen<InspectionAct>>,
    /// Roles as the author knew them.
    team: BTreeMap<PersonId, TeamRole>,
}

impl<'a, 'b> Visit<'a, 'b> {
    pub(crate) fn new(attempt: &'b Attempt<'a>) -> Result<Self, Stop> {
        let kind = attempt.root_word("kind").and_then(InspectionKind::parse);
        let sphere = match kind.ok_or_else(Stop::unknown)? {
            InspectionKind::SelfInspection => Sphere::Internal { post_check: false },
            InspectionKind::Post => Sphere::Internal { post_check: true },
            InspectionKind::Routine
            | InspectionKind::Special
            | InspectionKind::LeaderLed
            | InspectionKind::Recheck => Sphere::Official,
        };
        let past = &attempt.past;
        let known = past.words("team/");
        Ok(Self {
            attempt,
            at: locality(attempt)?.0,
            sphere,
            acts: past.events(attempt.register),
            team: known
                .filter_map(|(key, roles)| member(key, roles.into_iter()))
                .collect(),
        })
    }

    /// Where it plays, and whether it is the enterprise's own.
    pub(crate) fn place(&self) -> (Locality, bool) {
        (self.at.clone(), self.sphere != Sphere::Official)
    }
    /// The first change as a whole: it is an act of inspecting.
    pub(crate) fn may_begin(&self) -> Result<(), Stop> {
        self.may_inspect()
    }
    /// One op.
    pub(crate) fn may_put(&self, key: &str, value: &Scalar) -> Result<(), Stop> {
        let person = match InspectionKey::read(key).ok_or_else(Stop::unknown)? {
            InspectionKey::Event(_) => return self.may_act(value),
            InspectionKey::Team(person) => Some(person),
            _ => None,
        };
        match (key_needs(RecordKind::Inspection, key), person) {
            (Some(Needs::Root), _) => in_root(self.attempt, key),
            (Some(Needs::TeamUntilEnd), Some(person)) => self.may_name(person, value),
            (Some(Needs::InspectUnfinished), _) => {
                self.may_inspect()?;
                self.is_unfinished()
            }
            _ => Err(Stop::unknown()),
        }
    }

    fn may_inspect(&self) -> Result<(), Stop> {
        self.attempt.may_inspect(&self.at, self.sphere)
    }
    fn is_unfinished(&self) -> Result<(), Stop> {
        if !self.is_finished() {
            return Ok(());
        }
        let way_out = self.team_members().or_instead("reopened");
        Err(Stop::refused(Code::PermitFinished, way_out))
    }
    /// Oneself with the right to inspect, or anybody of the team.
    fn may_name(&self, person: PersonId, value: &Scalar) -> Result<(), Stop> {
        value
            .as_text()
            .and_then(TeamRole::parse)
            .ok_or_else(Stop::unknown)?;
        if person != self.attempt.author {
            self.is_of_team()?;
        } else if !self.is_present(self.attempt.author) {
            self.may_inspect()?;
        }
        self.is_unfinished()
    }

    fn may_act(&self, value: &Scalar) -> Result<(), Stop> {
        let (rule, event) = read_event::<InspectionAct>(RecordKind::Inspection, value)?;
        self.has_right(rule.needs, &event)?;
        self.has_past(rule)
    }
    fn has_right(&self, needs: Needs, event: &Event<InspectionAct>) -> Result<(), Stop> {
        match needs {
            Needs::Team | Needs::TeamAfterEnd => self.is_of_team(),
            Needs::Signature => self.may_sign(event),
            Needs::BeganThenOrder if self.is_finished() => {
                let order = self.attempt.may_order(&self.at, event.unit);
                order.map_err(|stop| self.or_reopen(stop))
            }
            Needs::BeganThenOrder => self.began_or_leads(),
            Needs::LeaderRole => self.leads(),
            Needs::See => self.may_see(),
            _ => Err(Stop::unknown()),
        }
    }
    fn has_past(&self, rule: &EventRule) -> Result<(), Stop> {
        let there = match rule.needs {
            // Reopened, the value itself is put again.
            Needs::TeamAfterEnd => self.is_finished(),
            _ => self
                .acts
                .iter()
                .any(|seen| seen.event.act == InspectionAct::Finished),
        };
        match rule.past {
            Some(first) if !there => {
                Err(Stop::refused(Code::PermitNotInPast, WayOut::first(first)))
            }
            _ => Ok(()),
        }
    }

    /// Some end is in no reopening's past.
    pub(crate) fn is_finished(&self) -> bool {
        let reopened = |act: &InspectionAct| matches!(act, InspectionAct::Reopened { .. });
        let mut ends = self
            .acts
            .iter()
            .filter(|s| s.event.act == InspectionAct::Finished);
        ends.any(|end| {
            let mut later = self.acts.iter().filter(|seen| reopened(&seen.event.act));
            !later.any(|seen| self.attempt.past.saw(seen.change, end.change))
        })
    }
    fn is_present(&self, person: PersonId) -> bool {
        self.team
            .get(&person)
            .is_some_and(|role| *role != TeamRole::Left)
    }
    /// The role that the author's own change names, which is judged beside this op.
    fn own_role(&self) -> Option<TeamRole> {
        let own = InspectionKey::Team(self.attempt.author).to_string();
        let (_, value) = self.attempt.puts.iter().find(|(key, _)| *key == own)?;
        TeamRole::parse(value.as_text()?)
    }
    fn is_of_team(&self) -> Result<(), Stop> {
        let named = self.own_role().is_some_and(|role| role != TeamRole::Left);
        if named || self.is_present(self.attempt.author) {
            return Ok(());
        }
        let way_out = self.team_members().or_instead("team");
        Err(Stop::refused(Code::PermitNotInTeam, way_out))
    }
    fn leads(&self) -> Result<(), Stop> {
        let leader = Some(TeamRole::Leader);
        let author = self.attempt.author;
        if self.own_role() == leader || self.team.get(&author).copied() == leader {
            return Ok(());
        }
        let leaders = self
            .team
            .iter()
            .filter(|(_, role)| **role == TeamRole::Leader);
        let way_out = WayOut::people(leaders.map(|(person, _)| *person)).or_instead("team");
        Err(Stop::refused(Code::PermitNotLeader, way_out))
    }
    fn began_or_leads(&self) -> Result<(), Stop> {
        let history = self.attempt.history;
        let roots = history.roots().filter_map(|no| history.entry(no));
        let began: BTreeSet<PersonId> = roots
            .filter_map(|entry| self.attempt.register.person_of(&entry.actor))
            .collect();
        let author = self.attempt.author;
        if self.attempt.is_root() || began.contains(&author) || self.leads().is_ok() {
            return Ok(());
        }
        let way_out = WayOut::people(began);
        Err(Stop::refused(
            Code::PermitNotInTeam,
            self.attempt.or_administrators(way_out),
        ))
    }
    /// One's own, or the representative's (or a witness's) drawn on a phone of the team.
    fn may_sign(&self, event: &Event<InspectionAct>) -> Result<(), Stop> {
        let InspectionAct::Signed { role, .. } = &event.act else {
            return Err(Stop::unknown());
        };
        let team = self.is_of_team();
        match role {
            SignedAs::Officer => team,
            SignedAs::Leader => team.and_then(|()| self.leads()),
            _ if team.is_ok() => team,
            SignedAs::Representative if !self.attempt.is_of(&self.at) => team,
            SignedAs::Representative | SignedAs::Witness => self.may_see().or(team),
        }
    }
    fn may_see(&self) -> Result<(), Stop> {
        let register = self.attempt.register;
        let audience = audience(register, self.attempt.history, self.attempt.records);
        if may_see(register, self.attempt.author, &audience) {
            return Ok(());
        }
        let way_out = WayOut::units(audience.units);
        Err(Stop::refused(
            Code::PermitNotSeen,
            self.attempt.or_administrators(way_out),
        ))
    }
    fn team_members(&self) -> WayOut {
        let present = self.team.keys().filter(|person| self.is_present(**person));
        WayOut::people(present.copied())
    }
    /// Who has no right to withdraw after the end may still reopen, then withdraw.
    fn or_reopen(&self, stop: Stop) -> Stop {
        match stop {
            Stop::Refused(code, way_out) if self.began_or_leads().is_ok() => {
                Stop::refused(code, way_out.or_instead("reopened"))
            }
            other => other,
        }
    }
}
