//! The short path of a tap: compose a change, ask whether it is allowed, keep it with everything
//! that follows from it in one transaction.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::Connection;
use xunan_core::change::{Change, History, Invalid, Scalar};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ActorId, ChangeHash, DocId, PersonId};
use xunan_core::permit::{self, InspectionFacts, Records, Refused, Verdict};
use xunan_core::record::RecordKind;
use xunan_core::register::Register;
use xunan_core::timestamp::Timestamp;

use super::Device;
use super::cache::Held;
use super::undo::PutBack;
use crate::projection;
use crate::store::changes::Which;
use crate::store::documents::DocNo;
use crate::store::draft::Puts;
use crate::store::outbox::{NewOutgoing, Outgoing};
use crate::store::refused::RefusedCommand;
use crate::store::{self, Durable, StoreError, Stored, documents};

/// What a command wants to write: one change of one record.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The record; a new one gets its `id` and `v` from here.
    pub id: DocId,
    /// Its kind.
    pub kind: RecordKind,
    /// Keys with their values. A value that stands there already, alone, is not put again.
    pub puts: Vec<(String, Scalar)>,
    /// The event's JSON; the device gives it its key.
    pub event: Option<String>,
    /// The request, kept until the relay has the change.
    pub command: serde_json::Value,
    /// Whether and how it can be taken back.
    pub undo: Option<UndoPlan>,
}

/// How a command can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoPlan {
    /// It waits so many milliseconds before it becomes a change; until then it can vanish. The
    /// person sees it as done all the while.
    Wait(i64),
    /// Its keys get the values that they had, by a new change.
    PutBack,
}

/// A command that is durable on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Its change; none while it waits, or if everything stood there already.
    pub change: Option<ChangeHash>,
    /// Its number, for undo; 0 if there was nothing to write.
    pub command: i64,
    /// Until then it is offered to be taken back: a waiting command can't be later.
    pub undo_until: Option<Timestamp>,
}

/// A command that is composed and allowed, and not kept yet.
struct Step {
    id: DocId,
    change: Change,
    puts: Puts,
    command: String,
    written: Timestamp,
    /// Not before this does it become a change; none: it is one.
    due: Option<Timestamp>,
    back: Option<PutBack>,
}

impl Device {
    /// Writes one command. It is durable when this returns.
    ///
    /// # Errors
    /// The refusal of the table of rights, a rule that the change breaks, or the storage.
    pub fn write(&mut self, draft: Draft) -> Result<Written, Problem> {
        let written = self.write_all(vec![draft])?;
        written.first().copied().ok_or(Problem::new(Code::Internal))
    }

    /// Writes several, all or none: what one tap does to several records.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_all(&mut self, drafts: Vec<Draft>) -> Result<Vec<Written>, Problem> {
        let me = self.must_me()?;
        for draft in &drafts {
            // Whatever waits in the record was done before this.
            self.promote(draft.id)?;
        }
        let mut work = BTreeMap::new();
        let mut steps = Vec::new();
        for draft in drafts {
            steps.push(self.step(&mut work, draft, me)?);
        }
        crate::halt::at("write.before");
        let actor = self.row.actor;
        let register = &self.register;
        let commands = self.store.write(Durable::Full, |tx| {
            let mut commands = Vec::new();
            for step in &steps {
                commands.push(match step {
                    Some(step) => keep(tx, &mut work, step)?,
                    None => 0,
                });
            }
            for held in work.values_mut() {
                held.changed();
                settle(tx, held, actor, register)?;
            }
            Ok(commands)
        })?;
        for (id, held) in work {
            self.settled(id, held, true);
        }
        self.wake = true;
        Ok(self.told(steps, &commands))
    }

    fn told(&mut self, steps: Vec<Option<Step>>, commands: &[i64]) -> Vec<Written> {
        let nothing = Written {
            change: None,
            command: 0,
            undo_until: None,
        };
        let tell = |(step, command): (Option<Step>, &i64)| {
            let Some(step) = step else {
                return nothing;
            };
            let change = step.due.is_none().then_some(step.change.hash);
            if let Some(back) = step.back {
                self.undoable.remember(*command, back);
            }
            Written {
                change,
                command: *command,
                undo_until: step.due,
            }
        };
        steps.into_iter().zip(commands).map(tell).collect()
    }

    /// Composes a draft on what its record is now, and asks whether it is allowed. None: everything
    /// stands there already.
    fn step(
        &self,
        work: &mut BTreeMap<DocId, Held>,
        draft: Draft,
        me: PersonId,
    ) -> Result<Option<Step>, Problem> {
        let connection = self.store.connection();
        if let Entry::Vacant(place) = work.entry(draft.id) {
            let held = Held::load(connection, draft.id, Which::All)?;
            place.insert(held.unwrap_or_else(|| Held::new(draft.id, draft.kind)));
        }
        let written = self.now();
        let history = work.get(&draft.id).map(|held| held.document.history());
        let history = history.ok_or(Problem::new(Code::Internal))?;
        let puts = Puts {
            values: draft.puts,
            event: draft.event,
        }
        .fitted(history);
        if puts.is_empty() {
            return Ok(None);
        }
        let others = Others { connection, work };
        let named = puts.at(history.next_event_id(self.row.actor));
        let change = history
            .compose(self.row.actor, written, named)
            .map_err(|invalid| problem_of(&invalid))?;
        judge(&self.register, me, history, &change, &others)
            .map_err(|refused| refused.problem())?;
        let back = (draft.undo == Some(UndoPlan::PutBack))
            .then(|| PutBack::of(draft.id, draft.kind, change.hash));
        let due = match draft.undo {
            Some(UndoPlan::Wait(ms)) => Some(written.plus(ms)),
            _ => None,
        };
        if due.is_none()
            && let Some(held) = work.get_mut(&draft.id)
        {
            held.apply(&change)?;
        }
        Ok(Some(Step {
            id: draft.id,
            change,
            puts,
            command: draft.command.to_string(),
            written,
            due,
            back,
        }))
    }
}

