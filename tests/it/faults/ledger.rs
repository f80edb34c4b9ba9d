//! What one person did, as the screen said it: the measure of what must be there after a death.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use xunan_tests::{Asked, Person};

use crate::support::{day, site, text};

/// What differs between two readers of the same record: what *they* may do with it, what they opened
/// and fetched, which numbers they may call and whose targets they may see.
const OF_THE_READER: [&str; 13] = [
    "actions",
    "ask_from",
    "counts_for",
    "here",
    "may_edit",
    "may_fill",
    "me",
    "new",
    "phone",
    "settles",
    "thumb_here",
    "to_sign",
    "why_not",
];

/// One thing that a person does.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Answer { item: String, value: &'static str },
    Report { words: String },
}

/// The deeds of one person at one inspection.
pub(super) struct Ledger {
    name: &'static str,
    site: String,
    inspection: String,
    list: String,
    items: Vec<String>,
    turn: usize,
    /// What may stand at an item: what was confirmed last, and what was tried since.
    answers: BTreeMap<String, Vec<Option<&'static str>>>,
    /// Reports by their words, with the record that the screen named.
    reports: BTreeMap<String, Option<String>>,
}

impl Ledger {
    /// Begins an inspection; `name` tells this ledger's words from all others.
    pub(super) fn begin(person: &mut Person, name: &'static str) -> Result<Self> {
        let site = site(person, "hyhg")?;
        let visit = person.ask("Visit", json!({ "site": site, "plan": null }))?;
        let list = text(&visit, "/lists/0/code")?;
        let inspection = person.record(
            "Begin",
            json!({
                "site": site, "place": null, "kind": "routine", "basis": "action", "plan": [],
                "lists": [list], "team": [], "role": "member", "loc": null,
            }),
        )?;
        let view = person.ask("Inspection", json!({ "id": inspection }))?;
        let mut items = Vec::new();
        for section in view["lists"][0]["sections"]
            .as_array()
            .context("sections")?
        {
            for item in section["items"].as_array().context("items")? {
                if item["item"]["answer"]["type"] == "conform" {
                    items.push(text(item, "/item/code")?);
                }
            }
        }
        ensure!(!items.is_empty(), "no item to answer in {list}");
        let (answers, reports) = Default::default();
        Ok(Self {
            name,
            site,
            inspection,
            list,
            items,
            turn: 0,
            answers,
            reports,
        })
    }

    /// The next deed: two answers, then a report with a photo of its own, and so on.
    pub(super) fn next(&mut self) -> Deed {
        self.turn += 1;
        if self.turn.is_multiple_of(3) {
            return Deed::Report {
                words: format!("{}-{:04}", self.name, self.turn),
            };
        }
        let item = self.items[self.turn % self.items.len()].clone();
        let value = if self.turn.is_multiple_of(2) {
            "ok"
        } else {
            "fail"
        };
        Deed::Answer { item, value }
    }

    /// Sends a deed to the device, and notes that it may stand from now on.
    pub(super) fn send(&mut self, person: &mut Person, deed: &Deed) -> Result<u64> {
        match deed {
            Deed::Answer { item, value } => {
                let may_stand = self
                    .answers
                    .entry(item.clone())
                    .or_insert_with(|| vec![None]);
                may_stand.push(Some(value));
                let (id, list) = (&self.inspection, &self.list);
                let fields = json!({ "id": id, "list": list, "item": item, "value": value });
                person.send("Answer", fields)
            }
            Deed::Report { words } => {
                self.reports.insert(words.clone(), None);
                let photo = json!({ "base64": picture(words)?, "loc": null, "taken": null });
                let fields = json!({
                    "from": null, "item": null, "site": self.site, "place": null,
                    "complaint": false, "text": words, "location": "", "level": "general",
                    "clause": null, "basis": "", "due": day(7), "who": null, "photos": [photo],
                    "loc": null, "corrected": null,
                });
                person.send("Report", fields)
            }
        }
    }

    /// Notes what the screen said.
    pub(super) fn note(&mut self, deed: &Deed, answer: &Asked) -> Result<()> {
        let done = answer
            .as_ref()
            .map_err(|problem| anyhow::anyhow!("{deed:?}: {problem}"))?;
        match deed {
            Deed::Answer { item, value } => {
                self.answers.insert(item.clone(), vec![Some(value)]);
            }
            Deed::Report { words } => {
                self.reports.insert(words.clone(), Some(text(done, "/id")?));
            }
        }
        Ok(())
    }

