//! Commands that weren't accepted: kept with their reason, words and photos until their person
//! decides, and after that under what was done.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use xunan_core::code::Code;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;
use xunan_core::timestamp::Timestamp;

use super::draft::Puts;
use super::{StoreError, Stored, fixed};

const TABLE: &str = "refused";

/// A command that wasn't accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedCommand {
    /// Local number; 0 before it is kept.
    pub(crate) id: i64,
    pub(crate) doc: DocId,
    pub(crate) kind: RecordKind,
    pub(crate) code: Code,
    pub(crate) details: BTreeMap<String, String>,
    pub(crate) puts: Puts,
    pub(crate) command: String,
    pub(crate) written: Timestamp,
    pub(crate) refused: Timestamp,
    /// How many other changes of the same push were accepted.
    pub(crate) beside: u32,
    /// What was done with it, as JSON.
    pub(crate) resolved: Option<String>,
}

const fn unreadable() -> StoreError {
    StoreError::Unreadable { table: TABLE }
}

/// Those that nobody decided on yet: number, record, and when it was written.
pub(crate) fn open(connection: &Connection) -> Stored<Vec<(i64, DocId, Timestamp)>> {
    let mut statement = connection
        .prepare_cached("SELECT id, doc_id, written FROM refused WHERE resolved IS NULL")?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, Vec<u8>>(1)?,
            Timestamp(row.get(2)?),
        ))
    })?;
    rows.map(|row| {
        let (id, doc, written) = row?;
        Ok((id, DocId::from_bytes(fixed(&doc, TABLE)?), written))
    })
    .collect()
}

/// Keeps one and gives its number.
pub(crate) fn add(connection: &Connection, new: &RefusedCommand) -> Stored<i64> {
    let text = |value: &BTreeMap<_, _>| serde_json::to_string(value).map_err(|_| unreadable());
    connection
        .prepare_cached(
            "INSERT INTO refused
             (doc_id, kind, code, details, draft, command, written, refused, beside)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            new.doc.as_bytes(),
            new.kind.number(),
            new.code.as_str(),
            text(&new.details)?,
            serde_json::to_string(&new.puts).map_err(|_| unreadable())?,
            new.command,
            new.written.0,
            new.refused.0,
            new.beside
        ])?;
    Ok(connection.last_insert_rowid())
}

fn read(row: &Row<'_>) -> Stored<RefusedCommand> {
    let (doc, kind): (Vec<u8>, u8) = (row.get(1)?, row.get(2)?);
    let (code, details): (String, String) = (row.get(3)?, row.get(4)?);
    let draft: String = row.get(5)?;
    let known = Code::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == code);
    Ok(RefusedCommand {
        id: row.get(0)?,
        doc: DocId::from_bytes(fixed(&doc, TABLE)?),
        kind: RecordKind::from_number(kind).ok_or_else(unreadable)?,
        // A code of an older app that this one dropped can't be: codes are never removed.
        code: known.unwrap_or(Code::Internal),
        details: serde_json::from_str(&details).map_err(|_| unreadable())?,
        puts: serde_json::from_str(&draft).map_err(|_| unreadable())?,
        command: row.get(6)?,
        written: Timestamp(row.get(7)?),
        refused: Timestamp(row.get(8)?),
        beside: row.get(9)?,
        resolved: row.get(10)?,
    })
}

const COLUMNS: &str = "id, doc_id, kind, code, details, draft, command, written, refused, beside,
    resolved";

/// All of them, those to be decided first, newest first.
pub(crate) fn all(connection: &Connection) -> Stored<Vec<RefusedCommand>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM refused ORDER BY resolved IS NOT NULL, id DESC"
    ))?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// One of them.
pub(crate) fn get(connection: &Connection, id: i64) -> Stored<Option<RefusedCommand>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM refused WHERE id = ?1"))?
        .query_row([id], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Notes how many other changes of the same push were accepted.
pub(crate) fn set_beside(connection: &Connection, id: i64, beside: u32) -> Stored<()> {
    connection
        .prepare_cached("UPDATE refused SET beside = ?2 WHERE id = ?1")?
        .execute(params![id, beside])?;
    Ok(())
}

/// Notes what was done with it.
pub(crate) fn resolve(connection: &Connection, id: i64, way: &str) -> Stored<()> {
    connection
        .prepare_cached("UPDATE refused SET resolved = ?2 WHERE id = ?1")?
        .execute(params![id, way])?;
    Ok(())
}

/// How many are to be decided.
pub(crate) fn count(connection: &Connection) -> Stored<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM refused WHERE resolved IS NULL")?
        .query_row([], |row| row.get(0))?)
}
