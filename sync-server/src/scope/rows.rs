//! The rows of the register that a device lacks, and those that it must forget.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use xunan_core::id::PersonId;
use xunan_core::register::Row;
use xunan_core::rule::visible_rows::RowScope;

use crate::relay::Relay;

/// What brings a device's register up to the newest.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RowsAfter {
    /// The newest revision.
    pub(crate) revision: u64,
    /// Rows that it lacks, or gets again because the person sees more or less of them.
    pub(crate) sent: Vec<Row>,
    /// Revisions that the person sees no more.
    pub(crate) gone: Vec<RangeInclusive<u64>>,
}

/// What a person's device lacks which has the register up to a revision.
pub(crate) fn rows_after(relay: &Relay, person: PersonId, revision: u64) -> RowsAfter {
    let known = relay.registers.newest();
    let newest = known.register.revision();
    if revision == newest {
        return RowsAfter {
            revision: newest,
            ..RowsAfter::default()
        };
    }
    let scope = RowScope::new(&known.register, person);
    if revision > newest {
        // A relay restored from a backup is behind its devices: they begin anew.
        let shown = known.rows.iter().filter_map(|row| scope.show(row));
        return RowsAfter {
            revision: newest,
            sent: shown.map(Cow::into_owned).collect(),
            gone: vec![1..=revision],
        };
    }
    let split = known.rows.partition_point(|row| row.revision <= revision);
    let (older, newer) = known.rows.split_at_checked(split).unwrap_or_default();
    let before = match revision {
        0 => RowScope::default(),
        _ => RowScope::new(&relay.registers.at(revision), person),
    };
    let changed = before.change_to(&scope, older);
    let written_since = newer.iter().filter_map(|row| scope.show(row));
    let sent = changed.sent.into_iter().chain(written_since);
    RowsAfter {
        revision: newest,
        sent: sent.map(Cow::into_owned).collect(),
        gone: ranges(changed.gone),
    }
}

/// Ascending numbers as ranges: what goes mostly came together.
fn ranges(numbers: impl IntoIterator<Item = u64>) -> Vec<RangeInclusive<u64>> {
    let mut ranges: Vec<RangeInclusive<u64>> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some(last) if last.end().checked_add(1) == Some(number) => {
                *last = *last.start()..=number;
            }
            _ => ranges.push(number..=number),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_one_range() {
        assert!(ranges([]).is_empty());
        assert_eq!(ranges([1, 2, 3, 7, 9, 10]), [1..=3, 7..=7, 9..=10]);
    }
}
