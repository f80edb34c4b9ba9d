//! `POST sync`: push, pull and wait in one. With nothing to say it holds the request, and answers at
//! the first news.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;
use xunan_core::code::Code;
use xunan_core::wire::body;
use xunan_core::wire::sync::{ANSWER_BYTES, SyncAnswer, SyncRequest, WAIT_AT_MOST};

use super::extract::whole_body;
use super::session::{SESSION_MS, begin_session};
use super::{Caller, Failure, blocking};
use crate::accept::{Accepted, accept};
use crate::relay::Relay;
use crate::scope::{Asked, pull};
use crate::store::StoreError;

/// The last sync is noted to the minute: an answer without news costs no write.
const NOTED_EVERY_MS: i64 = 60 * 1000;

pub(crate) async fn sync(
    State(relay): State<Relay>,
    caller: Caller,
    request: Request,
) -> Result<Response, Failure> {
    let bytes = whole_body(request, &relay).await?;
    let mut request = blocking(&relay, move |_| decode(&bytes)).await?;
    let until = Instant::now() + Duration::from_secs(u64::from(request.wait.min(WAIT_AT_MOST)));
    let accepted = match request.push.take() {
        None => None,
        Some(push) => {
            let device = caller.device.clone();
            let taken = blocking(&relay, move |relay| Ok(accept(relay, &device, &push)?));
            Some(taken.await?)
        }
    };
    let body = wait_for_news(&relay, &caller, request, (accepted, until)).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

fn decode(bytes: &Bytes) -> Result<SyncRequest, Failure> {
    Ok(SyncRequest::decode(&body::unpack(bytes)?)?)
}

async fn wait_for_news(
    relay: &Relay,
    caller: &Caller,
    request: SyncRequest,
    (accepted, until): (Option<Accepted>, Instant),
) -> Result<Vec<u8>, Failure> {
    let request = std::sync::Arc::new(request);
    loop {
        let revision = relay.registers.newest().register.revision();
        let subjects = relay.registers.subjects(caller.device.person, revision);
        let place = relay.waiting.enter(subjects);
        let (caller, request) = (caller.clone(), std::sync::Arc::clone(&request));
        let accepted = accepted.clone();
        let is_last = Instant::now() >= until || relay.waiting.is_closed();
        let body = blocking(relay, move |relay| {
            answer(relay, &caller, &request, (accepted, is_last))
        });
        if let Some(body) = body.await? {
            return Ok(body);
        }
        // Whether it rings or the time is up: look once more.
        let _rang = tokio::time::timeout_at(until, place.ring()).await;
    }
}

/// The packed answer; none if there is nothing to say and somebody wants to wait.
fn answer(
    relay: &Relay,
    caller: &Caller,
    request: &SyncRequest,
    (accepted, is_last): (Option<Accepted>, bool),
) -> Result<Option<Vec<u8>>, Failure> {
    // It may have been revoked while it waited.
    let device = relay.store.read(|ask| ask.device(caller.device.id))?;
    if device.is_none_or(|device| device.revoked.is_some()) {
        return Err(Failure::new(Code::DeviceRevoked));
    }
    let asked = Asked {
        device: &caller.device,
        cursor: request.cursor.as_ref(),
        revision: request.revision,
        size: match request.size {
            0 => ANSWER_BYTES,
            size => size.min(ANSWER_BYTES),
        },
        whole: &request.whole,
        sent: accepted.as_ref().and_then(|accepted| accepted.push),
        waits: request.wait > 0,
    };
    let mut answer = pull(relay, &asked)?;
    let is_news = has_news(&answer, request);
    if let Some(accepted) = accepted {
        answer.receipt = accepted.receipt;
        answer.verdicts = accepted.verdicts;
    } else if !is_news && !is_last {
        return Ok(None);
    }
    note(relay, caller, &mut answer)?;
    Ok(Some(body::pack(&answer.encode())))
}

fn has_news(answer: &SyncAnswer, request: &SyncRequest) -> bool {
    request.cursor.is_none()
        || answer.news.is_some()
        || answer.more
        || answer.revision != request.revision
        || !answer.departures.is_empty()
}

/// Notes what the device was told, and renews its session when half of it is over.
fn note(relay: &Relay, caller: &Caller, answer: &mut SyncAnswer) -> Result<(), StoreError> {
    let now = answer.relay_time;
    let device = &caller.device;
    let renew = caller.expires.since(now) < SESSION_MS / 2;
    let is_due = now.since(device.last_sync) >= NOTED_EVERY_MS;
    if !renew && !is_due && device.told_revision == answer.revision {
        return Ok(());
    }
    answer.token = relay.store.write(|edit| {
        edit.note_answer(device.n, answer.revision, now)?;
        if renew {
            begin_session(edit, device.n, now).map(Some)
        } else {
            Ok(None)
        }
    })?;
    Ok(())
}
