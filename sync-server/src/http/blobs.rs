//! `HEAD`, `PATCH` and `GET blobs/{sha256}`: photos, thumbnails and drawn signatures, resumable at
//! the byte. Whoever sees a record that names a blob may have it and may send it; absent and
//! invisible take one path and give one answer.

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;
use xunan_core::code::Code;
use xunan_core::id::Sha256;

use super::extract::whole_body;
use super::{Caller, Failure, blocking};
use crate::blob::{BLOB_BYTES, Grown};
use crate::relay::Relay;
use crate::store::{DeviceRecord, Standpoint};

const OFFSET: &str = "upload-offset";
const LENGTH: &str = "upload-length";

/// The one gate: the blob's name, if the caller sees a record that names it.
fn named(relay: &Relay, device: &DeviceRecord, name: &str) -> Result<Sha256, Failure> {
    let absent = || Failure::new(Code::BlobAbsent);
    let hash = name.parse().map_err(|_| absent())?;
    let revision = relay.registers.newest().register.revision();
    let subjects = relay.registers.subjects(device.person, revision);
    let sees = relay.store.read(|ask| {
        let now = Standpoint {
            position: ask.head()?,
            subjects: (*subjects).clone(),
        };
        ask.sees_blob(&now, hash)
    })?;
    if sees { Ok(hash) } else { Err(absent()) }
}

/// How much of it is here.
pub(crate) async fn head(
    State(relay): State<Relay>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let (offset, length) = blocking(&relay, move |relay| {
        let hash = named(relay, &caller.device, &name)?;
        match relay.store.read(|ask| ask.blob(hash))? {
            Some(size) => Ok((size, Some(size))),
            None => Ok((relay.blobs.offset(hash)?, None)),
        }
    })
    .await?;
    let mut response = progress(StatusCode::OK, offset);
    if let Some(length) = length {
        response.headers_mut().insert(LENGTH, number(length));
    }
    Ok(response)
}

fn progress(status: StatusCode, offset: u64) -> Response {
    let headers = [(OFFSET, number(offset))];
    let mut response = (status, headers).into_response();
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, no_store);
    response
}

fn number(n: u64) -> HeaderValue {
    HeaderValue::from(n)
}

fn header(headers: &HeaderMap, name: &str) -> Result<u64, Failure> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value
        .and_then(|text| text.parse().ok())
        .ok_or(Failure::new(Code::WireBody).with("header", name))
}

/// More bytes of it: `Upload-Offset` says from where, `Upload-Length` how many there are in all.
pub(crate) async fn patch(
    State(relay): State<Relay>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let offset = header(request.headers(), OFFSET)?;
    let length = header(request.headers(), LENGTH)?;
    if length > BLOB_BYTES {
        return Err(Failure::new(Code::BlobTooLarge).with("bytes", BLOB_BYTES));
    }
    let bytes = whole_body(request, &relay).await?;
    let added = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if offset.saturating_add(added) > length {
        return Err(Failure::new(Code::BlobTooLarge).with("bytes", length));
    }
    let offset = blocking(&relay, move |relay| {
        let hash = named(relay, &caller.device, &name)?;
        match relay.blobs.grow(hash, offset, length, &bytes)? {
            Grown::Partly(offset) => Ok(offset),
            Grown::WrongOffset(offset) => {
                Err(Failure::new(Code::BlobOffset).with("offset", offset))
            }
            Grown::WrongHash => Err(Failure::new(Code::BlobHash)),
            Grown::Whole(size) => {
                let now = relay.now();
                relay.store.write(|edit| edit.add_blob(hash, size, now))?;
                Ok(size)
            }
        }
    })
    .await?;
    Ok(progress(StatusCode::NO_CONTENT, offset))
}

/// Its bytes, or a range of them.
pub(crate) async fn get(
    State(relay): State<Relay>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let path = blocking(&relay, move |relay| {
        let hash = named(relay, &caller.device, &name)?;
        match relay.store.read(|ask| ask.blob(hash))? {
            Some(_) => Ok(relay.blobs.path(hash)),
            None => Err(Failure::new(Code::BlobAbsent)),
        }
    })
    .await?;
    let served = ServeFile::new(path).try_call(request).await;
    let mut response = served
        .map_err(|error| Failure::internal(&error))?
        .into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    debug_assert!(
        headers.contains_key(CONTENT_LENGTH) || response.status() != StatusCode::OK,
        "a blob's length is known"
    );
    Ok(response)
}
