//! Records on this device: their snapshots, and what was written since.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use xunan_core::id::{ChangeHash, DocId};
use xunan_core::record::RecordKind;

use super::{StoreError, Stored, fixed};

/// A record's local number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DocNo(pub(crate) i64);

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) n: DocNo,
    pub(crate) kind: RecordKind,
    pub(crate) snapshot: Option<Vec<u8>>,
}

const TABLE: &str = "documents";

fn kind_of(number: i64) -> Stored<RecordKind> {
    u8::try_from(number)
        .ok()
        .and_then(RecordKind::from_number)
        .ok_or(StoreError::Unreadable { table: TABLE })
}

/// A record, if it is here.
pub(crate) fn find(connection: &Connection, id: DocId) -> Stored<Option<Kept>> {
    let row = connection
        .prepare_cached("SELECT n, kind, snapshot FROM documents WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((n, kind, snapshot)) = row else {
        return Ok(None);
    };
    Ok(Some(Kept {
        n: DocNo(n),
        kind: kind_of(kind)?,
        snapshot,
    }))
}

/// A record's id and kind by its local number.
pub(crate) fn name(connection: &Connection, n: DocNo) -> Stored<(DocId, RecordKind)> {
    let (id, kind): (Vec<u8>, i64) = connection
        .prepare_cached("SELECT id, kind FROM documents WHERE n = ?1")?
        .query_row([n.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((DocId::from_bytes(fixed(&id, TABLE)?), kind_of(kind)?))
}

/// Records that their person opened here.
pub(crate) fn opened(connection: &Connection) -> Stored<BTreeSet<DocId>> {
    ids(connection, "SELECT id FROM documents WHERE opened > 0")
}

/// Records with commands that the relay doesn't have.
pub(crate) fn unsent(connection: &Connection) -> Stored<BTreeSet<DocId>> {
    ids(
        connection,
        "SELECT DISTINCT d.id FROM outbox o JOIN documents d ON d.n = o.doc",
    )
}

fn ids(connection: &Connection, sql: &str) -> Stored<BTreeSet<DocId>> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    ids.map(|id| Ok(DocId::from_bytes(fixed(&id?, TABLE)?)))
        .collect()
}

/// How many records are here.
pub(crate) fn count(connection: &Connection) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM documents")?
        .query_row([], |row| row.get(0))?)
}

/// A place for a new record.
pub(crate) fn create(connection: &Connection, id: DocId, kind: RecordKind) -> Stored<DocNo> {
    connection
        .prepare_cached("INSERT INTO documents (id, kind) VALUES (?1, ?2)")?
        .execute(params![id.as_bytes(), kind.number()])?;
    Ok(DocNo(connection.last_insert_rowid()))
}

/// Notes where a record stands.
pub(crate) fn set_heads(connection: &Connection, n: DocNo, heads: &[ChangeHash]) -> Stored<()> {
    let bytes: Vec<u8> = heads.iter().flat_map(|hash| *hash.as_bytes()).collect();
    connection
        .prepare_cached("UPDATE documents SET heads = ?2 WHERE n = ?1")?
        .execute(params![n.0, bytes])?;
    Ok(())
}

/// Replaces the acknowledged changes by what Automerge saved of them.
pub(crate) fn set_snapshot(connection: &Connection, n: DocNo, snapshot: &[u8]) -> Stored<()> {
    connection
        .prepare_cached("UPDATE documents SET snapshot = ?2 WHERE n = ?1")?
        .execute(params![n.0, snapshot])?;
    connection
        .prepare_cached("DELETE FROM changes WHERE doc = ?1 AND own = 0")?
        .execute([n.0])?;
    Ok(())
}

/// Notes that its person opened it here.
pub(crate) fn set_opened(connection: &Connection, id: DocId, at: i64) -> Stored<()> {
    connection
        .prepare_cached("UPDATE documents SET opened = max(opened, ?2) WHERE id = ?1")?
        .execute(params![id.as_bytes(), at])?;
    Ok(())
}

/// Notes that it left this person's sight; it goes with [`remove`] when its own work is sent.
pub(crate) fn set_leaving(connection: &Connection, n: DocNo, leaving: bool) -> Stored<()> {
    connection
        .prepare_cached("UPDATE documents SET leaving = ?2 WHERE n = ?1")?
        .execute(params![n.0, leaving])?;
    Ok(())
}

/// Records that left this person's sight and have nothing unsent.
pub(crate) fn left(connection: &Connection) -> Stored<Vec<DocNo>> {
    let mut statement = connection.prepare_cached(
        "SELECT n FROM documents d WHERE leaving = 1
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.doc = d.n)",
    )?;
    let rows = statement.query_map([], |row| Ok(DocNo(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes a record off this device, with its changes and receipts.
pub(crate) fn remove(connection: &Connection, n: DocNo) -> Stored<()> {
    connection
        .prepare_cached("DELETE FROM documents WHERE n = ?1")?
        .execute([n.0])?;
    Ok(())
}
