//! Which blobs are here, and which records name them.

use rusqlite::{OptionalExtension as _, params};
use xunan_core::id::{DocId, Sha256};
use xunan_core::timestamp::Timestamp;

use super::{Reading, Result, Standpoint, Writing, count, fixed, integer};

impl Reading<'_> {
    /// The size of a blob that is here whole.
    pub fn blob(&self, hash: Sha256) -> Result<Option<u64>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT size FROM blobs WHERE hash = ?")?;
        let size: Option<i64> = ask
            .query_row([hash.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(size.map(count))
    }
    /// All blobs with their sizes.
    pub fn blobs(&self) -> Result<Vec<(Sha256, u64)>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT hash, size FROM blobs ORDER BY hash")?;
        let mut found = ask.query([])?;
        let mut blobs = Vec::new();
        while let Some(row) = found.next()? {
            let hash = Sha256::from_bytes(fixed(&row.get::<_, Vec<u8>>(0)?)?);
            blobs.push((hash, count(row.get(1)?)));
        }
        Ok(blobs)
    }
    /// Whether a record that is seen from a standpoint names a blob.
    pub fn sees_blob(&self, from: &Standpoint, hash: Sha256) -> Result<bool> {
        let mut ask = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM blob_names AS b JOIN audience AS a USING (document)
                 WHERE b.hash = ?1 AND a.subject IN (SELECT value FROM json_each(?2))
                   AND a.until IS NULL)",
        )?;
        let subjects = serde_json::json!(from.subjects).to_string();
        Ok(ask.query_row(params![hash.as_bytes(), subjects], |row| row.get(0))?)
    }
}

impl Writing<'_> {
    /// Notes that a record names a blob.
    pub fn name_blob(&self, hash: Sha256, document: DocId) -> Result<()> {
        let mut put = self.sql.prepare_cached(
            "INSERT OR IGNORE INTO blob_names (hash, document)
             VALUES (?, (SELECT n FROM documents WHERE id = ?))",
        )?;
        put.execute(params![hash.as_bytes(), document.as_bytes()])?;
        Ok(())
    }
    /// Notes that a blob is here whole.
    pub fn add_blob(&self, hash: Sha256, size: u64, now: Timestamp) -> Result<()> {
        self.sql.execute(
            "INSERT OR IGNORE INTO blobs (hash, size, stored) VALUES (?, ?, ?)",
            params![hash.as_bytes(), integer(size), now.0],
        )?;
        Ok(())
    }
}
