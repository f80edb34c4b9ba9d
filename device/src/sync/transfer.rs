//! Blobs on their way: one at a time, after the words. An upload goes on at the byte where the
//! relay stands, after whatever cut it.

use sha2::Digest;
use xunan_core::code::{Code, Problem, Retry};
use xunan_core::id::Sha256;

use super::engine::{Effects, Engine};
use super::{Effect, HttpAnswer, HttpRequest, Method};
use crate::device::Device;
use crate::request::Notice;
use crate::store::blobs::{self, Moving, Rank};
use crate::store::{Durable, StoreError};

/// Bytes of one request: what a cut can cost.
const PIECE: usize = 512 * 1024;
const TIMEOUT_MS: u64 = 120_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Asked where the relay stands.
    Asked,
    /// Bytes from this offset are out.
    Sending,
    /// The bytes are asked for.
    Fetching,
}

/// A blob under way.
#[derive(Debug)]
pub(super) struct Transfer {
    pub(super) id: u64,
    blob: Moving,
    step: Step,
}

impl Engine {
    /// Begins the next transfer, if there is one. What somebody waits to see goes first.
    pub(super) fn begin_transfer(
        &mut self,
        device: &mut Device,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let (connection, now) = (device.store.connection(), device.now());
        if let Some(blob) = blobs::next_wanted(connection, now)? {
            self.ask(device, blob, Step::Fetching, out);
        } else if let Some(blob) = blobs::next_unsent(connection, now)? {
            // Most are new: the first try begins at the start, and the relay says if it isn't so.
            self.send_from(device, blob, 0, out)?;
        }
        Ok(())
    }

    fn ask(&mut self, device: &Device, blob: Moving, step: Step, out: &mut Effects) {
        let method = match step {
            Step::Fetching => Method::Get,
            Step::Asked | Step::Sending => Method::Head,
        };
        let mut request = self.blob_request(device, &blob.hash);
        request.method = method;
        self.transfer = Some(Transfer {
            id: request.id,
            blob,
            step,
        });
        out.push(Effect::Send(request));
    }

    fn send_from(
        &mut self,
        device: &mut Device,
        blob: Moving,
        offset: u64,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let piece = device.host.blobs.read(&blob.hash, offset, PIECE);
        let Some(piece) = piece.map_err(StoreError::Blob)? else {
            device
                .store
                .write(Durable::Normal, |tx| blobs::lost(tx, &blob.hash))?;
            return Ok(());
        };
        let mut request = self.blob_request(device, &blob.hash);
        request.offset = Some(offset);
        request.length = Some(blob.size);
        request.body = piece;
        self.transfer = Some(Transfer {
            id: request.id,
            blob,
            step: Step::Sending,
        });
        out.push(Effect::Send(request));
        Ok(())
    }

    fn blob_request(&mut self, device: &Device, hash: &Sha256) -> HttpRequest {
        HttpRequest {
            id: self.number(),
            method: Method::Patch,
            url: format!("{}/v1/blobs/{hash}", device.row.relay),
            token: Some(device.row.token.clone()),
            offset: None,
            length: None,
            json: false,
            body: Vec::new(),
            timeout_ms: TIMEOUT_MS,
        }
    }

    /// The relay answered to a transfer.
    pub(super) fn transferred(
        &mut self,
        device: &mut Device,
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let Some(Transfer { blob, step, .. }) = self.transfer.take() else {
            return Ok(());
        };
        match (step, answer.is_ok()) {
            (Step::Fetching, true) => device.blob_came(&blob.hash, &answer.body),
            (Step::Asked | Step::Sending, true) => {
                let offset = answer.offset.unwrap_or(0);
                self.reached(device, blob, offset, out)
            }
            (_, false) => self.said_no(device, blob, step, answer, out),
        }
    }

    fn reached(
        &mut self,
        device: &mut Device,
        blob: Moving,
        offset: u64,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if offset < blob.size {
            return self.send_from(device, blob, offset, out);
        }
        self.photos = self.photos.saturating_add(1);
        device
            .store
            .write(Durable::Normal, |tx| blobs::sent(tx, &blob.hash))?;
        device.net.changed = true;
        let hash = blob.hash.to_string();
        device.notice(Notice::Photo { hash });
        Ok(())
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the engine lends its device and its effects"
    )]
    fn said_no(
        &mut self,
        device: &mut Device,
        blob: Moving,
        step: Step,
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let mut problem = answer.problem();
        if answer.status == 404 {
            // A HEAD has no body to say it.
            problem = Problem::new(Code::BlobAbsent);
        }
        let told = problem
            .details
            .get("offset")
            .and_then(|text| text.parse().ok());
        let offset = answer.offset.or(told);
        match problem.code {
            Code::SessionInvalid | Code::DeviceRevoked => {
                // A new session is the main lane's; if one is under way, this waits for it.
                if self.main.is_some() {
                    return Ok(());
                }
                self.refused(device, None, &problem, out)
            }
            Code::BlobOffset => match offset {
                Some(offset) if step == Step::Sending => self.reached(device, blob, offset, out),
                _ => {
                    self.ask(device, blob, Step::Asked, out);
                    Ok(())
                }
            },
            // Somebody else's device has it still; whoever opens it asks again.
            _ if step == Step::Fetching && problem.retry != Retry::Later => Ok(device
                .store
                .write(Durable::Normal, |tx| blobs::unwant(tx, &blob.hash))?),
            // The relay doesn't know its record (yet), or won't have it: others go first.
            _ if problem.retry != Retry::Later => {
                let now = device.now();
                Ok(device
                    .store
                    .write(Durable::Normal, |tx| blobs::postpone(tx, &blob.hash, now))?)
            }
            _ => Err(problem),
        }
    }
}

impl Device {
    /// Notes that a picture is to be fetched.
    pub(super) fn want_blob(&mut self, hash: &str) -> Result<(), Problem> {
        let invalid = || Problem::new(Code::InputInvalid).with("field", "hash");
        let hash: Sha256 = hash.parse().map_err(|_| invalid())?;
        let now = self.now();
        Ok(self.store.write(Durable::Normal, |tx| {
            blobs::want(tx, &hash, Rank::Picture, now)
        })?)
    }

    fn blob_came(&mut self, hash: &Sha256, bytes: &[u8]) -> Result<(), Problem> {
        let found: [u8; 32] = sha2::Sha256::digest(bytes).into();
        if found != *hash.as_bytes() {
            return Err(Problem::new(Code::BlobHash).retry(Retry::Later));
        }
        self.host.blobs.put(hash, bytes).map_err(StoreError::Blob)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.store
            .write(Durable::Normal, |tx| blobs::arrived(tx, hash, size))?;
        let hash = hash.to_string();
        self.notice(Notice::Photo { hash });
        Ok(())
    }
}
