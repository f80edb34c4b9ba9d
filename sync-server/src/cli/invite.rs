//! `invite`: a code for one device of one person, for hours.

use clap::Args;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;
use xunan_core::id::PersonId;
use xunan_core::register::Register;

use super::{CliError, DataDir, say};
use crate::clock::Clock;
use crate::store::StoreError;

const HOUR_MS: i64 = 3_600_000;
/// Digits and letters that nobody confuses: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Invite a person to enrol a device
#[derive(Debug, Args)]
pub(super) struct Invite {
    #[command(flatten)]
    data: DataDir,
    /// Phone number or name
    #[arg(long)]
    person: String,
    /// Hours that the code holds
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u16).range(1..=720))]
    hours: u16,
    /// For machines
    #[arg(long)]
    json: bool,
}

impl Invite {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let (rows, url) =
            store.read(|ask| Ok::<_, StoreError>((ask.rows()?, ask.public_url()?)))?;
        let register = Register::new(&rows, None);
        let person = find_person(&register, &self.person)?;
        let code = new_code()?;
        let now = clock.now();
        let expires = now.plus(i64::from(self.hours).saturating_mul(HOUR_MS));
        store.write(|edit| {
            edit.add_invitation(&code, person, now, expires)?;
            edit.note_act("invite", &person.to_string(), now)
        })?;
        let link = format!("{url}/#/enrol?code={code}");
        if self.json {
            return say(json!({
                "person": person, "code": code, "link": link, "expires": expires,
            }));
        }
        say(format_args!("{code}\n{link}"))?;
        if !url.is_empty() {
            let picture = QrCode::new(&link)?.render::<Dense1x2>().build();
            say(picture)?;
        }
        Ok(())
    }
}

/// Fifty random bits, in two groups.
fn new_code() -> Result<String, StoreError> {
    let mut bits = u64::from_be_bytes(crate::random()?);
    let mut code = String::with_capacity(11);
    for n in 0..10 {
        if n == 5 {
            code.push('-');
        }
        let letter = usize::try_from(bits & 31).unwrap_or(0);
        code.extend(LETTERS.get(letter).map(|letter| char::from(*letter)));
        bits >>= 5;
    }
    Ok(code)
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

#[cfg(test)]
mod tests {
    use xunan_core::wire::enrol::plain_code;

    use super::*;

    #[test]
    fn a_code_survives_being_copied_by_hand() {
        let code = new_code().unwrap();
        assert_eq!(code.len(), 11);
        assert_eq!(plain_code(&code), code.replace('-', ""));
    }
}
