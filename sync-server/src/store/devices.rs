//! Devices and their sessions.

use rusqlite::{OptionalExtension as _, Row as SqlRow};
use sha2::{Digest as _, Sha256};
use xunan_core::id::{DeviceId, PersonId};
use xunan_core::timestamp::Timestamp;

use super::{Reading, Result, Writing, count, fixed, integer};

/// A device as the relay knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRecord {
    /// Its number in this file.
    pub(crate) n: i64,
    /// Its id.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// Ed25519.
    pub public_key: [u8; 32],
    /// When it enrolled.
    pub enrolled: Timestamp,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
    /// When it last synced; 0 for never.
    pub last_sync: Timestamp,
    /// The register's revision that the last answer to it carried.
    pub told_revision: u64,
    /// When that answer was given.
    pub told_at: Timestamp,
}

/// A device to be enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// Its new id.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// Ed25519.
    pub public_key: [u8; 32],
}

const COLUMNS: &str = "n, id, person, public_key, enrolled, revoked, last_sync, told_revision, \
                       told_at";

fn read_device(row: &SqlRow<'_>) -> Result<DeviceRecord> {
    let bytes = |n| row.get::<_, Vec<u8>>(n);
    Ok(DeviceRecord {
        n: row.get(0)?,
        id: DeviceId::from_bytes(fixed(&bytes(1)?)?),
        person: PersonId::from_bytes(fixed(&bytes(2)?)?),
        public_key: fixed(&bytes(3)?)?,
        enrolled: Timestamp(row.get(4)?),
        revoked: row.get::<_, Option<i64>>(5)?.map(Timestamp),
        last_sync: Timestamp(row.get(6)?),
        told_revision: count(row.get(7)?),
        told_at: Timestamp(row.get(8)?),
    })
}

/// Tokens are kept as hashes: who reads the file can't sign in.
fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Reading<'_> {
    fn one_device(
        &self,
        condition: &str,
        value: impl rusqlite::ToSql,
    ) -> Result<Option<DeviceRecord>> {
        let mut ask = self
            .sql
            .prepare_cached(&format!("SELECT {COLUMNS} FROM devices WHERE {condition}"))?;
        let mut found = ask.query([value])?;
        found.next()?.map(read_device).transpose()
    }
    /// A device by its id.
    pub fn device(&self, id: DeviceId) -> Result<Option<DeviceRecord>> {
        self.one_device("id = ?", id.as_bytes())
    }
    /// A device by its key.
    pub fn device_with_key(&self, public_key: &[u8; 32]) -> Result<Option<DeviceRecord>> {
        self.one_device("public_key = ?", public_key)
    }
    /// All devices, as they enrolled.
    pub fn devices(&self) -> Result<Vec<DeviceRecord>> {
        let mut ask = self
            .sql
            .prepare_cached(&format!("SELECT {COLUMNS} FROM devices ORDER BY n"))?;
        let mut found = ask.query([])?;
        let mut devices = Vec::new();
        while let Some(row) = found.next()? {
            devices.push(read_device(row)?);
        }
        Ok(devices)
    }
    /// The device of a session that holds, and when the session ends.
    pub fn session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(DeviceRecord, Timestamp)>> {
        let mut ask = self.sql.prepare_cached(
            "SELECT device, expires FROM sessions WHERE token = ? AND expires > ?",
        )?;
        let held: Option<(i64, i64)> = ask
            .query_row((digest(token), now.0), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((n, expires)) = held else {
            return Ok(None);
        };
        let device = self.one_device("n = ?", n)?;
        Ok(device.map(|device| (device, Timestamp(expires))))
    }
}

impl Writing<'_> {
    /// Takes a device in.
    pub fn add_device(&self, enrolment: &Enrolment, now: Timestamp) -> Result<i64> {
        self.sql.execute(
            "INSERT INTO devices (id, person, public_key, enrolled) VALUES (?, ?, ?, ?)",
            (
                enrolment.id.as_bytes(),
                enrolment.person.as_bytes(),
                enrolment.public_key,
                now.0,
            ),
        )?;
        Ok(self.sql.last_insert_rowid())
    }
    /// Shuts a device out, with its sessions.
    pub fn revoke_device(&self, id: DeviceId, now: Timestamp) -> Result<()> {
        self.sql.execute(
            "DELETE FROM sessions WHERE device = (SELECT n FROM devices WHERE id = ?)",
            [id.as_bytes()],
        )?;
        self.sql.execute(
            "UPDATE devices SET revoked = ? WHERE id = ? AND revoked IS NULL",
            (now.0, id.as_bytes()),
        )?;
        Ok(())
    }
    /// Notes that a device asked, and which register the answer carries.
    pub fn note_answer(&self, device: i64, revision: u64, now: Timestamp) -> Result<()> {
        let mut put = self.sql.prepare_cached(
            "UPDATE devices SET last_sync = ?, told_revision = ?, told_at = ? WHERE n = ?",
        )?;
        put.execute((now.0, integer(revision), now.0, device))?;
        Ok(())
    }
    /// Begins a session; forgets those that ended.
    pub fn add_session(
        &self,
        device: i64,
        token: &str,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<()> {
        self.sql
            .execute("DELETE FROM sessions WHERE expires <= ?", [now.0])?;
        self.sql.execute(
            "INSERT INTO sessions (token, device, expires) VALUES (?, ?, ?)",
            (digest(token), device, expires.0),
        )?;
        Ok(())
    }
}