/// Other records that a judgement looks at, as this device has them: those being written first.
pub(crate) struct Others<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) work: &'a BTreeMap<DocId, Held>,
}

impl Records for Others<'_> {
    fn inspection(&self, id: DocId) -> Option<InspectionFacts> {
        if let Some(held) = self.work.get(&id) {
            return InspectionFacts::of(held.document.history());
        }
        let held = Held::load(self.connection, id, Which::All).ok()??;
        InspectionFacts::of(held.document.history())
    }
}

/// Whether an own change may be written: the very rule by which the relay will judge it.
pub(crate) fn judge(
    register: &Register,
    me: PersonId,
    history: &History,
    change: &Change,
    others: &dyn Records,
) -> Result<(), Refused> {
    match permit::may(register, me, history, change, others)? {
        // An inspection that isn't on this device is the relay's to know.
        Verdict::Allowed | Verdict::Held(_) => Ok(()),
    }
}

/// A rule of changes that an own command breaks, for example a note that is too long.
pub(crate) fn problem_of(invalid: &Invalid) -> Problem {
    let problem = Problem::new(invalid.code);
    match &invalid.key {
        Some(key) => problem.with("key", key),
        None => problem,
    }
}

/// Keeps a step in the transaction; gives the command's number.
fn keep(tx: &Connection, work: &mut BTreeMap<DocId, Held>, step: &Step) -> Stored<i64> {
    let gone = StoreError::Unreadable { table: "documents" };
    let held = work.get_mut(&step.id).ok_or(gone)?;
    let n = held.number(tx)?;
    if step.due.is_none() {
        keep_change(tx, n, &step.change)?;
    }
    store::outbox::add(
        tx,
        &NewOutgoing {
            doc: n,
            hash: step.due.is_none().then_some(step.change.hash),
            puts: &step.puts,
            command: &step.command,
            written: step.written,
            due: step.due.unwrap_or_default(),
        },
    )
}

/// Keeps an own change; the blobs that it names are to be sent.
fn keep_change(tx: &Connection, doc: DocNo, change: &Change) -> Stored<()> {
    store::changes::append(tx, doc, change, true)?;
    let texts = change.ops.iter().flat_map(|op| {
        let value = op.value.as_text().unwrap_or_default();
        [op.key.as_str(), value]
    });
    store::blobs::named(tx, texts)
}

/// Brings a record's row and its projection to where the record is.
pub(crate) fn settle(
    tx: &Connection,
    held: &mut Held,
    actor: ActorId,
    register: &Register,
) -> Stored<()> {
    let n = held.number(tx)?;
    documents::set_heads(tx, n, &held.document.history().heads())?;
    let view = held.view(tx, actor)?;
    held.projected = projection::project(&view, register);
    store::projections::put(tx, n, held.projected.as_ref())
}

