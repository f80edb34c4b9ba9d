//! The commands of the screens: each becomes drafts of changes, which the device writes in one
//! transaction. What an input must be is core's ([`xunan_core::command`]); what is allowed is
//! judged on the composed change.

mod act;
mod begin;
mod fill;
mod finish;
mod join;
mod move_to;
mod refused;
mod report;
mod unfiled;

use serde_json::json;
use xunan_core::code::{Code, Problem};
use xunan_core::command::Puts;
use xunan_core::id::DocId;
use xunan_core::record::{Act, Event, Photo, RecordKind};

use crate::device::{Device, Draft, UndoPlan, Written};
use crate::request::{Reply, Request};

/// How long something is offered to be taken back; an official act waits so long before it is sent.
pub(crate) const UNDO_MS: i64 = 10_000;

impl Device {
    /// Carries out a command. It is durable when this returns. `photos` are the request's own, ready
    /// and kept, in its order.
    pub(crate) fn command(
        &mut self,
        request: Request,
        mut photos: Vec<Photo>,
    ) -> Result<Reply, Problem> {
        match request {
            Request::Begin(begin) => self.begin(&begin),
            Request::Join { code } => self.join(&code),
            Request::AddTeam { id, person, role } => self.name_member(id, person, &role),
            Request::LeaveTeam { id, person } => self.name_member(id, person, "left"),
            Request::AddList { id, list } => self.add_list(id, &list),
            Request::SetBasis { id, basis, plan } => self.set_basis(id, &basis, &plan),
            Request::Answer {
                id,
                list,
                item,
                value,
            } => self.answer(id, (&list, &item), value.as_deref()),
            Request::FillSection { id, list, section } => self.fill_section(id, &list, &section),
            Request::Note {
                id,
                list,
                item,
                text,
            } => self.note(id, (&list, &item), &text),
            Request::MoveTo { id, site } => self.move_to(id, site),
            Request::Settle {
                id,
                list,
                item,
                value,
            } => self.settle_answer(id, (&list, &item), value),
            Request::SettleField { id, key, value } => self.settle(id, key, value),
            Request::SetEnd {
                id,
                end,
                rep,
                rep_post,
            } => self.set_end(id, end.as_deref(), rep.as_deref(), rep_post.as_deref()),
            Request::Sign {
                id,
                role,
                name,
                drawing,
                opinion,
            } => self.sign(id, &role, (name, opinion), &drawing),
            Request::Finish { id } => self.finish(id),
            Request::ActOnInspection { id, event } => self.act_on_inspection(id, event),
            Request::Report(report) => {
                let after = photos.split_off(report.photos.len().min(photos.len()));
                self.report(&report, &photos, after)
            }
            Request::EditFinding { id, edit } => self.edit_finding(id, &edit),
            Request::Act { id, event, .. } => self.act(id, event, photos),
            Request::Undo { command } => self.undo(command).map(|written| done(None, written)),
            Request::ResolveRefused { id, way } => self.resolve_refused(id, &way),
            request => self.photo_command(request, &photos),
        }
    }

    fn photo_command(&mut self, request: Request, photos: &[Photo]) -> Result<Reply, Problem> {
        match request {
            Request::AddPhoto { id, list, item, .. } => {
                self.add_item_photo(id, (&list, &item), &one(photos)?)
            }
            Request::RemovePhoto {
                id,
                list,
                item,
                hash,
            } => self.remove_item_photo(id, (&list, &item), hash),
            Request::AddFindingPhoto { id, .. } => self.add_finding_photo(id, &one(photos)?),
            Request::RemoveFindingPhoto { id, hash } => self.remove_finding_photo(id, hash),
            _ => Err(Problem::new(Code::Internal)),
        }
    }
}

impl Device {
    /// Writes puts that are offered to be put back.
    pub(crate) fn put_undoable(
        &mut self,
        id: DocId,
        kind: RecordKind,
        puts: Puts,
        what: &str,
    ) -> Result<Reply, Problem> {
        let draft = Draft {
            undo: Some(UndoPlan::PutBack),
            ..draft(id, kind, puts, what)
        };
        let written = self.write(draft)?;
        let undo_until = (written.command != 0).then(|| self.now().plus(UNDO_MS));
        Ok(done(
            Some(id),
            Written {
                undo_until,
                ..written
            },
        ))
    }
}

/// The photo of a command that has one.
pub(crate) fn one(photos: &[Photo]) -> Result<Photo, Problem> {
    let photo = photos.first().cloned();
    photo.ok_or(Problem::new(Code::PhotoUnreadable))
}

/// A draft of one change of a record.
pub(crate) fn draft(id: DocId, kind: RecordKind, puts: Puts, what: &str) -> Draft {
    Draft {
        id,
        kind,
        puts,
        event: None,
        command: json!({ "what": what }),
        undo: None,
    }
}

/// A draft of one event.
pub(crate) fn event_draft<A: Act>(
    id: DocId,
    kind: RecordKind,
    event: &Event<A>,
    undo: Option<UndoPlan>,
) -> Draft {
    let text = event.to_text();
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let what = parsed.get("k").cloned().unwrap_or_default();
    Draft {
        id,
        kind,
        puts: Puts::new(),
        event: Some(text),
        command: json!({ "what": what }),
        undo,
    }
}

/// The answer to a command.
pub(crate) fn done(id: Option<DocId>, written: Written) -> Reply {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53")]
    let undo_until = written.undo_until.map(|until| until.0 as f64);
    Reply::Done {
        id,
        command: written.command,
        undo_until,
    }
}
