//! Commands that the relay doesn't have yet, each beside its change. A command with a wait has no
//! change yet: until its time it can be taken back without a trace.

use rusqlite::{Connection, OptionalExtension, Row, params};
use xunan_core::id::ChangeHash;
use xunan_core::timestamp::Timestamp;

use super::documents::DocNo;
use super::draft::Puts;
use super::{StoreError, Stored, changes};

const TABLE: &str = "outbox";

/// A command in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) id: i64,
    pub(crate) doc: DocNo,
    /// None: it waits.
    pub(crate) hash: Option<ChangeHash>,
    pub(crate) puts: Puts,
    pub(crate) command: String,
    pub(crate) written: Timestamp,
    pub(crate) due: Timestamp,
}

/// A command on its way into the outbox.
pub(crate) struct NewOutgoing<'a> {
    pub(crate) doc: DocNo,
    pub(crate) hash: Option<ChangeHash>,
    pub(crate) puts: &'a Puts,
    pub(crate) command: &'a str,
    pub(crate) written: Timestamp,
    pub(crate) due: Timestamp,
}

fn spelled(puts: &Puts) -> Stored<String> {
    serde_json::to_string(puts).map_err(|_| StoreError::Unreadable { table: TABLE })
}

/// Adds a command and gives its number.
pub(crate) fn add(connection: &Connection, new: &NewOutgoing<'_>) -> Stored<i64> {
    connection
        .prepare_cached(
            "INSERT INTO outbox (doc, hash, draft, command, written, due)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.doc.0,
            new.hash.as_ref().map(ChangeHash::as_bytes),
            spelled(new.puts)?,
            new.command,
            new.written.0,
            new.due.0
        ])?;
    Ok(connection.last_insert_rowid())
}

const COLUMNS: &str = "id, doc, hash, draft, command, written, due";

fn read(row: &Row<'_>) -> Stored<Outgoing> {
    let hash: Option<Vec<u8>> = row.get(2)?;
    let draft: String = row.get(3)?;
    Ok(Outgoing {
        id: row.get(0)?,
        doc: DocNo(row.get(1)?),
        hash: hash.map(|bytes| changes::hash(&bytes)).transpose()?,
        puts: serde_json::from_str(&draft).map_err(|_| StoreError::Unreadable { table: TABLE })?,
        command: row.get(4)?,
        written: Timestamp(row.get(5)?),
        due: Timestamp(row.get(6)?),
    })
}

fn select(
    connection: &Connection,
    rest: &str,
    parameters: impl rusqlite::Params,
) -> Stored<Vec<Outgoing>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox {rest}"))?;
    let mut rows = statement.query(parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// A record's commands, oldest first.
pub(crate) fn of(connection: &Connection, doc: DocNo) -> Stored<Vec<Outgoing>> {
    select(connection, "WHERE doc = ?1 ORDER BY id", [doc.0])
}

/// A record's commands that wait, oldest first.
pub(crate) fn waiting_of(connection: &Connection, doc: DocNo) -> Stored<Vec<Outgoing>> {
    select(
        connection,
        "WHERE doc = ?1 AND hash IS NULL ORDER BY id",
        [doc.0],
    )
}

/// Commands that wait longer than until `now`, the newest first.
pub(crate) fn waiting(connection: &Connection, now: Timestamp) -> Stored<Vec<Outgoing>> {
    select(
        connection,
        "WHERE hash IS NULL AND due > ?1 ORDER BY id DESC",
        [now.0],
    )
}

/// One command.
pub(crate) fn get(connection: &Connection, id: i64) -> Stored<Option<Outgoing>> {
    Ok(select(connection, "WHERE id = ?1", [id])?.pop())
}

/// The newest command that waits.
pub(crate) fn newest_waiting(connection: &Connection) -> Stored<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT max(id) FROM outbox WHERE hash IS NULL")?
        .query_row([], |row| row.get(0))?)
}

