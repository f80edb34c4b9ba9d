//! Targets on the screens: rows with what is left, a number's records, letters, whom a visit counts
//! for.

use std::collections::BTreeMap;

use xunan_core::id::{DocId, PersonId, RowId, UnitId};
use xunan_core::order::Order;
use xunan_core::register::{InspectionKind, Letter, Signer};
use xunan_core::target::{
    self, InspectionFacts, Item, Left, Mark, NotCounted, PeriodId, Progress, Value,
    catalogue::Measure,
};
use xunan_core::timestamp::Date;

use super::View;
use super::inspection::word;
use crate::request::{
    Counted, CountsFor, LeftItem, LetterView, Number, Place, Responsibility, Standing, TargetBrief,
    TargetRow, UnitView,
};

impl View<'_> {
    /// A target in the period that today is in.
    pub(crate) fn target_now(&self, id: RowId) -> Option<TargetRow> {
        let progress = self.counting().progress_now(id, Some(self.me))?;
        self.target_row(&progress)
    }

    fn target_row(&self, progress: &Progress) -> Option<TargetRow> {
        let target = self.register.target(progress.target)?;
        let goal = target::Exact::from(target.goal).approximate();
        let percent = progress
            .metric
            .is_some_and(|metric| metric.measure() == Measure::Percent);
        let fewer = progress
            .metric
            .is_some_and(|metric| metric.fewer_is_better());
        let value = progress.value.and_then(|value| parts(value, goal));
        Some(TargetRow {
            id: progress.target,
            name: target.name.clone(),
            metric: target.metric.clone(),
            period: target.period,
            label: progress.window.period.to_string(),
            standing: standing(progress),
            value,
            goal,
            percent,
            progress: value.filter(|_| !fewer).map(|(good, of)| share(good, of)),
            fewer,
            weight: target::Exact::from(target.weight).approximate(),
            points: progress.points.map(target::Exact::approximate),
            veto: target.veto,
            left: progress
                .left
                .items
                .iter()
                .map(|left| self.left_item(left))
                .collect(),
            missing: (progress.left.missing > 0).then(|| f64::from(progress.left.missing)),
            provisional: progress.tally.provisional,
        })
    }

    fn left_item(&self, left: &Left) -> LeftItem {
        let (place, site, _) = self.item_counted(left.item);
        let month = match left.item {
            Item::Visit(row) => self.register.planned_visit(row).map(|visit| visit.month),
            _ => None,
        };
        LeftItem {
            place,
            site,
            due: left.until.map(|date| self.due(date)),
            month,
        }
    }

    /// Where an item is, its site, and a line of words.
    fn item_counted(&self, item: Item) -> (Option<Place>, String, String) {
        match item {
            Item::Inspection(id) => {
                let record = self.records.inspections.get(&id);
                let site = record.map(|i| self.site_name(i.site, i.place.as_deref()));
                let line = record.map(|i| i.kind.as_str().to_owned());
                (
                    Some(Place::Inspection(id)),
                    site.unwrap_or_default(),
                    line.unwrap_or_default(),
                )
            }
            Item::Finding(id) | Item::Duty(id, _) => {
                let record = self.records.findings.get(&id);
                let site = record.map(|f| self.site_name(f.site, f.place.as_deref()));
                let line = record.map(|f| f.text.clone());
                (
                    Some(Place::Finding(id)),
                    site.unwrap_or_default(),
                    line.unwrap_or_default(),
                )
            }
            Item::Visit(row) => {
                let visit = self.register.planned_visit(row);
                let place = visit.map(|visit| Place::Site(visit.site));
                let site = visit.map(|visit| self.unit_name(visit.site));
                let line = visit.map(|visit| visit.kind.as_str().to_owned());
                (place, site.unwrap_or_default(), line.unwrap_or_default())
            }
            Item::Site(site) => (Some(Place::Site(site)), self.unit_name(site), String::new()),
        }
    }

    /// The day that belongs to an item: finished, reported, or the deadline of its duty.
    fn day_of(&self, item: Item) -> Option<Date> {
        let zone = &self.register.settings().zone;
        match item {
            Item::Inspection(id) => self
                .records
                .inspections
                .get(&id)?
                .finished
                .map(|at| zone.day(at)),
            Item::Finding(id) => Some(zone.day(self.records.findings.get(&id)?.reported)),
            Item::Duty(id, number) => {
                let facts = self.records.facts_of_finding(id)?;
                facts.duties.get(number).map(|duty| duty.deadline)
            }
            Item::Visit(row) => {
                let visit = self.register.planned_visit(row)?;
                super::tasks::last_day(visit.year, visit.month)
            }
            Item::Site(_) => None,
        }
    }

    /// A number's records in a period: those counted, those that don't count as they should first,
    /// and those left out by reason.
    pub(crate) fn number(&self, target: RowId, period: Option<&str>) -> Option<Number> {
        let counting = self.counting();
        let chosen = period.and_then(|text| text.parse::<PeriodId>().ok());
        let progress = match chosen {
            Some(period) => counting.progress(target, period, Some(self.me))?,
            None => counting.progress_now(target, Some(self.me))?,
        };
        let row = self.register.target(target)?;
        let letter = self.register.letter(row.letter)?;
        let mut counted: Vec<Counted> = progress
            .tally
            .counted
            .iter()
            .map(|c| self.counted(c))
            .collect();
        counted.order_by_key(|c| (c.counts, c.due.map_or(i32::MAX, |due| due.days)));
        let mut left_out: BTreeMap<_, Vec<Counted>> = BTreeMap::new();
        for out in &progress.tally.left_out {
            let counted = self.counted(&target::Counted {
                item: out.item,
                mark: Mark::Open(out.until),
                by: None,
                days: None,
            });
            left_out.entry(out.why).or_default().push(counted);
        }
        Some(Number {
            target: self.target_row(&progress)?,
            whose: self.signer_name(letter.signer),
            periods: PeriodId::all(row.period, letter.year)
                .map(|p| p.to_string())
                .collect(),
            counted,
            left_out: left_out
                .into_iter()
                .map(|(why, items)| (word(&why), items))
                .collect(),
        })
    }

    fn counted(&self, counted: &target::Counted) -> Counted {
        let target::Counted {
            item,
            mark,
            by,
            days,
        } = *counted;
        let (place, site, line) = self.item_counted(item);
        let due = match mark {
            Mark::Open(Some(date)) => Some(self.due(date)),
            _ => None,
        };
        Counted {
            // A visit that was made opens the inspection that made it.
            place: by.map(Place::Inspection).or(place),
            site,
            line,
            counts: mark == Mark::Good,
            days: days.and_then(|days| i32::try_from(days).ok()),
            date: self.day_of(by.map_or(item, Item::Inspection)),
            due,
        }
    }

    fn signer_name(&self, signer: Signer) -> String {
        match signer {
            Signer::Unit(unit) => self.unit_name(unit),
            Signer::Person(person) => self.name(person),
        }
    }

    /// My letters, my units' letters, and the totals of the units below.
    pub(crate) fn responsibility(&self) -> Responsibility {
        let mine = self.my_units();
        let year = self.today.year();
        let letters = |signer: &dyn Fn(Signer) -> bool| -> Vec<LetterView> {
            let found = self.register.letters();
            let found = found.filter(|(_, l)| l.year == year && signer(l.signer));
            found
                .filter_map(|(id, letter)| self.letter(id, letter))
                .collect()
        };
        let below = self.units_below(&mine.iter().copied().collect::<Vec<_>>());
        Responsibility {
            own: letters(&|signer| signer == Signer::Person(self.me)),
            unit: letters(&|signer| matches!(signer, Signer::Unit(unit) if mine.contains(&unit))),
            below: below
                .into_iter()
                .map(|unit| (self.unit(unit), self.total_of(unit)))
                .collect(),
        }
    }

    pub(super) fn units_below(&self, units: &[UnitId]) -> Vec<UnitId> {
        let current = self
            .register
            .units()
            .filter_map(|(id, v)| Some((id, v.current()?)));
        let below = current.filter(|(_, unit)| {
            unit.parent.is_some_and(|parent| units.contains(&parent))
                || unit
                    .regulators
                    .iter()
                    .any(|regulator| units.contains(regulator))
        });
        let mut below: Vec<UnitId> = below.map(|(id, _)| id).collect();
        below.order_by_key(|id| self.register.unit(*id).map(|u| (u.level, u.name.clone())));
        below
    }

    fn total_of(&self, unit: UnitId) -> Option<f64> {
        let year = self.today.year();
        let mut letters = self.register.letters();
        let (id, _) = letters.find(|(_, l)| l.signer == Signer::Unit(unit) && l.year == year)?;
        let points = self.counting().letter_points(id, Some(self.me))?;
        points.total.map(target::Exact::approximate)
    }

    /// A letter with its targets.
    pub(crate) fn letter(&self, id: RowId, letter: &Letter) -> Option<LetterView> {
        let points = self.counting().letter_points(id, Some(self.me))?;
        let rows = points
            .targets
            .iter()
            .filter_map(|year| self.target_now(year.target));
        let targets: Vec<TargetRow> = rows.collect();
        Some(LetterView {
            id,
            year: letter.year,
            issuer: self.unit_name(letter.issuer),
            signer: self.signer_name(letter.signer),
            unit: match letter.signer {
                Signer::Unit(unit) => Some(unit),
                Signer::Person(_) => None,
            },
            total: points.total.map(target::Exact::approximate),
            counted_weight: points.weight.approximate(),
            weight: targets.iter().map(|target| target.weight).sum(),
            vetoed: points.is_vetoed,
            grade: points.grade(self.register.settings()),
            targets,
        })
    }

    /// A unit's card.
    pub(crate) fn unit_card(&self, unit: UnitId) -> UnitView {
        let year = self.today.year();
        let letters = self.register.letters();
        let letters = letters.filter(|(_, l)| l.signer == Signer::Unit(unit) && l.year == year);
        UnitView {
            unit: self.unit(unit),
            letters: letters
                .filter_map(|(id, letter)| self.letter(id, letter))
                .collect(),
            people: self.people_of(unit),
            below: self
                .units_below(&[unit])
                .into_iter()
                .map(|id| self.unit(id))
                .collect(),
        }
    }

    /// Whom a visit counts for: one that is going on, or one that would begin now.
    pub(crate) fn counts_for(
        &self,
        (site, kind): (UnitId, InspectionKind),
        plan: &[RowId],
        team: &[PersonId],
        leaders: &[PersonId],
    ) -> CountsFor {
        self.counts_for_visit(&InspectionFacts {
            // No record has this id: the visit has not begun.
            id: DocId::from_bytes([0; 16]),
            site: Some(site),
            kind,
            began: self.now,
            finished: None,
            withdrawn: false,
            basis: true,
            plan: plan.to_vec(),
            team: team.to_vec(),
            leaders: leaders.to_vec(),
            experts: Vec::new(),
            signed: Vec::new(),
            represented: true,
        })
    }

    /// Whom a visit counts for, by its facts.
    pub(crate) fn counts_for_visit(&self, visit: &InspectionFacts) -> CountsFor {
        let counts = target::counts_for(self.facts(), visit);
        let brief = |targets: Vec<RowId>| -> Vec<TargetBrief> {
            targets
                .into_iter()
                .filter_map(|id| self.brief(id))
                .collect()
        };
        let people = counts.people.into_iter();
        let units = counts.units.into_iter();
        CountsFor {
            people: people
                .map(|(id, targets)| (self.person(id), brief(targets)))
                .collect(),
            units: units
                .map(|(id, targets)| (self.unit(id), brief(targets)))
                .collect(),
        }
    }

    fn brief(&self, id: RowId) -> Option<TargetBrief> {
        let missing = self
            .counting()
            .progress_now(id, Some(self.me))?
            .left
            .missing;
        let missing = (missing > 0).then(|| f64::from(missing));
        Some(TargetBrief {
            id,
            name: self.register.target(id)?.name.clone(),
            missing,
        })
    }
}

