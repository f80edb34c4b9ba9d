//! Rights in a finding: product.md's table of events, judged with what its author had seen.

use std::collections::BTreeSet;

use crate::change::{ChangeNo, Scalar};
use crate::code::Code;
use crate::id::{DocId, PersonId, UnitId};
use crate::permit::attempt::{Attempt, Held, Sphere};
use crate::permit::inspection;
use crate::permit::oversight::{Locality, has_power, is_site};
use crate::permit::past::Seen;
use crate::permit::refused::{Stop, WayOut};
use crate::permit::shared::{is_shared, was_closed};
use crate::permit::table::{EventRule, Inspect, Needs, key_needs};
use crate::record::{Authors, Event, FindingAct, FindingKey, Origin, RecordKind};
use crate::rule::audience::{audience, may_see};

/// A finding as far as rights ask.
pub(crate) struct Report<'a, 'b> {
    attempt: &'b Attempt<'a>,
    self_found: bool,
    from: Option<DocId>,
    reporter: Option<PersonId>,
    at: Locality,
    began_at_place: bool,
    acts: Vec<Seen<FindingAct>>,
}

impl<'a, 'b> Report<'a, 'b> {
    pub(crate) fn new(attempt: &'b Attempt<'a>) -> Result<Self, Stop> {
        let origin = attempt.root_word("origin").and_then(Origin::parse);
        let origin = origin.ok_or_else(Stop::unknown)?;
        let from = match attempt.root_word("from") {
            Some(word) => Some(word.parse().map_err(|_| Stop::unknown())?),
            None => None,
        };
        let root = attempt.history.roots().next();
        let reporter = match root.and_then(|no| attempt.history.entry(no)) {
            Some(entry) => attempt.register.person_of(&entry.actor),
            None => Some(attempt.author),
        };
        let acts: Vec<Seen<FindingAct>> = attempt.past.events(attempt.register);
        let (at, began_at_place) = inspection::locality(attempt)?;
        let sited = attempt.past.last(&acts, |act| match act {
            FindingAct::Sited { site } => Some(*site),
            _ => None,
        });
        Ok(Self {
            attempt,
            self_found: origin == Origin::SelfFound,
            from,
            reporter,
            at: sited.first().map_or(at, |site| Locality::Site(*site)),
            began_at_place,
            acts,
        })
    }

    /// Where it plays, and whether the enterprise found it itself.
    pub(crate) fn place(&self) -> (Locality, bool) {
        (self.at.clone(), self.self_found)
    }
    /// The first change as a whole: it is an act of inspecting.
    pub(crate) fn may_begin(&self) -> Result<(), Stop> {
        self.attempt.may_inspect(&self.at, self.sphere()?)
    }
    /// One op.
    pub(crate) fn may_put(&self, key: &str, value: &Scalar) -> Result<(), Stop> {
        let field = FindingKey::read(key).ok_or_else(Stop::unknown)?;
        if let FindingKey::Event(_) = field {
            return self.may_act(value);
        }
        match key_needs(RecordKind::Finding, key) {
            Some(Needs::Root) => inspection::in_root(self.attempt, key),
            Some(Needs::ReporterUntilOrdered) => self.may_report(field, value),
            _ => Err(Stop::unknown()),
        }
    }

    fn may_report(&self, field: FindingKey, value: &Scalar) -> Result<(), Stop> {
        let level = || {
            value
                .as_text()
                .map(|word| matches!(word, "general" | "major"))
        };
        if field == FindingKey::Level && level() != Some(true) {
            return Err(Stop::unknown());
        }
        self.reporters_side()?;
        let fixed = |act: &FindingAct| {
            matches!(
                act,
                FindingAct::Ordered { .. }
                    | FindingAct::CorrectedOnSpot
                    | FindingAct::Halted { .. }
                    | FindingAct::Passed
                    | FindingAct::Withdrawn { .. }
                    | FindingAct::Duplicate { .. }
            )
        };
        if self.has(fixed) {
            let way_out = WayOut::instead("commented");
            return Err(Stop::refused(Code::PermitOrdered, way_out));
        }
        Ok(())
    }

