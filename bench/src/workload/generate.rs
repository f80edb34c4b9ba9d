//! Makes a workload from a seed: an inspection begins, is answered item by item with a note at every
//! fourth, and ends; a finding is reported, ordered, begun, rectified and passed.

use serde_json::{Value, json};

use super::dice::Dice;
use super::words::text;
use super::{Edit, Kind, Record, Workload};

/// 2026-10-01 08:00 in Shanghai. A replay moves all times so that the newest is now.
const BEGIN: i64 = 1_790_812_800_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Notes that are edits of their own; the later ones come with their answer.
const NOTES_ALONE: usize = 8;

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Size {
    /// Inspections.
    pub(crate) inspections: usize,
    /// Items of each.
    pub(crate) items: usize,
    /// Findings.
    pub(crate) findings: usize,
    /// Those who write records.
    pub(crate) authors: usize,
    /// Those who are named responsible.
    pub(crate) responsible: usize,
    /// Sites; each author has a share of them.
    pub(crate) sites: usize,
    /// Checklists.
    pub(crate) lists: usize,
    /// The days over which it is spread.
    pub(crate) days: i64,
}

impl Size {
    /// What one officer brings home: 350 records, 5,000 edits.
    pub(crate) const FIELD_DAY: Self = Self {
        inspections: 50,
        items: 60,
        findings: 300,
        authors: 1,
        responsible: 79,
        sites: 200,
        lists: 20,
        days: 1,
    };
    /// A district's year: 11,500 records, 155,000 edits.
    pub(crate) const DISTRICT: Self = Self {
        inspections: 1_500,
        findings: 10_000,
        authors: 20,
        responsible: 60,
        days: 300,
        ..Self::FIELD_DAY
    };
    /// A field day for a quick look whether everything still runs.
    pub(crate) const TINY_DAY: Self = Self {
        inspections: 2,
        items: 12,
        findings: 4,
        authors: 1,
        responsible: 3,
        sites: 6,
        lists: 2,
        days: 1,
    };
    /// A district for the same.
    pub(crate) const TINY_DISTRICT: Self = Self {
        inspections: 6,
        findings: 20,
        authors: 2,
        days: 60,
        ..Self::TINY_DAY
    };
}

/// Makes it.
pub(crate) fn generate(size: &Size) -> Workload {
    let mut maker = Maker {
        dice: Dice::new(0x5855_4E41_4E31),
        size: *size,
    };
    let mut records = Vec::new();
    for number in 0..size.inspections {
        let at = maker.moment(number, size.inspections);
        records.push(maker.inspection(at));
    }
    for number in 0..size.findings {
        let at = maker.moment(number, size.findings);
        records.push(maker.finding(at));
    }
    records.sort_by_key(|record| record.edits.first().map(|edit| edit.at));
    Workload(records)
}

struct Maker {
    dice: Dice,
    size: Size,
}

/// An author at one of his or her sites.
struct Place {
    by: String,
    site: usize,
}

impl Maker {
    /// When the n-th of so many begins: spread over the days, within working hours.
    fn moment(&mut self, number: usize, of: usize) -> i64 {
        let share = number as f64 / of.max(1) as f64;
        let day = (share * self.size.days as f64) as i64;
        let minute = i64::try_from(self.dice.below(8 * 60)).unwrap_or_default();
        BEGIN
            .saturating_add(day.saturating_mul(DAY))
            .saturating_add(minute.saturating_mul(MINUTE))
    }
    fn place(&mut self) -> Place {
        let author = self.dice.below(self.size.authors);
        let share = self.size.sites / self.size.authors.max(1);
        let site = self
            .dice
            .below(share)
            .saturating_mul(self.size.authors)
            .saturating_add(author);
        Place {
            by: format!("u{author:02}"),
            site,
        }
    }

    fn inspection(&mut self, began: i64) -> Record {
        let Place { by, site } = self.place();
        let list = self.dice.below(self.size.lists);
        let mut at = began;
        let mut edits = vec![edit(
            at,
            &by,
            vec![
                ("kind", json!("inspection")),
                ("title", json!(text(&mut self.dice, 15))),
                ("site", json!(format!("site-{site}"))),
                ("tpl", json!(format!("tpl-{list:02}"))),
                ("by", json!(by)),
                ("start", json!(at)),
                ("status", json!("open")),
            ],
        )];
        let mut notes = 0_usize;
        for item in 1..=self.size.items {
            at = at.saturating_add(self.pause());
            let answer = *["ok", "ok", "ok", "ok", "bad", "na"]
                .get(self.dice.below(6))
                .unwrap_or(&"ok");
            let (answers, times) = (format!("ans.q{item:02}"), format!("at.q{item:02}"));
            let mut set = vec![
                (answers.as_str(), json!(answer)),
                (times.as_str(), json!(at)),
            ];
            let note = (item % 4 == 0).then(|| text(&mut self.dice, 30));
            let key = format!("note.q{item:02}");
            match note {
                Some(note) if notes < NOTES_ALONE => {
                    notes = notes.saturating_add(1);
                    edits.push(edit(at, &by, set));
                    at = at.saturating_add(self.pause());
                    edits.push(edit(at, &by, vec![(key.as_str(), json!(note))]));
                }
                Some(note) => {
                    set.push((key.as_str(), json!(note)));
                    edits.push(edit(at, &by, set));
                }
                None => edits.push(edit(at, &by, set)),
            }
        }
        at = at.saturating_add(self.pause());
        let end = vec![("status", json!("done")), ("end", json!(at))];
        edits.push(edit(at, &by, end));
        self.record(Kind::Inspection, edits)
    }

    fn finding(&mut self, began: i64) -> Record {
        let Place { by, site } = self.place();
        let responsible = self
            .size
            .authors
            .saturating_add(site % self.size.responsible.max(1));
        let level = *["low", "medium", "high"]
            .get(self.dice.below(3))
            .unwrap_or(&"low");
        let days = i64::try_from(self.dice.below(18)).unwrap_or_default();
        let deadline = began.saturating_add(days.saturating_add(3).saturating_mul(DAY));
        let mut edits = vec![edit(
            began,
            &by,
            vec![
                ("kind", json!("finding")),
                ("title", json!(text(&mut self.dice, 15))),
                ("desc", json!(text(&mut self.dice, 60))),
                ("level", json!(level)),
                ("deadline", json!(deadline)),
                ("resp", json!(format!("u{responsible:02}"))),
                ("by", json!(by)),
                ("site", json!(format!("site-{site}"))),
                ("status", json!("new")),
            ],
        )];
        let mut at = began;
        for (number, status) in (1_u32..).zip(["assigned", "started", "fixed", "closed"]) {
            at = at.saturating_add(self.pause());
            let event = json!({ "k": status, "at": at, "by": by });
            let key = format!("ev.e{number}");
            let set = vec![("status", json!(status)), (key.as_str(), event)];
            edits.push(edit(at, &by, set));
        }
        self.record(Kind::Finding, edits)
    }

    fn record(&mut self, kind: Kind, edits: Vec<Edit>) -> Record {
        Record {
            kind,
            id: self.dice.id(),
            edits,
        }
    }
    /// Half a minute to a minute and a half.
    fn pause(&mut self) -> i64 {
        i64::try_from(self.dice.below(60_000))
            .unwrap_or_default()
            .saturating_add(30_000)
    }
}

fn edit(at: i64, by: &str, set: Vec<(&str, Value)>) -> Edit {
    let set = set.into_iter().map(|(key, value)| (key.to_owned(), value));
    Edit {
        at,
        by: by.to_owned(),
        set: set.collect(),
    }
}
