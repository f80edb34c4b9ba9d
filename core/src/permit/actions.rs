//! What a person may do with a record now: each thing that the table knows, tried by the very
//! function that judges changes, with the way out where it refuses.

use crate::change::{History, Scalar};
use crate::code::Code;
use crate::id::{DocId, EventId, PersonId, Sha256, UnitId};
use crate::permit::attempt::{Attempt, held};
use crate::permit::finding::Report;
use crate::permit::fits::{fits_finding, fits_inspection};
use crate::permit::inspection::Visit;
use crate::permit::may::{Records, Verdict, judge};
use crate::permit::oversight::{Locality, has_power, is_site};
use crate::permit::past::Past;
use crate::permit::refused::{Refused, Stop, WayOut};
use crate::permit::table::{FINDING_EVENTS, INSPECTION_EVENTS, Order};
use crate::record::{
    Act, Clause, Event, FindingAct, FindingKey, InspectionAct, InspectionKey, Level, RecordKind,
    SignedAs, TeamRole, read_finding,
};
use crate::register::Register;
use crate::timestamp::{Date, Timestamp, Zone};

/// Something that one might do with a record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Action {
    /// A kind of event. Besides: `rectified_behalf` (on a site's behalf), `signed_officer` and its
    /// like for each role, and for what puts fields `report` (a finding's), `fill` and `join` (an
    /// inspection's).
    pub act: String,
    /// The unit in whose name it would be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The units that it may be handed to, if it hands over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<UnitId>,
    /// Whether it makes sense as the record stands; screens offer nothing else.
    pub fits: bool,
    /// Why not, with the way out. None: one may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// Everything that one might do with a record, in the order of the table, each with whether one
/// may. A record that doesn't exist yet offers nothing.
#[must_use]
pub fn actions(
    register: &Register,
    person: PersonId,
    history: &History,
    records: &dyn Records,
) -> Vec<Action> {
    let now = Attempt {
        register,
        author: person,
        held: held(register, person),
        history,
        past: Past::new(history, &history.heads()),
        puts: &[],
        records,
    };
    let Ok(desk) = Desk::new(&now) else {
        return Vec::new();
    };
    let tries = match history.kind() {
        RecordKind::Finding => desk.of_finding(),
        RecordKind::Inspection => desk.of_inspection(),
    };
    let finding = match history.kind() {
        RecordKind::Finding => read_finding(history, register),
        RecordKind::Inspection => None,
    };
    let fits = |act: &str| match &finding {
        Some(finding) => fits_finding(act, finding),
        None => fits_inspection(act, desk.finished),
    };
    let offers = tries.into_iter().map(|tried| tried.judge(&now));
    offers
        .map(|action| Action {
            fits: fits(&action.act),
            ..action
        })
        .collect()
}

/// One thing to try: what a change would put.
struct Try {
    act: String,
    unit: Option<UnitId>,
    to: Vec<UnitId>,
    key: String,
    value: Scalar,
}

impl Try {
    fn judge(self, now: &Attempt<'_>) -> Action {
        let refused = match judge(&Attempt {
            register: now.register,
            author: now.author,
            held: now.held.clone(),
            history: now.history,
            past: now.past.clone(),
            puts: &[(self.key.as_str(), &self.value)],
            records: now.records,
        }) {
            Ok(Verdict::Allowed) => None,
            Ok(Verdict::Held(_)) => Some(Refused {
                code: Code::ChangeHeld,
                key: self.key.clone(),
                details: Box::new(WayOut::field("from")),
            }),
            Err(refused) => Some(refused),
        };
        Action {
            act: self.act,
            unit: self.unit,
            to: self.to,
            fits: true,
            refused,
        }
    }
}

/// Where one acts, and in whose name.
struct Desk<'a, 'b> {
    now: &'b Attempt<'a>,
    at: Locality,
    internal: bool,
    finished: bool,
}

