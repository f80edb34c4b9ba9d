//! `admin/*`: what administrators do from a screen. Each request asks the table of rights first, by
//! the person of the calling device; each act is noted with that person.

use axum::Json;
use axum::extract::{Path, State};
use xunan_core::code::Code;
use xunan_core::id::DeviceId;
use xunan_core::permit::{may_administer, may_invite};
use xunan_core::wire::admin::{
    ActLine, DeviceLine, INVITATION_HOURS, INVITED_AT_ONCE, ImportAnswer, ImportRequest,
    InviteRequest, Invited, PlanRequest, SetRequest, SettingLine,
};

use super::{Caller, Failure, JsonBody, blocking};
use crate::admin::import::{ImportError, import};
use crate::admin::invitations::invite;
use crate::admin::{Acting, devices, plan, settings};
use crate::relay::Relay;
use crate::store::StoreError;

/// Acts of an answer, at most.
const ACTS: u64 = 500;

fn acting(relay: &Relay, caller: &Caller) -> Acting {
    Acting {
        by: Some(caller.device.person),
        now: relay.now(),
    }
}

/// Refuses whoever is no administrator.
fn administers(relay: &Relay, caller: &Caller) -> Result<Acting, Failure> {
    may_administer(&relay.registers.newest().register, caller.device.person)?;
    Ok(acting(relay, caller))
}

/// `POST admin/invitations`: all of the people, or nobody.
pub(crate) async fn invitations(
    State(relay): State<Relay>,
    caller: Caller,
    JsonBody(request): JsonBody<InviteRequest>,
) -> Result<Json<Vec<Invited>>, Failure> {
    let (usual, at_most) = INVITATION_HOURS;
    let hours = request.hours.unwrap_or(usual);
    if hours == 0 || hours > at_most || request.people.len() > INVITED_AT_ONCE {
        return Err(Failure::new(Code::WireBody));
    }
    let invited = blocking(&relay, move |relay| {
        let known = relay.registers.newest();
        for person in &request.people {
            may_invite(&known.register, caller.device.person, *person)?;
            if known.register.person(*person).is_none() {
                return Err(Failure::new(Code::InputInvalid).with("field", "people"));
            }
        }
        let acting = acting(relay, &caller);
        let all: Result<_, StoreError> = relay.store.write(|edit| {
            let one = |person| invite(edit, person, hours, acting);
            request.people.into_iter().map(one).collect()
        });
        all.map_err(Failure::from)
    });
    invited.await.map(Json)
}

/// `GET admin/devices`
pub(crate) async fn devices(
    State(relay): State<Relay>,
    caller: Caller,
) -> Result<Json<Vec<DeviceLine>>, Failure> {
    let lines = blocking(&relay, move |relay| {
        administers(relay, &caller)?;
        let known = relay.registers.newest();
        let devices = relay.store.read(|ask| ask.devices())?;
        let line = |device| devices::line(&known.register, device);
        Ok(devices.iter().map(line).collect())
    });
    lines.await.map(Json)
}

/// `POST admin/devices/{id}/revoke`
pub(crate) async fn revoke(
    State(relay): State<Relay>,
    caller: Caller,
    Path(device): Path<String>,
) -> Result<Json<()>, Failure> {
    let revoked = blocking(&relay, move |relay| {
        let acting = administers(relay, &caller)?;
        let device: DeviceId = device
            .parse()
            .map_err(|_| Failure::new(Code::DeviceUnknown))?;
        relay
            .store
            .write(|edit| devices::revoke(edit, device, acting))?;
        Ok(relay.catch_up()?)
    });
    revoked.await.map(Json)
}

/// `GET admin/acts`
pub(crate) async fn acts(
    State(relay): State<Relay>,
    caller: Caller,
) -> Result<Json<Vec<ActLine>>, Failure> {
    let lines = blocking(&relay, move |relay| {
        administers(relay, &caller)?;
        Ok(relay.store.read(|ask| ask.acts(ACTS))?)
    });
    lines.await.map(Json)
}

/// `GET admin/settings`
pub(crate) async fn settings(
    State(relay): State<Relay>,
    caller: Caller,
) -> Result<Json<Vec<SettingLine>>, Failure> {
    let lines = blocking(&relay, move |relay| {
        administers(relay, &caller)?;
        Ok(settings::lines(&relay.registers.newest().register))
    });
    lines.await.map(Json)
}

/// `POST admin/settings`: sets one, and gives all.
pub(crate) async fn set(
    State(relay): State<Relay>,
    caller: Caller,
    JsonBody(request): JsonBody<SetRequest>,
) -> Result<Json<Vec<SettingLine>>, Failure> {
    let lines = blocking(&relay, move |relay| {
        let acting = administers(relay, &caller)?;
        relay
            .store
            .write(|edit| settings::set(edit, &request.name, &request.value, acting))?;
        relay.catch_up()?;
        Ok(settings::lines(&relay.registers.newest().register))
    });
    lines.await.map(Json)
}

/// `POST admin/plan`: moves a planned visit, or names its officers.
pub(crate) async fn plan(
    State(relay): State<Relay>,
    caller: Caller,
    JsonBody(request): JsonBody<PlanRequest>,
) -> Result<Json<()>, Failure> {
    let changed = blocking(&relay, move |relay| {
        let (acting, by) = (acting(relay, &caller), caller.device.person);
        relay
            .store
            .write(|edit| plan::change(edit, &request, (acting, by)))?;
        Ok(relay.catch_up()?)
    });
    changed.await.map(Json)
}

/// `POST admin/import`: a preview, or with its seal the import.
pub(crate) async fn import_files(
    State(relay): State<Relay>,
    caller: Caller,
    JsonBody(request): JsonBody<ImportRequest>,
) -> Result<Json<ImportAnswer>, Failure> {
    let answer = blocking(&relay, move |relay| {
        let acting = administers(relay, &caller)?;
        let answer = import(&relay.store, &request, acting)?;
        relay.catch_up()?;
        Ok(answer)
    });
    answer.await.map(Json)
}

impl From<devices::RevokeError> for Failure {
    fn from(error: devices::RevokeError) -> Self {
        match error {
            devices::RevokeError::Store(error) => error.into(),
            other => Self::new(other.code()),
        }
    }
}

impl From<settings::SettingError> for Failure {
    fn from(error: settings::SettingError) -> Self {
        match error {
            settings::SettingError::Store(error) => error.into(),
            other => Self::new(other.code()),
        }
    }
}

impl From<plan::PlanError> for Failure {
    fn from(error: plan::PlanError) -> Self {
        error.problem().map_or_else(Self::from, Self::from)
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            other => Self::new(other.code()),
        }
    }
}
