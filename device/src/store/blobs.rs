//! Which blobs are here, which are still to be sent, and which are to be fetched. The bytes
//! themselves are the host's.

use rusqlite::{Connection, OptionalExtension, params};
use xunan_core::id::Sha256;
use xunan_core::timestamp::Timestamp;

use super::{Stored, fixed, unsigned};

const TABLE: &str = "blobs";

/// Which blobs go first: what lists show, then what is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Drawn signatures and thumbnails.
    Small = 0,
    /// Pictures.
    Picture = 1,
}

/// A blob on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moving {
    pub(crate) hash: Sha256,
    pub(crate) size: u64,
}

/// Where a blob is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    pub(crate) here: bool,
    /// At the relay, as far as this device knows: its own when they were sent, others' until the
    /// relay was asked and didn't have them.
    pub(crate) uploaded: bool,
}

/// Notes a blob that was made here. It is sent once a change names it ([`named`]).
pub(crate) fn add_own(
    connection: &Connection,
    hash: &Sha256,
    size: u64,
    rank: Rank,
    now: Timestamp,
) -> Stored<()> {
    connection
        .prepare_cached(
            "INSERT INTO blobs (hash, size, here, own, rank, added) VALUES (?1, ?2, 1, 1, ?3, ?4)
             ON CONFLICT (hash) DO UPDATE SET here = 1, own = 1, wanted = 0",
        )?
        .execute(params![
            hash.as_bytes(),
            i64::try_from(size).unwrap_or(i64::MAX),
            rank as i64,
            now.0
        ])?;
    Ok(())
}

/// A change names these blobs: those that were made here are to be sent.
pub(crate) fn named<'a>(
    connection: &Connection,
    texts: impl Iterator<Item = &'a str>,
) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE blobs SET unsent = 1 WHERE hash = ?1 AND here = 1 AND own = 1 AND sent = 0",
    )?;
    for hash in texts.flat_map(hashes_in) {
        statement.execute([hash.as_bytes()])?;
    }
    Ok(())
}

/// The hashes that a key or value names, whatever its shape: runs of 64 lower-case hex digits.
pub(crate) fn hashes_in(text: &str) -> impl Iterator<Item = Sha256> {
    text.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f'))
        .filter(|run| run.len() == 64)
        .filter_map(|run| run.parse().ok())
}

/// Notes a blob that is to be fetched; nothing changes if it is here.
pub(crate) fn want(
    connection: &Connection,
    hash: &Sha256,
    rank: Rank,
    now: Timestamp,
) -> Stored<()> {
    connection
        .prepare_cached(
            "INSERT INTO blobs (hash, size, wanted, rank, added) VALUES (?1, 0, 1, ?2, ?3)
             ON CONFLICT (hash) DO UPDATE SET wanted = 1 - here",
        )?
        .execute(params![hash.as_bytes(), rank as i64, now.0])?;
    Ok(())
}

/// Notes that a wanted blob came.
pub(crate) fn arrived(connection: &Connection, hash: &Sha256, size: u64) -> Stored<()> {
    connection
        .prepare_cached(
            "UPDATE blobs SET here = 1, wanted = 0, absent = 0, size = ?2 WHERE hash = ?1",
        )?
        .execute(params![
            hash.as_bytes(),
            i64::try_from(size).unwrap_or(i64::MAX)
        ])?;
    Ok(())
}

/// Gives up on a wanted blob that the relay doesn't have (yet).
pub(crate) fn unwant(connection: &Connection, hash: &Sha256) -> Stored<()> {
    connection
        .prepare_cached("UPDATE blobs SET wanted = 0, absent = 1, again = 0 WHERE hash = ?1")?
        .execute([hash.as_bytes()])?;
    Ok(())
}

/// Notes that the relay has a blob.
pub(crate) fn sent(connection: &Connection, hash: &Sha256) -> Stored<()> {
    connection
        .prepare_cached("UPDATE blobs SET unsent = 0, sent = 1, again = 0 WHERE hash = ?1")?
        .execute([hash.as_bytes()])?;
    Ok(())
}

/// Leaves a blob alone for a while, longer each time.
pub(crate) fn postpone(connection: &Connection, hash: &Sha256, now: Timestamp) -> Stored<()> {
    connection
        .prepare_cached(
            "UPDATE blobs SET again = ?2 + (60000 << min(tries, 8)), tries = tries + 1
             WHERE hash = ?1",
        )?
        .execute(params![hash.as_bytes(), now.0])?;
    Ok(())
}

/// When a blob that was left alone is due.
pub(crate) fn next_again(connection: &Connection) -> Stored<Option<Timestamp>> {
    let again: Option<i64> = connection
        .prepare_cached("SELECT min(again) FROM blobs WHERE unsent = 1 AND again > 0")?
        .query_row([], |row| row.get(0))?;
    Ok(again.map(Timestamp))
}

/// Forgets a blob that was to be sent and isn't here any more.
pub(crate) fn lost(connection: &Connection, hash: &Sha256) -> Stored<()> {
    connection
        .prepare_cached("UPDATE blobs SET here = 0, unsent = 0 WHERE hash = ?1")?
        .execute([hash.as_bytes()])?;
    Ok(())
}

fn first(connection: &Connection, sql: &str, now: Timestamp) -> Stored<Option<Moving>> {
    let row: Option<(Vec<u8>, i64)> = connection
        .prepare_cached(sql)?
        .query_row([now.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((hash, size)) = row else {
        return Ok(None);
    };
    Ok(Some(Moving {
        hash: Sha256::from_bytes(fixed(&hash, TABLE)?),
        size: unsigned(size, TABLE)?,
    }))
}

/// The blob to send next.
pub(crate) fn next_unsent(connection: &Connection, now: Timestamp) -> Stored<Option<Moving>> {
    first(
        connection,
        "SELECT hash, size FROM blobs WHERE unsent = 1 AND again <= ?1
         ORDER BY rank, added LIMIT 1",
        now,
    )
}

/// The blob to fetch next.
pub(crate) fn next_wanted(connection: &Connection, now: Timestamp) -> Stored<Option<Moving>> {
    first(
        connection,
        "SELECT hash, size FROM blobs WHERE wanted = 1 AND again <= ?1
         ORDER BY rank, added LIMIT 1",
        now,
    )
}

/// Where a blob is. One that was never heard of here is somebody else's.
pub(crate) fn whereabouts(connection: &Connection, hash: &Sha256) -> Stored<Whereabouts> {
    Ok(connection
        .prepare_cached(
            "SELECT here, CASE own WHEN 1 THEN sent ELSE 1 - absent END FROM blobs WHERE hash = ?1",
        )?
        .query_row([hash.as_bytes()], |row| {
            Ok(Whereabouts {
                here: row.get(0)?,
                uploaded: row.get(1)?,
            })
        })
        .optional()?
        .unwrap_or(Whereabouts {
            here: false,
            uploaded: true,
        }))
}

/// How many blobs are only here, and the bytes of all that are here.
pub(crate) fn totals(connection: &Connection) -> Stored<(u32, u64)> {
    let (unsent, bytes): (u32, i64) = connection
        .prepare_cached(
            "SELECT coalesce(sum(unsent), 0), coalesce(sum(size * here), 0) FROM blobs",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((unsent, unsigned(bytes, TABLE)?))
}
