//! What crosses the network, and nothing else may define it: the exchange of sync, enrolment and
//! sessions, what administrators ask, and the packed form of changes.

pub mod admin;
pub mod batch;
pub mod body;
mod bytes;
pub mod enrol;
mod json;
pub mod limits;
pub mod sync;

pub use json::read_json;

use crate::code::Code;

/// A message that can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not what the protocol says.
    #[error("not a message of this protocol")]
    Malformed,
    /// Above a limit.
    #[error("above the protocol's limits")]
    TooLarge,
    /// Another version of the protocol.
    #[error("protocol version {0} is not spoken")]
    Version(u8),
}

impl WireError {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Malformed => Code::WireBody,
            Self::TooLarge => Code::WireTooLarge,
            Self::Version(_) => Code::WireVersion,
        }
    }
}
