//! 责任书目标: a row a target. A letter is found by 年度, 签发单位 and 签订单位（人）, a target by
//! its letter and metric.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{
    Goal, Letter, Period, PointRule, Signer, Table as Rows, Target, UnitLevel,
};
use xunan_core::target::catalogue::{Measure, Metric, plain};

use super::Scope;
use super::ledger::{Difference, Ledger};
use super::people::{Lookup, People};
use super::problem::Fault;
use super::table::{Row, Table};
use super::units::{LEVELS, Units, level_word};
use super::value::{self, Words};

static PERIODS: Words<Period> = Words(&[
    ("月", Period::Month),
    ("季", Period::Quarter),
    ("年", Period::Year),
    ("月度", Period::Month),
    ("季度", Period::Quarter),
    ("年度", Period::Year),
]);

/// What a target is in its letter: a known metric, or an unknown one's name.
type MetricKey = (Option<String>, String);
type TargetKey = (RowId, MetricKey);

/// Letters and targets as the files and the register have them.
pub(super) struct Letters {
    letters: Ledger<RowId, Letter>,
    targets: Ledger<RowId, Target>,
    /// Which years the files speak of: letters of other years aren't missing.
    years: BTreeSet<i32>,
    letter_ids: BTreeMap<(i32, UnitId, Signer), RowId>,
    target_ids: BTreeMap<TargetKey, RowId>,
}

impl Letters {
    pub(super) fn read(
        tables: &[&Table],
        (units, people): (&Units, &People),
        scope: &mut Scope<'_>,
    ) -> Self {
        let letters = Ledger::new(Rows::Letter, scope.register.letter_versions());
        let targets = Ledger::new(Rows::Target, scope.register.target_versions());
        let mut all = Self {
            letter_ids: letters.by_key(|l: &Letter| (l.year, l.issuer, l.signer)),
            target_ids: targets.by_key(target_key),
            letters,
            targets,
            years: BTreeSet::new(),
        };
        let mut weights = BTreeMap::new();
        for row in tables.iter().flat_map(|table| table.rows()) {
            all.bring(row, (units, people), &mut weights, scope);
        }
        all.note_sums(&weights, scope);
        all
    }

    fn bring<'t>(
        &mut self,
        row: Row<'t>,
        (units, people): (&Units, &People),
        weights: &mut BTreeMap<RowId, Row<'t>>,
        scope: &mut Scope<'_>,
    ) {
        let year = year_of(row, scope);
        self.years.extend(year);
        let issuer = units.required(row, "签发单位", scope);
        let signer = signer_of(row, (units, people), scope);
        let numbers = numbers_of(row, scope);
        let (Some(year), Some(issuer), Some(signed)) = (year, issuer, signer) else {
            return;
        };
        let Some((name, numbers)) = row.filled("指标").zip(numbers) else {
            return;
        };
        let letter = Letter {
            year,
            issuer,
            signer: signed.signer,
        };
        let key = (year, issuer, signed.signer);
        let letter_id = *self
            .letter_ids
            .entry(key)
            .or_insert_with(|| RowId::from_bytes((scope.draw)()));
        // A letter is nothing but its key, so it never differs.
        let _same = self.letters.bring(letter_id, letter, row);
        weights.entry(letter_id).or_insert(row);
        let target = Target {
            letter: letter_id,
            metric: metric_of(row, name, &signed, scope),
            name: name.to_owned(),
            ..numbers
        };
        let target_id = *self
            .target_ids
            .entry(target_key(&target))
            .or_insert_with(|| RowId::from_bytes((scope.draw)()));
        if let Err(first) = self.targets.bring(target_id, target, row) {
            let key = format!("{} {name}", signed.name);
            scope
                .problems
                .at(row, "指标", Fault::KeyTwice { key, first });
        }
    }

    /// Weights that don't sum to 100: noted at the letter's first row.
    fn note_sums(&self, rows: &BTreeMap<RowId, Row<'_>>, scope: &mut Scope<'_>) {
        let mut sums: BTreeMap<RowId, i64> = BTreeMap::new();
        for (_, target) in self.targets.brought() {
            let sum = sums.entry(target.letter).or_default();
            *sum = sum.saturating_add(target.weight.0);
        }
        for (letter, row) in rows {
            let sum = sums.get(letter).copied().map_or(Goal::whole(0), Goal);
            if sum != Goal::whole(100) {
                let fault = Fault::WeightSum {
                    letter: format!("{}责任书", row.get("签订单位（人）")),
                    sum: value::shown(sum),
                };
                scope.problems.at(*row, "分值", fault);
            }
        }
    }

    pub(super) fn differences(&self, retire: bool) -> Vec<Difference> {
        let mut all = self
            .letters
            .differences(retire, |_, letter| self.years.contains(&letter.year));
        all.extend(self.targets.differences(retire, |_, target| {
            self.letters
                .current(&target.letter)
                .is_some_and(|letter| self.years.contains(&letter.year))
        }));
        all
    }
}

fn target_key(target: &Target) -> TargetKey {
    let key = match &target.metric {
        Some(code) => (Some(code.clone()), String::new()),
        None => (None, plain(&target.name)),
    };
    (target.letter, key)
}

/// 年度, moved by `--year`.
pub(super) fn year_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<i32> {
    let text = scope.problems.required(row, "年度")?;
    let year = scope.problems.take(row, "年度", value::year(text))?;
    Some(year.saturating_add(scope.shift))
}

/// Whom the letter binds.
struct Signed {
    signer: Signer,
    name: String,
    /// A government unit or a person of one.
    official: bool,
}

