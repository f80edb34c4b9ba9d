//! Small things that stories share: dates, photos, looking things up in replies.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use xunan_tests::Person;

/// A real picture: 8 × 8 pixels of one colour, PNG.
pub(crate) const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGPgjknDihiGlgQA8CUzQVS6jAwAAAAASUVORK5CYII=";

/// Clients of HTTP ask for a provider of cryptography, even where no line is encrypted.
pub(crate) fn let_clients_begin() {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A new photo for a command.
pub(crate) fn photo() -> Value {
    json!({ "base64": PICTURE, "loc": null, "taken": null })
}

/// The picture as a file in a folder.
pub(crate) fn picture_file(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("照片.png");
    std::fs::write(&path, BASE64_STANDARD.decode(PICTURE)?)?;
    Ok(path)
}

/// A hazard at a site as somebody reports it, with a photo and three days' time.
pub(crate) fn hazard(site: &str, words: &str) -> Value {
    json!({
        "from": null, "item": null, "site": site, "place": null, "complaint": false,
        "text": words, "location": "门口", "level": "general", "clause": null,
        "basis": "", "due": day(3), "who": null, "photos": [photo()], "loc": null,
        "corrected": null,
    })
}

/// A day from today on in the sample's zone.
pub(crate) fn day(offset: i64) -> String {
    let format = format!("{offset} days");
    let output = std::process::Command::new("date")
        .env("TZ", "Asia/Shanghai")
        .args(["-d", &format, "+%Y-%m-%d"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The id of a site by its short name, as this person finds it.
pub(crate) fn site(person: &mut Person, query: &str) -> Result<String> {
    let rows = person.ask("Sites", json!({ "query": query, "near": null, "limit": 5 }))?;
    text(&rows, "/0/site/id")
}

/// A text in a reply.
pub(crate) fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found
        .map(str::to_owned)
        .with_context(|| format!("no {pointer} in {value}"))
}

/// The offer of an act on a finding.
pub(crate) fn offer(person: &mut Person, finding: &str, kind: &str) -> Result<Option<Value>> {
    let view = person.ask("Finding", json!({ "id": finding }))?;
    let actions = view["actions"].as_array().context("actions")?;
    Ok(actions
        .iter()
        .find(|action| action["kind"] == kind)
        .cloned())
}

/// Acts by an offer: in the unit's name, with the first two officers that are proposed.
pub(crate) fn act(person: &mut Person, finding: &str, kind: &str, fields: Value) -> Result<Value> {
    let offered =
        offer(person, finding, kind)?.with_context(|| format!("{kind} is not offered"))?;
    let mut event = json!({ "k": kind.trim_end_matches("_behalf") });
    let unit = offered.pointer("/units/0/id").cloned();
    let officers: Vec<Value> = offered["officers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|officer| officer.pointer("/person/id").cloned())
        .take(2)
        .collect();
    let map = event.as_object_mut().context("event")?;
    if let Some(unit) = unit {
        map.insert("unit".to_owned(), unit);
        if officers.len() == 2 {
            map.insert("officers".to_owned(), officers.into());
        }
    }
    let photos = fields
        .get("photos_taken")
        .cloned()
        .unwrap_or_else(|| json!([]));
    for (key, value) in fields.as_object().into_iter().flatten() {
        if key != "photos_taken" {
            map.insert(key.clone(), value.clone());
        }
    }
    person.ask(
        "Act",
        json!({ "id": finding, "event": event, "photos": photos }),
    )
}

/// A finding's state.
pub(crate) fn state(person: &mut Person, finding: &str) -> Result<String> {
    let view = person.ask("Finding", json!({ "id": finding }))?;
    text(&view, "/row/state")
}

/// The row of a target on Today, by a part of its name.
pub(crate) fn target(person: &mut Person, group: &str, name: &str) -> Result<Value> {
    let today = person.ask("Today", json!({}))?;
    let rows = today[group].as_array().context("targets")?;
    let found = rows
        .iter()
        .find(|row| row["name"].as_str().is_some_and(|n| n.contains(name)));
    found
        .cloned()
        .with_context(|| format!("no target {name} in {rows:?}"))
}