/// What was counted and out of how many, or the count and the goal.
fn parts(value: Value, goal: f64) -> Option<(f64, f64)> {
    match value {
        Value::Rate { good, of } => Some((f64::from(good), f64::from(of))),
        Value::Count(n) => Some((f64::from(n), goal)),
        Value::MetByNothing | Value::NotApplicable => None,
    }
}

fn share(good: f64, of: f64) -> f64 {
    if of > 0.0 {
        (good / of).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

fn standing(progress: &Progress) -> Standing {
    use target::Standing as Core;
    if let (Some(prohibition), Core::Reached | Core::Running | Core::OutOfReach | Core::Missed) =
        (progress.prohibition, progress.standing)
    {
        return Standing::NoPoints(word(&prohibition));
    }
    match progress.standing {
        Core::Reached => Standing::Reached,
        Core::MetByNothing => Standing::MetByNothing,
        Core::NotApplicable => Standing::NotApplicable,
        Core::Running | Core::Coming => Standing::Running,
        Core::OutOfReach => Standing::OutOfReach,
        Core::Missed => Standing::Missed,
        Core::NotStarted => Standing::NotStarted,
        Core::NotCounted(why) => Standing::NotCounted(match why {
            NotCounted::UnknownMetric => "unknown_metric".to_owned(),
            NotCounted::NotVisible => "not_visible".to_owned(),
            NotCounted::Missing(records) => format!("no_{}", word(&records)),
        }),
    }
}
