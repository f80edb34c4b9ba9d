//! Invitations: one person, one device, for hours.

use sha2::{Digest as _, Sha256};
use xunan_core::id::PersonId;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::enrol::plain_code;

use super::{Reading, Result, Writing, fixed};

/// An invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub person: PersonId,
    /// It holds until this moment.
    pub expires: Timestamp,
    /// The number of the device that used it.
    pub(crate) device: Option<i64>,
}

fn digest(code: &str) -> [u8; 32] {
    Sha256::digest(plain_code(code).as_bytes()).into()
}

impl Reading<'_> {
    /// The invitation with this code.
    pub fn invitation(&self, code: &str) -> Result<Option<Invitation>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT person, expires, device FROM invitations WHERE code = ?")?;
        let mut found = ask.query([digest(code)])?;
        let Some(row) = found.next()? else {
            return Ok(None);
        };
        Ok(Some(Invitation {
            person: PersonId::from_bytes(fixed(&row.get::<_, Vec<u8>>(0)?)?),
            expires: Timestamp(row.get(1)?),
            device: row.get(2)?,
        }))
    }
}

impl Writing<'_> {
    /// Invites a person.
    pub fn add_invitation(
        &self,
        code: &str,
        person: PersonId,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<()> {
        self.sql.execute(
            "INSERT INTO invitations (code, person, made, expires) VALUES (?, ?, ?, ?)",
            (digest(code), person.as_bytes(), now.0, expires.0),
        )?;
        Ok(())
    }
    /// Notes which device used an invitation.
    pub fn use_invitation(&self, code: &str, device: i64) -> Result<()> {
        self.sql.execute(
            "UPDATE invitations SET device = ? WHERE code = ?",
            (device, digest(code)),
        )?;
        Ok(())
    }
}
