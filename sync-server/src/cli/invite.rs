//! `invite`: a code for one device of one person, for hours.

use clap::Args;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;
use xunan_core::id::PersonId;
use xunan_core::register::Register;
use xunan_core::wire::admin::INVITATION_HOURS as HOURS;

use super::{CliError, DataDir, say};
use crate::admin::Acting;
use crate::admin::invitations::invite;
use crate::clock::Clock;

/// Invite a person to enrol a device
#[derive(Debug, Args)]
pub(super) struct Invite {
    #[command(flatten)]
    data: DataDir,
    /// Phone number or name
    #[arg(long)]
    person: String,
    /// Hours that the code holds
    #[arg(long, default_value_t = HOURS.0, value_parser = clap::value_parser!(u16).range(1..=i64::from(HOURS.1)))]
    hours: u16,
    /// For machines
    #[arg(long)]
    json: bool,
}

impl Invite {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let rows = store.read(|ask| ask.rows())?;
        let register = Register::new(&rows, None);
        let person = find_person(&register, &self.person)?;
        let acting = Acting {
            by: None,
            now: clock.now(),
        };
        let invited = store.write(|edit| invite(edit, person, self.hours, acting))?;
        if self.json {
            return say(json!(invited));
        }
        say(format_args!("{}\n{}", invited.code, invited.link))?;
        // A link without an address opens nothing.
        if !invited.link.starts_with('/') {
            let picture = QrCode::new(&invited.link)?.render::<Dense1x2>().build();
            say(picture)?;
        }
        Ok(())
    }
}

/// The person with a phone number, or the only one with a name; whose posts ended can't be invited.
fn find_person(register: &Register, asked: &str) -> Result<PersonId, CliError> {
    let current = register
        .people()
        .filter_map(|(id, versions)| Some((id, versions.current()?)));
    let found: Vec<_> = current
        .filter(|(_, person)| person.phone.as_deref() == Some(asked) || person.name == asked)
        .collect();
    match &found[..] {
        [] => Err(CliError::PersonUnknown(asked.to_owned())),
        [(id, _)] => Ok(*id),
        several => {
            let numbers = several
                .iter()
                .filter_map(|(_, person)| person.phone.clone())
                .collect::<Vec<_>>()
                .join(", ");
            Err(CliError::PersonAmbiguous {
                name: asked.to_owned(),
                numbers,
            })
        }
    }
}
