//! Rules 12 and 13: whose actors these are, and whether each change was its author's to make.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use xunan_core::author::key_part;
use xunan_core::change::{Change, History};
use xunan_core::code::Code;
use xunan_core::id::{ChangeHash, DocId};
use xunan_core::permit::{InspectionFacts, Records, Refused, Verdict as Right, may};
use xunan_core::record::RecordKind;
use xunan_core::register::Register;
use xunan_core::wire::sync::{Outcome, Verdict};

use super::structure::RebuiltPart;
use super::{Histories, verdict_of};
use crate::relay::Relay;
use crate::store::{DeviceRecord, PushRecord, Refusal, Result, Store, StoreError};

/// The documents of one push, open: as the log has them, and as the push would have them. Whatever
/// is not put back is forgotten, so a failure leaves the cache true.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    store: &'a Store,
    rest: RefCell<&'a mut Histories>,
    failure: RefCell<Option<StoreError>>,
    scratch: BTreeMap<DocId, History>,
    pub(crate) open: BTreeMap<DocId, History>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(store: &'a Store, rest: &'a mut Histories) -> Self {
        Self {
            store,
            rest: RefCell::new(rest),
            failure: RefCell::new(None),
            scratch: BTreeMap::new(),
            open: BTreeMap::new(),
        }
    }

    /// A document's index to try changes on.
    pub(super) fn scratch(&mut self, id: DocId, kind: RecordKind) -> Result<&mut History> {
        if !self.scratch.contains_key(&id) {
            let history = self.open(id, kind)?.clone();
            self.scratch.insert(id, history);
        }
        Ok(self
            .scratch
            .entry(id)
            .or_insert_with(|| History::new(id, kind)))
    }

    /// A document's index as the log has it, with what was permitted so far.
    pub(crate) fn open(&mut self, id: DocId, kind: RecordKind) -> Result<&mut History> {
        if !self.open.contains_key(&id) {
            let held = self.rest.borrow_mut().take(self.store, id)?;
            self.open
                .insert(id, held.unwrap_or_else(|| History::new(id, kind)));
        }
        Ok(self
            .open
            .entry(id)
            .or_insert_with(|| History::new(id, kind)))
    }

    /// Puts an open document back that was only read.
    pub(crate) fn close(&mut self, id: DocId) {
        if let Some(history) = self.open.remove(&id) {
            self.rest.borrow_mut().put(history);
        }
    }

    /// Puts the open documents back, when what was done to them is on disk.
    pub(crate) fn put_back(self) {
        let rest = self.rest.into_inner();
        self.open
            .into_values()
            .filter(|history| !history.is_empty())
            .for_each(|history| rest.put(history));
    }

    /// A failure of storage while core asked for another record.
    pub(crate) fn failed(&self) -> Result<()> {
        self.failure.borrow_mut().take().map_or(Ok(()), Err)
    }
}

impl Records for Desk<'_> {
    fn inspection(&self, id: DocId) -> Option<InspectionFacts> {
        if let Some(open) = self.open.get(&id) {
            return InspectionFacts::of(open);
        }
        let mut rest = self.rest.borrow_mut();
        match rest.take(self.store, id) {
            Ok(history) => {
                let history = history.filter(|h| h.kind() == RecordKind::Inspection)?;
                let facts = InspectionFacts::of(&history);
                rest.put(history);
                facts
            }
            Err(error) => {
                *self.failure.borrow_mut() = Some(error);
                None
            }
        }
    }
}

/// A change that may be appended.
#[derive(Debug)]
pub(super) struct Permitted {
    pub(super) change: Change,
    /// Today's register would refuse it.
    pub(super) marked: bool,
}

/// What became of a push's changes; known ones are in none of these.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) permitted: Vec<(DocId, RecordKind, Vec<Permitted>)>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) held: Vec<Verdict>,
}

impl Judged {
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let refused = self.refusals.iter().map(verdict_of);
        let mut verdicts: Vec<Verdict> = refused.chain(self.held.iter().cloned()).collect();
        verdicts.sort_by_key(|verdict| (verdict.part, verdict.position));
        verdicts
    }
}

