//! A device with its engine: all that a host drives. It answers at once or, where the network is
//! needed, later by an effect.

use rusqlite::Connection;

use crate::device::Device;
use crate::host::Host;
use crate::store::StoreError;
use crate::sync::{Effect, Engine, Input};

/// See the module.
pub struct App {
    device: Device,
    engine: Engine,
}

impl App {
    /// Opens a device's storage.
    ///
    /// # Errors
    /// The storage's: in use by another process, newer than this app, or broken.
    pub fn open(connection: Connection, host: Host) -> Result<Self, StoreError> {
        Ok(Self {
            device: Device::open(connection, host)?,
            engine: Engine::default(),
        })
    }

    /// Tells it what happened; gives what to do. Never waits.
    pub fn step(&mut self, input: Input) -> Vec<Effect> {
        let mut effects = self.engine.step(&mut self.device, input);
        let notices = self.device.take_notices();
        effects.extend(notices.into_iter().map(Effect::Notice));
        effects
    }

    /// The device, for tests.
    pub const fn device(&mut self) -> &mut Device {
        &mut self.device
    }
}
