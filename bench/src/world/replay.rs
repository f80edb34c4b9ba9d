//! Replays a record's edits on its author's device, each through the command that a person would
//! use. Times on the record follow from the device's clock, which is set to the edit's.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use xunan_core::id::{DocId, PersonId, UnitId};
use xunan_core::record::{Event, FindingAct, Level};
use xunan_core::register::{InspectionKind, Register};
use xunan_core::timestamp::{Timestamp, Zone};
use xunan_device::request::{Begin, Reply, Report, Request};

use super::cast::BUREAU;
use super::device::Device;
use crate::workload::{Edit, Kind, Record};

/// The workload's labels as the register's ids.
pub(super) struct Names {
    bureau: UnitId,
    zone: Zone,
    units: BTreeMap<String, UnitId>,
    people: BTreeMap<String, PersonId>,
    lists: BTreeMap<String, (String, BTreeMap<String, String>)>,
}

impl Names {
    pub(super) fn of(register: &Register) -> Result<Self> {
        let units = register.units();
        let units = units.filter_map(|(id, unit)| Some((unit.current()?.name.clone(), id)));
        let units: BTreeMap<String, UnitId> = units.collect();
        let people = register.people();
        let people = people.filter_map(|(id, person)| Some((person.current()?.name.clone(), id)));
        let lists = register.checklists().map(|(code, list)| {
            let items = list.items.iter();
            let items = items.map(|item| (item.text.clone(), item.code.clone()));
            (list.name.clone(), (code.to_owned(), items.collect()))
        });
        Ok(Self {
            bureau: *units.get(BUREAU).context(BUREAU)?,
            zone: register.settings().zone.clone(),
            units,
            people: people.collect(),
            lists: lists.collect(),
        })
    }
    fn unit(&self, label: &str) -> Result<UnitId> {
        self.units.get(label).copied().context(label.to_owned())
    }
    fn person(&self, label: &str) -> Result<PersonId> {
        self.people.get(label).copied().context(label.to_owned())
    }
    fn item(&self, list: &str, item: &str) -> Result<(String, String)> {
        let (code, items) = self.lists.get(list).context(list.to_owned())?;
        let item = items.get(item).context(item.to_owned())?;
        Ok((code.clone(), item.clone()))
    }
}

/// A record on its way.
pub(super) struct Replay<'a> {
    pub(super) device: &'a mut Device,
    pub(super) names: &'a Names,
    /// Added to every time of the workload.
    pub(super) shift: i64,
}

impl Replay<'_> {
    /// All edits of a record; gives its id on the device.
    pub(super) fn record(&mut self, record: &Record) -> Result<DocId> {
        let (first, rest) = record
            .edits
            .split_first()
            .context("a record without edits")?;
        let begin = match record.kind {
            Kind::Inspection => self.begin(record)?,
            Kind::Finding => self.report(record)?,
        };
        let id = match self.at(first, begin)? {
            Reply::Done { id: Some(id), .. } => id,
            other => bail!("{other:?}"),
        };
        for edit in rest {
            let requests = match record.kind {
                Kind::Inspection => self.filling(id, record, edit)?,
                Kind::Finding => vec![self.act(id, record, edit)?],
            };
            for request in requests {
                self.at(edit, request)?;
            }
        }
        Ok(id)
    }

    fn at(&mut self, edit: &Edit, request: Request) -> Result<Reply> {
        self.device
            .set_clock(Some(edit.at.saturating_add(self.shift)));
        let shown = format!("{request:?}");
        self.device.ask(request).context(shown)
    }

    fn begin(&self, record: &Record) -> Result<Request> {
        let list = record.first_word("tpl");
        let (code, _) = self.names.lists.get(list).context(list.to_owned())?;
        Ok(Request::Begin(Begin {
            site: Some(self.names.unit(record.first_word("site"))?),
            place: None,
            kind: InspectionKind::Routine,
            basis: Some("action".to_owned()),
            plan: Vec::new(),
            lists: vec![code.clone()],
            team: Vec::new(),
            role: "member".to_owned(),
            loc: None,
        }))
    }

    fn report(&self, record: &Record) -> Result<Request> {
        let (title, words) = (record.first_word("title"), record.first_word("desc"));
        Ok(Request::Report(Report {
            from: None,
            item: None,
            site: Some(self.names.unit(record.first_word("site"))?),
            place: None,
            complaint: false,
            text: format!("{title}。{words}"),
            location: String::new(),
            level: Level::General,
            clause: None,
            basis: String::new(),
            due: None,
            who: None,
            photos: Vec::new(),
            loc: None,
            corrected: None,
        }))
    }

    /// Answers, notes and the end that an edit has: one command each.
    fn filling(&self, id: DocId, record: &Record, edit: &Edit) -> Result<Vec<Request>> {
        let list = record.first_word("tpl");
        let mut requests = Vec::new();
        for (key, value) in &edit.set {
            let word = value.as_str().unwrap_or_default();
            if let Some(item) = key.strip_prefix("ans.") {
                let (list, item) = self.names.item(list, item)?;
                let value = match word {
                    "bad" => "fail",
                    other => other,
                };
                requests.push(Request::Answer {
                    id,
                    list,
                    item,
                    value: Some(value.to_owned()),
                });
            } else if let Some(item) = key.strip_prefix("note.") {
                let (list, item) = self.names.item(list, item)?;
                requests.push(Request::Note {
                    id,
                    list,
                    item,
                    text: word.to_owned(),
                });
            } else if key == "status" && word == "done" {
                requests.push(Request::Finish { id });
            }
        }
        Ok(requests)
    }

    fn act(&self, id: DocId, record: &Record, edit: &Edit) -> Result<Request> {
        let act = match edit.word("status").context("an edit without a status")? {
            "assigned" => self.order(record)?,
            "started" => FindingAct::Accepted,
            "fixed" => FindingAct::Rectified {
                five: None,
                behalf: true,
            },
            "closed" => FindingAct::Passed,
            other => bail!("no command makes a finding {other}"),
        };
        let official = matches!(act, FindingAct::Ordered { .. } | FindingAct::Passed);
        let rectified = matches!(act, FindingAct::Rectified { .. });
        let mut event = Event::new(act);
        if official {
            event.unit = Some(self.names.bureau);
        }
        if rectified {
            event.text = Some("已整改".to_owned());
        }
        Ok(Request::Act {
            id,
            event,
            photos: Vec::new(),
        })
    }

    fn order(&self, record: &Record) -> Result<FindingAct> {
        let first = record.edits.first().context("a record without edits")?;
        let deadline = first.set.iter().find(|(key, _)| key == "deadline");
        let deadline = deadline
            .and_then(|(_, at)| at.as_i64())
            .context("deadline")?;
        Ok(FindingAct::Ordered {
            due: self
                .names
                .zone
                .day(Timestamp(deadline.saturating_add(self.shift))),
            who: self.names.person(record.first_word("resp"))?,
            ground: "《安全生产法》第六十五条".to_owned(),
        })
    }
}
