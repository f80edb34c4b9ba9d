//! From a record as it reads to what counting needs of it.

use std::collections::BTreeMap;

use crate::change::{ChangeNo, History};
use crate::id::{EventId, PersonId};
use crate::order::Order;
use crate::record::{
    Duty, EventAt, Evidence, Finding, FindingAct, Inspection, Level, NoEffect, Origin, TeamRole,
};
use crate::timestamp::Timestamp;

use super::facts::{Act, DutyFacts, FindingFacts, InspectionFacts, Listing, Rest, RestKind};

impl From<&Inspection> for InspectionFacts {
    fn from(inspection: &Inspection) -> Self {
        let people = |role: TeamRole| -> Vec<PersonId> {
            let of_role = inspection.present().filter(|member| member.role == role);
            of_role.map(|member| member.person).collect()
        };
        let evidence = Evidence::from(inspection);
        Self {
            id: inspection.id,
            site: inspection.site,
            kind: inspection.kind,
            began: inspection.began,
            finished: inspection.finished,
            withdrawn: inspection.withdrawn,
            basis: evidence.has_basis,
            plan: inspection.plan.clone(),
            team: inspection.present().map(|member| member.person).collect(),
            leaders: people(TeamRole::Leader),
            experts: people(TeamRole::Expert),
            signed: evidence.signed,
            represented: evidence.is_represented,
        }
    }
}

impl FindingFacts {
    /// From a finding and the history that it was read from.
    #[must_use]
    pub fn new(finding: &Finding, history: &History) -> Self {
        let case = Case { finding, history };
        Self {
            id: finding.id,
            site: finding.site,
            own: finding.origin == Origin::SelfFound,
            reporter: finding.reporter,
            reported: finding.reported,
            received: finding.reported_received,
            major_since: finding.major_since,
            duties: case.duties(),
            rests: case.rests(),
            acts: case.acts(),
            listed: case.listed(),
        }
    }
}

struct Case<'a> {
    finding: &'a Finding,
    history: &'a History,
}

type Event = EventAt<FindingAct>;

