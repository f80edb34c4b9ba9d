//! Cause, not clocks, orders what people did: one change comes after another if its author had seen
//! the other.

use crate::change::{ChangeNo, History};

/// Questions of cause about one document.
#[derive(Clone, Copy)]
pub(crate) struct Causes<'a>(pub(crate) &'a History);

impl Causes<'_> {
    /// `earlier` is in the past of `later`: its author had seen it. Nothing is in its own past.
    pub(crate) fn had_seen(self, later: ChangeNo, earlier: ChangeNo) -> bool {
        later != earlier && self.0.saw(later, earlier)
    }
    /// Neither is in the other's past.
    pub(crate) fn are_apart(self, one: ChangeNo, other: ChangeNo) -> bool {
        !self.0.saw(one, other) && !self.0.saw(other, one)
    }
    /// Those of some things that are in no other's past.
    pub(crate) fn last<T: Copy>(self, of: &[T], change: impl Fn(T) -> ChangeNo) -> Vec<T> {
        // What comes later mostly stands later: look from there.
        let is_last = |one: &T| {
            !of.iter()
                .rev()
                .any(|other| self.had_seen(change(*other), change(*one)))
        };
        of.iter().copied().filter(is_last).collect()
    }
}
