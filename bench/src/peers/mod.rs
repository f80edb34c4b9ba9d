//! What stands beside ours in the same run, on the same records.

pub(crate) mod automerge_sync;
pub(crate) mod plain;
mod server;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::runtime::Handle;

use crate::world::Traffic;

/// Posts a body and counts both ways.
pub(crate) struct Poster {
    pub(crate) http: reqwest::Client,
    pub(crate) runtime: Handle,
    pub(crate) url: String,
}

impl Poster {
    pub(crate) fn post(&self, path: &str, body: Vec<u8>, traffic: &mut Traffic) -> Result<Vec<u8>> {
        let began = Instant::now();
        traffic.requests = traffic.requests.saturating_add(1);
        traffic.up = traffic.up.saturating_add(u64::try_from(body.len())?);
        let call = self.http.post(format!("{}/{path}", self.url)).body(body);
        let answer = self.runtime.block_on(async {
            let response = call.send().await?.error_for_status()?;
            Ok::<_, reqwest::Error>(response.bytes().await?.to_vec())
        });
        let answer = answer.with_context(|| path.to_owned())?;
        traffic.down = traffic.down.saturating_add(u64::try_from(answer.len())?);
        traffic.waited = traffic.waited.saturating_add(began.elapsed());
        Ok(answer)
    }
    /// Opens the connection, so that no figure has it.
    pub(crate) fn warm(&self) -> Result<()> {
        let call = self.http.get(format!("{}/health", self.url));
        self.runtime.block_on(call.send())?;
        Ok(())
    }
}

/// Fills in the time of an exchange that began then.
pub(crate) fn timed(traffic: &mut Traffic, began: Instant) {
    traffic.time = began.elapsed();
    if traffic.first == Duration::ZERO {
        traffic.first = traffic.time;
    }
}