impl<'a, 'b> Desk<'a, 'b> {
    fn new(now: &'b Attempt<'a>) -> Result<Self, Stop> {
        let ((at, internal), finished) = match now.history.kind() {
            RecordKind::Finding => (Report::new(now)?.place(), false),
            RecordKind::Inspection => {
                let visit = Visit::new(now)?;
                (visit.place(), visit.is_finished())
            }
        };
        Ok(Self {
            now,
            at,
            internal,
            finished,
        })
    }
    /// The unit in whose name one would order: the site, in what it found itself; else one's own
    /// unit, best one that oversees it and has the power.
    fn ordering_unit(&self) -> Option<UnitId> {
        if let (Locality::Site(site), true) = (&self.at, self.internal)
            && self.now.is_officer_of(&self.at)
        {
            return Some(*site);
        }
        let register = self.now.register;
        self.best(
            |order, _| {
                matches!(
                    order,
                    Some(Order::WithPower | Order::WithPowerAndCertificate)
                )
            },
            |unit| self.at.is_overseen_by(register, unit) && has_power(register, unit),
        )
    }
    fn leading_unit(&self) -> Option<UnitId> {
        let register = self.now.register;
        self.best(
            |_, lead| lead,
            |unit| self.at.is_overseen_by(register, unit),
        )
    }
    /// Of one's units with the right the first that is fit, else the first.
    fn best(
        &self,
        right: impl Fn(Option<Order>, bool) -> bool,
        fit: impl Fn(UnitId) -> bool,
    ) -> Option<UnitId> {
        let posts = self.now.held.iter();
        let mut units = posts
            .filter(|held| right(held.rights.order, held.rights.lead))
            .map(|held| held.unit);
        units
            .clone()
            .find(|unit| fit(*unit))
            .or_else(|| units.next())
    }

    fn of_finding(&self) -> Vec<Try> {
        let mut tries = vec![Try {
            act: "report".to_owned(),
            unit: None,
            to: Vec::new(),
            key: FindingKey::Text.to_string(),
            value: "-".into(),
        }];
        for rule in &FINDING_EVENTS {
            let to = self.receivers(rule.kind);
            let Some(act) = self.finding_act(rule.kind, to.first().copied()) else {
                continue;
            };
            let unit = self.unit_for(rule.kind);
            tries.push(self.event(rule.kind, unit, to, act));
            if rule.kind == "rectified" {
                let behalf = FindingAct::Rectified {
                    five: None,
                    behalf: true,
                };
                tries.push(self.event("rectified_behalf", None, Vec::new(), behalf));
            }
        }
        tries
    }
    fn unit_for(&self, kind: &str) -> Option<UnitId> {
        match kind {
            "listed" | "unlisted" | "decided" => self.leading_unit(),
            "ordered" | "graded" | "granted" | "declined" | "passed" | "failed" | "halted"
            | "resumed" | "reassigned" | "transferred" | "settled" | "withdrawn" | "duplicate"
            | "sited" => self.ordering_unit(),
            _ => None,
        }
    }
    fn receivers(&self, kind: &str) -> Vec<UnitId> {
        match kind {
            "proposed" => self.at.with_power(self.now.register),
            "transferred" => self.at.overseers(self.now.register),
            _ => return Vec::new(),
        }
        .into_iter()
        .collect()
    }
    /// An act of this kind with fields that could be somebody's.
    fn finding_act(&self, kind: &str, to: Option<UnitId>) -> Option<FindingAct> {
        let due = any_day();
        let (who, words) = (self.now.author, || "-".to_owned());
        let nowhere = UnitId::from_bytes([0; 16]);
        let to = to.unwrap_or(nowhere);
        Some(match kind {
            "proposed" => FindingAct::Proposed { to },
            "ordered" => FindingAct::Ordered {
                due,
                who,
                ground: words(),
            },
            "graded" => FindingAct::Graded {
                level: Level::Major,
                clause: Some(Clause {
                    standard: words(),
                    article: words(),
                }),
            },
            "accepted" => FindingAct::Accepted,
            "assigned" => FindingAct::Assigned { who },
            "asked" => FindingAct::Asked {
                due,
                reason: words(),
            },
            "granted" => FindingAct::Granted { due },
            "declined" => FindingAct::Declined { reason: words() },
            "rectified" => FindingAct::Rectified {
                five: None,
                behalf: false,
            },
            "corrected_on_spot" => FindingAct::CorrectedOnSpot,
            "passed" => FindingAct::Passed,
            "failed" => FindingAct::Failed { due },
            "halted" => FindingAct::Halted {
                measure: words(),
                ground: words(),
            },
            "resumed" => FindingAct::Resumed,
            "reassigned" => FindingAct::Reassigned { who },
            "transferred" => FindingAct::Transferred { to },
            "listed" => FindingAct::Listed {
                level: words(),
                who,
            },
            "unlisted" => FindingAct::Unlisted,
            "decided" => FindingAct::Decided,
            "settled" => FindingAct::Settled { not: Vec::new() },
            "withdrawn" => FindingAct::Withdrawn { reason: words() },
            "duplicate" => FindingAct::Duplicate {
                of: DocId::from_bytes([0; 16]),
            },
            "sited" => FindingAct::Sited {
                site: self.any_site().unwrap_or(nowhere),
            },
            "commented" => FindingAct::Commented,
            _ => return None,
        })
    }
    fn any_site(&self) -> Option<UnitId> {
        let mut units = self.now.register.units().map(|(id, _)| id);
        units.find(|unit| is_site(self.now.register, *unit))
    }

