//! `revoke`: shuts a lost device out, at once.

use clap::Args;
use serde_json::json;
use xunan_core::id::DeviceId;
use xunan_core::register::{Register, Table};

use super::{CliError, DataDir};
use crate::clock::Clock;
use crate::store::{NewRow, StoreError};

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
        let (rows, held) =
            store.read(|ask| Ok::<_, StoreError>((ask.rows()?, ask.device(self.device)?)))?;
        let register = Register::new(&rows, None);
        let row = register.device(self.device);
        let (Some(row), Some(held)) = (row, held) else {
            return Err(CliError::DeviceUnknown(self.device));
        };
        if held.revoked.is_some() {
            return Err(CliError::DeviceRevoked(self.device));
        }
        let now = clock.now();
        let revoked = xunan_core::register::Device {
            revoked: Some(now),
            ..row.clone()
        };
        let row = NewRow {
            table: Table::Device,
            id: self.device.to_string(),
            valid_to: None,
            fields: json!(revoked),
        };
        store.write(|edit| {
            edit.revoke_device(self.device, now)?;
            edit.append_rows(&[row], now)?;
            edit.note_act("revoke", &self.device.to_string(), now)
        })?;
        Ok(())
    }
}
