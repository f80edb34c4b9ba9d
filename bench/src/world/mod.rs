//! The real thing that is measured: a relay process with the sample district and the workload's
//! people, and devices that replay their edits through the commands of the screens.

pub(crate) mod cast;
pub(crate) mod device;
pub(crate) mod folder;
pub(crate) mod prepared;
mod replay;

pub(crate) use device::{Device, Traffic};
pub(crate) use prepared::Prepared;