    fn of_inspection(&self) -> Vec<Try> {
        let put = |act: &str, key: InspectionKey<'_>, value: &str| Try {
            act: act.to_owned(),
            unit: None,
            to: Vec::new(),
            key: key.to_string(),
            value: value.into(),
        };
        let joined = InspectionKey::Team(self.now.author);
        let mut tries = vec![
            put("join", joined, TeamRole::Member.as_str()),
            put("fill", InspectionKey::End, "-"),
        ];
        for rule in &INSPECTION_EVENTS {
            if rule.kind == "signed" {
                tries.extend(self.signatures());
                continue;
            }
            let words = || "-".to_owned();
            let act = match rule.kind {
                "finished" => InspectionAct::Finished,
                "reopened" => InspectionAct::Reopened { reason: words() },
                "refused" => InspectionAct::Refused {
                    reason: words(),
                    witness: words(),
                },
                "withdrawn" => InspectionAct::Withdrawn { reason: words() },
                "lead" => InspectionAct::Lead,
                "settled" => InspectionAct::Settled {
                    key: InspectionKey::End.to_string(),
                    value: None,
                },
                _ => InspectionAct::Commented,
            };
            let unit = self.ordering_unit().filter(|_| rule.kind == "withdrawn");
            tries.push(self.event(rule.kind, unit, Vec::new(), act));
        }
        tries
    }
    fn signatures(&self) -> impl Iterator<Item = Try> {
        let roles = [
            ("signed_officer", SignedAs::Officer),
            ("signed_leader", SignedAs::Leader),
            ("signed_representative", SignedAs::Representative),
            ("signed_witness", SignedAs::Witness),
        ];
        roles.into_iter().map(|(act, role)| {
            let signed = InspectionAct::Signed {
                role,
                name: "-".to_owned(),
                drawing: Sha256::from_bytes([0; 32]),
                opinion: None,
            };
            self.event(act, None, Vec::new(), signed)
        })
    }
    fn event<A: Act>(&self, act: &str, unit: Option<UnitId>, to: Vec<UnitId>, says: A) -> Try {
        let event = Event {
            unit,
            text: Some("-".to_owned()),
            ..Event::new(says)
        };
        let id = EventId {
            tail: [0; 4],
            seq: 1,
        };
        Try {
            act: act.to_owned(),
            unit,
            to,
            key: InspectionKey::Event(id).to_string(),
            value: event.to_text().into(),
        }
    }
}

/// Rights don't depend on a deadline.
fn any_day() -> Date {
    Zone::default().day(Timestamp::LATEST)
}
