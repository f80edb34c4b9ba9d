//! Liveness, and the answer to what isn't here.

use axum::extract::State;
use xunan_core::code::Code;

use super::{Failure, blocking};
use crate::relay::Relay;

/// `GET health`: the relay runs and its storage answers.
pub(crate) async fn health(State(relay): State<Relay>) -> Result<&'static str, Failure> {
    blocking(&relay, |relay| {
        relay.store.read(|ask| ask.head())?;
        Ok("ok\n")
    })
    .await
}

/// Any other path below `/v1`.
pub(crate) async fn no_such_endpoint() -> Failure {
    std::future::ready(Failure::new(Code::WireBody)).await
}

/// Any path of a later protocol: the app is newer than this relay, and says so in its own words.
pub(crate) async fn later_protocol() -> Failure {
    std::future::ready(Failure::new(Code::WireVersion)).await
}
