//! The one shape of an error: `{code, details, retry, trace}`. Internal words stay in the log, found
//! by the trace.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use xunan_core::code::{Code, Problem, Retry};
use xunan_core::permit::Refused;
use xunan_core::wire::WireError;

use crate::accept::AcceptError;
use crate::scope::PullError;
use crate::store::StoreError;

/// A request that fails.
#[derive(Debug)]
pub(crate) struct Failure(Problem);

impl Failure {
    pub(crate) const fn new(code: Code) -> Self {
        Self(Problem::new(code))
    }
    pub(crate) const fn code(&self) -> Code {
        self.0.code
    }
    pub(crate) fn with(self, name: &str, value: impl std::fmt::Display) -> Self {
        Self(self.0.with(name, value))
    }
    pub(crate) fn retry(self, retry: Retry) -> Self {
        Self(self.0.retry(retry))
    }
    /// Something that should not happen: its words go to the log.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::logged(Problem::new(Code::Internal).retry(Retry::Later), error)
    }
    fn logged(mut problem: Problem, error: &(dyn std::error::Error + 'static)) -> Self {
        problem.trace = crate::random::<8>().map(hex::encode).unwrap_or_default();
        let causes = std::iter::successors(Some(error), |error| error.source());
        let words: Vec<String> = causes.map(ToString::to_string).collect();
        tracing::error!(trace = problem.trace, code = %problem.code, "{}", words.join(": "));
        Self(problem)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::logged(Problem::new(error.code()).retry(error.retry()), &error)
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Self::from(StoreError::from(error))
    }
}

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        let retry = match error {
            WireError::Version(_) => Retry::AfterUpdate,
            WireError::Malformed | WireError::TooLarge => Retry::Never,
        };
        Self::new(error.code()).retry(retry)
    }
}

impl From<AcceptError> for Failure {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::Store(error) => error.into(),
            other => Self::new(other.code()).retry(other.retry()),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self(refused.problem())
    }
}

impl From<PullError> for Failure {
    fn from(error: PullError) -> Self {
        match error {
            PullError::Store(error) => error.into(),
            PullError::Cursor(_) => Self::new(Code::WireCursor),
        }
    }
}

const fn status(code: Code) -> StatusCode {
    match code {
        Code::SessionInvalid => StatusCode::UNAUTHORIZED,
        Code::DeviceRevoked | Code::PermitNoRight => StatusCode::FORBIDDEN,
        Code::BlobAbsent
        | Code::DeviceUnknown
        | Code::InvitationUnknown
        | Code::PlanUnknown
        | Code::RecordAbsent
        | Code::SettingUnknown => StatusCode::NOT_FOUND,
        Code::InvitationUsed | Code::InvitationExpired => StatusCode::GONE,
        Code::InvitationTooMany => StatusCode::TOO_MANY_REQUESTS,
        Code::WireTooLarge | Code::BatchLimit | Code::BlobTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::BlobOffset | Code::ImportChanged | Code::PlanChanged => StatusCode::CONFLICT,
        Code::WireVersion => StatusCode::UPGRADE_REQUIRED,
        Code::StoreFailed => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal | Code::StoreNewer => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (status(self.0.code), Json(self.0)).into_response()
    }
}
