//! The register's rows as the relay sent them, with their history, as far as the person sees them.

use std::ops::RangeInclusive;

use rusqlite::{Connection, params};
use xunan_core::register::{Row, Table};
use xunan_core::timestamp::Timestamp;

use super::{StoreError, Stored, unsigned};

const TABLE: &str = "register_rows";

fn name(table: Table) -> Stored<String> {
    match serde_json::to_value(table) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(StoreError::Unreadable { table: TABLE }),
    }
}

/// Keeps rows; one that is here already takes the new one's words (what its reader may see of it
/// can change).
pub(crate) fn put(connection: &Connection, rows: &[Row]) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO register_rows (revision, tab, id, valid_from, valid_to, fields)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for row in rows {
        statement.execute(params![
            i64::try_from(row.revision).unwrap_or(i64::MAX),
            name(row.table)?,
            row.id,
            row.valid_from.0,
            row.valid_to.map(|at| at.0),
            row.fields.to_string()
        ])?;
    }
    Ok(())
}

/// Forgets rows that left the person's sight, by their revisions.
pub(crate) fn forget(connection: &Connection, gone: &[RangeInclusive<u64>]) -> Stored<()> {
    let mut statement =
        connection.prepare_cached("DELETE FROM register_rows WHERE revision BETWEEN ?1 AND ?2")?;
    let signed = |revision: u64| i64::try_from(revision).unwrap_or(i64::MAX);
    for range in gone {
        statement.execute((signed(*range.start()), signed(*range.end())))?;
    }
    Ok(())
}

/// All rows in the relay's order. A table that this app doesn't know is left out, and is there for
/// the next version.
pub(crate) fn all(connection: &Connection) -> Stored<Vec<Row>> {
    let mut statement = connection.prepare(
        "SELECT revision, tab, id, valid_from, valid_to, fields FROM register_rows
         ORDER BY revision",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let tab: String = row.get(1)?;
        let Ok(table) = serde_json::from_value(tab.into()) else {
            continue;
        };
        let fields: String = row.get(5)?;
        all.push(Row {
            table,
            id: row.get(2)?,
            revision: unsigned(row.get(0)?, TABLE)?,
            valid_from: Timestamp(row.get(3)?),
            valid_to: row.get::<_, Option<i64>>(4)?.map(Timestamp),
            fields: serde_json::from_str(&fields)
                .map_err(|_| StoreError::Unreadable { table: TABLE })?,
        });
    }
    Ok(all)
}
