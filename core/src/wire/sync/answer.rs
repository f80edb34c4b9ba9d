//! What the relay answers. A section that has nothing to say is not there; the flags say which are.

use std::ops::RangeInclusive;

use super::{CURSOR_BYTES, Cursor, News, PROTOCOL, Verdict, read_all, version};
use crate::id::{DeviceId, DocId, Epoch};
use crate::register::Row;
use crate::timestamp::Timestamp;
use crate::wire::bytes::{Reader, Writer};
use crate::wire::{WireError, read_json};

const TOKEN_BYTES: usize = 128;

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
    /// Revisions of rows that left this person's sight, first to last: the device forgets what it has
    /// of them before it takes `rows`.
    pub gone: Vec<RangeInclusive<u64>>,
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
            gone: Vec::new(),
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
            (ROWS, !self.rows.is_empty() || !self.gone.is_empty()),
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
        if !self.rows.is_empty() || !self.gone.is_empty() {
            // A row is plain JSON values: it always has a text.
            w.bytes(&serde_json::to_vec(&self.rows).unwrap_or_default());
            w.count(self.gone.len());
            for range in &self.gone {
                w.number(*range.start());
                w.number(range.end().saturating_sub(*range.start()));
            }
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
            answer.rows = read_json(text).ok_or(WireError::Malformed)?;
            answer.gone = read_all(&mut r, |r| {
                let (first, more) = (r.number()?, r.number()?);
                let last = first.checked_add(more).ok_or(WireError::Malformed)?;
                Ok(first..=last)
            })?;
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