    fn may_act(&self, value: &Scalar) -> Result<(), Stop> {
        let (rule, event) = inspection::read_event::<FindingAct>(RecordKind::Finding, value)?;
        self.has_right(rule.needs, &event)?;
        self.has_past(rule)?;
        match &event.act {
            FindingAct::Passed => self.is_not_own_work(&event),
            FindingAct::Proposed { to } | FindingAct::Transferred { to } => {
                self.may_receive(*to, matches!(event.act, FindingAct::Proposed { .. }))
            }
            FindingAct::Sited { site } => self.may_site(*site),
            _ => Ok(()),
        }
    }
    fn has_right(&self, needs: Needs, event: &Event<FindingAct>) -> Result<(), Stop> {
        match needs {
            Needs::Order => self.may_order(event.unit),
            Needs::Answer => self.may_answer(),
            Needs::Lead => self.may_lead(event),
            Needs::Inspect => self.may_inspect(),
            Needs::InspectWithoutPower => self.may_propose(),
            Needs::AnswerOrBehalf => match event.act {
                FindingAct::Rectified { behalf: true, .. } => self.may_inspect_officially(),
                _ => self.may_answer(),
            },
            Needs::ReporterThenOrder if self.has(is_order) => self.may_order(event.unit),
            Needs::ReporterThenOrder => self.reporters_side(),
            Needs::See => self.may_see(),
            _ => Err(Stop::unknown()),
        }
    }
    fn has_past(&self, rule: &EventRule) -> Result<(), Stop> {
        let Some(first) = rule.past else {
            return Ok(());
        };
        let there = |act: &FindingAct| match act {
            // By people of the enterprise it reads as `rectified`.
            FindingAct::CorrectedOnSpot => self.self_found && first == "rectified",
            FindingAct::Ordered { .. } => first == "ordered",
            FindingAct::Asked { .. } => first == "asked",
            FindingAct::Rectified { .. } => first == "rectified",
            FindingAct::Halted { .. } => first == "halted",
            FindingAct::Listed { .. } => first == "listed",
            _ => false,
        };
        if self.has(there) {
            return Ok(());
        }
        Err(Stop::refused(Code::PermitNotInPast, WayOut::first(first)))
    }

    fn may_order(&self, unit: Option<UnitId>) -> Result<(), Stop> {
        let attempt = self.attempt;
        if !self.self_found {
            return attempt.may_order(&self.at, unit);
        }
        let of_site = |unit: UnitId| self.at.is_held_by(attempt.register, unit);
        let internal =
            attempt.is_officer_of(&self.at) && (unit.is_none_or(of_site) || !attempt.is_official());
        if !internal {
            self.is_open_to_overseers()?;
            return attempt.may_order(&self.at, unit);
        }
        if self.is_shared() {
            let powers = WayOut::units(self.at.with_power(attempt.register));
            let way_out = attempt.or_administrators(powers);
            return Err(Stop::refused(Code::PermitShared, way_out));
        }
        match (unit, &self.at) {
            (None, _) => Err(Stop::shape("unit")),
            (Some(unit), Locality::Site(site)) if unit == *site => Ok(()),
            _ => {
                let site = WayOut::units(attempt.ask_site(&self.at).units);
                Err(Stop::refused(Code::PermitNotYourUnit, site))
            }
        }
    }
    fn may_answer(&self) -> Result<(), Stop> {
        self.attempt.may_answer(&self.at, &self.responsible())
    }
    fn may_lead(&self, event: &Event<FindingAct>) -> Result<(), Stop> {
        if self.self_found {
            self.is_open_to_overseers()?;
        }
        self.attempt.may_lead(&self.at, event.unit)
    }
    fn may_inspect(&self) -> Result<(), Stop> {
        if self.self_found && !self.attempt.is_of(&self.at) && self.attempt.is_official() {
            return self.may_inspect_officially();
        }
        self.attempt.may_inspect(&self.at, self.sphere()?)
    }
    fn may_inspect_officially(&self) -> Result<(), Stop> {
        if self.self_found && self.attempt.is_official() {
            self.is_open_to_overseers()?;
        }
        self.attempt.may_inspect(&self.at, Sphere::Official)
    }
    /// Who has the power orders instead of proposing.
    fn may_propose(&self) -> Result<(), Stop> {
        self.may_inspect()?;
        let register = self.attempt.register;
        let inspects_here = |held: &&Held| match held.rights.inspect {
            Some(Inspect::Official) => self.at.is_overseen_by(register, held.unit),
            Some(_) => self.at.is_held_by(register, held.unit),
            None => false,
        };
        let mut posts = self.attempt.held.iter().filter(inspects_here);
        if posts.clone().any(|held| !has_power(register, held.unit)) {
            return Ok(());
        }
        let way_out = WayOut::units(posts.by_ref().map(|held| held.unit)).or_instead("ordered");
        Err(Stop::refused(Code::PermitHasPower, way_out))
    }
    fn may_receive(&self, to: UnitId, proposed: bool) -> Result<(), Stop> {
        let register = self.attempt.register;
        let powers = || {
            let units = WayOut::units(self.at.with_power(register));
            self.attempt.or_administrators(units)
        };
        if !self.at.is_overseen_by(register, to) {
            return Err(Stop::refused(Code::PermitReceiver, powers()));
        }
        if proposed && !has_power(register, to) {
            return Err(Stop::refused(Code::PermitNoPower, powers()));
        }
        Ok(())
    }
    fn may_site(&self, site: UnitId) -> Result<(), Stop> {
        if !self.began_at_place {
            let way_out = WayOut::instead("transferred");
            return Err(Stop::refused(Code::PermitSited, way_out));
        }
        if is_site(self.attempt.register, site) {
            return Ok(());
        }
        Err(Stop::shape("site"))
    }
    fn may_see(&self) -> Result<(), Stop> {
        let register = self.attempt.register;
        let audience = audience(register, self.attempt.history, self.attempt.records);
        if may_see(register, self.attempt.author, &audience) {
            return Ok(());
        }
        let way_out = if self.self_found {
            self.attempt.ask_site(&self.at)
        } else {
            WayOut::units(audience.units)
        };
        let way_out = self.attempt.or_administrators(way_out);
        Err(Stop::refused(Code::PermitNotSeen, way_out))
    }

