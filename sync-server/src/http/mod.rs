//! The endpoints, one file each. Axum's types stay here; what happens is decided in `accept` and
//! `scope`.

pub(crate) mod admin;
pub(crate) mod blobs;
pub(crate) mod enrol;
mod error;
mod extract;
pub(crate) mod health;
pub(crate) mod session;
pub(crate) mod sync;
pub(crate) mod web;

use error::Failure;
use extract::{Caller, JsonBody, Origin};

use crate::relay::Relay;

/// Runs work that reads or writes storage beside the threads that serve.
async fn blocking<T: Send + 'static>(
    relay: &Relay,
    work: impl FnOnce(&Relay) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let relay = relay.clone();
    tokio::task::spawn_blocking(move || work(&relay))
        .await
        .unwrap_or_else(|stopped| Err(Failure::internal(&stopped)))
}
