//! Who this device is, and how far it has read the relay's log. One row.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use xunan_core::id::{ActorId, DeviceId, Epoch, OrganisationId, PersonId};
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Cursor;

use super::{Stored, fixed, unsigned};

const TABLE: &str = "sync_state";

/// What enrolment gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Enrolment {
    pub(crate) organisation: OrganisationId,
    pub(crate) person: PersonId,
    pub(crate) device: DeviceId,
}

/// The row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyncRow {
    /// The writer of this file.
    pub(crate) actor: ActorId,
    /// The relay's base address.
    pub(crate) relay: String,
    /// None: not enrolled.
    pub(crate) enrolment: Option<Enrolment>,
    /// The session's token.
    pub(crate) token: String,
    /// The relay's life that the cursor belongs to.
    pub(crate) epoch: Option<Epoch>,
    /// None: nothing was read yet.
    pub(crate) cursor: Option<Cursor>,
    /// The register's revision that the relay says this device has.
    pub(crate) revision: u64,
    /// Device's clock − relay's clock, milliseconds.
    pub(crate) clock_off: Option<i64>,
    /// The relay's time of the last complete sync.
    pub(crate) synced: Option<Timestamp>,
    /// The newest time written or heard.
    pub(crate) last_time: Timestamp,
    /// The number of the last push begun.
    pub(crate) push: i64,
}

/// The row, if the storage was begun.
pub(crate) fn load(connection: &Connection) -> Stored<Option<SyncRow>> {
    let sql = "SELECT actor, relay, organisation, person, device, token, epoch, cursor, revision,
        clock_off, synced, last_time, push FROM sync_state";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let bytes = |column: usize| row.get::<_, Option<Vec<u8>>>(column);
    let id = |column: usize| -> Stored<Option<[u8; 16]>> {
        bytes(column)?.map(|bytes| fixed(&bytes, TABLE)).transpose()
    };
    let enrolment = match (id(2)?, id(3)?, id(4)?) {
        (Some(organisation), Some(person), Some(device)) => Some(Enrolment {
            organisation: OrganisationId::from_bytes(organisation),
            person: PersonId::from_bytes(person),
            device: DeviceId::from_bytes(device),
        }),
        _ => None,
    };
    let epoch = bytes(6)?.map(|bytes| fixed(&bytes, TABLE)).transpose()?;
    let actor: Vec<u8> = row.get(0)?;
    let cursor: Vec<u8> = row.get(7)?;
    Ok(Some(SyncRow {
        actor: ActorId::from_bytes(fixed(&actor, TABLE)?),
        relay: row.get(1)?,
        enrolment,
        token: row.get(5)?,
        epoch: epoch.map(Epoch::from_bytes),
        cursor: Some(Cursor(cursor)).filter(|cursor| !cursor.0.is_empty()),
        revision: unsigned(row.get(8)?, TABLE)?,
        clock_off: row.get(9)?,
        synced: row.get::<_, Option<i64>>(10)?.map(Timestamp),
        last_time: Timestamp(row.get(11)?),
        push: row.get(12)?,
    }))
}

/// Keeps the row as it is now.
pub(crate) fn save(connection: &Connection, row: &SyncRow) -> Stored<()> {
    let enrolment = row.enrolment.as_ref();
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sync_state
             (only, actor, relay, organisation, person, device, token, epoch, cursor, revision,
              clock_off, synced, last_time, push)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            row.actor.as_bytes(),
            row.relay,
            enrolment.map(|e| *e.organisation.as_bytes()),
            enrolment.map(|e| *e.person.as_bytes()),
            enrolment.map(|e| *e.device.as_bytes()),
            row.token,
            row.epoch.as_ref().map(Epoch::as_bytes),
            row.cursor.as_ref().map_or(&[][..], |cursor| &cursor.0),
            i64::try_from(row.revision).unwrap_or(i64::MAX),
            row.clock_off,
            row.synced.map(|at| at.0),
            row.last_time.0,
            row.push
        ])?;
    Ok(())
}

/// When devices in the person's area last synced.
pub(crate) fn put_last_syncs(
    connection: &Connection,
    last: &[(DeviceId, Timestamp)],
) -> Stored<()> {
    let mut statement = connection
        .prepare_cached("INSERT OR REPLACE INTO last_syncs (device, at) VALUES (?1, ?2)")?;
    for (device, at) in last {
        statement.execute(params![device.as_bytes(), at.0])?;
    }
    Ok(())
}

/// When the relay last heard of the devices in the person's area.
pub(crate) fn last_syncs(connection: &Connection) -> Stored<BTreeMap<DeviceId, Timestamp>> {
    let mut statement = connection.prepare_cached("SELECT device, at FROM last_syncs")?;
    let rows = statement.query_map([], |row| {
        let device: [u8; 16] = row.get(0)?;
        Ok((DeviceId::from_bytes(device), Timestamp(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
