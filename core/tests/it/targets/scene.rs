//! A small stage for cases by hand: the sample district without its plan and letters, and what a
//! case adds.

use xunan_core::change::Scalar;
use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::record::{
    Event, FindingAct, InspectionAct, RecordKind, SignedAs, read_finding, read_inspection,
};
use xunan_core::register::{
    Goal, InspectionKind, Letter, Period, PlannedVisit, PointRule, Register, Signer, Table, Target,
};
use xunan_core::target::{Counting, Facts, FindingFacts, InspectionFacts, Progress, Why};
use xunan_core::testing::year::{Doc, MINUTE, act, at, day, five, pen, signed, text};
use xunan_core::timestamp::{Date, Timestamp};

use super::sample::{Sample, row_id, unit_id};

pub(crate) const TOWNSHIP: &str = "东关街道办事处";
pub(crate) const SITE: &str = "青石区红杉木业有限公司";
pub(crate) const OTHER_SITE: &str = "青石区恒源化工有限公司";

pub(crate) struct Scene {
    pub sample: Sample,
    pub inspections: Vec<Doc>,
    pub findings: Vec<Doc>,
    pub now: Timestamp,
    pub township: UnitId,
    pub site: UnitId,
    /// Inspectors of the township with certificates.
    pub officers: Vec<PersonId>,
    /// Its main leader.
    pub leader: PersonId,
    /// Of the site.
    pub principal: PersonId,
}

/// One visit, as a case wants it.
pub(crate) struct Visit {
    pub kind: InspectionKind,
    pub site: UnitId,
    pub rows: Vec<RowId>,
    pub team: Vec<(PersonId, &'static str)>,
    pub end: Timestamp,
    /// Representative's signature; else a refusal.
    pub is_signed_for: bool,
}

impl Scene {
    /// As of the first day of 2027: everything of 2026 is over.
    pub(crate) fn new() -> Self {
        let mut sample = Sample::read();
        let added = [Table::Plan, Table::Letter, Table::Target];
        sample.rows.retain(|row| !added.contains(&row.table));
        let township = unit_id(TOWNSHIP);
        let people = |names: &[&str]| -> Vec<PersonId> {
            names
                .iter()
                .map(|name| sample.district.person(name, township))
                .collect()
        };
        let main = [xunan_core::register::PostKind::Main];
        let principal = [xunan_core::register::PostKind::Principal];
        Self {
            officers: people(&["万春梅", "谢红旗"]),
            leader: sample.district.with_post(township, &main)[0],
            principal: sample.district.with_post(unit_id(SITE), &principal)[0],
            township,
            site: unit_id(SITE),
            sample,
            inspections: Vec::new(),
            findings: Vec::new(),
            now: at(day("2027-03-01"), 12, 0),
        }
    }
    /// A day in 2026 on which a certificate runs out.
    pub(crate) fn expires(&mut self, person: PersonId, last: &str) {
        let id = person.to_string();
        let row = self
            .sample
            .rows
            .iter_mut()
            .find(|row| row.id == id)
            .unwrap();
        row.fields["certificate"] = serde_json::json!({ "number": "1", "expires": last });
    }
    pub(crate) fn setting(&mut self, name: &str, value: impl serde::Serialize) {
        let fields = serde_json::json!({ "value": value });
        self.sample.put(Table::Setting, name, fields);
    }
    pub(crate) fn plan(&mut self, unit: UnitId, month: u8, kind: InspectionKind) -> RowId {
        let officers = vec![self.officers[0]];
        let id = row_id(&format!(
            "{unit} {month} {kind:?} {}",
            self.sample.rows.len()
        ));
        let visit = PlannedVisit {
            year: 2026,
            month,
            unit,
            site: self.site,
            kind,
            lists: Vec::new(),
            officers,
            limit: None,
            changed: None,
        };
        self.sample.put(Table::Plan, id, &visit);
        id
    }
    /// A routine visit by both officers, ended at a local time, with everything in order.
    pub(crate) fn visit(&self, end: Timestamp) -> Visit {
        Visit {
            kind: InspectionKind::Routine,
            site: self.site,
            rows: Vec::new(),
            team: self
                .officers
                .iter()
                .map(|officer| (*officer, "member"))
                .collect(),
            end,
            is_signed_for: true,
        }
    }
    pub(crate) fn write(&mut self, visit: &Visit) -> &mut Doc {
        let first = visit.team[0].0;
        let start = pen(first, visit.end.plus(-60 * MINUTE));
        let root = vec![text("site", visit.site), text("kind", visit.kind.as_str())];
        let name = format!("visit {}", self.inspections.len());
        let mut doc = Doc::begin(RecordKind::Inspection, &name, start, root);
        let mut puts = vec![text("basis", "plan")];
        puts.extend(
            visit
                .rows
                .iter()
                .map(|row| (format!("plan/{row}"), Scalar::Int(1))),
        );
        let team = visit.team.iter();
        puts.extend(team.map(|(person, role)| text(&format!("team/{person}"), role)));
        doc.put(start, puts);
        for (person, role) in &visit.team {
            let role = if *role == "leader" {
                SignedAs::Leader
            } else {
                SignedAs::Officer
            };
            doc.inspection_event(pen(*person, visit.end.plus(-MINUTE)), signed(role));
        }
        let last = if visit.is_signed_for {
            signed(SignedAs::Representative)
        } else {
            let (reason, witness) = ("不认可".to_owned(), "王建".to_owned());
            InspectionAct::Refused { reason, witness }
        };
        doc.inspection_event(pen(first, visit.end.plus(-MINUTE)), last);
        doc.inspection_event(pen(first, visit.end), InspectionAct::Finished);
        self.inspections.push(doc);
        self.inspections.last_mut().unwrap()
    }

