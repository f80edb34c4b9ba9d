//! Whether a change may follow in a document: rules 7–11, asked of its index, in this order.

use std::collections::BTreeSet;

use crate::change::compose::Standpoint;
use crate::change::history::{ChangeNo, History};
use crate::change::invalid::{Invalid, require};
use crate::change::limits;
use crate::change::value::{Change, Op, Scalar};
use crate::code::Code;
use crate::id::ChangeHash;
use crate::record::RecordKind;

/// What becomes of a change that breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// It is in the document already, as after a lost answer.
    Known,
    /// It can't be judged before these dependencies are here. The relay keeps nothing of it.
    Held {
        /// What isn't known yet.
        missing: Vec<ChangeHash>,
    },
    /// It may be appended.
    New,
}

impl History {
    /// Judges a change by rules 7–11. Rights are not judged here.
    ///
    /// # Errors
    /// The rule that it breaks; [`Code::ChangeFork`] when the actor wrote another in its place.
    pub fn admit(&self, change: &Change) -> Result<Admission, Invalid> {
        if self.number_of(&change.hash).is_some() {
            return Ok(Admission::Known);
        }
        self.check_limits(change)?;
        let unknown = |dep: &&ChangeHash| self.number_of(dep).is_none();
        let missing: Vec<ChangeHash> = change.deps.iter().filter(unknown).copied().collect();
        if !missing.is_empty() {
            return Ok(Admission::Held { missing });
        }
        let deps = self.numbers_of(&change.deps);
        self.check_deps(&deps)?;
        let at = self.standpoint(&deps);
        self.check_sequence(change, &at)?;
        self.check_tail(change)?;
        self.check_keys(change)?;
        let preds = |op: &Op| {
            let replaced = op.pred == self.preds(&op.key, &at);
            require(replaced, Code::ChangePreds).map_err(|invalid| invalid.at(&op.key))
        };
        change.ops.iter().try_for_each(preds)?; // rule 11
        Ok(Admission::New)
    }

    /// Judges a change and appends it if it is new.
    ///
    /// # Errors
    /// As [`History::admit`]; nothing is appended then.
    pub fn accept(&mut self, change: &Change) -> Result<Admission, Invalid> {
        let admission = self.admit(change)?;
        if admission == Admission::New {
            self.append(change);
        }
        Ok(admission)
    }

    /// Rule 7.
    fn check_limits(&self, change: &Change) -> Result<(), Invalid> {
        let is_new_actor = self.actors().all(|actor| *actor != change.actor);
        let actors = self.actors().len() + usize::from(is_new_actor);
        let within = self.len() < limits::DOCUMENT_CHANGES
            && self.op_count() + change.ops.len() <= limits::DOCUMENT_OPS
            && actors <= limits::DOCUMENT_ACTORS;
        require(within, Code::ChangeLimit)
    }

    /// Rule 8: deps are what the author had seen *last*.
    fn check_deps(&self, deps: &[ChangeNo]) -> Result<(), Invalid> {
        let seen = |earlier| {
            deps.iter()
                .any(|later| *later != earlier && self.saw(*later, earlier))
        };
        require(!deps.iter().any(|dep| seen(*dep)), Code::ChangeDeps)
    }

    /// Rule 9.
    fn check_sequence(&self, change: &Change, at: &Standpoint) -> Result<(), Invalid> {
        let follows = change.seq == self.next_seq(&change.actor, at);
        require(
            follows && change.start_op == at.next_op,
            Code::ChangeSequence,
        )?;
        require(change.seq > self.last_seq(&change.actor), Code::ChangeFork)
    }

    /// Rule 10, of actors: events are named by the last four bytes alone.
    fn check_tail(&self, change: &Change) -> Result<(), Invalid> {
        let same_tail = self
            .actors()
            .find(|actor| actor.tail() == change.actor.tail());
        let is_own = same_tail.is_none_or(|actor| *actor == change.actor);
        require(is_own, Code::ChangeTailTaken)
    }

    /// Rule 10, of keys.
    fn check_keys(&self, change: &Change) -> Result<(), Invalid> {
        let mut keys = BTreeSet::new();
        for op in &change.ops {
            let at_key = |invalid: Invalid| invalid.at(&op.key);
            require(keys.insert(op.key.as_str()), Code::ChangeKeys).map_err(at_key)?;
            let is_expected = match op.key.as_str() {
                "id" => change.is_root() && op.value == self.id_value(),
                "v" => change.is_root() && op.value.as_text() == Some(self.kind().version()),
                _ => true,
            };
            require(is_expected, Code::ChangeKeys).map_err(at_key)?;
        }
        if change.is_root() {
            require(keys.contains("id") && keys.contains("v"), Code::ChangeKeys)?;
            self.check_later_root(change)?;
        }
        check_event(change)
    }

    fn id_value(&self) -> Scalar {
        Scalar::Bytes(self.id().as_bytes().to_vec())
    }

    /// Who begins the same inspection apart must mean the same one; a finding is begun once.
    fn check_later_root(&self, change: &Change) -> Result<(), Invalid> {
        let Some(first) = self.roots().next() else {
            return Ok(());
        };
        require(self.kind() == RecordKind::Inspection, Code::ChangeKeys)?;
        for key in ["site", "place", "kind"] {
            let here = change
                .ops
                .iter()
                .find(|op| op.key == key)
                .map(|op| &op.value);
            let there = self.writes(key).iter().find(|write| write.change == first);
            let repeats = here == there.map(|write| &write.value);
            require(repeats, Code::ChangeKeys).map_err(|invalid| invalid.at(key))?;
        }
        Ok(())
    }
}

/// Rule 10, of events: one in a change, named after it, and put once.
fn check_event(change: &Change) -> Result<(), Invalid> {
    let expected = change.event_id().key();
    let events = change.ops.iter().filter(|op| op.key.starts_with("ev/"));
    for op in events {
        let is_its_own = op.key == expected && op.pred.is_empty();
        require(is_its_own, Code::ChangeEvent).map_err(|invalid| invalid.at(&op.key))?;
    }
    Ok(())
}
