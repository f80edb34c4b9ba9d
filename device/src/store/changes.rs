//! Changes since a record's snapshot, as their bytes.

use rusqlite::{Connection, params};
use xunan_core::change::Change;
use xunan_core::id::ChangeHash;

use super::documents::DocNo;
use super::{Stored, fixed};

/// Keeps a change. `own`: written here and not acknowledged yet.
pub(crate) fn append(
    connection: &Connection,
    doc: DocNo,
    change: &Change,
    own: bool,
) -> Stored<()> {
    connection
        .prepare_cached("INSERT INTO changes (doc, hash, raw, own) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![doc.0, change.hash.as_bytes(), change.raw(), own])?;
    Ok(())
}

/// Which of a record's changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// All.
    All,
    /// Those that the relay has.
    Acknowledged,
}

/// A record's changes since its snapshot, in order of arrival.
pub(crate) fn since_snapshot(
    connection: &Connection,
    doc: DocNo,
    which: Which,
) -> Stored<Vec<Vec<u8>>> {
    let sql = match which {
        Which::All => "SELECT raw FROM changes WHERE doc = ?1 ORDER BY n",
        Which::Acknowledged => "SELECT raw FROM changes WHERE doc = ?1 AND own = 0 ORDER BY n",
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([doc.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The bytes of one change.
pub(crate) fn raw(connection: &Connection, doc: DocNo, hash: &ChangeHash) -> Stored<Vec<u8>> {
    Ok(connection
        .prepare_cached("SELECT raw FROM changes WHERE doc = ?1 AND hash = ?2")?
        .query_row(params![doc.0, hash.as_bytes()], |row| row.get(0))?)
}

/// Notes that the relay has a change.
pub(crate) fn acknowledge(connection: &Connection, doc: DocNo, hash: &ChangeHash) -> Stored<()> {
    connection
        .prepare_cached("UPDATE changes SET own = 0 WHERE doc = ?1 AND hash = ?2")?
        .execute(params![doc.0, hash.as_bytes()])?;
    Ok(())
}

/// Drops own changes that the relay doesn't have, before they are done again.
pub(crate) fn drop_unacknowledged(connection: &Connection, doc: DocNo) -> Stored<()> {
    connection
        .prepare_cached("DELETE FROM changes WHERE doc = ?1 AND own = 1")?
        .execute([doc.0])?;
    Ok(())
}

/// How many rows a record has, and how many of them the relay lacks.
pub(crate) fn count(connection: &Connection, doc: DocNo) -> Stored<(u32, u32)> {
    Ok(connection
        .prepare_cached("SELECT count(*), coalesce(sum(own), 0) FROM changes WHERE doc = ?1")?
        .query_row([doc.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Hash out of a row.
pub(crate) fn hash(bytes: &[u8]) -> Stored<ChangeHash> {
    Ok(ChangeHash::from_bytes(fixed(bytes, "changes")?))
}