    /// A general hazard at the site, reported by the first officer.
    pub(crate) fn report(&mut self, reported: Timestamp) -> Case<'_> {
        self.report_as(
            reported,
            &[text("origin", "official"), text("level", "general")],
        )
    }
    pub(crate) fn report_as(
        &mut self,
        reported: Timestamp,
        fields: &[(String, Scalar)],
    ) -> Case<'_> {
        let mut root = vec![text("site", self.site), text("text", "配电箱门缺失")];
        root.extend(fields.iter().cloned());
        let name = format!("finding {}", self.findings.len());
        let by = pen(self.officers[0], reported);
        self.findings
            .push(Doc::begin(RecordKind::Finding, &name, by, root));
        Case {
            unit: self.township,
            officers: [self.officers[0], self.officers[1]],
            principal: self.principal,
            doc: self.findings.last_mut().unwrap(),
        }
    }

    /// A target of the signer over this metric, in one period.
    pub(crate) fn count(&self, signer: impl Into<Whose>, metric: &str, period: &str) -> Progress {
        self.seen_by(None, signer.into().0, (metric, 100), period)
    }
    pub(crate) fn count_to(
        &self,
        signer: Signer,
        (metric, goal): (&str, i32),
        period: &str,
    ) -> Progress {
        self.seen_by(None, signer, (metric, goal), period)
    }
    pub(crate) fn seen_by(
        &self,
        viewer: Option<PersonId>,
        signer: Signer,
        (metric, goal): (&str, i32),
        period: &str,
    ) -> Progress {
        let (letter, target) = (row_id("a letter"), row_id("a target"));
        let mut rows = self.sample.rows.clone();
        let issuer = self.township;
        let of_letter = Letter {
            year: 2026,
            issuer,
            signer,
        };
        rows.push(self.sample.row(Table::Letter, letter, &of_letter));
        let of_target = Target {
            letter,
            metric: Some(metric.to_owned()),
            name: metric.to_owned(),
            goal: Goal::whole(goal),
            period: match period.len() {
                4 => Period::Year,
                _ if period.contains('Q') => Period::Quarter,
                _ => Period::Month,
            },
            weight: Goal::whole(10),
            rule: PointRule::Proportional,
            veto: false,
        };
        rows.push(self.sample.row(Table::Target, target, &of_target));
        let register = Register::new(&rows, None);
        self.with_counting(&register, |counting| {
            counting
                .progress(target, period.parse().unwrap(), viewer)
                .unwrap()
        })
    }
    pub(crate) fn inspection_facts(&self, register: &Register) -> Vec<InspectionFacts> {
        let read = |doc: &Doc| read_inspection(&doc.history, register, register).unwrap();
        self.inspections
            .iter()
            .map(|doc| InspectionFacts::from(&read(doc)))
            .collect()
    }
    pub(crate) fn with_counting<T>(
        &self,
        register: &Register,
        ask: impl FnOnce(&Counting<'_>) -> T,
    ) -> T {
        let findings: Vec<FindingFacts> = self
            .findings
            .iter()
            .map(|doc| {
                let read = read_finding(&doc.history, register).unwrap();
                FindingFacts::new(&read, &doc.history)
            })
            .collect();
        let inspections = self.inspection_facts(register);
        ask(&Counting::new(Facts {
            register,
            inspections: &inspections,
            findings: &findings,
            now: self.now,
        }))
    }
}

/// Whoever signs.
pub(crate) struct Whose(pub Signer);
impl From<UnitId> for Whose {
    fn from(unit: UnitId) -> Self {
        Self(Signer::Unit(unit))
    }
}
impl From<PersonId> for Whose {
    fn from(person: PersonId) -> Self {
        Self(Signer::Person(person))
    }
}

/// (as they should be, of all).
pub(crate) fn rate(progress: &Progress) -> (u32, u32) {
    (progress.tally.good(), progress.tally.all())
}
pub(crate) fn left_out(progress: &Progress) -> Vec<Why> {
    progress
        .tally
        .left_out
        .iter()
        .map(|left_out| left_out.why)
        .collect()
}

/// A finding on its way.
pub(crate) struct Case<'a> {
    pub unit: UnitId,
    pub officers: [PersonId; 2],
    pub principal: PersonId,
    pub doc: &'a mut Doc,
}

impl Case<'_> {
    pub(crate) fn by_order(&mut self, when: Timestamp, of: FindingAct) -> &mut Self {
        let event = Event {
            unit: Some(self.unit),
            officers: Some(self.officers),
            ..act(of)
        };
        self.doc.finding_event(pen(self.officers[0], when), &event);
        self
    }
    pub(crate) fn by(&mut self, who: PersonId, when: Timestamp, of: FindingAct) -> &mut Self {
        let event = Event {
            unit: Some(self.unit),
            ..act(of)
        };
        self.doc.finding_event(pen(who, when), &event);
        self
    }
    pub(crate) fn ordered(&mut self, when: Timestamp, due: &str) -> &mut Self {
        let (due, who): (Date, PersonId) = (day(due), self.principal);
        let ground = "法".to_owned();
        self.by_order(when, FindingAct::Ordered { due, who, ground })
    }
    pub(crate) fn rectified(&mut self, when: Timestamp) -> &mut Self {
        let five = Some(five(day("2026-12-31")));
        self.by(
            self.principal,
            when,
            FindingAct::Rectified {
                five,
                behalf: false,
            },
        )
    }
    pub(crate) fn passed(&mut self, when: Timestamp) -> &mut Self {
        self.by_order(when, FindingAct::Passed)
    }
    pub(crate) fn failed(&mut self, when: Timestamp, due: &str) -> &mut Self {
        self.by_order(when, FindingAct::Failed { due: day(due) })
    }
}
