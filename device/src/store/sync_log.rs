//! The sync log: what was sent and received when, and why not.

use rusqlite::{Connection, params};
use xunan_core::timestamp::Timestamp;

use super::Stored;
use crate::request::SyncLogLine;

/// Lines that are kept.
const KEPT: i64 = 500;

/// Adds a line.
pub(crate) fn add(connection: &Connection, line: &SyncLogLine) -> Stored<()> {
    let problem = line
        .problem
        .as_ref()
        .and_then(|problem| serde_json::to_string(problem).ok());
    connection
        .prepare_cached(
            "INSERT INTO sync_log (at, sent, refused, received, photos, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            line.at.0,
            line.sent,
            line.refused,
            line.received,
            line.photos,
            problem
        ])?;
    connection
        .prepare_cached("DELETE FROM sync_log WHERE n <= (SELECT max(n) FROM sync_log) - ?1")?
        .execute([KEPT])?;
    Ok(())
}

/// The newest lines, newest first.
pub(crate) fn newest(connection: &Connection, limit: u32) -> Stored<Vec<SyncLogLine>> {
    let mut statement = connection.prepare_cached(
        "SELECT at, sent, refused, received, photos, problem FROM sync_log
         ORDER BY n DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        let problem: Option<String> = row.get(5)?;
        Ok(SyncLogLine {
            at: Timestamp(row.get(0)?),
            sent: row.get(1)?,
            refused: row.get(2)?,
            received: row.get(3)?,
            photos: row.get(4)?,
            problem: problem.and_then(|text| serde_json::from_str(&text).ok()),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
