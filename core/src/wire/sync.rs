//! The one exchange that moves records: push, pull and wait in one request (protocol.md, section
//! 5). Headers are binary, in fixed order, the version first; what follows from the batch does not
//! travel twice.
//!
//! Says nothing of how bodies are compressed ([`super::body`]) or changes packed
//! ([`super::batch`]).

use std::collections::BTreeMap;

use super::WireError;
use super::bytes::{Reader, Writer};
use crate::code::Code;
use crate::id::{ChangeHash, DeviceId, DocId, Epoch};
use crate::register::Row;
use crate::timestamp::Timestamp;

/// The protocol's version, the first byte of a request and of an answer.
pub const PROTOCOL: u8 = 1;
/// Most seconds that the relay holds a request without news.
pub const WAIT_AT_MOST: u32 = 50;
/// Most bytes of an answer's body, compressed; what a device asks for when it has no wish.
pub const ANSWER_BYTES: u64 = 2 << 20;

const APP_BYTES: usize = 32;
const CURSOR_BYTES: usize = 96;
const TOKEN_BYTES: usize = 128;
const KEY_BYTES: usize = 96;
const WORD_BYTES: usize = 1024;
const WHOLE_AT_MOST: usize = 100;
const MISSING_AT_MOST: usize = 32;
const DETAILS_AT_MOST: usize = 32;

/// Where a device stands in the relay's log: the relay's own words, opaque to the device, which
/// keeps it in the transaction that keeps what came with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor(pub Vec<u8>);

/// A device's own new changes and the signature that covers them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The packed changes.
    pub batch: Vec<u8>,
    /// Ed25519 over [`crate::author::push_message`] of the batch's Merkle root.
    pub signature: [u8; 64],
}

/// What a device sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRequest {
    /// The app's version, for the log: at most 32 bytes.
    pub app: String,
    /// None: the device has nothing yet and wants the records whole.
    pub cursor: Option<Cursor>,
    /// The revision of the register that the device has; 0 for none.
    pub revision: u64,
    /// The device's wall clock.
    pub clock: Timestamp,
    /// Seconds to hold the request while there is no news: at most [`WAIT_AT_MOST`].
    pub wait: u32,
    /// Most bytes of the answer's body. One record is sent even if it is larger.
    pub size: u64,
    /// Records to be sent whole, because a part of theirs could not be rebuilt: at most 100.
    pub whole: Vec<DocId>,
    /// Own changes, if there are any to send.
    pub push: Option<Push>,
}

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

/// The push in which changes reached the relay: their receipt, and the proof of who sent them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// By the relay's clock.
    pub received: Timestamp,
    /// Who sent it.
    pub device: DeviceId,
    /// The Merkle root that was signed.
    pub root: [u8; 32],
    /// The device's signature.
    pub signature: [u8; 64],
}

/// Consecutive changes of a part that came in one push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// How many.
    pub changes: u32,
    /// Which of the answer's `seals`, counted from 0.
    pub seal: u32,
}

/// Changes of others (and own ones that the device may lack), in the order of the relay's log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// The packed changes.
    pub batch: Vec<u8>,
    /// The pushes that they came in.
    pub seals: Vec<Seal>,
    /// For each part of the batch, its runs.
    pub runs: Vec<Vec<Run>>,
    /// The parts that are records whole: new to this device, or asked for.
    pub arrivals: Vec<u32>,
}

/// What the relay answers.
#[derive(Debug, Clone, PartialEq)]
pub struct SyncAnswer {
    /// The relay's clock.
    pub relay_time: Timestamp,
    /// Changes when the relay was restored from a backup.
    pub epoch: Epoch,
    /// When the push was received. None although something was pushed: nothing of it was appended
    /// (some part could not be judged; `verdicts` name it), and the other parts are to be sent
    /// again without it.
    pub receipt: Option<Timestamp>,
    /// What was not appended.
    pub verdicts: Vec<Verdict>,
    /// The revision of the register that the device has with this answer.
    pub revision: u64,
    /// Rows of the register that the device lacks; one that it has already takes its place.
    pub rows: Vec<Row>,
    /// Changes.
    pub news: Option<News>,
    /// Records that left this person's sight.
    pub departures: Vec<DocId>,
    /// Where the device stands now.
    pub cursor: Cursor,
    /// There is more: ask again at once.
    pub more: bool,
    /// A new session token, when one is due.
    pub token: Option<String>,
    /// When devices in the person's area last synced: for those who supervise.
    pub last_syncs: Vec<(DeviceId, Timestamp)>,
}

