//! The register's rows: appended, never changed.

use rusqlite::Row as SqlRow;
use xunan_core::register::{Row, Table};
use xunan_core::timestamp::Timestamp;

use super::{Reading, Result, StoreError, Writing, count, integer};

/// A row to be written: the store gives it its revision and its first moment.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// Which table.
    pub table: Table,
    /// Its id as text.
    pub id: String,
    /// Set to retire the row.
    pub valid_to: Option<Timestamp>,
    /// What it says.
    pub fields: serde_json::Value,
}

impl Reading<'_> {
    /// All rows with their history, ascending by revision.
    pub fn rows(&self) -> Result<Vec<Row>> {
        let mut ask = self.sql.prepare_cached(
            "SELECT revision, kind, id, valid_from, valid_to, fields FROM register ORDER BY revision",
        )?;
        let mut found = ask.query([])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read_row(row)?);
        }
        Ok(rows)
    }
    /// The highest revision; 0 while there are no rows.
    pub fn revision(&self) -> Result<u64> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT coalesce(max(revision), 0) FROM register")?;
        Ok(count(ask.query_row([], |row| row.get(0))?))
    }
}

impl Writing<'_> {
    /// Appends rows in this order and gives the revision of the last.
    pub fn append_rows(&self, rows: &[NewRow], now: Timestamp) -> Result<u64> {
        let mut revision = self.revision()?;
        let mut put = self.sql.prepare_cached(
            "INSERT INTO register (revision, kind, id, valid_from, valid_to, fields)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for row in rows {
            revision += 1;
            put.execute((
                integer(revision),
                table_word(row.table)?,
                &row.id,
                now.0,
                row.valid_to.map(|at| at.0),
                row.fields.to_string(),
            ))?;
        }
        Ok(revision)
    }
}

fn read_row(row: &SqlRow<'_>) -> Result<Row> {
    let kind: String = row.get(1)?;
    let fields: String = row.get(5)?;
    Ok(Row {
        table: serde_json::from_value(serde_json::Value::String(kind))?,
        id: row.get(2)?,
        revision: count(row.get(0)?),
        valid_from: Timestamp(row.get(3)?),
        valid_to: row.get::<_, Option<i64>>(4)?.map(Timestamp),
        fields: serde_json::from_str(&fields)?,
    })
}

/// Tables are stored by the word that they have on the wire.
fn table_word(table: Table) -> Result<String> {
    match serde_json::to_value(table)? {
        serde_json::Value::String(word) => Ok(word),
        _ => Err(StoreError::Unreadable("a table without a word")),
    }
}