/// Records with commands whose wait is over.
pub(crate) fn due(connection: &Connection, now: Timestamp) -> Stored<Vec<DocNo>> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT doc FROM outbox WHERE hash IS NULL AND due <= ?1")?;
    let rows = statement.query_map([now.0], |row| Ok(DocNo(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the next wait is over.
pub(crate) fn next_due(connection: &Connection) -> Stored<Option<Timestamp>> {
    let due: Option<i64> = connection
        .prepare_cached("SELECT min(due) FROM outbox WHERE hash IS NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(due.map(Timestamp))
}

/// A waiting command has become a change, or one was done again as another change.
pub(crate) fn set_change(connection: &Connection, id: i64, hash: &ChangeHash) -> Stored<()> {
    connection
        .prepare_cached("UPDATE outbox SET hash = ?2, due = 0, push = 0 WHERE id = ?1")?
        .execute(params![id, hash.as_bytes()])?;
    Ok(())
}

/// Keeps what a command puts now, after events were renamed in it.
pub(crate) fn set_puts(connection: &Connection, id: i64, puts: &Puts) -> Stored<()> {
    connection
        .prepare_cached("UPDATE outbox SET draft = ?2 WHERE id = ?1")?
        .execute(params![id, spelled(puts)?])?;
    Ok(())
}

/// Takes a command out: acknowledged, undone, or refused.
pub(crate) fn remove(connection: &Connection, id: i64) -> Stored<()> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Records with changes to send, those with the oldest work first; inspections before findings,
/// because a finding is judged by its inspection. `push`: only those of a push under way.
pub(crate) fn to_send(connection: &Connection, push: i64) -> Stored<Vec<DocNo>> {
    let mut statement = connection.prepare_cached(
        "SELECT o.doc FROM outbox o JOIN documents d ON d.n = o.doc
         WHERE o.hash IS NOT NULL AND (?1 = 0 OR o.push = ?1)
         GROUP BY o.doc ORDER BY d.kind, min(o.id)",
    )?;
    let rows = statement.query_map([push], |row| Ok(DocNo(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A record's commands to send with their changes, oldest first: without what they put.
pub(crate) fn to_send_of(
    connection: &Connection,
    doc: DocNo,
    push: i64,
) -> Stored<Vec<(i64, ChangeHash)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, hash FROM outbox
         WHERE doc = ?1 AND hash IS NOT NULL AND (?2 = 0 OR push = ?2) ORDER BY id",
    )?;
    let rows = statement.query_map(params![doc.0, push], |row| {
        Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    rows.map(|row| {
        let (id, hash) = row?;
        Ok((id, changes::hash(&hash)?))
    })
    .collect()
}

/// Marks what a push holds: if its answer is lost, exactly the same is sent again, and the relay
/// knows it.
pub(crate) fn begin_push(connection: &Connection, push: i64, ids: &[i64]) -> Stored<()> {
    connection
        .prepare_cached("UPDATE outbox SET push = 0 WHERE push <> 0")?
        .execute([])?;
    let mut mark = connection.prepare_cached("UPDATE outbox SET push = ?2 WHERE id = ?1")?;
    for id in ids {
        mark.execute(params![id, push])?;
    }
    Ok(())
}

/// The push whose answer hasn't come; 0 = none.
pub(crate) fn under_way(connection: &Connection) -> Stored<i64> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(push), 0) FROM outbox WHERE push <> 0")?
        .query_row([], |row| row.get(0))?)
}

/// Ends a push: nothing of it is under way any more.
pub(crate) fn end_push(connection: &Connection) -> Stored<()> {
    connection
        .prepare_cached("UPDATE outbox SET push = 0 WHERE push <> 0")?
        .execute([])?;
    Ok(())
}

/// Counts that the relay held a command; gives how often by now.
pub(crate) fn hold(connection: &Connection, id: i64) -> Stored<u32> {
    Ok(connection
        .prepare_cached("UPDATE outbox SET held = held + 1 WHERE id = ?1 RETURNING held")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// How many changes are only here.
pub(crate) fn count(connection: &Connection) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM outbox")?
        .query_row([], |row| row.get(0))?)
}
