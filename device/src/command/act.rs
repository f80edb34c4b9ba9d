//! Puts an event of a finding.

use xunan_core::code::{Code, Problem};
use xunan_core::command::finding as command;
use xunan_core::id::DocId;
use xunan_core::record::{Event, FindingAct, Photo, RecordKind, read_finding};

use super::{UNDO_MS, done, event_draft};
use crate::device::{Device, UndoPlan};
use crate::request::Reply;

impl Device {
    pub(crate) fn act(
        &mut self,
        id: DocId,
        mut event: Event<FindingAct>,
        photos: Vec<Photo>,
    ) -> Result<Reply, Problem> {
        let history = self.history(id)?;
        let finding = read_finding(&history, self.register());
        let finding = finding.ok_or(Problem::new(Code::RecordAbsent))?;
        event.photos.extend(photos);
        let event = command::act(event, &history, &finding, self.today())?;
        let undo = can_wait(&event.act).then_some(UndoPlan::Wait(UNDO_MS));
        let written = self.write(event_draft(id, RecordKind::Finding, &event, undo))?;
        Ok(done(Some(id), written))
    }
}

/// Decisions, what one tap does, and what takes something away wait some seconds before they are
/// sent, so that a slip can be taken back.
const fn can_wait(act: &FindingAct) -> bool {
    matches!(
        act,
        FindingAct::Ordered { .. }
            | FindingAct::Accepted
            | FindingAct::Granted { .. }
            | FindingAct::Declined { .. }
            | FindingAct::Passed
            | FindingAct::Failed { .. }
            | FindingAct::Withdrawn { .. }
            | FindingAct::Duplicate { .. }
            | FindingAct::Transferred { .. }
            | FindingAct::Halted { .. }
            | FindingAct::Unlisted
            | FindingAct::Settled { .. }
    )
}
