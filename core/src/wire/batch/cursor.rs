//! Walking over the streams of a batch: heads, keys and values of changes, one after the other.

use super::{
    DEP_START, DEP_WHOLE, DEPS_BEFORE, DEPS_LIST, DEPS_MASK, DEPS_NONE, OPS_MORE, OPS_SHIFT,
    SAME_ACTOR,
};
use crate::bytes::Input;
use crate::change::{ChangeNo, History, Invalid, Scalar, limits};
use crate::code::Code;
use crate::id::{ChangeHash, DocId};

/// Where reading stands in the three streams of changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) heads: Input<'a>,
    pub(super) keys: Input<'a>,
    pub(super) values: Input<'a>,
    pub(super) actor: Option<usize>,
    pub(super) time: i64,
}

/// The head of a change.
pub(super) struct Head {
    pub(super) deps: Vec<Dep>,
    pub(super) actor: usize,
    pub(super) time: i64,
    pub(super) ops: usize,
}

/// How a dependency is named.
pub(super) enum Dep {
    Start([u8; 8]),
    Whole(ChangeHash),
    Back(usize),
}

/// An op as it travels.
pub(super) struct PackedOp<'a> {
    pub(super) key: usize,
    tag: u8,
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) const fn is_at_end(&self) -> bool {
        self.heads.is_empty() && self.keys.is_empty() && self.values.is_empty()
    }

    pub(super) fn head(&mut self) -> Option<Head> {
        let flags = self.heads.byte()?;
        let ops = match usize::from(flags >> OPS_SHIFT) {
            OPS_MORE => self.heads.size()?.checked_add(OPS_MORE)?,
            few => few,
        };
        let deps = match flags & DEPS_MASK {
            DEPS_LIST => self.deps()?,
            DEPS_BEFORE => vec![Dep::Back(1)],
            DEPS_NONE => Vec::new(),
            _ => return None,
        };
        let actor = if flags & SAME_ACTOR == 0 {
            self.heads.size()?
        } else {
            self.actor?
        };
        self.actor = Some(actor);
        self.time = self.time.checked_add(self.heads.signed()?)?;
        let head = Head {
            deps,
            actor,
            time: self.time,
            ops,
        };
        (1..=limits::OPS).contains(&ops).then_some(head)
    }

    fn deps(&mut self) -> Option<Vec<Dep>> {
        let count = self
            .heads
            .size()
            .filter(|count| (1..=limits::DEPS).contains(count))?;
        (0..count).map(|_| self.dep()).collect()
    }

    fn dep(&mut self) -> Option<Dep> {
        Some(match self.heads.unsigned()? {
            DEP_START => Dep::Start(self.heads.array()?),
            DEP_WHOLE => Dep::Whole(ChangeHash::from_bytes(self.heads.array()?)),
            back => Dep::Back(usize::try_from(back - 1).ok()?),
        })
    }

    pub(super) fn op(&mut self) -> Option<PackedOp<'a>> {
        let key = self.keys.size()?;
        let meta = self.values.unsigned()?;
        let len = usize::try_from(meta >> 4)
            .ok()
            .filter(|len| *len <= limits::VALUE_BYTES)?;
        Some(PackedOp {
            key,
            tag: (meta & 15) as u8,
            bytes: self.values.take(len)?,
        })
    }
}

impl PackedOp<'_> {
    /// The value as its author wrote it.
    pub(super) fn value(&self, key: &str, time: i64, id: DocId) -> Option<Scalar> {
        Some(match Scalar::read(self.tag, self.bytes)? {
            Scalar::Bytes(bytes) if key == "id" && bytes.is_empty() => {
                Scalar::Bytes(id.as_bytes().to_vec())
            }
            Scalar::Time(relative) => Scalar::Time(relative.checked_add(time)?),
            value => value,
        })
    }
}

impl Dep {
    pub(super) fn find(
        &self,
        history: &History,
        numbers: &[ChangeNo],
    ) -> Result<ChangeNo, Invalid> {
        let held = Invalid::new(Code::ChangeHeld);
        match self {
            Self::Whole(hash) => history.number_of(hash).ok_or(held),
            Self::Back(back) => {
                let before = numbers
                    .len()
                    .checked_sub(*back)
                    .and_then(|n| numbers.get(n));
                before.copied().ok_or(Invalid::new(Code::BatchBytes))
            }
            Self::Start(start) => {
                let mut fitting = history.starting_with(*start);
                match (fitting.next(), fitting.next()) {
                    (Some(only), None) => Ok(only),
                    (None, _) => Err(held),
                    (Some(_), Some(_)) => Err(Invalid::new(Code::BatchAmbiguous)),
                }
            }
        }
    }
}
