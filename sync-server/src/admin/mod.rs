//! What administrators do, once for the command line and for requests: each act is one transaction
//! and is noted with who did it. Whether somebody may is asked before, where the request comes in.

pub mod devices;
pub mod import;
pub(crate) mod invitations;
pub(crate) mod plan;
pub mod settings;

use xunan_core::id::PersonId;
use xunan_core::timestamp::Timestamp;

/// Who acts, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acting {
    /// None: whoever has the relay's command line.
    pub(crate) by: Option<PersonId>,
    pub(crate) now: Timestamp,
}
