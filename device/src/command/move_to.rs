//! The wrong site: what was done moves to the right one. A new inspection there takes over answers,
//! notes, photos and hazards; the old ones are withdrawn with the reason, and stay readable.

use xunan_core::change::{History, Scalar};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, UnitId};
use xunan_core::record::{Event, FindingAct, FindingKey, InspectionAct, InspectionKey, RecordKind};

use super::{done, draft, event_draft};
use crate::device::{Device, Draft};
use crate::request::Reply;

impl Device {
    pub(crate) fn move_to(&mut self, id: DocId, site: UnitId) -> Result<Reply, Problem> {
        let inspection = self.read_inspection(id)?;
        if inspection.finished.is_some() {
            return Err(Problem::new(Code::PermitFinished));
        }
        let reason = {
            let from = inspection.site.and_then(|old| self.register().unit(old));
            let to = self
                .register()
                .unit(site)
                .ok_or(Problem::new(Code::RecordAbsent))?;
            let from = from.map_or(inspection.place.as_deref().unwrap_or_default(), |u| &u.name);
            format!("选错对象：{from} → {}", to.name)
        };
        let history = self.history(id)?;
        let moved = self.new_document();
        let puts = moved_puts(&history, site, |key| {
            // The plan's rows belong to the wrong site.
            matches!(
                InspectionKey::read(key),
                Some(k) if !k.is_root_only()
                    && !matches!(k, InspectionKey::Event(_) | InspectionKey::Plan(_))
            )
        });
        let mut puts = puts;
        puts.push((
            InspectionKey::Kind.to_string(),
            Scalar::Text(inspection.kind.as_str().to_owned()),
        ));
        let mut drafts = vec![draft(moved, RecordKind::Inspection, puts, "move")];
        for finding in self.look(|view| view.findings_of(id))? {
            drafts.extend(self.moved_finding((finding.id, moved), site, &reason)?);
        }
        let withdrawn = Event::new(InspectionAct::Withdrawn { reason });
        drafts.push(event_draft(id, RecordKind::Inspection, &withdrawn, None));
        let written = self.write_all(drafts)?;
        let first = written
            .first()
            .copied()
            .ok_or(Problem::new(Code::Internal))?;
        Ok(done(Some(moved), first))
    }

    /// A hazard again at the right site, and the old one withdrawn.
    fn moved_finding(
        &mut self,
        (old, inspection): (DocId, DocId),
        site: UnitId,
        reason: &str,
    ) -> Result<[Draft; 2], Problem> {
        let history = self.history(old)?;
        let mut puts = moved_puts(&history, site, |key| {
            let kept = [FindingKey::Item, FindingKey::Origin];
            matches!(
                FindingKey::read(key),
                Some(k) if !matches!(k, FindingKey::Event(_))
                    && (!k.is_root_only() || kept.contains(&k))
            )
        });
        let from = Scalar::Text(inspection.to_string());
        puts.push((FindingKey::From.to_string(), from));
        let new = self.new_document();
        let event = Event::new(FindingAct::Withdrawn {
            reason: reason.to_owned(),
        });
        Ok([
            draft(new, RecordKind::Finding, puts, "move"),
            event_draft(old, RecordKind::Finding, &event, None),
        ])
    }
}

/// What stands under the keys that move along, and the right site.
fn moved_puts(
    history: &History,
    site: UnitId,
    moves: impl Fn(&str) -> bool,
) -> Vec<(String, Scalar)> {
    let keys = history
        .keys()
        .map(|(key, _)| key.to_owned())
        .filter(|key| moves(key));
    let values = keys.filter_map(|key| {
        let value = history.visible(&key).first()?.value.clone();
        Some((key, value))
    });
    let mut puts: Vec<(String, Scalar)> = values.filter(|(_, v)| *v != Scalar::Null).collect();
    puts.push(("site".to_owned(), Scalar::Text(site.to_string())));
    puts
}
