//! The relay's word on a push: what it has now, what it refused, held, or found forked.

use std::collections::BTreeMap;

use xunan_core::code::{Code, Problem};
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Outcome;

use super::engine::Engine;
use super::push::{SentCommand, SentPart};
use crate::device::{Device, Refusals};
use crate::store::{self, Durable};

/// A held record is sent again after this.
const HELD_MS: i64 = 60_000;
/// After so many times what it hangs on will not come: it is told to its person.
const HELD_AT_MOST: u32 = 10;

/// The relay's word on one record of a push.
pub(super) struct Word<'a> {
    pub(super) part: &'a SentPart,
    /// By position; what isn't there was appended.
    pub(super) verdicts: &'a BTreeMap<usize, Outcome>,
    /// The receipt, and the local number of the push; none: nothing was appended.
    pub(super) receipt: Option<(Timestamp, i64)>,
    /// How many changes of the push were appended.
    pub(super) appended: u32,
}

impl Word<'_> {
    fn appended(&self) -> Vec<SentCommand> {
        if self.receipt.is_none() {
            return Vec::new();
        }
        let numbered = self.part.commands.iter().enumerate();
        numbered
            .filter(|(position, _)| !self.verdicts.contains_key(position))
            .map(|(_, sent)| *sent)
            .collect()
    }
    fn with(&self, wanted: impl Fn(&Outcome) -> bool) -> impl Iterator<Item = &SentCommand> {
        let is_wanted = move |position: &usize| self.verdicts.get(position).is_some_and(&wanted);
        let numbered = self.part.commands.iter().enumerate();
        numbered
            .filter(move |(position, _)| is_wanted(position))
            .map(|(_, sent)| sent)
    }
    fn any(&self, wanted: impl Fn(&Outcome) -> bool) -> bool {
        self.verdicts.values().any(wanted)
    }
    fn refusals(&self) -> Refusals {
        let mut refusals = Refusals {
            beside: self.appended,
            ..Refusals::default()
        };
        for (position, sent) in self.part.commands.iter().enumerate() {
            if let Some(Outcome::Refused {
                code, key, details, ..
            }) = self.verdicts.get(&position)
            {
                let mut problem = Problem::new(*code);
                problem.details.clone_from(details);
                if let Some(key) = key {
                    problem
                        .details
                        .entry("key".to_owned())
                        .or_insert_with(|| key.clone());
                }
                refusals.of.insert(sent.hash, problem);
            }
        }
        refusals
    }
}

impl Device {
    /// Takes in what the relay didn't append of one record.
    pub(super) fn accept_refusals(
        &mut self,
        engine: &mut Engine,
        word: &Word<'_>,
    ) -> Result<(), Problem> {
        let id = word.part.id;
        engine.spelled.remove(&id);
        let refuses = |outcome: &Outcome| matches!(outcome, Outcome::Refused { .. });
        if word.any(refuses) {
            self.redo(id, &word.refusals())?;
        } else if word.any(|outcome| *outcome == Outcome::Fork) {
            self.redo(id, &Refusals::default())?;
        } else if word.any(|outcome| *outcome == Outcome::Unclear) {
            engine.spelled.insert(id);
        } else if word.any(|outcome| matches!(outcome, Outcome::Held { .. })) {
            self.hold(engine, word)?;
        }
        Ok(())
    }

    /// Notes when the relay received what it appended of one record. The push stays as it is until
    /// all of it is noted ([`Self::end_push`]): a device that dies in between sends the very same
    /// again, and is told the very same time again.
    pub(super) fn note_receipt(&mut self, word: &Word<'_>) -> Result<(), Problem> {
        let appended = word.appended();
        let Some((received, push)) = word.receipt.filter(|_| !appended.is_empty()) else {
            return Ok(());
        };
        let part = word.part;
        let Some(mut held) = self.cache.take(self.store.connection(), part.id)? else {
            return Ok(());
        };
        let (actor, register) = (self.row.actor, &self.register);
        self.store.write(Durable::Normal, |tx| {
            for sent in &appended {
                held.document.set_received(&sent.hash, received);
            }
            for (last, of) in last_of_actors(&appended) {
                store::receipts::note(tx, part.doc, (&of, last), push)?;
            }
            held.changed();
            crate::device::settle(tx, &mut held, actor, register)
        })?;
        self.settled(part.id, held, true);
        Ok(())
    }

    /// Takes what was appended out of the outbox, all at once; the rest of the push is free to be
    /// pushed otherwise.
    pub(super) fn end_push(&mut self, words: &[Word<'_>]) -> Result<(), Problem> {
        self.store.write(Durable::Normal, |tx| {
            for word in words {
                for sent in word.appended() {
                    store::changes::acknowledge(tx, word.part.doc, &sent.hash)?;
                    store::outbox::remove(tx, sent.command)?;
                }
            }
            store::outbox::end_push(tx)
        })?;
        for word in words {
            self.notice_record(word.part.id);
        }
        Ok(())
    }

    /// Folds a record's changes into a snapshot when they are many.
    pub(super) fn compact(&mut self, part: &SentPart) -> Result<(), Problem> {
        let connection = self.store.connection();
        if let Some(mut held) = self.cache.take(connection, part.id)? {
            self.store.write(Durable::Normal, |tx| held.compact(tx))?;
            self.cache.put(part.id, held);
        }
        Ok(())
    }

    fn hold(&mut self, engine: &mut Engine, word: &Word<'_>) -> Result<(), Problem> {
        let is_held = |outcome: &Outcome| matches!(outcome, Outcome::Held { .. });
        let commands: Vec<SentCommand> = word.with(is_held).copied().collect();
        let often = self.store.write(Durable::Normal, |tx| {
            let mut often = 0;
            for sent in &commands {
                often = often.max(store::outbox::hold(tx, sent.command)?);
            }
            Ok(often)
        })?;
        if often >= HELD_AT_MOST {
            let mut refusals = Refusals::default();
            for sent in commands {
                refusals
                    .of
                    .insert(sent.hash, Problem::new(Code::ChangeHeld));
            }
            return self.redo(word.part.id, &refusals);
        }
        let until = self.now().plus(HELD_MS);
        engine.held.insert(word.part.id, until);
        Ok(())
    }
}

fn last_of_actors(
    appended: &[SentCommand],
) -> impl Iterator<Item = (u32, xunan_core::id::ActorId)> {
    let mut last = BTreeMap::new();
    for sent in appended {
        last.insert(sent.actor, sent.seq);
    }
    last.into_iter().map(|(actor, seq)| (seq, actor))
}
