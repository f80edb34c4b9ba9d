//! Numbers with the records behind them.

use serde_json::{Map, Value, json};

use super::record::{named, unit_name, visit};
use crate::id::RowId;
use crate::register::{Goal, PointRule, Register, Signer};
use crate::target::{
    Counted, Counting, Exact, Item, LeftOut, Mark, NotCounted, Phase, Progress, Standing,
    Value as Number,
};
use crate::timestamp::Timestamp;

/// The first line of an export.
#[must_use]
pub fn settings(register: &Register, now: Timestamp) -> Value {
    let settings = register.settings();
    json!({
        "record": "settings",
        "now": now,
        "zone": settings.zone.name,
        "counted_from": settings.counted_from,
        "recheck_days": settings.recheck_days,
        "unlawful_targets_allowed": settings.unlawful_targets_allowed,
    })
}

/// The line of a target, over its letter's year; nothing if there is no such target.
#[must_use]
pub fn target(counting: &Counting<'_>, register: &Register, id: RowId) -> Option<Value> {
    let target = register.target(id)?;
    let letter = register.letter(target.letter)?;
    let year = counting.target_year(id, None)?;
    let signer = match letter.signer {
        Signer::Unit(unit) => json!({ "unit": unit_name(register, unit) }),
        Signer::Person(of) => {
            let (name, unit) = named(register, of);
            json!({ "person": name, "unit": unit })
        }
    };
    let rule = match target.rule {
        PointRule::Proportional => "proportional".to_owned(),
        PointRule::AllOrNothing => "all_or_nothing".to_owned(),
        PointRule::Deduct(each) => format!("deduct {}", decimal(each)),
    };
    let prohibition = year.periods.first().and_then(|period| period.prohibition);
    let reached = |period: &&Progress| period.window.phase != Phase::Coming;
    let periods = year.periods.iter().filter(reached);
    Some(json!({
        "record": "target",
        "id": id,
        "year": letter.year,
        "issuer": unit_name(register, letter.issuer),
        "signer": signer,
        "name": target.name,
        "metric": target.metric,
        "goal": decimal(target.goal),
        "period": target.period,
        "weight": decimal(target.weight),
        "rule": rule,
        "veto": target.veto,
        "prohibition": prohibition.map(crate::target::catalogue::Prohibition::source),
        "points": year.points.map(fraction),
        "periods": periods.map(|one| period(register, one)).collect::<Vec<_>>(),
    }))
}

fn period(register: &Register, progress: &Progress) -> Value {
    let (standing, why) = standing(progress.standing);
    let value = progress.value.and_then(|value| match value {
        Number::Rate { good, of } => Some(json!({ "good": good, "of": of })),
        Number::Count(count) => Some(json!({ "count": count })),
        Number::MetByNothing | Number::NotApplicable => None,
    });
    let counted = progress.tally.counted.iter();
    let left_out = progress.tally.left_out.iter();
    json!({
        "period": progress.window.period.to_string(),
        "standing": standing,
        "why": why,
        "provisional": progress.tally.provisional,
        "value": value,
        "points": progress.points.map(fraction),
        "counted": counted.map(|one| counted_line(register, one)).collect::<Vec<_>>(),
        "left_out": left_out.map(|one| left_out_line(register, one)).collect::<Vec<_>>(),
    })
}

fn standing(standing: Standing) -> (&'static str, Value) {
    let word = match standing {
        Standing::Reached => "reached",
        Standing::MetByNothing => "met_by_nothing",
        Standing::NotApplicable => "not_applicable",
        Standing::Running => "running",
        Standing::OutOfReach => "out_of_reach",
        Standing::Missed => "missed",
        Standing::NotStarted => "not_started",
        Standing::Coming => "coming",
        Standing::NotCounted(why) => {
            let why = match why {
                NotCounted::UnknownMetric => json!("unknown_metric"),
                NotCounted::NotVisible => json!("not_visible"),
                NotCounted::Missing(records) => json!({ "missing": records }),
            };
            return ("not_counted", why);
        }
    };
    (word, Value::Null)
}

fn counted_line(register: &Register, counted: &Counted) -> Value {
    let mut line = item(register, counted.item);
    line.insert("good".to_owned(), json!(counted.mark == Mark::Good));
    if matches!(counted.item, Item::Visit(_) | Item::Site(_)) {
        line.insert("by".to_owned(), json!(counted.by));
    }
    Value::Object(line)
}

fn left_out_line(register: &Register, left_out: &LeftOut) -> Value {
    let mut line = item(register, left_out.item);
    line.insert("why".to_owned(), json!(left_out.why));
    Value::Object(line)
}

fn item(register: &Register, item: Item) -> Map<String, Value> {
    let (field, value) = match item {
        Item::Inspection(id) => ("inspection", json!(id)),
        Item::Finding(id) | Item::Duty(id, _) => ("finding", json!(id)),
        Item::Visit(row) => ("visit", json!(visit(register, row))),
        Item::Site(site) => ("site", json!(unit_name(register, site))),
    };
    let mut line = Map::new();
    line.insert(field.to_owned(), value);
    if let Item::Duty(_, number) = item {
        line.insert("duty".to_owned(), json!(number));
    }
    line
}

fn fraction(exact: Exact) -> Value {
    let (above, below) = exact.parts();
    json!([above.to_string(), below.to_string()])
}

/// Thousandths as a decimal number without trailing zeros.
fn decimal(goal: Goal) -> String {
    let (whole, rest) = (goal.0.div_euclid(1000), goal.0.rem_euclid(1000));
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}")
        .trim_end_matches('0')
        .to_owned()
}
