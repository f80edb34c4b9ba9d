//! `POST session`: a nonce from a 401, signed by the device's key, for a new token.

use axum::Json;
use axum::extract::State;
use sha2::{Digest as _, Sha256};
use xunan_core::author::verify;
use xunan_core::code::{Code, Retry};
use xunan_core::timestamp::{DAY_MS, Timestamp};
use xunan_core::wire::enrol::{SessionAnswer, SessionRequest, session_message};

use super::{Failure, JsonBody, blocking};
use crate::relay::Relay;
use crate::store::{StoreError, Writing};

/// How long a session lasts.
pub(crate) const SESSION_MS: i64 = DAY_MS;
/// How long a nonce may be signed.
const NONCE_MS: i64 = 5 * 60 * 1000;

/// A nonce needs no memory: its time and random part are sealed with the relay's secret.
pub(crate) fn nonce(relay: &Relay) -> Result<String, Failure> {
    let random = hex::encode(crate::random::<8>()?);
    let now = relay.now().0;
    let seal = seal(relay, now, &random);
    Ok(format!("{now}.{random}.{seal}"))
}

fn seal(relay: &Relay, time: i64, random: &str) -> String {
    // Secret first and of fixed length, content of fixed form: nothing can be appended that reads.
    let mut hasher = Sha256::new();
    hasher.update(relay.store.identity().secret);
    hasher.update(format!("xunan/nonce/v1/{time}/{random}"));
    hex::encode(hasher.finalize())
}

fn is_fresh(relay: &Relay, nonce: &str) -> bool {
    let mut parts = nonce.split('.');
    let (Some(time), Some(random), Some(theirs), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Ok(time) = time.parse() else {
        return false;
    };
    let age = relay.now().since(Timestamp(time));
    (0..=NONCE_MS).contains(&age) && seal(relay, time, random) == theirs
}

/// Begins a session and gives its token.
pub(crate) fn begin_session(
    edit: &Writing<'_>,
    device: i64,
    now: Timestamp,
) -> Result<String, StoreError> {
    let token = hex::encode(crate::random::<32>()?);
    edit.add_session(device, &token, now, now.plus(SESSION_MS))?;
    Ok(token)
}

pub(crate) async fn session(
    State(relay): State<Relay>,
    JsonBody(request): JsonBody<SessionRequest>,
) -> Result<Json<SessionAnswer>, Failure> {
    blocking(&relay, move |relay| sign_in(relay, &request))
        .await
        .map(Json)
}

fn sign_in(relay: &Relay, request: &SessionRequest) -> Result<SessionAnswer, Failure> {
    // One answer to a stale nonce, an unknown device and a wrong signature.
    let wrong = || -> Result<Failure, Failure> {
        Ok(Failure::new(Code::SessionInvalid)
            .with("nonce", nonce(relay)?)
            .retry(Retry::AfterSignIn))
    };
    let device = relay.store.read(|ask| ask.device(request.device))?;
    let Some(device) = device.filter(|_| is_fresh(relay, &request.nonce)) else {
        return Err(wrong()?);
    };
    let organisation = relay.store.identity().organisation;
    let message = session_message(organisation, device.id, &request.nonce);
    if !is_signed(&device.public_key, &message, &request.proof) {
        return Err(wrong()?);
    }
    if device.revoked.is_some() {
        return Err(Failure::new(Code::DeviceRevoked));
    }
    let now = relay.now();
    let token = relay
        .store
        .write(|edit| begin_session(edit, device.n, now))?;
    Ok(SessionAnswer { token })
}

/// Whether a hex signature is a key's over a message.
pub(crate) fn is_signed(public_key: &[u8; 32], message: &[u8], proof: &str) -> bool {
    let mut signature = [0; 64];
    hex::decode_to_slice(proof, &mut signature).is_ok()
        && verify(public_key, message, &signature).is_ok()
}
