//! One inspection: the filling screen and the record.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::change::History;
use xunan_core::id::PersonId;
use xunan_core::permit;
use xunan_core::record::{
    Answer, AnswerMeaning, Authors, Inspection, InspectionAct, Lack, Member, Said, Signature,
    SignedAs, TeamRole, completeness, read_inspection,
};
use xunan_core::register::{Checklist, Item};
use xunan_core::timestamp::Timestamp;

use super::View;
use crate::request::{
    By, FindingRow, InspectionView, ItemView, ListView, OfficerShown, PersonShown, PhotoShown,
    SaidShown, SectionView, SignatureShown, TimelineEntry,
};

/// An inspection with all that its screens need to read.
pub(super) struct Read<'a> {
    pub(super) history: &'a History,
    pub(super) inspection: Inspection,
    pub(super) findings: Vec<FindingRow>,
    photos: BTreeMap<Option<(String, String)>, Vec<PhotoShown>>,
}

impl View<'_> {
    pub(super) fn read<'a>(&self, history: &'a History) -> Option<Read<'a>> {
        let inspection = read_inspection(history, self.register, self.register)?;
        let mut photos: BTreeMap<Option<(String, String)>, Vec<PhotoShown>> = BTreeMap::new();
        for photo in &inspection.photos {
            let shown = self.photo(&photo.photo.value, self.by(history, photo.photo.change));
            photos.entry(photo.item.clone()).or_default().push(shown);
        }
        let findings = self.findings_of(inspection.id);
        Some(Read {
            history,
            inspection,
            findings,
            photos,
        })
    }

    /// The whole record.
    pub(crate) fn inspection(&self, history: &History) -> Option<InspectionView> {
        let read = self.read(history)?;
        let inspection = &read.inspection;
        let id = inspection.id;
        let record = self.records.inspections.get(&id)?;
        let team: Vec<OfficerShown> = inspection
            .present()
            .map(|member| self.member(member))
            .collect();
        let leaders: Vec<PersonId> = leaders(inspection);
        let actions = permit::actions(self.register, self.me, history, self.others);
        let fill = actions.iter().find(|action| action.act == "fill");
        let may = |act: &str| actions.iter().any(|a| a.act == act && a.refused.is_none());
        Some(InspectionView {
            row: self.inspection_row(id, record),
            basis: inspection.basis.map(|basis| word(&basis)),
            joined: self.joined(history, inspection),
            awaited: self.awaited(inspection),
            leader: leaders.first().map(|leader| self.name(*leader)),
            counts_for: self.counts_for_record(id),
            lists: self.lists(&read),
            photos: read.photos.get(&None).cloned().unwrap_or_default(),
            may_fill: may("fill"),
            settles: may("fill") || may("settled"),
            to_sign: self.to_sign(inspection, &actions),
            contradictions: self.contradictions(history, inspection),
            opinions: self.opinions(history, inspection),
            plan: inspection.plan.clone(),
            why_not: fill
                .and_then(|action| action.refused.as_ref())
                .map(|r| r.problem()),
            timeline: self.inspection_timeline(history, inspection),
            actions: actions
                .iter()
                .filter(|action| action.refused.is_none())
                .map(|action| action.act.clone())
                .collect(),
            end: inspection.end.clone(),
            lacking: self.lacking(inspection),
            signatures: inspection
                .signatures
                .iter()
                .map(|s| self.signature(history, s))
                .collect(),
            findings: read.findings,
            team,
        })
    }

    /// When those who are present first wrote in the record.
    fn joined(&self, history: &History, inspection: &Inspection) -> Vec<Option<Timestamp>> {
        let mut first: BTreeMap<PersonId, Timestamp> = BTreeMap::new();
        for (_, entry) in history.entries() {
            if let Some(person) = self.register.person_of(&entry.actor) {
                let at = first.entry(person).or_insert(entry.time);
                *at = entry.time.min(*at);
            }
        }
        let present = inspection.present();
        present
            .map(|member| first.get(&member.person).copied())
            .collect()
    }

    /// Planned officers who aren't in the team.
    fn awaited(&self, inspection: &Inspection) -> Vec<PersonShown> {
        let visits = inspection.plan.iter();
        let visits = visits.filter_map(|row| self.register.planned_visit(*row));
        let planned: BTreeSet<PersonId> = visits.flat_map(|v| v.officers.clone()).collect();
        let awaited = planned.into_iter();
        awaited
            .filter(|person| !inspection.is_in_team(*person))
            .map(|person| self.person(person))
            .collect()
    }

    pub(crate) fn member(&self, member: &Member) -> OfficerShown {
        self.officer(member.person, &word(&member.role))
    }

    /// What an official inspection lacks to be complete, as keys of the screen's words.
    pub(crate) fn lacking(&self, inspection: &Inspection) -> Vec<String> {
        completeness(inspection, self.register)
            .iter()
            .map(|lack| lack_word(lack).to_owned())
            .collect()
    }

    fn lists(&self, read: &Read<'_>) -> Vec<ListView> {
        let lists = read.inspection.lists.iter().filter_map(|(code, version)| {
            let list = self.register.checklist(code, Some(*version))?;
            Some(ListView {
                code: code.clone(),
                name: list.name.clone(),
                english: list.english.clone(),
                sections: self.sections(read, code, list),
            })
        });
        lists.collect()
    }

    fn sections(&self, read: &Read<'_>, code: &str, list: &Checklist) -> Vec<SectionView> {
        let mut sections: Vec<SectionView> = Vec::new();
        for item in &list.items {
            let view = self.item(read, code, item);
            let answered = u32::from(view.value.is_some());
            match sections
                .last_mut()
                .filter(|section| section.name == item.section)
            {
                Some(section) => {
                    section.answered.0 = section.answered.0.saturating_add(answered);
                    section.answered.1 = section.answered.1.saturating_add(1);
                    section.items.push(view);
                }
                None => sections.push(SectionView {
                    name: item.section.clone(),
                    answered: (answered, 1),
                    items: vec![view],
                }),
            }
        }
        sections
    }

    fn item(&self, read: &Read<'_>, code: &str, item: &Item) -> ItemView {
        let key = (code.to_owned(), item.code.clone());
        let answer = read.inspection.answers.get(&key);
        let notes = read
            .inspection
            .notes
            .get(&key)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let at_item = read
            .findings
            .iter()
            .filter(|f| f.item.as_ref() == Some(&key));
        let said = |answer: &Answer| -> Vec<SaidShown> {
            if answer.conflict {
                self.said(read.history, &answer.said)
            } else {
                Vec::new()
            }
        };
        let first = answer.and_then(|a| a.said.first());
        ItemView {
            item: item.clone(),
            value: answer.and_then(|a| a.value.clone()),
            out_of_limits: answer.is_some_and(|a| a.meaning == AnswerMeaning::OutOfLimits),
            by: first
                .filter(|s| s.value.is_some())
                .map(|s| self.by(read.history, s.change)),
            conflict: answer.map(said).unwrap_or_default(),
            late: answer
                .map(|a| self.said(read.history, &a.late))
                .unwrap_or_default(),
            note: notes.first().map(|said| said.value.clone()),
            notes: if notes.len() > 1 {
                self.texts(read.history, notes)
            } else {
                Vec::new()
            },
            photos: read
                .photos
                .get(&Some(key.clone()))
                .cloned()
                .unwrap_or_default(),
            findings: at_item.cloned().collect(),
        }
    }

    fn said(&self, history: &History, said: &[Said<Option<String>>]) -> Vec<SaidShown> {
        let shown = said.iter().map(|s| SaidShown {
            value: s.value.clone(),
            by: self.by(history, s.change),
        });
        shown.collect()
    }

    /// Texts with their authors.
    fn texts(&self, history: &History, said: &[Said<String>]) -> Vec<SaidShown> {
        let shown = said.iter().map(|s| SaidShown {
            value: Some(s.value.clone()),
            by: self.by(history, s.change),
        });
        shown.collect()
    }

    pub(crate) fn signature(&self, history: &History, signature: &Signature) -> SignatureShown {
        let own = matches!(signature.role, SignedAs::Officer | SignedAs::Leader);
        let event = self.event_change(history, signature.event);
        SignatureShown {
            role: word(&signature.role),
            name: signature.name.clone(),
            person: signature.person.filter(|_| own),
            drawing: signature.drawing.to_string(),
            opinion: signature.opinion.clone(),
            by: event.map_or_else(By::unknown, |change| self.by(history, change)),
            counts: signature.counts,
        }
    }

    fn inspection_timeline(
        &self,
        history: &History,
        inspection: &Inspection,
    ) -> Vec<TimelineEntry> {
        let began = TimelineEntry {
            kind: "began".to_owned(),
            ..TimelineEntry::of(self.by(history, inspection.root))
        };
        let events = inspection.events.iter().map(|event| {
            let (kind, mut text) = said_by(&event.event.act);
            if let InspectionAct::Settled { key, .. } = &event.event.act {
                text = self.about(inspection, key);
            }
            let drawn = event.event.text.clone().unwrap_or_default();
            let witness = match &event.event.act {
                InspectionAct::Refused { witness, .. } => Some(witness.clone()),
                _ => None,
            };
            TimelineEntry {
                who: witness,
                event: Some(event.id),
                kind: kind.to_owned(),
                text: if text.is_empty() { drawn } else { text },
                ..TimelineEntry::of(self.by(history, event.change))
            }
        });
        let mut timeline: Vec<TimelineEntry> = std::iter::once(began).chain(events).collect();
        timeline.reverse();
        timeline
    }
}

/// The key of the screen's words for what is lacking.
const fn lack_word(lack: &Lack) -> &'static str {
    match lack {
        Lack::Basis => "basis",
        Lack::Officers { .. } => "officers",
        Lack::OfficerSignatures { .. } => "signatures",
        Lack::Representative => "representative",
    }
}

fn leaders(inspection: &Inspection) -> Vec<PersonId> {
    let leading = inspection
        .present()
        .filter(|member| member.role == TeamRole::Leader);
    leading.map(|member| member.person).collect()
}

/// The word that a value has in records and in the screens' keys.
pub(crate) fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn said_by(act: &InspectionAct) -> (&'static str, String) {
    match act {
        InspectionAct::Finished => ("finished", String::new()),
        InspectionAct::Reopened { reason } => ("reopened", reason.clone()),
        InspectionAct::Signed { name, .. } => ("signed", name.clone()),
        InspectionAct::Refused { reason, .. } => ("refused", reason.clone()),
        InspectionAct::Withdrawn { reason } => ("withdrawn", reason.clone()),
        InspectionAct::Lead => ("lead", String::new()),
        InspectionAct::Settled { .. } => ("settled", String::new()),
        InspectionAct::Commented => ("commented", String::new()),
    }
}
