//! Blobs as rows of the host's database: a commit makes one whole and durable.

use std::io;

use rusqlite::{Connection, OptionalExtension, params};
use xunan_core::id::Sha256;
use xunan_device::host::Blobs;

/// The table of blobs.
pub(crate) struct BlobTable(pub(crate) Connection);

impl Blobs for BlobTable {
    fn put(&mut self, hash: &Sha256, bytes: &[u8]) -> io::Result<()> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO blobs (hash, bytes) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![hash.as_bytes(), bytes]))
            .map(drop)
            .map_err(io::Error::other)
    }

    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let from = i64::try_from(offset).unwrap_or(i64::MAX).saturating_add(1);
        let length = i64::try_from(limit).unwrap_or(i64::MAX);
        self.0
            .prepare_cached("SELECT substr(bytes, ?2, ?3) FROM blobs WHERE hash = ?1")
            .and_then(|mut select| {
                select
                    .query_row(params![hash.as_bytes(), from, length], |row| row.get(0))
                    .optional()
            })
            .map_err(io::Error::other)
    }

    fn remove(&mut self, hash: &Sha256) -> io::Result<()> {
        self.0
            .prepare_cached("DELETE FROM blobs WHERE hash = ?1")
            .and_then(|mut delete| delete.execute([hash.as_bytes()]))
            .map(drop)
            .map_err(io::Error::other)
    }
}
