//! The rows of projections. What is in them is [`crate::projection`]'s.

use rusqlite::{Connection, params};
use xunan_core::id::DocId;

use super::documents::DocNo;
use super::{StoreError, Stored, fixed};
use crate::projection::Projection;

const TABLE: &str = "projections";

/// Raised whenever a projection is made differently: then all are made anew at the next start.
const SHAPE: i64 = 1;

/// Keeps what a record projects to; none takes it out.
pub(crate) fn put(
    connection: &Connection,
    doc: DocNo,
    projection: Option<&Projection>,
) -> Stored<()> {
    let Some(projection) = projection else {
        connection
            .prepare_cached("DELETE FROM projections WHERE doc = ?1")?
            .execute([doc.0])?;
        return Ok(());
    };
    let unreadable = |_| StoreError::Unreadable { table: TABLE };
    let content = serde_json::to_string(projection).map_err(unreadable)?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO projections (doc, shape, content) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![doc.0, SHAPE, content])?;
    Ok(())
}

/// Projections with their records, and records without one of this shape.
type Kept = (Vec<(DocId, Projection)>, Vec<DocId>);

/// All of this shape, and the records whose projection is of another or missing.
pub(crate) fn all(connection: &Connection) -> Stored<Kept> {
    let mut statement = connection.prepare(
        "SELECT d.id, p.content FROM documents d
         LEFT JOIN projections p ON p.doc = d.n AND p.shape = ?1 ORDER BY d.n",
    )?;
    let mut rows = statement.query([SHAPE])?;
    let (mut found, mut stale) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let id: Vec<u8> = row.get(0)?;
        let id = DocId::from_bytes(fixed(&id, TABLE)?);
        let content: Option<String> = row.get(1)?;
        match content.and_then(|text| serde_json::from_str(&text).ok()) {
            Some(projection) => found.push((id, projection)),
            None => stale.push(id),
        }
    }
    Ok((found, stale))
}