/// Judges each change against the document as it was before it.
pub(super) fn judge(
    relay: &Relay,
    device: &DeviceRecord,
    desk: &mut Desk<'_>,
    parts: Vec<RebuiltPart>,
    push: &PushRecord,
) -> Result<Judged> {
    let judge = Judge {
        device,
        key_part: key_part(&device.public_key),
        then: relay.registers.at(push.revision),
        today: Some(relay.registers.newest())
            .filter(|known| known.rights_changed_after(push.revision)),
        push,
    };
    let mut judged = Judged::default();
    for (n, part) in parts.into_iter().enumerate() {
        judge.part(desk, number(n), part, &mut judged)?;
    }
    desk.failed()?;
    Ok(judged)
}

struct Judge<'a> {
    device: &'a DeviceRecord,
    key_part: [u8; 16],
    then: std::sync::Arc<Register>,
    /// Set if rights may be others by it.
    today: Option<std::sync::Arc<crate::registers::Known>>,
    push: &'a PushRecord,
}

impl Judge<'_> {
    fn part(
        &self,
        desk: &mut Desk<'_>,
        part: u32,
        rebuilt: RebuiltPart,
        judged: &mut Judged,
    ) -> Result<()> {
        let RebuiltPart { id, kind, changes } = rebuilt;
        let (mut refused, mut held) = (BTreeSet::new(), BTreeSet::new());
        let mut permitted = Vec::new();
        for (position, change) in changes.into_iter().enumerate() {
            let position = number(position);
            let history = desk.open(id, kind)?;
            if history.number_of(&change.hash).is_some() {
                continue;
            }
            let verdict = if is_descendant(&change, &refused) {
                Err(None)
            } else if is_descendant(&change, &held) {
                Ok(false)
            } else {
                self.change(desk, id, &change)
            };
            match verdict {
                Err(reason) => {
                    refused.insert(change.hash);
                    judged
                        .refusals
                        .push(refusal(part, position, id, reason, &change));
                }
                Ok(false) => {
                    held.insert(change.hash);
                    let missing = change.deps.iter().filter(|dep| held.contains(*dep));
                    let outcome = Outcome::Held {
                        missing: missing.copied().collect(),
                    };
                    judged.held.push(Verdict {
                        part,
                        position,
                        outcome,
                    });
                }
                Ok(true) => {
                    let marked = self.is_marked(desk, id, &change);
                    let history = desk.open(id, kind)?;
                    history.append(&change);
                    history.set_received(&change.hash, self.push.received);
                    permitted.push(Permitted { change, marked });
                }
            }
        }
        if !permitted.is_empty() {
            judged.permitted.push((id, kind, permitted));
        }
        Ok(())
    }

    /// Whether a change may be appended (true), has to wait (false), or why it may not be.
    fn change(
        &self,
        desk: &Desk<'_>,
        id: DocId,
        change: &Change,
    ) -> std::result::Result<bool, Option<Refused>> {
        if !change.actor.belongs_to(&self.key_part) {
            return Err(Some(Refused {
                code: Code::PermitActor,
                key: String::new(),
                details: Box::default(),
            }));
        }
        match self.right(&self.then, desk, id, change) {
            Ok(Right::Allowed) => Ok(true),
            Ok(Right::Held(_)) => Ok(false),
            Err(refused) => Err(Some(refused)),
        }
    }

    fn is_marked(&self, desk: &Desk<'_>, id: DocId, change: &Change) -> bool {
        let today = self.today.as_ref();
        today.is_some_and(|known| self.right(&known.register, desk, id, change).is_err())
    }

    fn right(
        &self,
        register: &Register,
        desk: &Desk<'_>,
        id: DocId,
        change: &Change,
    ) -> std::result::Result<Right, Refused> {
        let history = desk.open.get(&id);
        // An open document is on the desk: `part` opened it.
        history.map_or(Ok(Right::Held(id)), |history| {
            may(register, self.device.person, history, change, desk)
        })
    }
}

/// Whether a change depends on one of these.
fn is_descendant(change: &Change, of: &BTreeSet<ChangeHash>) -> bool {
    !of.is_empty() && change.deps.iter().any(|dep| of.contains(dep))
}

fn refusal(
    part: u32,
    position: u32,
    document: DocId,
    reason: Option<Refused>,
    change: &Change,
) -> Refusal {
    let problem = reason.as_ref().map(Refused::problem);
    let mut details = problem.map(|problem| problem.details).unwrap_or_default();
    let key = details.remove("key").filter(|key| !key.is_empty());
    let code = reason.map(|reason| reason.code);
    Refusal {
        part,
        position,
        document,
        code,
        rule: match code {
            None => 0,
            Some(Code::PermitActor) => 12,
            Some(_) => 13,
        },
        key,
        details,
        raw: change.raw().to_vec(),
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
