//! Writing: where a new change stands, and what it replaces. Nobody gives predecessors or counters
//! by hand; the index knows them.

use crate::change::clock::Clock;
use crate::change::history::{ChangeNo, History};
use crate::change::invalid::Invalid;
use crate::change::value::{Change, Draft, Op, OpId, Scalar};
use crate::id::{ActorId, EventId};
use crate::timestamp::Timestamp;

/// What somebody knows who has seen some changes, and where the next op's counter stands.
pub(crate) struct Standpoint {
    pub(super) clock: Clock,
    pub(crate) next_op: u32,
}

impl History {
    /// What somebody knows who has seen these changes.
    pub(crate) fn standpoint(&self, deps: &[ChangeNo]) -> Standpoint {
        let mut clock = Clock::default();
        let mut next_op = 1;
        for entry in deps.iter().filter_map(|no| self.entry(*no)) {
            clock.merge(&entry.clock);
            next_op = next_op.max(entry.start_op.saturating_add(entry.op_count));
        }
        Standpoint { clock, next_op }
    }
    /// The seq that comes next from an actor at a standpoint.
    pub(crate) fn next_seq(&self, actor: &ActorId, at: &Standpoint) -> u32 {
        self.writer(actor)
            .map_or(0, |no| at.clock.seq(no))
            .saturating_add(1)
    }
    /// The ops that a put of `key` replaces at a standpoint, ascending.
    pub(crate) fn preds(&self, key: &str, at: &Standpoint) -> Vec<OpId> {
        let visible = self.visible_to(Some(&at.clock), key);
        visible.into_iter().rev().map(|write| write.id).collect()
    }

    /// Writes a change onto the heads, by the same rules as anybody's; it isn't appended yet.
    pub fn compose(
        &self,
        actor: ActorId,
        time: Timestamp,
        puts: Vec<(String, Scalar)>,
    ) -> Result<Change, Invalid> {
        let deps = self.heads();
        let at = self.standpoint(&self.numbers_of(&deps));
        let op = |(key, value): (String, Scalar)| Op {
            pred: self.preds(&key, &at),
            key,
            value,
        };
        let draft = Draft {
            actor,
            seq: self.next_seq(&actor, &at),
            start_op: at.next_op,
            time,
            deps,
            ops: puts.into_iter().map(op).collect(),
        };
        let change = draft.finish()?;
        self.admit(&change)?;
        Ok(change)
    }
    /// The name that an event in the actor's next change has.
    #[must_use]
    pub fn next_event_id(&self, actor: ActorId) -> EventId {
        EventId::of(actor, self.last_seq(&actor).saturating_add(1))
    }
}
