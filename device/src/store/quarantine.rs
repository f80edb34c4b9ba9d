//! Changes that end the app. Before foreign changes are applied their record is marked; a mark that
//! is still there at the next start tells which record it was. It is then tried alone, and when that
//! fails too, it is set aside for a later version of the app, which asks for it whole.

use rusqlite::{Connection, OptionalExtension, params};
use xunan_core::id::DocId;
use xunan_core::timestamp::Timestamp;

use super::{Stored, fixed};

const TABLE: &str = "quarantine";

/// How often a record's changes may end the app.
pub(crate) const TRIES: u32 = 2;

/// Marks records as being applied.
pub(crate) fn mark(connection: &Connection, ids: &[DocId]) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO applying (id, tries) VALUES (?1, 1)
         ON CONFLICT (id) DO UPDATE SET tries = tries + 1",
    )?;
    for id in ids {
        statement.execute([id.as_bytes()])?;
    }
    Ok(())
}

/// Clears the marks: the records were applied.
pub(crate) fn clear(connection: &Connection, ids: &[DocId]) -> Stored<()> {
    let mut statement = connection.prepare_cached("DELETE FROM applying WHERE id = ?1")?;
    for id in ids {
        statement.execute([id.as_bytes()])?;
    }
    Ok(())
}

/// How often applying this record didn't end well; 0 for nearly every one.
pub(crate) fn tries(connection: &Connection, id: DocId) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT tries FROM applying WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// Sets a record aside.
pub(crate) fn put(connection: &Connection, id: DocId, now: Timestamp, version: &str) -> Stored<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO quarantine (id, at, version) VALUES (?1, ?2, ?3)")?
        .execute(params![id.as_bytes(), now.0, version])?;
    clear(connection, &[id])
}

/// How many records are set aside.
pub(crate) fn count(connection: &Connection) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM quarantine")?
        .query_row([], |row| row.get(0))?)
}

/// Records that another version of the app set aside: this one may do better.
pub(crate) fn of_other_versions(connection: &Connection, version: &str) -> Stored<Vec<DocId>> {
    let mut statement = connection.prepare("SELECT id FROM quarantine WHERE version <> ?1")?;
    let ids = statement.query_map([version], |row| row.get::<_, Vec<u8>>(0))?;
    ids.map(|id| Ok(DocId::from_bytes(fixed(&id?, TABLE)?)))
        .collect()
}

/// Takes a record back out.
pub(crate) fn remove(connection: &Connection, id: DocId) -> Stored<()> {
    connection
        .prepare_cached("DELETE FROM quarantine WHERE id = ?1")?
        .execute([id.as_bytes()])?;
    Ok(())
}

/// Whether this version set a record aside.
pub(crate) fn holds(connection: &Connection, id: DocId, version: &str) -> Stored<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM quarantine WHERE id = ?1 AND version = ?2)")?
        .query_row(params![id.as_bytes(), version], |row| row.get(0))?)
}
