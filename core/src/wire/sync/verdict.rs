//! The relay's word on what it did not append.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::id::ChangeHash;
use crate::wire::WireError;
use crate::wire::bytes::{Reader, Writer};

const KEY_BYTES: usize = 96;
const WORD_BYTES: usize = 1024;
const MISSING_AT_MOST: usize = 32;
const DETAILS_AT_MOST: usize = 32;

/// Why a change was not appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Refused for good.
    Refused {
        /// Why.
        code: Code,
        /// The rule of protocol.md, section 3.
        rule: u8,
        /// The key that it is about.
        key: Option<String>,
        /// Parameters of the code's text, for example the units that have the power.
        details: BTreeMap<String, String>,
    },
    /// An ancestor by the same device was refused, and this goes with it.
    Descends,
    /// These dependencies are not known to the relay: to be sent again with them.
    Held {
        /// The dependencies, as far as they can be named.
        missing: Vec<ChangeHash>,
    },
    /// The actor has another change with this sequence number: a copy of the device's storage
    /// writes too. To be written again by a new actor.
    Fork,
    /// The part could not be rebuilt from its short form: to be sent once more with whole hashes.
    Unclear,
}

/// The relay's word on one change that it did not append. Silence means appended and on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The part of the pushed batch, counted from 0.
    pub part: u32,
    /// The change in the part, counted from 0.
    pub position: u32,
    /// Why.
    pub outcome: Outcome,
}

impl Verdict {
    pub(super) fn write(&self, w: &mut Writer) {
        w.number(u64::from(self.part));
        w.number(u64::from(self.position));
        match &self.outcome {
            Outcome::Refused {
                code,
                rule,
                key,
                details,
            } => {
                w.byte(1);
                w.text(code.as_str());
                w.byte(*rule);
                w.text(clipped(key.as_deref().unwrap_or_default(), KEY_BYTES));
                w.count(details.len().min(DETAILS_AT_MOST));
                for (name, value) in details.iter().take(DETAILS_AT_MOST) {
                    w.text(clipped(name, WORD_BYTES));
                    w.text(clipped(value, WORD_BYTES));
                }
            }
            Outcome::Descends => w.byte(2),
            Outcome::Held { missing } => {
                w.byte(3);
                w.count(missing.len().min(MISSING_AT_MOST));
                for hash in missing.iter().take(MISSING_AT_MOST) {
                    w.fixed(hash.as_bytes());
                }
            }
            Outcome::Fork => w.byte(4),
            Outcome::Unclear => w.byte(5),
        }
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        let (part, position) = (r.small()?, r.small()?);
        let outcome = match r.byte()? {
            1 => read_refusal(r)?,
            2 => Outcome::Descends,
            3 => {
                let n = r.count(MISSING_AT_MOST)?;
                let missing = (0..n)
                    .map(|_| r.fixed().map(ChangeHash::from_bytes))
                    .collect::<Result<_, _>>()?;
                Outcome::Held { missing }
            }
            4 => Outcome::Fork,
            5 => Outcome::Unclear,
            _ => return Err(WireError::Malformed),
        };
        Ok(Self {
            part,
            position,
            outcome,
        })
    }
}

/// What fits of a text, whole characters: an answer must not be unreadable for a long name.
fn clipped(text: &str, at_most: usize) -> &str {
    text.get(..text.floor_char_boundary(at_most))
        .unwrap_or_default()
}

fn read_refusal(r: &mut Reader<'_>) -> Result<Outcome, WireError> {
    let word = r.text(WORD_BYTES)?;
    // A newer relay may refuse for a reason that this app has no word for.
    let code = Code::ALL
        .iter()
        .copied()
        .find(|code| code.as_str() == word)
        .unwrap_or(Code::Internal);
    let rule = r.byte()?;
    let key = Some(r.text(KEY_BYTES)?.to_owned()).filter(|key| !key.is_empty());
    let mut details = BTreeMap::new();
    for _ in 0..r.count(DETAILS_AT_MOST)? {
        let name = r.text(WORD_BYTES)?.to_owned();
        details.insert(name, r.text(WORD_BYTES)?.to_owned());
    }
    Ok(Outcome::Refused {
        code,
        rule,
        key,
        details,
    })
}
