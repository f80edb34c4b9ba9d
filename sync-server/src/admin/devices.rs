//! Devices: which there are, and how a lost one is shut out.

use serde_json::json;
use xunan_core::code::Code;
use xunan_core::id::DeviceId;
use xunan_core::register::{Device, Register, Table};
use xunan_core::wire::admin::DeviceLine;

use super::Acting;
use crate::store::{DeviceRecord, NewRow, StoreError, Writing};

/// A device that can't be revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// No such device.
    #[error("no device has the id {0}")]
    Unknown(DeviceId),
    /// Revoked before.
    #[error("the device {0} was revoked already")]
    Revoked(DeviceId),
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RevokeError {
    pub(crate) const fn code(&self) -> Code {
        match self {
            // `device.revoked` is told to that device itself.
            Self::Unknown(_) | Self::Revoked(_) => Code::DeviceUnknown,
            Self::Store(error) => error.code(),
        }
    }
}

/// Revokes a device: it gets nothing and sends nothing any more.
pub(crate) fn revoke(
    edit: &Writing<'_>,
    device: DeviceId,
    acting: Acting,
) -> Result<(), RevokeError> {
    let register = Register::new(&edit.rows()?, None);
    let (Some(row), Some(held)) = (register.device(device), edit.device(device)?) else {
        return Err(RevokeError::Unknown(device));
    };
    if held.revoked.is_some() {
        return Err(RevokeError::Revoked(device));
    }
    let revoked = Device {
        revoked: Some(acting.now),
        ..row.clone()
    };
    let row = NewRow {
        table: Table::Device,
        id: device.to_string(),
        valid_to: None,
        fields: json!(revoked),
    };
    edit.revoke_device(device, acting.now)?;
    edit.append_rows(&[row], acting.now)?;
    edit.note_act("revoke", &device.to_string(), acting.by, acting.now)?;
    Ok(())
}

/// A device as an administrator sees it.
pub(crate) fn line(register: &Register, device: &DeviceRecord) -> DeviceLine {
    let row = register.device(device.id);
    DeviceLine {
        id: device.id,
        person: device.person,
        platform: row.map(|row| row.platform.clone()).unwrap_or_default(),
        enrolled: device.enrolled,
        last_sync: Some(device.last_sync).filter(|at| at.0 > 0),
        revoked: device.revoked,
    }
}