impl Device {
    /// Makes a record's waiting commands changes, in their order. One that is no longer allowed is
    /// kept as not accepted.
    pub(crate) fn promote(&mut self, id: DocId) -> Result<(), Problem> {
        let connection = self.store.connection();
        let Some(kept) = documents::find(connection, id)? else {
            return Ok(());
        };
        let waiting = store::outbox::waiting_of(connection, kept.n)?;
        if waiting.is_empty() {
            return Ok(());
        }
        let me = self.must_me()?;
        let Some(mut held) = self.cache.take(self.store.connection(), id)? else {
            return Ok(());
        };
        let mut done = Vec::new();
        for command in waiting {
            let outcome = self.redo_one(&mut held, &command, me)?;
            done.push((command, outcome));
        }
        held.changed();
        let now = self.now();
        let (actor, register) = (self.row.actor, &self.register);
        self.store.write(Durable::Full, |tx| {
            for (command, outcome) in &done {
                keep_redone(tx, (id, kept.kind), command, outcome, now)?;
            }
            settle(tx, &mut held, actor, register)
        })?;
        self.settled(id, held, true);
        self.wake = true;
        Ok(())
    }

    /// Makes waiting commands changes whose time has come.
    pub(crate) fn promote_due(&mut self) -> Result<(), Problem> {
        let now = self.now();
        for n in store::outbox::due(self.store.connection(), now)? {
            let (id, _) = documents::name(self.store.connection(), n)?;
            self.promote(id)?;
        }
        Ok(())
    }

    /// Makes all waiting commands changes: their person wants them sent.
    pub(crate) fn promote_all(&mut self) -> Result<(), Problem> {
        for n in store::outbox::due(self.store.connection(), Timestamp(i64::MAX))? {
            let (id, _) = documents::name(self.store.connection(), n)?;
            self.promote(id)?;
        }
        Ok(())
    }

    /// Composes a kept command on a record and applies it there, or says why it can't be.
    pub(crate) fn redo_one(
        &self,
        held: &mut Held,
        command: &Outgoing,
        me: PersonId,
    ) -> Result<Redone, Problem> {
        let history = held.document.history();
        let puts = command.puts.fitted(history);
        if puts.is_empty() {
            return Ok(Redone::Stands);
        }
        let named = puts.at(history.next_event_id(self.row.actor));
        let change = match history.compose(self.row.actor, command.written, named) {
            Ok(change) => change,
            Err(invalid) => return Ok(Redone::Refused(problem_of(&invalid))),
        };
        let nothing = BTreeMap::new();
        let others = Others {
            connection: self.store.connection(),
            work: &nothing,
        };
        if let Err(refused) = judge(&self.register, me, history, &change, &others) {
            return Ok(Redone::Refused(refused.problem()));
        }
        held.apply(&change)?;
        Ok(Redone::Change(change))
    }
}

/// What became of a command that was composed anew.
#[derive(Debug)]
pub(crate) enum Redone {
    /// Its change.
    Change(Change),
    /// All of it stands there already.
    Stands,
    /// It isn't allowed (any more).
    Refused(Problem),
}

/// Keeps what became of a command that was composed anew: its change, or why there is none. Gives
/// the number under which a refused one is kept.
pub(crate) fn keep_redone(
    tx: &Connection,
    (id, kind): (DocId, RecordKind),
    command: &Outgoing,
    outcome: &Redone,
    now: Timestamp,
) -> Stored<Option<i64>> {
    match outcome {
        Redone::Stands => {
            store::outbox::remove(tx, command.id)?;
            Ok(None)
        }
        Redone::Change(change) => {
            keep_change(tx, command.doc, change)?;
            store::outbox::set_change(tx, command.id, &change.hash)?;
            Ok(None)
        }
        Redone::Refused(problem) => {
            store::outbox::remove(tx, command.id)?;
            let refused = RefusedCommand {
                id: 0,
                doc: id,
                kind,
                code: problem.code,
                details: problem.details.clone(),
                puts: command.puts.clone(),
                command: command.command.clone(),
                written: command.written,
                refused: now,
                beside: 0,
                resolved: None,
            };
            store::refused::add(tx, &refused).map(Some)
        }
    }
}
