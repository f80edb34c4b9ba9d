//! An answer of the relay, taken in slice by slice so that no tap waits for it: the word on the
//! push, the register's rows, what left this person's sight, the changes of others, and last, when
//! all of it is kept, the cursor.

use std::collections::BTreeMap;

use rusqlite::Connection;
use xunan_core::change::Change;
use xunan_core::code::{Code, Problem, Retry};
use xunan_core::document::DocumentError;
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::batch::Batch;
use xunan_core::wire::sync::{Cursor, Outcome, Run, Seal, SyncAnswer};

use super::accept::Word;
use super::engine::Engine;
use super::push::Sending;
use crate::device::{Device, Held, Refusals, VERSION, settle};
use crate::store::changes::Which;
use crate::store::{self, Durable, Stored, quarantine};

/// Records whose word is taken in at a time.
const WORDS: usize = 16;
/// Changes that are applied at a time; a record isn't cut.
const CHANGES: usize = 400;
/// A record that arrives with so many changes is kept as a snapshot at once.
const SNAPSHOT_FROM: usize = 12;

/// The word on a record of which everything was appended.
static NONE: BTreeMap<usize, Outcome> = BTreeMap::new();

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Receipts(usize),
    Refusals(usize),
    Rows,
    News(usize),
    Close,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Absorb {
    answer: SyncAnswer,
    /// The cursor that the request carried.
    asked: Option<Cursor>,
    sending: Option<Box<Sending>>,
    verdicts: BTreeMap<usize, BTreeMap<usize, Outcome>>,
    stage: Stage,
    /// Own changes that the relay has now or doesn't accept.
    pub(super) sent: u32,
    /// Those of them that it doesn't accept.
    pub(super) refused: u32,
    /// Others' changes that came.
    pub(super) received: u32,
}

impl Absorb {
    pub(super) fn new(
        device: &mut Device,
        answer: SyncAnswer,
        asked: Option<Cursor>,
        sending: Option<Box<Sending>>,
    ) -> Result<Self, Problem> {
        let mut verdicts: BTreeMap<usize, BTreeMap<usize, Outcome>> = BTreeMap::new();
        for verdict in &answer.verdicts {
            let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
            verdicts
                .entry(at(verdict.part))
                .or_default()
                .insert(at(verdict.position), verdict.outcome.clone());
        }
        if sending.is_some() && answer.receipt.is_none() && verdicts.is_empty() {
            // Nothing appended and nothing said: sending it again would never end.
            return Err(Problem::new(Code::NetAnswer).retry(Retry::Later));
        }
        device.row.clock_off = Some(device.host.clock.now().since(answer.relay_time));
        Ok(Self {
            answer,
            asked,
            sending,
            verdicts,
            stage: Stage::Receipts(0),
            sent: 0,
            refused: 0,
            received: 0,
        })
    }

    /// Whether the log goes on.
    pub(super) const fn more(&self) -> bool {
        self.answer.more
    }

    /// One slice; whether that was the last.
    pub(super) fn slice(
        &mut self,
        engine: &mut Engine,
        device: &mut Device,
    ) -> Result<bool, Problem> {
        self.stage = match self.stage {
            Stage::Receipts(from) => self.receipts(device, from)?,
            Stage::Refusals(from) => self.refusals(engine, device, from)?,
            Stage::Rows => self.rows(device)?,
            Stage::News(from) => self.news(engine, device, from)?,
            Stage::Close => {
                self.close(engine, device)?;
                return Ok(true);
            }
        };
        crate::halt::at("answer.middle");
        Ok(false)
    }

