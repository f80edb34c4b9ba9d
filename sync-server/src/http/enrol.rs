//! `POST enrol`: an invitation's code makes a device key one of a person's devices.

use std::net::IpAddr;

use axum::Json;
use axum::extract::State;
use serde_json::json;
use xunan_core::code::{Code, Retry};
use xunan_core::id::DeviceId;
use xunan_core::register::{Device, Table};
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::enrol::{EnrolAnswer, EnrolRequest, enrol_message};

use super::session::{begin_session, is_signed};
use super::{Failure, JsonBody, Origin, blocking};
use crate::halt;
use crate::relay::Relay;
use crate::store::{DeviceRecord, Enrolment, Invitation, NewRow, StoreError, Writing};

const PLATFORM_CHARS: usize = 64;

pub(crate) async fn enrol(
    State(relay): State<Relay>,
    Origin(from): Origin,
    JsonBody(request): JsonBody<EnrolRequest>,
) -> Result<Json<EnrolAnswer>, Failure> {
    blocking(&relay, move |relay| {
        take_in_unless_guessed(relay, from, &request)
    })
    .await
    .map(Json)
}

/// Even the right code is not taken from whoever guesses.
fn take_in_unless_guessed(
    relay: &Relay,
    from: IpAddr,
    request: &EnrolRequest,
) -> Result<EnrolAnswer, Failure> {
    let (guesses, now) = (&relay.guesses, relay.now());
    if guesses.are_too_many(from, &request.code, now) {
        return Err(Failure::new(Code::InvitationTooMany).retry(Retry::Later));
    }
    let taken = take_in(relay, request);
    if let Err(failure) = &taken
        && failure.code() == Code::InvitationUnknown
    {
        guesses.note_wrong(from, &request.code, now);
    }
    taken
}

fn take_in(relay: &Relay, request: &EnrolRequest) -> Result<EnrolAnswer, Failure> {
    let mut public_key = [0; 32];
    hex::decode_to_slice(&request.public_key, &mut public_key)
        .map_err(|_| Failure::new(Code::WireBody))?;
    let message = enrol_message(&request.code, &public_key);
    if !is_signed(&public_key, &message, &request.proof) {
        return Err(Failure::new(Code::WireSignature));
    }
    let now = relay.now();
    let answer = relay.store.write(|edit| {
        let invitation = edit
            .invitation(&request.code)?
            .ok_or(Failure::new(Code::InvitationUnknown))?;
        let known = edit.device_with_key(&public_key)?;
        let (id, n) = match known.filter(|device| invitation.device == Some(device.n)) {
            // The answer to this very enrolment was lost on the way.
            Some(device) => (device.id, again(&device)?),
            None => new_device(edit, request, public_key, (&invitation, now))?,
        };
        let token = begin_session(edit, n, now)?;
        Ok::<_, Failure>(EnrolAnswer {
            organisation: relay.store.identity().organisation,
            person: invitation.person,
            device: id,
            token,
            epoch: relay.store.identity().epoch,
        })
    })?;
    halt::at("enrol.after_commit");
    relay.catch_up()?;
    Ok(answer)
}

fn again(device: &DeviceRecord) -> Result<i64, Failure> {
    match device.revoked {
        Some(_) => Err(Failure::new(Code::DeviceRevoked)),
        None => Ok(device.n),
    }
}

fn new_device(
    edit: &Writing<'_>,
    request: &EnrolRequest,
    public_key: [u8; 32],
    (invitation, now): (&Invitation, Timestamp),
) -> Result<(DeviceId, i64), Failure> {
    if invitation.device.is_some() {
        return Err(Failure::new(Code::InvitationUsed));
    }
    if invitation.expires <= now {
        return Err(Failure::new(Code::InvitationExpired));
    }
    if edit.device_with_key(&public_key)?.is_some() {
        return Err(Failure::new(Code::DeviceEnrolled));
    }
    let millis = u64::try_from(now.0).unwrap_or(0);
    let enrolment = Enrolment {
        id: DeviceId::new(millis, &crate::random().map_err(StoreError::from)?),
        person: invitation.person,
        public_key,
    };
    let n = edit.add_device(&enrolment, now)?;
    edit.use_invitation(&request.code, n)?;
    let device = Device {
        person: invitation.person,
        public_key: hex::encode(public_key),
        platform: request.platform.chars().take(PLATFORM_CHARS).collect(),
        revoked: None,
    };
    let row = NewRow {
        table: Table::Device,
        id: enrolment.id.to_string(),
        valid_to: None,
        fields: json!(device),
    };
    edit.append_rows(&[row], now)?;
    Ok((enrolment.id, n))
}