impl Case<'_> {
    fn why(&self, event: &Event) -> Option<NoEffect> {
        self.finding.no_effect.get(&event.id).copied()
    }
    /// Events of a kind that nobody settled away.
    fn live(&self, kind: impl Fn(&FindingAct) -> bool) -> impl Iterator<Item = &Event> {
        let all = self.finding.events.iter();
        all.filter(move |event| {
            kind(&event.event.act) && self.why(event) != Some(NoEffect::Settled)
        })
    }
    fn saw(&self, later: &Event, earlier: ChangeNo) -> bool {
        later.change != earlier && self.history.saw(later.change, earlier)
    }
    fn opened(&self, closing: &Event) -> Option<Timestamp> {
        let opens = |act: &FindingAct| {
            matches!(
                act,
                FindingAct::Ordered { .. }
                    | FindingAct::Failed { .. }
                    | FindingAct::Halted { .. }
                    | FindingAct::Graded {
                        level: Level::Major,
                        ..
                    }
            )
        };
        self.live(opens)
            .filter(|opening| self.saw(opening, closing.change))
            .map(|opening| opening.counted)
            .min()
    }

    /// A closing event that was overtaken by somebody who had seen it held until then.
    fn rests(&self) -> Vec<Rest> {
        let mut rests: Vec<Rest> = Vec::new();
        for event in &self.finding.events {
            let Some(kind) = rest_kind(&event.event.act) else {
                continue;
            };
            let until = match self.why(event) {
                None if self.closes(event) => None,
                Some(NoEffect::Overtaken) if self.was_lawful(event) => {
                    Some(self.opened(event).unwrap_or(event.counted))
                }
                _ => continue,
            };
            rests.push(Rest {
                kind,
                from: event.counted,
                until,
            });
        }
        rests.order_by_key(|rest| rest.from);
        rests
    }
    /// By the enterprise's own people, a correction on the spot is a rectification and closes nothing.
    fn closes(&self, event: &Event) -> bool {
        event.event.act != FindingAct::CorrectedOnSpot || self.finding.corrected_on_spot
    }
    /// What was overtaken would have held: no halt was open, and a pass was of somebody else's work.
    fn was_lawful(&self, event: &Event) -> bool {
        let is_open = |halt: &&Event| {
            let mut resumed = self.live(|act| *act == FindingAct::Resumed);
            self.saw(event, halt.change)
                && !resumed.any(|r| self.saw(r, halt.change) && self.saw(event, r.change))
        };
        let mut halts = self.live(|act| matches!(act, FindingAct::Halted { .. }));
        if halts.any(|halt| is_open(&halt)) {
            return false;
        }
        let mut verdicts = self.finding.duties.iter().flat_map(|duty| &duty.verdicts);
        event.event.act != FindingAct::Passed || verdicts.any(|v| v.event == event.id)
    }

    fn duties(&self) -> Vec<DutyFacts> {
        let passed = self.bare_passes();
        let facts = |(number, duty): (usize, &Duty)| {
            let bare = passed.get(&number).copied().unwrap_or_default();
            let verdicts = duty.verdicts.iter().map(|verdict| verdict.at);
            DutyFacts {
                units: duty.units.clone(),
                officers: duty.officers.clone(),
                began: duty.began,
                deadline: duty.deadline,
                rectified: duty.rectified.map(|(_, at)| at),
                kept: match duty.rectified {
                    Some(_) => duty.rectified_unfailed.map(|(_, at)| at),
                    None => bare.unfailed,
                },
                rechecked: verdicts.chain(bare.first).min(),
            }
        };
        let duties = self.finding.duties.iter().enumerate();
        duties.map(facts).collect()
    }
    /// The passes of duties for which nobody recorded a rectification that counts. They close
    /// nothing, but somebody was there and saw it done.
    fn bare_passes(&self) -> BTreeMap<usize, BarePass> {
        let mut passes: BTreeMap<usize, BarePass> = BTreeMap::new();
        for event in self.live(|act| *act == FindingAct::Passed) {
            let Some(number) = self.answered(event) else {
                continue;
            };
            let duty = self.finding.duties.get(number);
            if duty.is_none_or(|duty| duty.rectified.is_some()) {
                continue;
            }
            let failed = self
                .live(|act| matches!(act, FindingAct::Failed { .. }))
                .any(|failed| self.saw(failed, event.change));
            let pass = passes.entry(number).or_default();
            let earlier = |held: Option<Timestamp>| {
                Some(held.map_or(event.counted, |held| held.min(event.counted)))
            };
            pass.first = earlier(pass.first);
            if !failed {
                pass.unfailed = earlier(pass.unfailed);
            }
        }
        passes
    }
    /// The latest duty whose order or failure the author had seen.
    fn answered(&self, event: &Event) -> Option<usize> {
        let change_of = |id: &EventId| self.finding.event(id).map(|event| event.change);
        self.finding.duties.iter().rposition(|duty| {
            let mut changes = duty.events.iter().filter_map(change_of);
            changes.any(|change| self.saw(event, change))
        })
    }

    fn acts(&self) -> Vec<Act> {
        if self.finding.level != Level::Major {
            return Vec::new();
        }
        let in_person = |act: &FindingAct| {
            matches!(
                act,
                FindingAct::Ordered { .. }
                    | FindingAct::Listed { .. }
                    | FindingAct::Decided
                    | FindingAct::Passed
                    | FindingAct::Failed { .. }
            )
        };
        let act = |event: &Event| {
            Some(Act {
                by: event.author?,
                at: event.counted,
            })
        };
        self.live(in_person).filter_map(act).collect()
    }
    fn listed(&self) -> Vec<Listing> {
        let listing = |event: &Event| {
            Some(Listing {
                unit: event.event.unit?,
                by: event.author?,
                at: event.counted,
            })
        };
        self.live(|act| matches!(act, FindingAct::Listed { .. }))
            .filter_map(listing)
            .collect()
    }
}

/// The earliest passes of a duty without a rectification.
#[derive(Clone, Copy, Default)]
struct BarePass {
    first: Option<Timestamp>,
    unfailed: Option<Timestamp>,
}

const fn rest_kind(act: &FindingAct) -> Option<RestKind> {
    match act {
        FindingAct::Passed => Some(RestKind::Passed),
        FindingAct::CorrectedOnSpot => Some(RestKind::CorrectedOnSpot),
        FindingAct::Withdrawn { .. } => Some(RestKind::Withdrawn),
        FindingAct::Duplicate { .. } => Some(RestKind::Duplicate),
        _ => None,
    }
}
