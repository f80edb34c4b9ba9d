//! Invitations: a code for one device of one person, for hours.

use xunan_core::id::PersonId;
use xunan_core::wire::admin::Invited;

use super::Acting;
use crate::store::{StoreError, Writing};

const HOUR_MS: i64 = 3_600_000;
/// Digits and letters that nobody confuses: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Invites a person.
pub(crate) fn invite(
    edit: &Writing<'_>,
    person: PersonId,
    hours: u16,
    acting: Acting,
) -> Result<Invited, StoreError> {
    let code = new_code()?;
    let expires = acting.now.plus(i64::from(hours).saturating_mul(HOUR_MS));
    edit.add_invitation(&code, person, acting.now, expires)?;
    edit.note_act("invite", &person.to_string(), acting.by, acting.now)?;
    let link = format!("{}/#/enrol?code={code}", edit.public_url()?);
    Ok(Invited {
        person,
        code,
        link,
        expires,
    })
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
