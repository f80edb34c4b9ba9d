//! The parts of rules 1–6 that judge what was said, whether it was read or is about to be written.

use std::collections::BTreeSet;

use crate::change::invalid::{Invalid, require};
use crate::change::limits;
use crate::change::value::{Draft, Op, Scalar, is_key};
use crate::code::Code;
use crate::id::ActorId;
use crate::timestamp::Timestamp;

/// Rule 1: size.
pub(super) fn check_size(bytes: usize) -> Result<(), Invalid> {
    require(bytes <= limits::CHANGE_BYTES, Code::ChangeBytes)
}

/// Rule 2.
pub(super) fn check_header(draft: &Draft) -> Result<(), Invalid> {
    let in_order = draft.deps.is_sorted_by(|a, b| a < b);
    let counters = 1..limits::COUNTER;
    let times = Timestamp::EARLIEST..=Timestamp::LATEST;
    require(
        draft.deps.len() <= limits::DEPS && in_order,
        Code::ChangeHeader,
    )?;
    require(counters.contains(&draft.seq), Code::ChangeHeader)?;
    require(counters.contains(&draft.start_op), Code::ChangeHeader)?;
    require(times.contains(&draft.time), Code::ChangeHeader)?;
    let others = other_actors(draft.actor, &draft.ops).len();
    require(others <= limits::OTHER_ACTORS, Code::ChangeHeader)
}

/// Rules 4, 5 and 6.
pub(super) fn check_ops(ops: &[Op]) -> Result<(), Invalid> {
    require((1..=limits::OPS).contains(&ops.len()), Code::ChangeOps)?;
    ops.iter()
        .try_for_each(|op| check_op(op).map_err(|invalid| invalid.at(&op.key)))
}

fn check_op(op: &Op) -> Result<(), Invalid> {
    require(is_key(&op.key), Code::ChangeOps)?;
    require(op.value.len() <= limits::VALUE_BYTES, Code::ChangeValue)?;
    if let Scalar::Time(millis) = op.value {
        require(
            millis.unsigned_abs() <= limits::TIME_VALUE,
            Code::ChangeValue,
        )?;
    }
    let in_order = op.pred.is_sorted_by(|a, b| a < b);
    require(
        op.pred.len() <= limits::PREDS && in_order,
        Code::ChangeEncoding,
    )
}

/// The actors besides the author that a change names, ascending: where its predecessors are from.
pub(super) fn other_actors(author: ActorId, ops: &[Op]) -> BTreeSet<ActorId> {
    let named = ops.iter().flat_map(|op| &op.pred).map(|pred| pred.actor);
    named.filter(|actor| *actor != author).collect()
}
