//! A year of a district, generated from a seed: inspections and findings as people write them, with
//! what goes wrong in a year.

use xunan_core::change::Scalar;
use xunan_core::id::{DocId, PersonId, Sha256, UnitId};
use xunan_core::record::{InspectionAct, RecordKind, SignedAs};
use xunan_core::register::{InspectionKind, PlannedVisit, PostKind, UnitLevel};
use xunan_core::timestamp::{Date, Timestamp};

use super::findings::{Found, write_finding};
use super::sample::Sample;
use super::world::{Doc, HOUR, MINUTE, Pen, Received, at, text};

/// A small generator of numbers (`SplitMix64`): the same year from the same seed everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// 0 to below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }
    /// From `low` to `high`, both in.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }
    /// In so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    /// One or more different ones.
    pub(crate) fn some<T: Copy>(&mut self, of: &[T], n: usize) -> Vec<T> {
        let mut left = of.to_vec();
        let mut chosen = Vec::new();
        while chosen.len() < n && !left.is_empty() {
            chosen.push(left.swap_remove(self.below(left.len())));
        }
        chosen
    }
    /// A time on a day: at work, at times just around midnight.
    pub(crate) fn time_on(&mut self, day: Date) -> Timestamp {
        if self.chance(8) {
            return at(day, 24, 0).plus(self.between(-2, 2) * MINUTE);
        }
        at(day, self.between(8, 17), self.between(0, 59))
    }
    /// Now at hand, now in a valley without a signal.
    pub(crate) fn pen(&mut self, who: PersonId, at: Timestamp) -> Pen {
        let minutes = match self.below(20) {
            0 => self.between(24 * 60, 4 * 24 * 60),
            1..4 => self.between(60, 30 * 60),
            // A clock that is ahead: the receipt counts.
            4 => self.between(-90, -1),
            _ => self.between(1, 20),
        };
        let received = if self.below(400) == 0 {
            Received::NotYet
        } else {
            Received::After(minutes * MINUTE)
        };
        Pen { who, at, received }
    }
}

/// The year's records.
pub(crate) struct Year {
    pub inspections: Vec<Doc>,
    pub findings: Vec<Doc>,
}

pub(crate) fn day_of_year(n: i64) -> Date {
    Date::from_ymd(2026, 1, 1).unwrap().plus_days(n)
}

