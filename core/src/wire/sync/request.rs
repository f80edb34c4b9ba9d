//! What a device asks, and what it sends with it.

use super::{CURSOR_BYTES, PROTOCOL, version};
use crate::id::DocId;
use crate::timestamp::Timestamp;
use crate::wire::WireError;
use crate::wire::bytes::{Reader, Writer};

const APP_BYTES: usize = 32;
const WHOLE_AT_MOST: usize = 100;

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