    /// The relay's word on each record of the push.
    fn words<'a>(
        &'a self,
        sending: &'a Sending,
        receipt: Option<(Timestamp, i64)>,
    ) -> Vec<Word<'a>> {
        let commands: usize = sending.parts.iter().map(|part| part.commands.len()).sum();
        let verdicts: usize = self.verdicts.values().map(BTreeMap::len).sum();
        let appended = receipt.map_or(0, |_| commands.saturating_sub(verdicts));
        let word = |(n, part)| Word {
            part,
            verdicts: self.verdicts.get(&n).unwrap_or(&NONE),
            receipt,
            appended: u32::try_from(appended).unwrap_or(u32::MAX),
        };
        sending.parts.iter().enumerate().map(word).collect()
    }

    /// First what was appended, and the push's end; only then what wasn't.
    fn receipts(&mut self, device: &mut Device, from: usize) -> Result<Stage, Problem> {
        let Some(sending) = &self.sending else {
            return Ok(Stage::Rows);
        };
        let receipt = match self.answer.receipt {
            Some(received) => Some((received, device.keep_own_push(sending, received)?)),
            None => None,
        };
        let words = self.words(sending, receipt);
        for word in words.iter().skip(from).take(WORDS) {
            device.note_receipt(word)?;
        }
        let next = from + WORDS;
        if next < words.len() {
            return Ok(Stage::Receipts(next));
        }
        crate::halt::at("answer.noted");
        device.end_push(&words)?;
        let appended = words.first().map_or(0, |word| word.appended);
        let verdicts = self.verdicts.values().flat_map(BTreeMap::values);
        let refused = verdicts.filter(|outcome| matches!(outcome, Outcome::Refused { .. }));
        let refused = u32::try_from(refused.count()).unwrap_or(u32::MAX);
        self.refused = refused;
        self.sent = appended.saturating_add(refused);
        Ok(Stage::Refusals(0))
    }

    fn refusals(
        &self,
        engine: &mut Engine,
        device: &mut Device,
        from: usize,
    ) -> Result<Stage, Problem> {
        let Some(sending) = &self.sending else {
            return Ok(Stage::Rows);
        };
        let words = self.words(sending, self.answer.receipt.map(|received| (received, 0)));
        for word in words.iter().skip(from).take(WORDS) {
            device.compact(word.part)?;
            device.accept_refusals(engine, word)?;
        }
        let next = from + WORDS;
        if next < words.len() {
            return Ok(Stage::Refusals(next));
        }
        Ok(Stage::Rows)
    }

    fn rows(&self, device: &mut Device) -> Result<Stage, Problem> {
        let answer = &self.answer;
        let moved = answer.revision != device.row.revision;
        if moved || !answer.rows.is_empty() || !answer.gone.is_empty() {
            device.row.revision = answer.revision;
            let row = &device.row;
            device.store.write(Durable::Normal, |tx| {
                store::register::forget(tx, &answer.gone)?;
                store::register::put(tx, &answer.rows)?;
                store::sync_state::save(tx, row)
            })?;
            device.reload_register()?;
        }
        for id in &answer.departures {
            device.depart(*id)?;
        }
        Ok(Stage::News(0))
    }

    fn news(
        &mut self,
        engine: &mut Engine,
        device: &mut Device,
        from: usize,
    ) -> Result<Stage, Problem> {
        let Some(news) = &self.answer.news else {
            return Ok(Stage::Close);
        };
        let unreadable = |_| Problem::new(Code::NetAnswer).retry(Retry::Later);
        let mut batch = Batch::read(&news.batch).map_err(unreadable)?;
        let parts: Vec<Wanted> = device.next_parts(&batch, from)?;
        let Some(last) = parts.last() else {
            return Ok(Stage::Close);
        };
        let next = last.n + 1;
        let ids: Vec<DocId> = parts.iter().map(|part| part.id).collect();
        device
            .store
            .write(Durable::Normal, |tx| quarantine::mark(tx, &ids))?;
        let mut taken = Vec::new();
        for part in &parts {
            let runs = news.runs.get(part.n).map_or(&[][..], Vec::as_slice);
            taken.extend(device.take_part(engine, &mut batch, part, runs)?);
        }
        self.received += device.keep_parts(taken, &ids, &news.seals)?;
        Ok(Stage::News(next))
    }

    fn close(&self, engine: &mut Engine, device: &mut Device) -> Result<(), Problem> {
        let answer = &self.answer;
        // Two requests may be out at once. The later answer stands where the relay stood last.
        let straight = self.asked == device.row.cursor;
        let later = !answer.more && answer.relay_time >= engine.last_answer;
        let row = &mut device.row;
        if straight || later {
            row.cursor = Some(answer.cursor.clone());
            engine.last_answer = engine.last_answer.max(answer.relay_time);
        }
        row.epoch = Some(answer.epoch);
        if let Some(token) = &answer.token {
            row.token.clone_from(token);
        }
        if !answer.more {
            row.synced = Some(answer.relay_time);
        }
        row.last_time = row.last_time.max(answer.relay_time);
        let row = &device.row;
        device.store.write(Durable::Normal, |tx| {
            store::sync_state::put_last_syncs(tx, &answer.last_syncs)?;
            store::sync_state::save(tx, row)
        })?;
        device.remove_departed()?;
        device.net.first_sync = if answer.more && row_is_first(device) {
            Some(store::documents::count(device.store.connection())?)
        } else {
            None
        };
        device.net.changed = true;
        Ok(())
    }
}

