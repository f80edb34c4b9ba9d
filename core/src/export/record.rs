//! Whole records: every value with its author and times, every event with its past.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::change::{ChangeNo, History, Scalar};
use crate::id::{PersonId, RowId, UnitId};
use crate::record::{
    Act, Authors, EventAt, Finding, FindingAct, Inspection, InspectionAct, Level, completeness,
};
use crate::register::Register;
use crate::rule::CountedTimes;

/// The line of an inspection.
#[must_use]
pub fn inspection(history: &History, inspection: &Inspection, register: &Register) -> Value {
    let mut line = Line::new("inspection", history, register);
    let member =
        |member: &crate::record::Member| json!({ "person": member.person, "role": member.role });
    let lacking = if inspection.is_official() {
        completeness(inspection, register)
    } else {
        Vec::new()
    };
    line.put("site", inspection.site);
    line.put("place", &inspection.place);
    line.put("kind", inspection.kind);
    line.put("began", inspection.began);
    line.put("finished", inspection.finished);
    line.put("withdrawn", inspection.withdrawn);
    line.put("team", inspection.present().map(member).collect::<Vec<_>>());
    let plan = inspection
        .plan
        .iter()
        .filter_map(|row| visit(register, *row));
    line.put("plan", plan.collect::<Vec<_>>());
    line.put("lacks", lacking);
    line.events::<InspectionAct>(&inspection.events);
    line.end()
}

/// The line of a finding.
#[must_use]
pub fn finding(history: &History, finding: &Finding, register: &Register) -> Value {
    let mut line = Line::new("finding", history, register);
    let duty = |duty: &crate::record::Duty| {
        json!({
            "events": duty.events,
            "units": duty.units,
            "officers": duty.officers,
            "began": duty.began,
            "deadline": duty.deadline,
            "rectified": duty.rectified.map(|(_, at)| at),
        })
    };
    line.put("site", finding.site);
    line.put("place", &finding.place);
    line.put("from", finding.from);
    line.put("origin", finding.origin);
    line.put("reporter", finding.reporter);
    line.put("reported", finding.reported);
    line.put("level", finding.level);
    line.put(
        "major_since",
        finding
            .major_since
            .filter(|_| finding.level == Level::Major),
    );
    line.put("state", finding.state);
    line.put("deadline", finding.deadline);
    line.put(
        "duties",
        finding.duties.iter().map(duty).collect::<Vec<_>>(),
    );
    line.events::<FindingAct>(&finding.events);
    line.end()
}

/// A planned visit by its key in the spreadsheet.
pub(super) fn visit(register: &Register, row: RowId) -> Option<Value> {
    let visit = register.planned_visit(row)?;
    Some(json!({
        "row": row,
        "year": visit.year,
        "unit": unit_name(register, visit.unit),
        "site": unit_name(register, visit.site),
        "month": visit.month,
        "kind": visit.kind,
    }))
}

pub(super) fn unit_name(register: &Register, unit: UnitId) -> Option<&str> {
    register.unit(unit).map(|unit| unit.name.as_str())
}

/// A person's name, and that of the unit of the first post.
pub(super) fn named(register: &Register, person: PersonId) -> (Option<&str>, Option<&str>) {
    let name = register.person(person).map(|row| row.name.as_str());
    let post = register.posts_of(person).next();
    let unit = post.and_then(|post| unit_name(register, post.unit));
    (name, unit)
}

/// A record's line while it is written.
struct Line<'a> {
    history: &'a History,
    register: &'a Register,
    times: CountedTimes,
    fields: Map<String, Value>,
}

impl<'a> Line<'a> {
    fn new(record: &str, history: &'a History, register: &'a Register) -> Self {
        let mut line = Self {
            history,
            register,
            times: CountedTimes::new(history, register),
            fields: Map::new(),
        };
        line.put("record", record);
        line.put("id", history.id());
        line
    }
    fn put(&mut self, field: &str, value: impl Serialize) {
        // Plain values can always be written as JSON.
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        self.fields.insert(field.to_owned(), value);
    }
    fn author(&self, change: ChangeNo) -> Option<PersonId> {
        let entry = self.history.entry(change)?;
        self.register.person_of(&entry.actor)
    }

    fn events<A: Act + Serialize>(&mut self, events: &[EventAt<A>]) {
        let past = |event: &EventAt<A>| -> Vec<_> {
            let seen = |other: &&EventAt<A>| {
                other.change != event.change && self.history.saw(event.change, other.change)
            };
            events.iter().filter(seen).map(|other| other.id).collect()
        };
        let line = |event: &EventAt<A>| {
            let mut line = serde_json::to_value(&event.event).unwrap_or_default();
            if let Value::Object(fields) = &mut line {
                fields.insert("id".to_owned(), json!(event.id));
                fields.insert("change".to_owned(), json!(event.change.index()));
                fields.insert("by".to_owned(), json!(event.author));
                fields.insert("claimed".to_owned(), json!(event.claimed));
                fields.insert("received".to_owned(), json!(event.received));
                fields.insert("counted".to_owned(), json!(event.counted));
                fields.insert("past".to_owned(), json!(past(event)));
            }
            line
        };
        let lines: Vec<Value> = events.iter().map(line).collect();
        self.put("events", lines);
    }

    fn changes(&self) -> Vec<Value> {
        let change = |(no, entry): (ChangeNo, &crate::change::Entry)| {
            let deps: Vec<usize> = entry.deps.iter().map(|dep| dep.index()).collect();
            json!({
                "n": no.index(),
                "hash": entry.hash,
                "actor": entry.actor,
                "by": self.author(no),
                "claimed": entry.time,
                "received": entry.received,
                "counted": self.times.of(no),
                "deps": deps,
            })
        };
        self.history.entries().map(change).collect()
    }
    fn keys(&self) -> Vec<Value> {
        let mut puts = Vec::new();
        for (key, writes) in self.history.keys() {
            if key.starts_with("ev/") {
                continue;
            }
            let visible: Vec<_> = self.history.visible(key).iter().map(|w| w.id).collect();
            for write in writes {
                puts.push(json!({
                    "key": key,
                    "value": value(&write.value),
                    "visible": visible.contains(&write.id),
                    "change": write.change.index(),
                }));
            }
        }
        puts
    }

    /// Names everybody and every unit that the line mentions.
    fn end(mut self) -> Value {
        self.put("changes", self.changes());
        self.put("keys", self.keys());
        let mut words = BTreeSet::new();
        gather(&Value::Object(self.fields.clone()), &mut words);
        let mut people = Map::new();
        let mut units = Map::new();
        for word in words {
            if let Some(id) = word
                .parse()
                .ok()
                .filter(|id| self.register.person(*id).is_some())
            {
                let (name, unit) = named(self.register, id);
                people.insert(word, json!({ "name": name, "unit": unit }));
            } else if let Some(name) = word
                .parse()
                .ok()
                .and_then(|id| unit_name(self.register, id))
            {
                units.insert(word, json!(name));
            }
        }
        self.put("people", people);
        self.put("units", units);
        Value::Object(self.fields)
    }
}

fn value(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Bool(yes) => json!(yes),
        Scalar::Int(number) | Scalar::Time(number) => json!(number),
        Scalar::Uint(number) => json!(number),
        Scalar::Text(text) => json!(text),
        Scalar::Bytes(bytes) => json!(hex::encode(bytes)),
    }
}

/// All words of a line that may be ids; those in a key such as `team/<person>`, too.
fn gather(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let ids = text.split('/').filter(|part| part.len() == 36);
            words.extend(ids.map(str::to_owned));
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, words)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