    /// The reporter, or anybody of the team of the inspection that found it.
    fn reporters_side(&self) -> Result<(), Stop> {
        let author = self.attempt.author;
        if self.reporter == Some(author) {
            return Ok(());
        }
        let team = match self.from {
            Some(from) => {
                let inspection = self.attempt.records.inspection(from);
                inspection.ok_or(Stop::Held(from))?.team
            }
            None => BTreeSet::new(),
        };
        if team.contains(&author) {
            return Ok(());
        }
        let side = WayOut::people(team.into_iter().chain(self.reporter));
        let side = self.attempt.or_administrators(side);
        Err(Stop::refused(Code::PermitNotReporter, side))
    }
    fn sphere(&self) -> Result<Sphere, Stop> {
        if !self.self_found {
            return Ok(Sphere::Official);
        }
        let post_check = match self.from {
            Some(from) => {
                let inspection = self.attempt.records.inspection(from);
                inspection.ok_or(Stop::Held(from))?.is_post_check()
            }
            // A hazard that somebody came upon: whoever works there reports it.
            None => true,
        };
        Ok(Sphere::Internal { post_check })
    }
    /// What an enterprise found itself is its own until it is major or handed over; then, or once
    /// an overseer has acted in it, only overseers order there.
    fn is_shared(&self) -> bool {
        is_shared(&self.attempt.past, &self.acts, |unit| {
            self.at.is_held_by(self.attempt.register, unit)
        })
    }
    /// Overseers have no right in what an enterprise found itself, until it is shared or closed.
    fn is_open_to_overseers(&self) -> Result<(), Stop> {
        if self.is_shared() || was_closed(&self.acts) {
            return Ok(());
        }
        let way_out = WayOut {
            first: Some("proposed".to_owned()),
            ..self.attempt.ask_site(&self.at)
        };
        Err(Stop::refused(Code::PermitNotShared, way_out))
    }

    /// The person who rectified never passes it, nor lets an officer of theirs do so.
    fn is_not_own_work(&self, event: &Event<FindingAct>) -> Result<(), Stop> {
        let officers = event.officers.iter().flatten().copied();
        let passing: BTreeSet<PersonId> = officers.chain([self.attempt.author]).collect();
        let duty = self.duty();
        let answers = |change| {
            duty.is_empty()
                || duty
                    .iter()
                    .any(|began| self.attempt.past.saw(change, *began))
        };
        let own = self.acts.iter().any(|seen| {
            let of_site = match seen.event.act {
                FindingAct::Rectified { behalf, .. } => !behalf,
                FindingAct::CorrectedOnSpot => self.self_found,
                _ => false,
            };
            let theirs = seen.author.is_some_and(|author| passing.contains(&author));
            of_site && theirs && answers(seen.change)
        });
        if !own {
            return Ok(());
        }
        let mut others = if self.is_shared() || !self.self_found {
            WayOut::units(self.at.with_power(self.attempt.register))
        } else {
            self.attempt.ask_site(&self.at)
        };
        others.people.retain(|person| !passing.contains(person));
        Err(Stop::refused(
            Code::PermitOwnWork,
            self.attempt.or_administrators(others),
        ))
    }
    /// The causally last orders and failures.
    fn duty(&self) -> Vec<ChangeNo> {
        let begins = |act: &FindingAct| {
            matches!(act, FindingAct::Ordered { .. } | FindingAct::Failed { .. })
        };
        let begun = self.attempt.past.last_of(&self.acts, begins);
        begun.into_iter().map(|seen| seen.change).collect()
    }
    /// Whom the causally last of ordered, reassigned and assigned name.
    fn responsible(&self) -> BTreeSet<PersonId> {
        let named = self.attempt.past.last(&self.acts, |act| match act {
            FindingAct::Ordered { who, .. }
            | FindingAct::Reassigned { who }
            | FindingAct::Assigned { who } => Some(*who),
            _ => None,
        });
        named.into_iter().collect()
    }
    fn has(&self, is: impl Fn(&FindingAct) -> bool) -> bool {
        self.acts.iter().any(|seen| is(&seen.event.act))
    }
}

/// An act by right of order that obliges the site: from then on only that right withdraws.
fn is_order(act: &FindingAct) -> bool {
    matches!(
        act,
        FindingAct::Ordered { .. }
            | FindingAct::Halted { .. }
            | FindingAct::Failed { .. }
            | FindingAct::Passed
    )
}