const fn row_is_first(device: &Device) -> bool {
    device.row.synced.is_none()
}

/// A part of a batch that is taken in now.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    n: usize,
    id: DocId,
    kind: RecordKind,
}

/// A record with what came for it, not kept yet.
struct Taken {
    held: Held,
    was_in_memory: bool,
    new: Vec<Change>,
    /// The last change of each actor in each run, with the run's push.
    last: Vec<(ActorId, u32, usize)>,
}

impl Device {
    fn keep_own_push(&mut self, sending: &Sending, received: Timestamp) -> Result<i64, Problem> {
        let seal = Seal {
            received,
            device: self.enrolment()?.device,
            root: sending.root,
            signature: sending.signature,
        };
        Ok(self
            .store
            .write(Durable::Normal, |tx| store::receipts::push(tx, &seal))?)
    }

    /// The parts of one slice. A record that once ended the app while it was applied comes alone.
    fn next_parts(&self, batch: &Batch<'_>, from: usize) -> Stored<Vec<Wanted>> {
        let mut wanted = Vec::new();
        let mut room = CHANGES;
        for (n, part) in batch.parts().iter().enumerate().skip(from) {
            let suspect = quarantine::tries(self.store.connection(), part.id)? > 0;
            let full = part.len > room || suspect;
            if full && !wanted.is_empty() {
                break;
            }
            room = room.saturating_sub(part.len);
            wanted.push(Wanted {
                n,
                id: part.id,
                kind: part.kind,
            });
            if full {
                break;
            }
        }
        Ok(wanted)
    }

    /// Rebuilds a part on its record, in memory. None: it can't be, and is asked for whole or set
    /// aside.
    fn take_part(
        &mut self,
        engine: &mut Engine,
        batch: &mut Batch<'_>,
        part: &Wanted,
        runs: &[Run],
    ) -> Result<Option<Taken>, Problem> {
        let connection = self.store.connection();
        if quarantine::holds(connection, part.id, VERSION)? {
            return Ok(None);
        }
        if quarantine::tries(connection, part.id)? > quarantine::TRIES {
            return self.set_aside(part.id);
        }
        let (mut held, was_in_memory) = self.held_for(part)?;
        let mut outcome = held.document.unpack(batch, part.n);
        if is_own_fork(&outcome) {
            // Somebody else wrote under this device's name: its own unsent work gets a new one.
            self.redo(part.id, &Refusals::default())?;
            held = self.held_for(part)?.0;
            outcome = held.document.unpack(batch, part.n);
        }
        match outcome {
            Ok(changes) => {
                engine.whole.remove(&part.id);
                engine.asked_whole.remove(&part.id);
                Ok(Some(Taken::of(held, was_in_memory, changes, runs)))
            }
            Err(DocumentError::Part(_) | DocumentError::Held { .. })
                if !engine.asked_whole.contains(&part.id) =>
            {
                engine.whole.insert(part.id);
                if was_in_memory {
                    self.cache.put(part.id, held);
                }
                Ok(None)
            }
            // It came whole and can't be held, or Automerge failed.
            Err(_) => self.set_aside(part.id),
        }
    }

    fn held_for(&mut self, part: &Wanted) -> Stored<(Held, bool)> {
        if let Some(held) = self.cache.take_held(part.id) {
            return Ok((held, true));
        }
        let held = Held::load(self.store.connection(), part.id, Which::All)?;
        Ok((held.unwrap_or_else(|| Held::new(part.id, part.kind)), false))
    }

