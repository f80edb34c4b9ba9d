//! What somebody had seen: of each actor of a document, how many of its changes.

/// An actor's position in its document's index.
pub(super) type ActorNo = usize;

/// The last seq per actor. Because an actor's changes form a chain, this names a whole past.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Clock(Vec<u32>);

impl Clock {
    pub(super) fn seq(&self, actor: ActorNo) -> u32 {
        self.0.get(actor).copied().unwrap_or(0)
    }
    pub(super) fn knows(&self, actor: ActorNo, seq: u32) -> bool {
        self.seq(actor) >= seq
    }
    pub(super) fn set(&mut self, actor: ActorNo, seq: u32) {
        if self.0.len() <= actor {
            self.0.resize(actor + 1, 0);
        }
        if let Some(known) = self.0.get_mut(actor) {
            *known = seq;
        }
    }
    /// Takes in what another had seen.
    pub(super) fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }
}
