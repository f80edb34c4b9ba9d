//! Reports a hazard and changes its report.

use xunan_core::code::{Code, Problem};
use xunan_core::command::finding as command;
use xunan_core::id::{DocId, Sha256};
use xunan_core::record::{ItemRef, Origin, Photo, RecordKind, read_finding};
use xunan_core::register::PostKind;

use super::{done, draft, event_draft};
use crate::device::Device;
use crate::request::{FindingEdit, Reply, Report};

const KIND: RecordKind = RecordKind::Finding;

impl Device {
    /// `after`: photos of what was corrected on the spot.
    pub(crate) fn report(
        &mut self,
        report: &Report,
        photos: &[Photo],
        after: Vec<Photo>,
    ) -> Result<Reply, Problem> {
        let fields = command::Edit {
            text: Some(report.text.as_str()),
            location: Some(report.location.as_str()),
            level: Some(report.level),
            clause: report.clause.as_ref(),
            basis: Some(report.basis.as_str()),
            due: report.due,
            who: report.who,
        };
        let item = report
            .item
            .as_ref()
            .and_then(|(list, item)| ItemRef::new(list, item));
        let command = command::Report {
            site: report.site,
            place: report.place.as_deref(),
            from: report.from,
            item,
            origin: self.origin(report.complaint)?,
            fields,
            photos,
            loc: report.loc.as_ref(),
        };
        let puts = command::report(&command, self.today())?;
        let id = self.new_document();
        let mut drafts = vec![draft(id, KIND, puts, "report")];
        if report.corrected.is_some() {
            let event = command::corrected(after)?;
            drafts.push(event_draft(id, KIND, &event, None));
        }
        let written = self.write_all(drafts)?;
        let first = written.first().copied();
        Ok(done(Some(id), first.ok_or(Problem::new(Code::Internal))?))
    }

    /// Through a government post official (or passed on), through an enterprise's its own.
    fn origin(&self, complaint: bool) -> Result<Origin, Problem> {
        let me = self.must_me()?;
        let government = self
            .register()
            .posts_of(me)
            .map(|post| post.kind)
            .any(PostKind::is_government);
        Ok(match (government, complaint) {
            (true, true) => Origin::Report,
            (true, false) => Origin::Official,
            (false, _) => Origin::SelfFound,
        })
    }

    pub(crate) fn edit_finding(&mut self, id: DocId, edit: &FindingEdit) -> Result<Reply, Problem> {
        let edit = command::Edit {
            text: edit.text.as_deref(),
            location: edit.location.as_deref(),
            level: edit.level,
            clause: edit.clause.as_ref(),
            basis: edit.basis.as_deref(),
            due: edit.due,
            who: edit.who,
        };
        let puts = command::edit(&edit, self.today())?;
        let written = self.write(draft(id, KIND, puts, "edit"))?;
        Ok(done(Some(id), written))
    }

    pub(crate) fn remove_finding_photo(
        &mut self,
        id: DocId,
        hash: Sha256,
    ) -> Result<Reply, Problem> {
        let history = self.history(id)?;
        let finding = read_finding(&history, self.register());
        let finding = finding.ok_or(Problem::new(Code::RecordAbsent))?;
        let puts = command::remove_photo(&finding, hash)?;
        self.put_undoable(id, KIND, puts, "remove_photo")
    }

    pub(crate) fn add_finding_photo(&mut self, id: DocId, photo: &Photo) -> Result<Reply, Problem> {
        let written = self.write(draft(id, KIND, command::add_photo(photo), "photo"))?;
        Ok(done(Some(id), written))
    }
}