impl SyncRequest {
    /// To bytes. Lists and words above their limits are the caller's mistake: the relay refuses.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::default();
        w.byte(PROTOCOL);
        w.text(&self.app);
        w.bytes(self.cursor.as_ref().map_or(&[], |c| &c.0));
        w.number(self.revision);
        w.time(self.clock);
        w.number(u64::from(self.wait));
        w.number(self.size);
        w.count(self.whole.len());
        for id in &self.whole {
            w.fixed(id.as_bytes());
        }
        if let Some(push) = &self.push {
            w.fixed(&push.signature);
            w.fixed(&push.batch);
        }
        w.finish()
    }

    /// From bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(bytes);
        version(&mut r)?;
        let app = r.text(APP_BYTES)?.to_owned();
        let cursor = match r.bytes(CURSOR_BYTES)? {
            [] => None,
            bytes => Some(Cursor(bytes.to_vec())),
        };
        let (revision, clock) = (r.number()?, r.time()?);
        let (wait, size) = (r.small()?, r.number()?);
        let n = r.count(WHOLE_AT_MOST)?;
        let whole = (0..n)
            .map(|_| r.fixed().map(DocId::from_bytes))
            .collect::<Result<_, _>>()?;
        let push = if r.is_empty() {
            None
        } else {
            Some(Push {
                signature: r.fixed()?,
                batch: r.rest().to_vec(),
            })
        };
        Ok(Self {
            app,
            cursor,
            revision,
            clock,
            wait,
            size,
            whole,
            push,
        })
    }
}

fn version(r: &mut Reader<'_>) -> Result<(), WireError> {
    match r.byte()? {
        PROTOCOL => Ok(()),
        other => Err(WireError::Version(other)),
    }
}

