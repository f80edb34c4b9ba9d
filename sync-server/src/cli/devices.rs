//! `devices`: which devices there are, whose, and when they last synced.

use clap::Args;
use jiff::Timestamp as Moment;
use serde_json::json;
use xunan_core::register::Register;
use xunan_core::timestamp::Timestamp;

use super::{CliError, DataDir, say};
use crate::clock::Clock;
use crate::store::StoreError;

/// List devices
#[derive(Debug, Args)]
pub(super) struct Devices {
    #[command(flatten)]
    data: DataDir,
    /// For machines: one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Devices {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let (rows, devices) =
            store.read(|ask| Ok::<_, StoreError>((ask.rows()?, ask.devices()?)))?;
        let register = Register::new(&rows, None);
        for device in devices {
            let name = register
                .person(device.person)
                .map_or("", |person| &person.name);
            let platform = register
                .device(device.id)
                .map_or("", |device| &device.platform);
            if self.json {
                say(json!({
                    "id": device.id, "person": device.person, "name": name, "platform": platform,
                    "enrolled": device.enrolled, "last_sync": device.last_sync,
                    "revoked": device.revoked,
                }))?;
                continue;
            }
            let state = match device.revoked {
                Some(at) => format!("revoked {}", shown(at)),
                None if device.last_sync == Timestamp::default() => "never synced".to_owned(),
                None => format!("last sync {}", shown(device.last_sync)),
            };
            say(format_args!("{} {name} {platform} {state}", device.id))?;
        }
        Ok(())
    }
}

fn shown(at: Timestamp) -> String {
    Moment::from_millisecond(at.0).map_or_else(|_| String::new(), |moment| moment.to_string())
}
