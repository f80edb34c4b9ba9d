//! Which visits are made, when and by whom.

use super::dice::Dice;
use super::district::District;
use super::finding::Found;
use super::record::MINUTE;
use crate::id::{DocId, PersonId, RowId, UnitId};
use crate::register::{InspectionKind, PlannedVisit, PostKind};
use crate::timestamp::{Date, Timestamp};

/// Somebody and the role in the team.
pub(super) type Member = (PersonId, &'static str);

/// A visit as it will be written.
pub(super) struct Plan {
    pub(super) site: UnitId,
    pub(super) kind: InspectionKind,
    /// The planned visits that it names.
    pub(super) rows: Vec<RowId>,
    pub(super) team: Vec<Member>,
    pub(super) start: Timestamp,
}

impl Plan {
    /// What becomes of a planned visit: most are made in their month, some late, some too late, some
    /// early, some never.
    pub(super) fn of_visit(
        district: &District,
        dice: &mut Dice,
        (row, visit): (RowId, &PlannedVisit),
    ) -> Option<Self> {
        let first = Date::from_ymd(visit.year, visit.month, 1).unwrap();
        let day = match dice.below(20) {
            0..12 => first.plus_days(dice.between(0, 27)),
            12..15 => first.plus_days(dice.between(28, 58)),
            15 => first.plus_days(dice.between(62, 80)),
            16 => first.plus_days(dice.between(-20, -1)),
            17 => first.plus_days(dice.between(27, 32)),
            _ => return None,
        };
        let team = team(district, dice, visit);
        let kind = if dice.chance(4) {
            InspectionKind::Special
        } else {
            visit.kind
        };
        Some(Self {
            site: visit.site,
            kind,
            rows: rows(district, dice, (row, visit)),
            team,
            start: dice.time_on(day),
        })
    }

    /// A visit that nobody planned.
    pub(super) fn of_nobody(district: &District, dice: &mut Dice) -> Self {
        let site = dice.pick(&district.sites());
        let new_year = Date::from_ymd(2026, 1, 1).unwrap();
        let day = new_year.plus_days(dice.between(0, 364));
        let start = dice.time_on(day);
        let (kind, team) = match dice.below(10) {
            0..3 => {
                let people = district.site_people(site);
                (InspectionKind::SelfInspection, dice.some(&people, 2))
            }
            3..5 => {
                let kinds = [PostKind::Worker, PostKind::SafetyOfficer];
                let people = district.with_post(site, &kinds);
                (InspectionKind::Post, vec![dice.pick(&people)])
            }
            other => {
                let unit = dice.pick(&district.overseers(site));
                let kinds = [
                    InspectionKind::Routine,
                    InspectionKind::Special,
                    InspectionKind::Recheck,
                ];
                (kinds[other % 3], dice.some(&district.officials(unit), 2))
            }
        };
        let team = team.into_iter().map(|person| (person, "member")).collect();
        Self {
            site,
            kind,
            rows: Vec::new(),
            team,
            start,
        }
    }

    /// Where hazards may be found on it.
    pub(super) fn found(&self, inspection: DocId) -> Option<Found> {
        (self.kind != InspectionKind::Post).then(|| Found {
            from: inspection,
            site: self.site,
            by: self.team[0].0,
            own: self.kind == InspectionKind::SelfInspection,
            at: self.start.plus(30 * MINUTE),
        })
    }
}

/// The officers of the plan, but for whom somebody stands in; at times people of other units, an
/// expert, a leader.
fn team(district: &District, dice: &mut Dice, visit: &PlannedVisit) -> Vec<Member> {
    let mut team: Vec<Member> = Vec::new();
    let people = district.officials(visit.unit);
    let leaders = district.leaders(visit.unit);
    for officer in &visit.officers {
        team.push(if leaders.contains(officer) {
            (*officer, if dice.chance(85) { "leader" } else { "member" })
        } else if dice.chance(15) {
            (dice.pick(&people), "member")
        } else {
            (*officer, "member")
        });
    }
    if dice.chance(15) {
        let unit = dice.pick(&district.overseers(visit.site));
        team.push((dice.pick(&district.officials(unit)), "member"));
    }
    if dice.chance(8) {
        team.push((dice.pick(&people), "expert"));
    }
    if dice.chance(10) {
        team.extend(leaders.first().map(|leader| (*leader, "leader")));
    }
    team.sort_by_key(|(person, _)| *person);
    team.dedup_by_key(|(person, _)| *person);
    team
}

/// The rows that the visit names: its own, none, or others of the same site besides.
fn rows(district: &District, dice: &mut Dice, (row, visit): (RowId, &PlannedVisit)) -> Vec<RowId> {
    if !dice.chance(60) {
        return Vec::new();
    }
    let mut rows = vec![row];
    if dice.chance(15) {
        let of_site = district.plan.iter().filter(|(_, v)| v.site == visit.site);
        rows.extend(of_site.map(|(row, _)| *row).take(2));
    }
    rows
}
