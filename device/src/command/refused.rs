//! What the relay did not accept: shown with its reason, and acted on.

use std::collections::BTreeMap;

use xunan_core::code::{Code, Problem};
use xunan_core::id::UnitId;
use xunan_core::record::{Event, FindingAct, Photo, RecordKind};
use xunan_core::timestamp::Date;

use super::{done, event_draft};
use crate::device::{Device, Draft};
use crate::request::{Place, RefusedRow, RefusedWay, Reply};
use crate::store::refused::{self as store, RefusedCommand};

impl Device {
    /// All that was not accepted, what is to be decided first.
    pub(crate) fn refused_rows(&mut self) -> Result<Reply, Problem> {
        let all = store::all(self.connection())?;
        let rows = all.into_iter().map(|refused| self.refused_row(refused));
        Ok(Reply::Refused(rows.collect::<Result<_, _>>()?))
    }

    fn refused_row(&mut self, refused: RefusedCommand) -> Result<RefusedRow, Problem> {
        let said = Saying::of(&refused);
        let id = refused.doc;
        let here = self.history(id).is_ok_and(|history| !history.is_empty());
        let place = match refused.kind {
            RecordKind::Inspection => Place::Inspection(id),
            RecordKind::Finding => Place::Finding(id),
        };
        let ways = self.ways(&refused, here)?;
        let site = self.look(|view| {
            let finding = view
                .records
                .findings
                .get(&id)
                .map(|f| (f.site, f.place.clone()));
            let inspection = view
                .records
                .inspections
                .get(&id)
                .map(|i| (i.site, i.place.clone()));
            let (site, place) = finding.or(inspection).unwrap_or_default();
            view.site_name(site, place.as_deref())
        })?;
        let resolved = refused.resolved.as_deref();
        Ok(RefusedRow {
            id: refused.id,
            record: here.then_some(place),
            doc: id,
            code: refused.code,
            details: refused.details,
            what: said.what,
            words: said.words,
            due: said.due,
            photos: said
                .photos
                .iter()
                .map(|photo| photo.thumb.to_string())
                .collect(),
            site,
            written: refused.written,
            refused: refused.refused,
            accepted_beside: refused.beside,
            ways,
            resolved: resolved.and_then(|text| serde_json::from_str(text).ok()),
        })
    }

    /// What can be done: hand it to a unit with the power, keep the words as a comment, try again,
    /// or file it.
    fn ways(&mut self, refused: &RefusedCommand, here: bool) -> Result<Vec<RefusedWay>, Problem> {
        if refused.resolved.is_some() {
            return Ok(Vec::new());
        }
        let mut ways = Vec::new();
        if here && refused.kind == RecordKind::Finding {
            for unit in units_named(&refused.details) {
                let name = self.look(|view| view.unit_name(unit))?;
                ways.push(RefusedWay::Propose { to: unit, name });
            }
            if Saying::of(refused).in_full().is_some() {
                ways.push(RefusedWay::Comment {});
            }
        }
        ways.push(RefusedWay::Again {});
        ways.push(RefusedWay::Archive {});
        Ok(ways)
    }

    pub(crate) fn resolve_refused(&mut self, id: i64, way: &RefusedWay) -> Result<Reply, Problem> {
        let refused = store::get(self.connection(), id)?;
        let refused = refused.ok_or(Problem::new(Code::RecordAbsent))?;
        let said = Saying::of(&refused);
        let event = |act: FindingAct| {
            let mut event = Event::new(act);
            event.text = said.in_full();
            event.photos.clone_from(&said.photos);
            event_draft(refused.doc, RecordKind::Finding, &event, None)
        };
        let draft = match way {
            RefusedWay::Propose { to, .. } => Some(event(FindingAct::Proposed { to: *to })),
            RefusedWay::Comment {} => Some(event(FindingAct::Commented)),
            RefusedWay::Again {} => Some(again(&refused)),
            RefusedWay::Archive {} => None,
        };
        let reply = match draft {
            Some(draft) => done(Some(refused.doc), self.write(draft)?),
            None => Reply::None {},
        };
        let text = serde_json::to_string(way).map_err(|_| Problem::new(Code::Internal))?;
        self.mark_resolved(id, &text)?;
        Ok(reply)
    }
}

fn again(refused: &RefusedCommand) -> Draft {
    Draft {
        id: refused.doc,
        kind: refused.kind,
        puts: refused.puts.values.clone(),
        event: refused.puts.event.clone(),
        command: serde_json::from_str(&refused.command).unwrap_or_default(),
        undo: None,
    }
}

/// The units that a refusal names as the way out: ids, separated by spaces.
fn units_named(details: &BTreeMap<String, String>) -> Vec<UnitId> {
    let named = details.get("units").map(String::as_str).unwrap_or_default();
    named
        .split_whitespace()
        .filter_map(|id| id.parse().ok())
        .collect()
}

/// What a refused command said.
struct Saying {
    what: String,
    words: String,
    due: Option<Date>,
    photos: Vec<Photo>,
}

impl Saying {
    fn of(refused: &RefusedCommand) -> Self {
        let command: serde_json::Value = serde_json::from_str(&refused.command).unwrap_or_default();
        let text = |value: &serde_json::Value, key: &str| {
            value
                .get(key)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let event: serde_json::Value = refused
            .puts
            .event
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let mut words: Vec<String> = ["text", "reason", "ground"]
            .iter()
            .map(|key| text(&event, key))
            .filter(|words| !words.is_empty())
            .collect();
        let texts = refused.puts.values.iter().filter_map(|(key, value)| {
            let speaks = key == "text" || key == "end" || key.starts_with("n/");
            value.as_text().filter(|_| speaks).map(str::to_owned)
        });
        words.extend(texts);
        let photos = event.get("photos").cloned().unwrap_or_default();
        let mut photos: Vec<Photo> = serde_json::from_value(photos).unwrap_or_default();
        photos.extend(refused.puts.values.iter().filter_map(|(key, value)| {
            let text = value.as_text().filter(|_| key.starts_with("p/"))?;
            serde_json::from_str(text).ok()
        }));
        Self {
            what: text(&command, "what"),
            words: words.join("\n"),
            due: text(&event, "due").parse().ok(),
            photos,
        }
    }

    /// Everything that it said, for another event's text.
    fn in_full(&self) -> Option<String> {
        let due = self.due.map(|due| due.to_string());
        let said = Some(self.words.clone()).filter(|words| !words.is_empty());
        let said: Vec<String> = said.into_iter().chain(due).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }
}