/// 签订单位（人）: with 所在单位 it is a person there, else a unit. 层次 must say the same.
fn signer_of(
    row: Row<'_>,
    (units, people): (&Units, &People),
    scope: &mut Scope<'_>,
) -> Option<Signed> {
    let column = "签订单位（人）";
    let name = scope.problems.required(row, column)?;
    if row.filled("所在单位").is_none() {
        if plain(row.get("层次")) == "个人" {
            scope.problems.at(row, "所在单位", Fault::LevelWithoutUnit);
            return None;
        }
        let id = units.find(name, (row, column), scope)?;
        let level = units.get(id)?.level;
        agrees(row, level, scope)?;
        return Some(Signed {
            signer: Signer::Unit(id),
            name: units.name(id),
            official: level.is_government(),
        });
    }
    let unit = units.required(row, "所在单位", scope)?;
    if row.filled("层次").is_some_and(|text| plain(text) != "个人") {
        scope.problems.at(row, "层次", Fault::LevelNotPerson);
        return None;
    }
    let person = person_in(name, unit, (row, column), (units, people), scope)?;
    Some(Signed {
        signer: Signer::Person(person),
        name: people.name(person),
        official: units.get(unit)?.level.is_government(),
    })
}

fn agrees(row: Row<'_>, level: UnitLevel, scope: &mut Scope<'_>) -> Option<()> {
    let Some(text) = row.filled("层次") else {
        return Some(());
    };
    let said = scope.problems.take(row, "层次", LEVELS.read(text))?;
    if said == level {
        return Some(());
    }
    let level = level_word(level);
    scope
        .problems
        .at(row, "层次", Fault::LevelDisagrees { level });
    None
}

/// A person found by name within a unit. `None` was reported, unless the fault is in that person's
/// own row.
fn person_in(
    name: &str,
    unit: UnitId,
    (row, column): (Row<'_>, &'static str),
    (units, people): (&Units, &People),
    scope: &mut Scope<'_>,
) -> Option<PersonId> {
    let place = units.name(unit);
    let fault = match people.lookup(name, Some(unit)) {
        Lookup::One(id) => return Some(id),
        Lookup::Unread => return None,
        Lookup::Nobody => Fault::PersonUnknown {
            name: name.to_owned(),
            place,
            similar: people.similar(name, Some(unit)),
        },
        Lookup::Several(count) => Fault::PersonAmbiguous {
            name: name.to_owned(),
            place,
            count,
        },
    };
    scope.problems.at(row, column, fault);
    None
}

/// 目标值, 周期, 分值, 评分规则 and 一票否决; the rest is the caller's.
fn numbers_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<Target> {
    let problems = &mut scope.problems;
    problems.required(row, "指标");
    let goal = problems.required(row, "目标值");
    let goal = goal.and_then(|text| problems.take(row, "目标值", value::decimal(text)));
    let period = problems.required(row, "周期");
    let period = period.and_then(|text| problems.take(row, "周期", PERIODS.read(text)));
    let weight = problems.required(row, "分值");
    let weight = weight.and_then(|text| problems.take(row, "分值", value::decimal(text)));
    let rule = problems.required(row, "评分规则");
    let rule = rule.and_then(|text| problems.take(row, "评分规则", rule_of(text)));
    let veto = problems.take(row, "一票否决", value::yes(row.get("一票否决")));
    Some(Target {
        letter: RowId::from_bytes([0; 16]),
        metric: None,
        name: String::new(),
        goal: goal?,
        period: period?,
        weight: weight?,
        rule: rule?,
        veto: veto?,
    })
}

/// 按比例得分, 全有或全无, 每条扣N分, 每次扣N分.
fn rule_of(text: &str) -> Result<PointRule, Fault> {
    let words = plain(text);
    let deduct = words
        .strip_prefix("每条扣")
        .or_else(|| words.strip_prefix("每次扣"))
        .and_then(|rest| rest.strip_suffix('分'));
    match (words.as_str(), deduct) {
        ("按比例得分", _) => Ok(PointRule::Proportional),
        ("全有或全无", _) => Ok(PointRule::AllOrNothing),
        (_, Some(points)) => value::decimal(points).map(PointRule::Deduct),
        _ => Err(Fault::WordUnknown {
            allowed: vec!["按比例得分", "全有或全无", "每条扣2分", "每次扣5分"],
        }),
    }
}

/// The metric's code; an unknown, unlawful or hardly meant one is noted.
fn metric_of(row: Row<'_>, name: &str, signed: &Signed, scope: &mut Scope<'_>) -> Option<String> {
    let Some(metric) = Metric::named(name) else {
        scope.problems.at(row, "指标", Fault::MetricUnknown);
        return None;
    };
    let allowed = scope.register.settings().unlawful_targets_allowed;
    if let Some(rule) = metric.prohibition(signed.official).filter(|_| !allowed) {
        let rule = rule.source();
        scope
            .problems
            .at(row, "指标", Fault::MetricUnlawful { rule });
    }
    let goal = value::decimal(row.get("目标值")).unwrap_or_default();
    let is_doubtful = (goal > Goal::whole(0) && goal <= Goal::whole(1)) || goal > Goal::whole(100);
    // 本岗位操作规程卡确认 counts 1 or 0, though the same metric of a unit is a rate.
    if metric.measure() == Measure::Percent && is_doubtful && plain(name).contains('%') {
        let goal = value::shown(goal);
        scope
            .problems
            .at(row, "目标值", Fault::GoalDoubtful { goal });
    }
    Some(metric.code().to_owned())
}