impl Verdict {
    fn write(&self, w: &mut Writer) {
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

    fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
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

impl News {
    fn write(&self, w: &mut Writer) {
        w.bytes(&self.batch);
        w.count(self.seals.len());
        for seal in &self.seals {
            w.time(seal.received);
            w.fixed(seal.device.as_bytes());
            w.fixed(&seal.root);
            w.fixed(&seal.signature);
        }
        w.count(self.runs.len());
        for runs in &self.runs {
            w.count(runs.len());
            for run in runs {
                w.number(u64::from(run.changes));
                w.number(u64::from(run.seal));
            }
        }
        w.count(self.arrivals.len());
        for part in &self.arrivals {
            w.number(u64::from(*part));
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        let batch = r.bytes(usize::MAX)?.to_vec();
        let seals = read_all(r, |r| {
            Ok(Seal {
                received: r.time()?,
                device: DeviceId::from_bytes(r.fixed()?),
                root: r.fixed()?,
                signature: r.fixed()?,
            })
        })?;
        let runs = read_all(r, |r| {
            read_all(r, |r| {
                let (changes, seal) = (r.small()?, r.small()?);
                let known = usize::try_from(seal).is_ok_and(|n| n < seals.len());
                if known {
                    Ok(Run { changes, seal })
                } else {
                    Err(WireError::Malformed)
                }
            })
        })?;
        let arrivals = read_all(r, Reader::small)?;
        Ok(Self {
            batch,
            seals,
            runs,
            arrivals,
        })
    }
}

fn read_all<'a, T>(
    r: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let n = r.count(usize::MAX)?;
    // Grows as elements come: a count alone reserves nothing.
    let mut all = Vec::new();
    for _ in 0..n {
        all.push(one(r)?);
    }
    Ok(all)
}

const RECEIPT: u8 = 1;
const VERDICTS: u8 = 2;
const ROWS: u8 = 4;
const NEWS: u8 = 8;
const DEPARTURES: u8 = 16;
const MORE: u8 = 32;
const TOKEN: u8 = 64;
const LAST_SYNCS: u8 = 128;

impl SyncAnswer {
    /// An answer that says nothing but where everybody stands.
    #[must_use]
    pub const fn nothing(
        relay_time: Timestamp,
        epoch: Epoch,
        revision: u64,
        cursor: Cursor,
    ) -> Self {
        Self {
            relay_time,
            epoch,
            receipt: None,
            verdicts: Vec::new(),
            revision,
            rows: Vec::new(),
            news: None,
            departures: Vec::new(),
            cursor,
            more: false,
            token: None,
            last_syncs: Vec::new(),
        }
    }

    fn flags(&self) -> u8 {
        [
            (RECEIPT, self.receipt.is_some()),
            (VERDICTS, !self.verdicts.is_empty()),
            (ROWS, !self.rows.is_empty()),
            (NEWS, self.news.is_some()),
            (DEPARTURES, !self.departures.is_empty()),
            (MORE, self.more),
            (TOKEN, self.token.is_some()),
            (LAST_SYNCS, !self.last_syncs.is_empty()),
        ]
        .into_iter()
        .filter(|(_, set)| *set)
        .fold(0, |flags, (bit, _)| flags | bit)
    }

    /// To bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::default();
        w.byte(PROTOCOL);
        w.byte(self.flags());
        w.time(self.relay_time);
        w.fixed(self.epoch.as_bytes());
        w.number(self.revision);
        w.bytes(&self.cursor.0);
        if let Some(at) = self.receipt {
            w.time(at);
        }
        if !self.verdicts.is_empty() {
            w.count(self.verdicts.len());
            self.verdicts
                .iter()
                .for_each(|verdict| verdict.write(&mut w));
        }
        if !self.rows.is_empty() {
            // A row is plain JSON values: it always has a text.
            w.bytes(&serde_json::to_vec(&self.rows).unwrap_or_default());
        }
        if let Some(news) = &self.news {
            news.write(&mut w);
        }
        if !self.departures.is_empty() {
            w.count(self.departures.len());
            self.departures.iter().for_each(|id| w.fixed(id.as_bytes()));
        }
        if let Some(token) = &self.token {
            w.text(token);
        }
        if !self.last_syncs.is_empty() {
            w.count(self.last_syncs.len());
            for (device, at) in &self.last_syncs {
                w.fixed(device.as_bytes());
                w.time(*at);
            }
        }
        w.finish()
    }

    /// From bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(bytes);
        version(&mut r)?;
        let flags = r.byte()?;
        let has = |bit: u8| flags & bit != 0;
        let relay_time = r.time()?;
        let epoch = Epoch::from_bytes(r.fixed()?);
        let revision = r.number()?;
        let cursor = Cursor(r.bytes(CURSOR_BYTES)?.to_vec());
        let mut answer = Self::nothing(relay_time, epoch, revision, cursor);
        answer.more = has(MORE);
        if has(RECEIPT) {
            answer.receipt = Some(r.time()?);
        }
        if has(VERDICTS) {
            answer.verdicts = read_all(&mut r, Verdict::read)?;
        }
        if has(ROWS) {
            let text = r.bytes(usize::MAX)?;
            answer.rows = serde_json::from_slice(text).map_err(|_| WireError::Malformed)?;
        }
        if has(NEWS) {
            answer.news = Some(News::read(&mut r)?);
        }
        if has(DEPARTURES) {
            answer.departures = read_all(&mut r, |r| r.fixed().map(DocId::from_bytes))?;
        }
        if has(TOKEN) {
            answer.token = Some(r.text(TOKEN_BYTES)?.to_owned());
        }
        if has(LAST_SYNCS) {
            answer.last_syncs = read_all(&mut r, |r| {
                Ok((DeviceId::from_bytes(r.fixed()?), r.time()?))
            })?;
        }
        r.end()?;
        Ok(answer)
    }
}

#[cfg(test)]
mod tests;
