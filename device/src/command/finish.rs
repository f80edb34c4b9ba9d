//! Ends an inspection: conclusion, signatures, the end itself, and what may follow it.

use xunan_core::code::{Code, Problem};
use xunan_core::command::inspection as command;
use xunan_core::id::DocId;
use xunan_core::record::{Event, InspectionAct, RecordKind};

use super::begin::parsed;
use super::{done, draft, event_draft};
use crate::device::{Device, Draft};
use crate::request::{NewPhoto, Reply};

const KIND: RecordKind = RecordKind::Inspection;

impl Device {
    /// Sets fields of the end; its time on paper is that of the first word written at it.
    pub(crate) fn set_end(
        &mut self,
        id: DocId,
        end: Option<&str>,
        rep: Option<&str>,
        rep_post: Option<&str>,
    ) -> Result<Reply, Problem> {
        let opened = self.read_inspection(id)?.ended.is_some();
        let puts = command::conclude(&command::Conclusion {
            end,
            ended: (!opened).then(|| self.now()),
            representative: rep,
            representative_post: rep_post,
        })?;
        let written = self.write(draft(id, KIND, puts, "end"))?;
        Ok(done(Some(id), written))
    }

    /// Keeps a drawn signature. It is over the whole record: a conclusion that nobody wrote, and the
    /// end's time, are put before it, or it would not have seen them and not count.
    pub(crate) fn sign(
        &mut self,
        id: DocId,
        role: &str,
        (name, opinion): (String, Option<String>),
        drawing: &NewPhoto,
    ) -> Result<Reply, Problem> {
        let act = InspectionAct::Signed {
            role: parsed("role", role)?,
            name,
            drawing: self.take_drawing(drawing)?,
            opinion,
        };
        let signed = command::act(Event::new(act))?;
        self.write_with_end(id, event_draft(id, KIND, &signed, None))
    }

    /// Ends it. A conclusion that nobody wrote is composed from the answers, so that the record says
    /// what was shown.
    pub(crate) fn finish(&mut self, id: DocId) -> Result<Reply, Problem> {
        let finished = event_draft(id, KIND, &Event::new(InspectionAct::Finished), None);
        self.write_with_end(id, finished)
    }

    /// Writes an event after what the end still lacks: its composed conclusion, its time on paper.
    /// After the end nothing is put but the event: its fields change no more.
    fn write_with_end(&mut self, id: DocId, event: Draft) -> Result<Reply, Problem> {
        let inspection = self.read_inspection(id)?;
        if inspection.finished.is_some() {
            let written = self.write(event)?;
            return Ok(done(Some(id), written));
        }
        let history = self.history(id)?;
        let end = self
            .look(|view| view.end(&history))?
            .ok_or(Problem::new(Code::RecordAbsent))?;
        let puts = command::conclude(&command::Conclusion {
            end: end.composed.then_some(end.conclusion.as_str()),
            ended: inspection.ended.is_none().then(|| self.now()),
            ..command::Conclusion::default()
        })?;
        let drafts = if puts.is_empty() {
            vec![event]
        } else {
            vec![draft(id, KIND, puts, "end"), event]
        };
        let written = self.write_all(drafts)?;
        let last = written
            .last()
            .copied()
            .ok_or(Problem::new(Code::Internal))?;
        Ok(done(Some(id), last))
    }

    /// Puts an event: reopened, refused, withdrawn, lead, commented. A refusal stands where a
    /// signature would, so it is over the whole record, too.
    pub(crate) fn act_on_inspection(
        &mut self,
        id: DocId,
        event: Event<InspectionAct>,
    ) -> Result<Reply, Problem> {
        let event = command::act(event)?;
        let draft = event_draft(id, KIND, &event, None);
        if matches!(event.act, InspectionAct::Refused { .. }) {
            return self.write_with_end(id, draft);
        }
        let written = self.write(draft)?;
        Ok(done(Some(id), written))
    }
}
