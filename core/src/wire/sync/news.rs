//! Changes, and the pushes that they came in.

use super::read_all;
use crate::id::DeviceId;
use crate::timestamp::Timestamp;
use crate::wire::WireError;
use crate::wire::bytes::{Reader, Writer};

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

impl News {
    pub(super) fn write(&self, w: &mut Writer) {
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

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
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
