//! The rows of the register that a device lacks.

use std::borrow::Cow;

use xunan_core::id::PersonId;
use xunan_core::register::Row;
use xunan_core::rule::visible_rows::RowScope;

use crate::relay::Relay;

/// The rows that a person's device lacks which has the register up to a revision, with that of the
/// whole.
pub(crate) fn rows_after(relay: &Relay, person: PersonId, revision: u64) -> (u64, Vec<Row>) {
    let known = relay.registers.newest();
    let newest = known.register.revision();
    if revision == newest {
        return (newest, Vec::new());
    }
    // A relay restored from a backup may be behind its devices: they get all of it.
    let had = if revision > newest { 0 } else { revision };
    let split = known.rows.partition_point(|row| row.revision <= had);
    let (older, newer) = known.rows.split_at_checked(split).unwrap_or_default();
    let scope = RowScope::new(&known.register, person);
    let before = if had == 0 {
        RowScope::default()
    } else {
        RowScope::new(&relay.registers.at(had), person)
    };
    let came_into_sight = before.change_to(&scope, older).sent;
    let written_since = newer.iter().filter_map(|row| scope.show(row));
    let rows = came_into_sight.into_iter().chain(written_since);
    (newest, rows.map(Cow::into_owned).collect())
}
