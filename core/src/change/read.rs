//! From bytes to a change, strictly: rules 1–6. Run lengths are counted before anything is stored,
//! so no input asks for more memory than a small multiple of itself.

use sha2::{Digest, Sha256};

use crate::bytes::Input;
use crate::change::invalid::{Invalid, require};
use crate::change::value::{Change, Draft, Op, OpId, Scalar};
use crate::change::write::{self, column};
use crate::change::{limits, shape};
use crate::code::Code;
use crate::id::{ActorId, ChangeHash};
use crate::timestamp::Timestamp;

impl Change {
    /// Reads a change that anybody may have made.
    ///
    /// # Errors
    /// Which of rules 1–6 it breaks. Rules 7–11 are [`History::admit`]'s.
    ///
    /// [`History::admit`]: crate::change::History::admit
    pub fn read(raw: &[u8]) -> Result<Self, Invalid> {
        shape::check_size(raw.len())?;
        let (body, hash) = open(raw)?;
        let mut input = Input::new(body);
        let (mut draft, others) =
            read_header(&mut input).ok_or(Invalid::new(Code::ChangeHeader))?;
        require(others.len() <= limits::OTHER_ACTORS, Code::ChangeHeader)?;
        shape::check_header(&draft)?;
        let columns = Columns::read(&mut input)?;
        draft.ops = columns.ops(draft.actor, &others)?;
        shape::check_ops(&draft.ops)?;
        require(write::body(&draft) == body, Code::ChangeEncoding)?;
        Ok(draft.sealed(raw.to_vec(), hash))
    }
}

/// Rule 1: the chunk's body, and its name.
fn open(raw: &[u8]) -> Result<(&[u8], ChangeHash), Invalid> {
    let mut input = Input::new(raw);
    let mut chunk = || {
        let (magic, checksum) = (input.array()?, input.array::<4>()?);
        Some((
            magic,
            checksum,
            input.rest(),
            input.byte()?,
            input.prefixed()?,
        ))
    };
    let (magic, checksum, hashed, kind, body) = chunk().ok_or(Invalid::new(Code::ChangeBytes))?;
    let is_change = magic == write::MAGIC && kind == write::CHANGE_CHUNK;
    require(is_change && input.is_empty(), Code::ChangeBytes)?;
    let hash: [u8; 32] = Sha256::digest(hashed).into();
    require(hash.starts_with(&checksum), Code::ChangeBytes)?;
    Ok((body, ChangeHash::from_bytes(hash)))
}

/// What stands before the columns: a draft without ops, and the other actors.
fn read_header(input: &mut Input<'_>) -> Option<(Draft, Vec<ActorId>)> {
    let actor = |input: &mut Input<'_>| {
        let bytes = input.prefixed()?.try_into().ok()?;
        Some(ActorId::from_bytes(bytes))
    };
    let small = |input: &mut Input<'_>| u32::try_from(input.unsigned()?).ok();
    let dep = |input: &mut Input<'_>| input.array().map(ChangeHash::from_bytes);
    let deps = (0..input.size()?)
        .map(|_| dep(input))
        .collect::<Option<_>>()?;
    let draft = Draft {
        deps,
        actor: actor(input)?,
        seq: small(input)?,
        start_op: small(input)?,
        time: Timestamp(input.signed()?),
        ops: Vec::new(),
    };
    let message = input.prefixed()?;
    let others = (0..input.size()?)
        .map(|_| actor(input))
        .collect::<Option<_>>()?;
    message.is_empty().then_some((draft, others))
}

/// The columns of a change, by their names.
struct Columns<'a>(Vec<(u64, &'a [u8])>);