    /// Does something and waits for the screen's word.
    pub(super) fn act(&mut self, person: &mut Person) -> Result<()> {
        let deed = self.next();
        let sent = self.send(person, &deed)?;
        let answer = person.answer(sent)?;
        self.note(&deed, &answer)
    }

    /// All that was confirmed is on this device, and nothing of it twice.
    pub(super) fn check(&mut self, person: &mut Person) -> Result<()> {
        let view = person.ask("Inspection", json!({ "id": self.inspection }))?;
        let mut shown = BTreeMap::new();
        for section in view["lists"][0]["sections"]
            .as_array()
            .context("sections")?
        {
            for item in section["items"].as_array().context("items")? {
                shown.insert(text(item, "/item/code")?, item["value"].clone());
            }
        }
        for (item, may_stand) in &self.answers {
            let value = shown.get(item).context("an item")?;
            let stands = may_stand.iter().any(|one| json!(one) == *value);
            ensure!(stands, "{item}: {value} instead of one of {may_stand:?}");
        }
        for (words, confirmed) in &mut self.reports {
            let filter = json!({ "query": words, "site": self.site });
            let page = person.ask("Findings", json!({ "filter": filter }))?;
            let rows = page["rows"].as_array().context("rows")?;
            ensure!(rows.len() <= 1, "{words} is there {} times", rows.len());
            ensure!(confirmed.is_none() || rows.len() == 1, "{words} is gone");
            let Some(row) = rows.first() else { continue };
            let id = text(row, "/id")?;
            ensure!(
                confirmed.as_ref().is_none_or(|known| *known == id),
                "{words}: another record"
            );
            let view = person.ask("Finding", json!({ "id": id }))?;
            ensure!(
                view["before"].as_array().map(Vec::len) == Some(1),
                "photos: {view}"
            );
            // Who once saw it sees it for ever.
            *confirmed = Some(id);
        }
        Ok(())
    }

    /// The bytes of every photo are on the device of its author.
    pub(super) fn check_photos(&self, person: &mut Person) -> Result<()> {
        for id in self.reports.values().flatten() {
            let view = person.ask("Finding", json!({ "id": id }))?;
            let hash = text(&view, "/before/0/photo/h")?;
            let photo = person.ask("Photo", json!({ "hash": hash }))?;
            let url = photo.as_str().unwrap_or_default();
            ensure!(
                url.starts_with("data:image/"),
                "{id}: no photo {hash}: {photo}"
            );
        }
        Ok(())
    }

    /// Two people read the same.
    pub(super) fn check_equal(&self, one: &mut Person, other: &mut Person) -> Result<()> {
        let inspection = [("Inspection", &self.inspection)];
        let findings = self.reports.values().flatten().map(|id| ("Finding", id));
        for (question, id) in inspection.into_iter().chain(findings) {
            let mut views = [
                one.ask(question, json!({ "id": id }))?,
                other.ask(question, json!({ "id": id }))?,
            ];
            views.iter_mut().for_each(leave_out_the_reader);
            let [one, other] = views;
            if let Some(difference) = difference(&one, &other) {
                bail!("{question} {id} differs: {difference}");
            }
        }
        Ok(())
    }
}

fn leave_out_the_reader(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !OF_THE_READER.contains(&name.as_str()));
            fields.values_mut().for_each(leave_out_the_reader);
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out_the_reader),
        _ => {}
    }
}

/// Where two replies differ first, and how.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let below =
        |key: &str, a: &Value, b: &Value| difference(a, b).map(|inner| format!("/{key}{inner}"));
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .zip(b.values())
            .find_map(|((key, a), b)| below(key, a, b)),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(n, (a, b))| below(&n.to_string(), a, b)),
        (a, b) => (a != b).then(|| format!(": {a} and {b}")),
    }
}

/// A picture that no other words give: one colour and size of the words' own.
fn picture(words: &str) -> Result<String> {
    let sum = words
        .bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte));
    let [red, green, blue, wide] = sum.to_le_bytes();
    let size = 8 + u32::from(wide % 64);
    let pixels = image::RgbImage::from_pixel(size, 8, image::Rgb([red, green, blue]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(BASE64_STANDARD.encode(bytes.into_inner()))
}
