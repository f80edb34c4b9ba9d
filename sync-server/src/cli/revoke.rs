//! `revoke`: shuts a lost device out, at once.

use clap::Args;
use xunan_core::id::DeviceId;

use super::{CliError, DataDir};
use crate::admin::Acting;
use crate::admin::devices::revoke;
use crate::clock::Clock;

/// Revoke a device: it gets nothing and sends nothing any more
#[derive(Debug, Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    data: DataDir,
    /// Its id, from `devices`
    #[arg(long)]
    device: DeviceId,
}

impl Revoke {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let acting = Acting {
            by: None,
            now: clock.now(),
        };
        Ok(store.write(|edit| revoke(edit, self.device, acting))?)
    }
}
