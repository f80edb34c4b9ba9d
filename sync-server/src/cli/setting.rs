//! `setting`: what the organisation may choose; each is a row of the register.

use clap::Args;
use xunan_core::register::Register;

use super::{CliError, DataDir, say};
use crate::admin::Acting;
use crate::admin::settings::{SettingError, lines, set};
use crate::clock::Clock;

/// List the organisation's settings, show one, or set one
#[derive(Debug, Args)]
pub(super) struct Setting {
    #[command(flatten)]
    data: DataDir,
    /// The setting
    name: Option<String>,
    /// Its new value
    value: Option<String>,
}

impl Setting {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        if let (Some(name), Some(text)) = (&self.name, &self.value) {
            let acting = Acting {
                by: None,
                now: clock.now(),
            };
            return Ok(store.write(|edit| set(edit, name, text, acting))?);
        }
        let rows = store.read(|ask| ask.rows())?;
        let lines = lines(&Register::new(&rows, None));
        let Some(name) = self.name else {
            for line in lines {
                say(format_args!(
                    "{} {} (default {})",
                    line.name, line.value, line.default
                ))?;
            }
            return Ok(());
        };
        let line = lines.into_iter().find(|line| line.name == name);
        let line = line.ok_or(SettingError::Unknown(name))?;
        say(line.value)
    }
}