impl<'a> Columns<'a> {
    /// Rule 3.
    fn read(input: &mut Input<'a>) -> Result<Self, Invalid> {
        let mut columns = || {
            let count = input.size().filter(|count| *count <= input.rest().len())?;
            let mut measure = || Some((input.unsigned()?, input.size()?));
            let measures = (0..count).map(|_| measure()).collect::<Option<Vec<_>>>()?;
            let mut fill = |(name, len)| Some((name, input.take(len)?));
            measures
                .into_iter()
                .map(&mut fill)
                .collect::<Option<Vec<_>>>()
        };
        let columns = columns().ok_or(Invalid::new(Code::ChangeColumns))?;
        let known = |(name, bytes): &(u64, &[u8])| {
            column::ALL.iter().any(|known| u64::from(*known) == *name) && !bytes.is_empty()
        };
        let ascending = columns.is_sorted_by(|a, b| a.0 < b.0);
        let exact = ascending && columns.iter().all(known) && input.is_empty();
        require(exact, Code::ChangeColumns)?;
        Ok(Self(columns))
    }
    fn column(&self, name: u8) -> &'a [u8] {
        let named = self.0.iter().find(|(other, _)| *other == u64::from(name));
        named.map_or(&[], |(_, bytes)| bytes)
    }
    /// The ops, with what rules 4–6 say of each column.
    fn ops(&self, author: ActorId, others: &[ActorId]) -> Result<Vec<Op>, Invalid> {
        let keys = self.keys()?;
        let values = self.values(keys.len())?;
        let preds = self.preds(keys.len(), author, others);
        let preds = preds.ok_or(Invalid::new(Code::ChangeEncoding))?;
        let op = |((key, value), pred): ((&str, _), _)| Op {
            key: key.to_owned(),
            value,
            pred,
        };
        Ok(keys.into_iter().zip(values).zip(preds).map(op).collect())
    }
    /// Rule 4: so many keys, so many puts, never an insert.
    fn keys(&self) -> Result<Vec<&'a str>, Invalid> {
        let text = |input: &mut Input<'a>| std::str::from_utf8(input.prefixed()?).ok();
        let keys = runs(self.column(column::KEY), limits::OPS, text);
        let keys = keys.ok_or(Invalid::new(Code::ChangeOps))?;
        let mut inserts = Input::new(self.column(column::INSERT));
        let no_inserts = inserts.size() == Some(keys.len()) && inserts.is_empty();
        let actions = runs(self.column(column::ACTION), keys.len(), Input::unsigned);
        let puts = actions.is_some_and(|actions| actions == vec![write::PUT; keys.len()]);
        require(no_inserts && puts, Code::ChangeOps)?;
        Ok(keys)
    }
    /// Rule 5: a value for each key, and no byte beside them.
    fn values(&self, count: usize) -> Result<Vec<Scalar>, Invalid> {
        let mut bytes = Input::new(self.column(column::VALUE));
        let mut value = |meta: u64| {
            let len = usize::try_from(meta >> 4).ok()?;
            Scalar::read((meta & 15) as u8, bytes.take(len)?)
        };
        let metas = runs(self.column(column::VALUE_META), count, Input::unsigned);
        let values = metas.and_then(|metas| metas.into_iter().map(&mut value).collect());
        let values: Vec<Scalar> = values.ok_or(Invalid::new(Code::ChangeValue))?;
        if values.len() == count && bytes.is_empty() {
            Ok(values)
        } else {
            Err(Invalid::new(Code::ChangeValue))
        }
    }
    /// Rule 6: the predecessors of each op.
    fn preds(&self, count: usize, author: ActorId, others: &[ActorId]) -> Option<Vec<Vec<OpId>>> {
        let counts = runs(self.column(column::PRED_COUNT), count, Input::size)?;
        if counts.len() != count || counts.iter().any(|count| *count > limits::PREDS) {
            return None;
        }
        let total = counts.iter().sum();
        let actors = runs(self.column(column::PRED_ACTOR), total, Input::size)?;
        let steps = runs(self.column(column::PRED_COUNTER), total, Input::signed)?;
        if actors.len() != total || steps.len() != total {
            return None;
        }
        let mut last = 0_i64;
        let mut named = actors.into_iter().zip(steps).map(|(number, step)| {
            last = last.checked_add(step)?;
            let other = number
                .checked_sub(1)
                .map_or(Some(&author), |n| others.get(n));
            Some(OpId {
                counter: u32::try_from(last).ok()?,
                actor: *other?,
            })
        });
        let mut next = |count| named.by_ref().take(count).collect::<Option<Vec<_>>>();
        counts.into_iter().map(&mut next).collect()
    }
}

/// A run-length encoded column of at most `most` values: n > 0 and a value that stands n times, or
/// −n and n values. (0 and a count, a run of nothing, isn't in our alphabet.)
fn runs<'a, T: Clone>(
    column: &'a [u8],
    most: usize,
    read: impl Fn(&mut Input<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut input = Input::new(column);
    let mut values = Vec::new();
    while !input.is_empty() {
        let length = input.signed()?;
        let count = usize::try_from(length.unsigned_abs()).ok()?;
        if count == 0 || count > most.saturating_sub(values.len()) {
            return None;
        }
        if length > 0 {
            values.resize(values.len() + count, read(&mut input)?);
        } else {
            for _ in 0..count {
                values.push(read(&mut input)?);
            }
        }
    }
    Some(values)
}
