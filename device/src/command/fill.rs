//! Fills an inspection: answers, notes, photos, and the settling of conflicts.

use xunan_core::change::Scalar;
use xunan_core::code::{Code, Problem};
use xunan_core::command::{Puts, inspection as command};
use xunan_core::id::{DocId, Sha256};
use xunan_core::record::{
    AnswerMeaning, Event, Inspection, InspectionAct, InspectionKey, ItemRef, Photo, RecordKind,
    read_inspection,
};
use xunan_core::register::{AnswerType, Item};

use super::{done, draft, event_draft};
use crate::device::Device;
use crate::request::Reply;

const KIND: RecordKind = RecordKind::Inspection;

fn invalid(field: &'static str) -> Problem {
    Problem::new(Code::InputInvalid).with("field", field)
}

fn item_ref<'a>((list, item): (&'a str, &'a str)) -> Result<ItemRef<'a>, Problem> {
    ItemRef::new(list, item).ok_or_else(|| invalid("item"))
}

fn item_or_none<'a>(item: (&'a str, &'a str)) -> Result<Option<ItemRef<'a>>, Problem> {
    (item.0 != "-").then(|| item_ref(item)).transpose()
}

impl Device {
    /// An inspection as it reads now.
    pub(crate) fn read_inspection(&mut self, id: DocId) -> Result<Inspection, Problem> {
        let history = self.history(id)?;
        read_inspection(&history, self.register(), self.register())
            .ok_or(Problem::new(Code::RecordAbsent))
    }

    /// The items of a checklist in the version that the inspection uses.
    fn items(&self, inspection: &Inspection, list: &str) -> Result<Vec<Item>, Problem> {
        let used = inspection.lists.iter().find(|(code, _)| code == list);
        let list = used.and_then(|(code, version)| self.register().checklist(code, Some(*version)));
        Ok(list.ok_or_else(|| invalid("list"))?.items.clone())
    }

    pub(crate) fn answer(
        &mut self,
        id: DocId,
        item: (&str, &str),
        value: Option<&str>,
    ) -> Result<Reply, Problem> {
        let inspection = self.read_inspection(id)?;
        let items = self.items(&inspection, item.0)?;
        let known = items
            .iter()
            .find(|i| i.code == item.1)
            .ok_or_else(|| invalid("item"))?;
        let puts = command::answer_item(item_ref(item)?, &known.answer, value)?;
        self.put_undoable(id, KIND, puts, "answer")
    }

    pub(crate) fn fill_section(
        &mut self,
        id: DocId,
        list: &str,
        section: &str,
    ) -> Result<Reply, Problem> {
        let inspection = self.read_inspection(id)?;
        let mut puts = Puts::new();
        for item in self.items(&inspection, list)? {
            let answer = inspection
                .answers
                .get(&(list.to_owned(), item.code.clone()));
            let open = answer.is_none_or(|a| a.meaning == AnswerMeaning::Unanswered && !a.conflict);
            if item.section == section && open && matches!(item.answer, AnswerType::Conform) {
                let item_ref = item_ref((list, &item.code))?;
                puts.extend(command::answer_item(item_ref, &item.answer, Some("ok"))?);
            }
        }
        self.put_undoable(id, KIND, puts, "fill_section")
    }

    pub(crate) fn note(
        &mut self,
        id: DocId,
        item: (&str, &str),
        text: &str,
    ) -> Result<Reply, Problem> {
        let puts = command::note_item(item_ref(item)?, text)?;
        self.put_undoable(id, KIND, puts, "note")
    }

    /// Adds a photo to an item; `-` and `-` for none.
    pub(crate) fn add_item_photo(
        &mut self,
        id: DocId,
        item: (&str, &str),
        photo: &Photo,
    ) -> Result<Reply, Problem> {
        let puts = command::add_photo(item_or_none(item)?, photo);
        let written = self.write(draft(id, KIND, puts, "photo"))?;
        Ok(done(Some(id), written))
    }

    /// Takes a photo off an item; `-` and `-` for none.
    pub(crate) fn remove_item_photo(
        &mut self,
        id: DocId,
        item: (&str, &str),
        hash: Sha256,
    ) -> Result<Reply, Problem> {
        let puts = command::remove_photo(item_or_none(item)?, hash);
        self.put_undoable(id, KIND, puts, "remove_photo")
    }

    pub(crate) fn settle_answer(
        &mut self,
        id: DocId,
        item: (&str, &str),
        value: Option<String>,
    ) -> Result<Reply, Problem> {
        let key = InspectionKey::Answer(item_ref(item)?).to_string();
        self.settle(id, key, value)
    }

    /// Settles a conflict: before the end by putting the value, after it by an event.
    pub(crate) fn settle(
        &mut self,
        id: DocId,
        key: String,
        value: Option<String>,
    ) -> Result<Reply, Problem> {
        let draft = if self.read_inspection(id)?.finished.is_some() {
            let event = command::act(Event::new(InspectionAct::Settled { key, value }))?;
            event_draft(id, KIND, &event, None)
        } else {
            let chosen = command::chosen(&*self.history(id)?, &key, value.as_deref());
            // An answer may have been given anew since the screen was read.
            let is_answer = matches!(InspectionKey::read(&key), Some(InspectionKey::Answer(_)));
            let word = is_answer.then(|| value.map_or(Scalar::Null, Scalar::Text));
            let chosen = chosen.or(word).ok_or_else(|| invalid("value"))?;
            draft(id, KIND, vec![(key, chosen)], "settle")
        };
        let written = self.write(draft)?;
        Ok(done(Some(id), written))
    }
}