    fn set_aside(&mut self, id: DocId) -> Result<Option<Taken>, Problem> {
        let now = self.now();
        self.cache.drop(id);
        self.store
            .write(Durable::Normal, |tx| quarantine::put(tx, id, now, VERSION))?;
        Ok(None)
    }

    /// Keeps what was rebuilt; gives how many changes are new.
    fn keep_parts(
        &mut self,
        mut taken: Vec<Taken>,
        ids: &[DocId],
        seals: &[Seal],
    ) -> Result<u32, Problem> {
        let (actor, register) = (self.row.actor, &self.register);
        self.store.write(Durable::Normal, |tx| {
            for part in &mut taken {
                part.keep(tx, seals)?;
                settle(tx, &mut part.held, actor, register)?;
                part.held.compact(tx)?;
                quarantine::remove(tx, part.held.document.history().id())?;
            }
            quarantine::clear(tx, ids)
        })?;
        let mut received = 0;
        for part in taken {
            let id = part.held.document.history().id();
            received += u32::try_from(part.new.len()).unwrap_or(0);
            self.settled(id, part.held, part.was_in_memory);
        }
        Ok(received)
    }

    /// A record left this person's sight. Unsent own work is sent first.
    fn depart(&mut self, id: DocId) -> Result<(), Problem> {
        let kept = store::documents::find(self.store.connection(), id)?;
        if let Some(kept) = kept {
            self.store.write(Durable::Normal, |tx| {
                store::documents::set_leaving(tx, kept.n, true)
            })?;
        }
        Ok(())
    }

    /// Takes off what left this person's sight and has nothing unsent.
    pub(super) fn remove_departed(&mut self) -> Result<(), Problem> {
        for n in store::documents::left(self.store.connection())? {
            let (id, _) = store::documents::name(self.store.connection(), n)?;
            self.store
                .write(Durable::Normal, |tx| store::documents::remove(tx, n))?;
            self.gone(id);
        }
        Ok(())
    }

    /// Reads the log anew from its beginning: the relay doesn't know the cursor.
    pub(super) fn forget_cursor(&mut self) -> Result<(), Problem> {
        self.row.cursor = None;
        self.save_row(Durable::Normal)
    }
}

fn is_own_fork<T>(outcome: &Result<T, DocumentError>) -> bool {
    let invalid = match outcome {
        Err(DocumentError::Part(error)) => &error.invalid,
        Err(DocumentError::Invalid(invalid)) => invalid,
        _ => return false,
    };
    matches!(invalid.code, Code::ChangeFork | Code::ChangeTailTaken)
}

impl Taken {
    fn of(held: Held, was_in_memory: bool, changes: Vec<(Change, bool)>, runs: &[Run]) -> Self {
        let mut last = Vec::new();
        let mut all = changes.iter();
        for run in runs {
            let mut in_run = BTreeMap::new();
            let n = usize::try_from(run.changes).unwrap_or(usize::MAX);
            for (change, _) in all.by_ref().take(n) {
                in_run.insert(change.actor, change.seq);
            }
            let seal = usize::try_from(run.seal).unwrap_or(usize::MAX);
            last.extend(in_run.into_iter().map(|(actor, seq)| (actor, seq, seal)));
        }
        let new = changes.into_iter().filter(|(_, new)| *new);
        Self {
            held,
            was_in_memory,
            new: new.map(|(change, _)| change).collect(),
            last,
        }
    }

    fn keep(&mut self, tx: &Connection, seals: &[Seal]) -> Stored<()> {
        let fresh = self.held.n.is_none();
        let n = self.held.number(tx)?;
        let whole = fresh && self.new.len() >= SNAPSHOT_FROM;
        if !(whole && self.held.keep_snapshot(tx)?) {
            for change in &self.new {
                store::changes::append(tx, n, change, false)?;
            }
        }
        for (actor, seq, seal) in &self.last {
            if let Some(seal) = seals.get(*seal) {
                let push = store::receipts::push(tx, seal)?;
                store::receipts::note(tx, n, (actor, *seq), push)?;
            }
        }
        store::documents::set_leaving(tx, n, false)?;
        store::receipts::apply(tx, n, &mut self.held.document)?;
        self.held.changed();
        Ok(())
    }
}
