//! Whether something contradicts in a finding, and nobody who saw both has acted since.

use std::collections::BTreeMap;

use crate::change::{ChangeNo, History};
use crate::id::ActorId;
use crate::record::{EventAt, FindingAct};
use crate::rule::cause::Causes;

/// Finds contradictions among changes.
pub(crate) struct Disputes<'a> {
    causes: Causes<'a>,
    history: &'a History,
    /// What each writer decided last: who saw both sides before saw them then.
    last_words: Vec<ChangeNo>,
}

impl<'a> Disputes<'a> {
    /// A comment decides nothing; every other event that had seen both sides ends a dispute, and so
    /// does a turn to major.
    pub(crate) fn new(
        history: &'a History,
        events: &[EventAt<FindingAct>],
        turns: &[ChangeNo],
    ) -> Self {
        let deciding = events
            .iter()
            .filter(|event| event.event.act != FindingAct::Commented)
            .map(|event| event.change)
            .chain(turns.iter().copied());
        Self {
            causes: Causes(history),
            history,
            last_words: last_of_each_writer(history, deciding),
        }
    }
    /// Which of the first contradict which of the others. It suffices to compare what each writer
    /// said last: fewer have seen it than what the same writer said before.
    pub(crate) fn between(
        &self,
        ones: impl Iterator<Item = ChangeNo>,
        others: impl Iterator<Item = ChangeNo>,
    ) -> Vec<[ChangeNo; 2]> {
        let others = last_of_each_writer(self.history, others);
        let mut open = Vec::new();
        for one in last_of_each_writer(self.history, ones) {
            let against = others.iter().filter(|other| self.is_open(one, **other));
            open.extend(against.map(|other| [one, *other]));
        }
        open
    }
    fn is_open(&self, one: ChangeNo, other: ChangeNo) -> bool {
        let saw_both = |word: &ChangeNo| {
            self.causes.had_seen(*word, one) && self.causes.had_seen(*word, other)
        };
        self.causes.are_apart(one, other) && !self.last_words.iter().any(saw_both)
    }
}

fn last_of_each_writer(
    history: &History,
    changes: impl Iterator<Item = ChangeNo>,
) -> Vec<ChangeNo> {
    let mut last: BTreeMap<ActorId, (u32, ChangeNo)> = BTreeMap::new();
    for change in changes {
        let Some(entry) = history.entry(change) else {
            continue;
        };
        let held = last.entry(entry.actor).or_insert((entry.seq, change));
        if held.0 < entry.seq {
            *held = (entry.seq, change);
        }
    }
    last.into_values().map(|(_, change)| change).collect()
}
