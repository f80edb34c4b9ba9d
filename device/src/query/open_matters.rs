//! What is still open in an inspection's record (signatures that can be given here, fields in which
//! people who had not seen each other's words differ), and what its leader said.

use xunan_core::change::History;
use xunan_core::permit::Action;
use xunan_core::record::{
    Inspection, InspectionAct, InspectionKey, KeyConflict, Signature, SignedAs, TeamRole,
};

use super::View;
use crate::request::{ContradictionShown, SaidShown};

impl View<'_> {
    /// The signatures that the record lacks and that I may give on this device, before the end or
    /// after it: my own first, then the representative's.
    pub(crate) fn to_sign(&self, inspection: &Inspection, actions: &[Action]) -> Vec<String> {
        if inspection.withdrawn {
            return Vec::new();
        }
        let may = |act: &str| actions.iter().any(|a| a.act == act && a.refused.is_none());
        let counts = |is_it: &dyn Fn(&Signature) -> bool| {
            let mut drawn = inspection.signatures.iter();
            drawn.any(|signature| signature.counts && is_it(signature))
        };
        let own = |signature: &Signature| {
            let role = matches!(signature.role, SignedAs::Officer | SignedAs::Leader);
            role && signature.person == Some(self.me)
        };
        let mut present = inspection.present();
        let role = present.find(|member| member.person == self.me);
        let mine = role.and_then(|member| match member.role {
            TeamRole::Leader => Some("leader"),
            TeamRole::Member => Some("officer"),
            TeamRole::Expert | TeamRole::Left => None,
        });
        let mine = mine.filter(|role| may(&format!("signed_{role}")) && !counts(&own));
        let represented = counts(&|signature| signature.role == SignedAs::Representative)
            || inspection.refusals.iter().any(|refusal| refusal.counts);
        let represents = inspection.is_official() && !represented && may("signed_representative");
        let theirs = represents.then_some("representative");
        mine.into_iter().chain(theirs).map(str::to_owned).collect()
    }

    /// Fields that are no answers, with all that was said in them.
    pub(crate) fn contradictions(
        &self,
        history: &History,
        inspection: &Inspection,
    ) -> Vec<ContradictionShown> {
        let conflicts = inspection.conflicts.iter();
        conflicts
            .filter_map(|conflict| self.contradiction(history, inspection, conflict))
            .collect()
    }

    fn contradiction(
        &self,
        history: &History,
        inspection: &Inspection,
        conflict: &KeyConflict,
    ) -> Option<ContradictionShown> {
        // A key of a kind that this version doesn't know has no words.
        InspectionKey::read(&conflict.key)?;
        let said = conflict.said.iter().map(|said| SaidShown {
            value: said.value.clone(),
            by: self.by(history, said.change),
        });
        Some(ContradictionShown {
            field: conflict
                .key
                .split('/')
                .next()
                .unwrap_or_default()
                .to_owned(),
            key: conflict.key.clone(),
            about: self.about(inspection, &conflict.key),
            said: said.collect(),
        })
    }

    /// What a key is about, in words: the item of an answer or a note, the unit whose plan it is.
    pub(crate) fn about(&self, inspection: &Inspection, key: &str) -> String {
        let about = match InspectionKey::read(key) {
            Some(InspectionKey::Answer(of) | InspectionKey::Note(of)) => {
                let mut lists = inspection.lists.iter();
                let list = lists.find(|(code, _)| code == of.list);
                list.and_then(|(code, version)| self.register.checklist(code, Some(*version)))
                    .and_then(|list| list.items.iter().find(|item| item.code == of.item))
                    .map(|item| format!("{} {}", item.number, item.text))
            }
            Some(InspectionKey::Plan(row)) => {
                let visit = self.register.planned_visit(row);
                visit.map(|visit| self.unit_name(visit.unit))
            }
            _ => None,
        };
        about.unwrap_or_default()
    }

    /// What the leader saw, said and ordered on site, newest first.
    pub(crate) fn opinions(&self, history: &History, inspection: &Inspection) -> Vec<SaidShown> {
        let said = inspection.events.iter().rev();
        let said = said.filter(|event| event.event.act == InspectionAct::Lead);
        said.map(|event| SaidShown {
            value: event.event.text.clone(),
            by: self.by(history, event.change),
        })
        .collect()
    }
}
