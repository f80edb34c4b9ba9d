//! What sheets hold until it is filed, and the photos that nothing names (any more).

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use xunan_core::id::Sha256;
use xunan_core::timestamp::Timestamp;

use super::blobs::hashes_in;
use super::{Stored, fixed};

/// What a sheet holds.
pub(crate) fn get(connection: &Connection, name: &str) -> Stored<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT content FROM unfiled WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// How many other sheets hold something.
pub(crate) fn others(connection: &Connection, name: &str) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM unfiled WHERE name <> ?1")?
        .query_row([name], |row| row.get(0))?)
}

/// Keeps what a sheet holds, or drops it. Gives the photos that nothing names any more; their rows
/// are gone.
pub(crate) fn put(
    connection: &Connection,
    name: &str,
    content: Option<&str>,
    now: Timestamp,
) -> Stored<Vec<Sha256>> {
    let before = get(connection, name)?.unwrap_or_default();
    match content {
        Some(content) => connection
            .prepare_cached(
                "INSERT INTO unfiled (name, content, kept) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET content = ?2, kept = ?3",
            )?
            .execute(params![name, content, now.0])?,
        None => connection
            .prepare_cached("DELETE FROM unfiled WHERE name = ?1")?
            .execute([name])?,
    };
    let dropped: BTreeSet<Sha256> = hashes_in(&before).collect();
    sweep(connection, dropped.into_iter())
}

/// Photos that were taken in and that no change names: a sheet does, or the app ended before anything
/// did.
pub(crate) fn unnamed(connection: &Connection) -> Stored<Vec<Sha256>> {
    let mut statement = connection.prepare_cached(
        "SELECT hash FROM blobs WHERE own = 1 AND here = 1 AND unsent = 0 AND sent = 0",
    )?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let rows: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    let hashes = rows.iter().map(|hash| fixed(hash, "blobs"));
    hashes.map(|hash| Ok(Sha256::from_bytes(hash?))).collect()
}

/// Forgets those of some blobs that no change, waiting or refused command, or sheet names.
pub(crate) fn sweep(
    connection: &Connection,
    hashes: impl Iterator<Item = Sha256>,
) -> Stored<Vec<Sha256>> {
    let mut gone = Vec::new();
    let mut statement = connection.prepare_cached(
        "DELETE FROM blobs
         WHERE hash = ?1 AND own = 1 AND unsent = 0 AND sent = 0
           AND NOT EXISTS (SELECT 1 FROM unfiled WHERE instr(content, ?2))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE instr(draft, ?2))
           AND NOT EXISTS (SELECT 1 FROM refused WHERE instr(draft, ?2))",
    )?;
    for hash in hashes {
        if statement.execute(params![hash.as_bytes(), hash.to_string()])? > 0 {
            gone.push(hash);
        }
    }
    Ok(gone)
}