/// A visit as it will be written.
pub(crate) struct Plan {
    site: UnitId,
    kind: InspectionKind,
    rows: Vec<xunan_core::id::RowId>,
    team: Vec<(PersonId, &'static str)>,
    start: Timestamp,
}

pub(crate) fn officials(sample: &Sample, unit: UnitId) -> Vec<PersonId> {
    sample.with_post(unit, &[PostKind::Inspector, PostKind::Supervisor])
}
pub(crate) fn leaders(sample: &Sample, unit: UnitId) -> Vec<PersonId> {
    let kinds: Vec<PostKind> = PostKind::ALL
        .into_iter()
        .filter(|k| k.is_leader())
        .collect();
    sample.with_post(unit, &kinds)
}
pub(crate) fn site_people(sample: &Sample, site: UnitId) -> Vec<PersonId> {
    sample.with_post(site, &[PostKind::Principal, PostKind::SafetyOfficer])
}
pub(crate) fn sites(sample: &Sample) -> Vec<UnitId> {
    let units = sample.units.iter();
    units
        .filter(|(_, u)| u.level == UnitLevel::Enterprise)
        .map(|(id, _)| *id)
        .collect()
}
/// The government units that oversee a site and have people.
pub(crate) fn overseers(sample: &Sample, site: UnitId) -> Vec<UnitId> {
    let unit = &sample.units[&site];
    let with_remit = sample.units.iter().filter(|(_, u)| u.remit.is_some());
    let all = with_remit
        .map(|(id, _)| *id)
        .chain(unit.regulators.iter().copied())
        .chain(unit.parent);
    let mut all: Vec<UnitId> = all.filter(|u| officials(sample, *u).len() > 1).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Year {
    pub(crate) fn generate(
        sample: &Sample,
        seed: u64,
        inspections: usize,
        findings: usize,
    ) -> Self {
        let dice = &mut Dice::new(seed);
        let mut year = Self {
            inspections: Vec::new(),
            findings: Vec::new(),
        };
        let mut plans: Vec<Plan> = Vec::new();
        for (row, visit) in &sample.plan {
            plans.extend(planned(sample, dice, (*row, visit)));
        }
        while plans.len() < inspections {
            plans.push(unplanned(sample, dice));
        }
        let mut found = Vec::new();
        for (n, plan) in plans.iter().enumerate() {
            let doc = write_inspection(dice, &format!("inspection {seed} {n}"), plan);
            if plan.kind != InspectionKind::Post {
                found.push(Found {
                    from: Some(doc.history.id()),
                    site: Some(plan.site),
                    by: plan.team[0].0,
                    own: plan.kind == InspectionKind::SelfInspection,
                    at: plan.start.plus(30 * MINUTE),
                });
            }
            year.inspections.push(doc);
        }
        for n in 0..findings {
            let found = found[dice.below(found.len())].clone();
            let doc = write_finding(sample, dice, &format!("finding {seed} {n}"), found);
            year.findings.push(doc);
        }
        year
    }
}

/// Most planned visits are made in their month, some late, some too late, some early, some never.
fn planned(
    sample: &Sample,
    dice: &mut Dice,
    (row, visit): (xunan_core::id::RowId, &PlannedVisit),
) -> Option<Plan> {
    let first = Date::from_ymd(visit.year, visit.month, 1).unwrap();
    let day = match dice.below(20) {
        0..12 => first.plus_days(dice.between(0, 27)),
        12..15 => first.plus_days(dice.between(28, 58)),
        15 => first.plus_days(dice.between(62, 80)),
        16 => first.plus_days(dice.between(-20, -1)),
        17 => first.plus_days(dice.between(27, 32)),
        _ => return None,
    };
    let mut team: Vec<(PersonId, &'static str)> = Vec::new();
    let people = officials(sample, visit.unit);
    for officer in &visit.officers {
        let leads = leaders(sample, visit.unit).contains(officer);
        if leads {
            team.push((*officer, if dice.chance(85) { "leader" } else { "member" }));
        } else if dice.chance(15) {
            // Somebody stands in.
            team.push((dice.pick(&people), "member"));
        } else {
            team.push((*officer, "member"));
        }
    }
    if dice.chance(15) {
        let unit = dice.pick(&overseers(sample, visit.site));
        team.push((dice.pick(&officials(sample, unit)), "member"));
    }
    if dice.chance(8) {
        team.push((dice.pick(&people), "expert"));
    }
    if dice.chance(10) {
        team.extend(
            leaders(sample, visit.unit)
                .first()
                .map(|leader| (*leader, "leader")),
        );
    }
    let kind = if dice.chance(4) {
        InspectionKind::Special
    } else {
        visit.kind
    };
    let mut rows = Vec::new();
    if dice.chance(60) {
        rows.push(row);
        if dice.chance(15) {
            rows.extend(
                sample
                    .plan
                    .iter()
                    .filter(|(_, v)| v.site == visit.site)
                    .map(|(r, _)| *r)
                    .take(2),
            );
        }
    }
    team.sort_by_key(|(person, _)| *person);
    team.dedup_by_key(|(person, _)| *person);
    Some(Plan {
        site: visit.site,
        kind,
        rows,
        team,
        start: dice.time_on(day),
    })
}

fn unplanned(sample: &Sample, dice: &mut Dice) -> Plan {
    let site = dice.pick(&sites(sample));
    let start = {
        let day = day_of_year(dice.between(0, 364));
        dice.time_on(day)
    };
    let (kind, team) = match dice.below(10) {
        0..3 => (
            InspectionKind::SelfInspection,
            dice.some(&site_people(sample, site), 2),
        ),
        3..5 => {
            let workers = sample.with_post(site, &[PostKind::Worker, PostKind::SafetyOfficer]);
            (InspectionKind::Post, vec![dice.pick(&workers)])
        }
        other => {
            let unit = dice.pick(&overseers(sample, site));
            let kinds = [
                InspectionKind::Routine,
                InspectionKind::Special,
                InspectionKind::Recheck,
            ];
            (kinds[other % 3], dice.some(&officials(sample, unit), 2))
        }
    };
    let team = team.into_iter().map(|person| (person, "member")).collect();
    Plan {
        site,
        kind,
        rows: Vec::new(),
        team,
        start,
    }
}

pub(crate) fn signed(role: SignedAs) -> InspectionAct {
    InspectionAct::Signed {
        role,
        name: "签名".to_owned(),
        drawing: Sha256::from_bytes([7; 32]),
        opinion: (role == SignedAs::Representative).then(|| "agreed".to_owned()),
    }
}

/// An inspection while it is being written.
struct Writing<'a> {
    dice: &'a mut Dice,
    plan: &'a Plan,
    doc: Doc,
    now: Timestamp,
}

fn write_inspection(dice: &mut Dice, name: &str, plan: &Plan) -> Doc {
    let root = vec![text("site", plan.site), text("kind", plan.kind.as_str())];
    let pen = dice.pen(plan.team[0].0, plan.start);
    let doc = Doc::begin(RecordKind::Inspection, name, pen, root);
    let now = plan.start;
    let mut writing = Writing {
        dice,
        plan,
        doc,
        now,
    };
    writing.fill();
    writing.end();
    writing.doc
}

impl Writing<'_> {
    fn first(&self) -> PersonId {
        self.plan.team[0].0
    }
    fn last(&self) -> PersonId {
        self.plan.team[self.plan.team.len() - 1].0
    }
    /// So many minutes later.
    fn pen(&mut self, who: PersonId, low: i64, high: i64) -> Pen {
        self.now = self.now.plus(self.dice.between(low, high) * MINUTE);
        self.dice.pen(who, self.now)
    }
    fn put(&mut self, who: PersonId, key: &str, value: impl ToString) {
        let pen = self.pen(who, 0, 3);
        self.doc.put(pen, vec![text(key, value)]);
    }
    fn act(&mut self, low: i64, high: i64, act: InspectionAct) {
        let pen = self.pen(self.first(), low, high);
        self.doc.inspection_event(pen, act);
    }

    fn fill(&mut self) {
        let (first, last) = (self.first(), self.last());
        for (person, role) in &self.plan.team {
            self.put(first, &format!("team/{person}"), role);
        }
        if self.dice.chance(95) {
            let basis = if self.plan.rows.is_empty() {
                "action"
            } else {
                "plan"
            };
            self.put(first, "basis", basis);
        }
        for row in &self.plan.rows {
            let pen = self.pen(first, 0, 1);
            self.doc
                .put(pen, vec![(format!("plan/{row}"), Scalar::Int(1))]);
        }
        for item in 0..3 {
            let who = self.dice.pick(&self.plan.team).0;
            self.put(who, &format!("a/k1/{item}"), "ok");
        }
        if self.plan.team.len() > 2 && self.dice.chance(6) {
            self.put(last, &format!("team/{last}"), "left");
        }
    }

    /// It is finished, or not; with signatures before or after, and what may come after the end.
    fn end(&mut self) {
        let (first, last) = (self.first(), self.last());
        let seen = self.doc.len();
        match self.dice.below(50) {
            0..2 => return,
            2 => {
                let reason = "去错了".to_owned();
                return self.act(1, 9, InspectionAct::Withdrawn { reason });
            }
            _ => {}
        }
        let sign_first = self.dice.chance(50);
        if sign_first {
            self.sign();
        }
        if self.dice.chance(5) {
            // Something is put after the signatures.
            self.put(first, "end", "整改后复查");
        }
        self.act(1, 2, InspectionAct::Finished);
        if last != first && self.dice.chance(10) {
            // A team-mate goes on without having seen the end, or left before it, or after.
            let pen = self.pen(last, -10, 20);
            let put = match self.dice.below(3) {
                0 => text(&format!("team/{last}"), "left"),
                _ => text("a/k1/1", "fail"),
            };
            self.doc.put_blind(pen, seen, vec![put]);
        }
        if !sign_first {
            let high = if self.dice.chance(20) { 24 * 60 } else { 5 };
            self.now = self.now.plus(self.dice.between(1, high) * MINUTE);
            self.sign();
        }
        if self.dice.chance(5) {
            self.reopen();
        }
        if self.dice.chance(3) {
            let reason = "重复".to_owned();
            self.act(60, 4000, InspectionAct::Withdrawn { reason });
        }
    }

    fn reopen(&mut self) {
        let reason = "补充".to_owned();
        self.act(60, 4000, InspectionAct::Reopened { reason });
        if self.dice.chance(30) {
            return;
        }
        self.put(self.first(), "a/k1/2", "fail");
        if self.dice.chance(60) {
            self.sign();
        }
        self.act(1, 60, InspectionAct::Finished);
    }

    fn sign(&mut self) {
        for (person, role) in &self.plan.team {
            if self.dice.chance(6) {
                continue;
            }
            let role = if *role == "leader" {
                SignedAs::Leader
            } else {
                SignedAs::Officer
            };
            let pen = self.pen(*person, 0, 1);
            self.doc.inspection_event(pen, signed(role));
        }
        let (reason, witness) = ("不认可".to_owned(), "王建".to_owned());
        match self.dice.below(20) {
            0 => {}
            1..3 => self.act(0, 2, InspectionAct::Refused { reason, witness }),
            _ => self.act(0, 2, signed(SignedAs::Representative)),
        }
    }
}

/// Some hours later, at most so many days.
pub(crate) fn days_later(dice: &mut Dice, from: Timestamp, low: i64, high: i64) -> Timestamp {
    from.plus(dice.between(low * 24, high * 24) * HOUR + dice.between(0, 59) * MINUTE)
}

/// Another record's id, for a duplicate.
pub(crate) fn other(n: u8) -> DocId {
    DocId::from_bytes([n; 16])
}
