//! Who calls, and bodies in our own error shape.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use xunan_core::code::{Code, Retry};
use xunan_core::timestamp::Timestamp;

use super::session::nonce;
use super::{Failure, blocking};
use crate::relay::Relay;
use crate::store::DeviceRecord;

/// The device that calls, by its session; a revoked one is told so.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) device: DeviceRecord,
    /// When its session ends.
    pub(crate) expires: Timestamp,
}

impl FromRequestParts<Relay> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, relay: &Relay) -> Result<Self, Failure> {
        let header = parts.headers.get(AUTHORIZATION);
        let token = header
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .map(str::to_owned);
        blocking(relay, move |relay| caller(relay, token.as_deref())).await
    }
}

fn caller(relay: &Relay, token: Option<&str>) -> Result<Caller, Failure> {
    let now = relay.now();
    let session = match token {
        None => None,
        Some(token) => relay.store.read(|ask| ask.session(token, now))?,
    };
    let Some((device, expires)) = session else {
        // The nonce is what the device signs for a new session.
        return Err(Failure::new(Code::SessionInvalid)
            .with("nonce", nonce(relay)?)
            .retry(Retry::AfterSignIn));
    };
    if device.revoked.is_some() {
        return Err(Failure::new(Code::DeviceRevoked));
    }
    Ok(Caller { device, expires })
}

/// The address that a request comes from. Beside the relay stands its proxy, which names the address
/// that it was called from last in `X-Forwarded-For`; from elsewhere anybody could write that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin(pub(crate) IpAddr);

impl FromRequestParts<Relay> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Relay) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let named = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let named = named
            .filter(|_| peer.is_loopback())
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Ok(Self(named.unwrap_or(peer)))
    }
}

/// A JSON body; a malformed one is told in our own shape.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Relay> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, relay: &Relay) -> Result<Self, Failure> {
        let bytes = whole_body(request, relay).await?;
        let value = serde_json::from_slice(&bytes).map_err(|_| Failure::new(Code::WireBody))?;
        Ok(Self(value))
    }
}

/// A body within the limits.
pub(crate) async fn whole_body(request: Request, relay: &Relay) -> Result<Bytes, Failure> {
    // The router's limit cuts a body that is too long; nothing else goes wrong but the line.
    let body = Bytes::from_request(request, relay).await;
    body.map_err(|_| Failure::new(Code::WireTooLarge))
}
