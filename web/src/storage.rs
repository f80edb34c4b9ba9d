//! Two databases on origin-private files: the device's own, and this host's (blobs and, where the
//! browser can't keep one, the key). A pool of files is opened once, because opening a file is
//! asynchronous in a browser and SQLite isn't.

use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, install};

/// Two databases, each with its journal, and two files to spare for SQLite's passing needs.
const FILES: usize = 6;

/// The storage can't be opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The browser gives no files: another worker has them, or private mode, or no room.
    Files(OpfsSAHError),
    /// SQLite's.
    Sqlite(rusqlite::Error),
    /// The browser forgot the key that the relay knows this device by.
    KeyGone,
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// The device's database and the host's.
pub(crate) struct Storage {
    pub(crate) device: Connection,
    pub(crate) host: Connection,
}

impl Storage {
    /// Takes the files of this origin; one worker at a time can.
    pub(crate) async fn open() -> Result<Self, OpenError> {
        let pool = OpfsSAHPoolCfgBuilder::new()
            .directory("xunan")
            .initial_capacity(FILES)
            .build();
        install::<WasmOsCallback>(&pool, true)
            .await
            .map_err(OpenError::Files)?;
        let host = Connection::open("host.db")?;
        host.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        // Photos are written once, to new pages: a rollback journal keeps them from being written
        // twice, as a write-ahead log would.
        host.pragma_update(None, "journal_mode", "TRUNCATE")?;
        host.pragma_update(None, "synchronous", "FULL")?;
        host.pragma_update(None, "cache_size", -2048)?;
        host.execute_batch(
            "CREATE TABLE IF NOT EXISTS blobs (hash BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
             CREATE TABLE IF NOT EXISTS keys (public BLOB NOT NULL, secret BLOB) STRICT;",
        )?;
        Ok(Self {
            device: Connection::open("device.db")?,
            host,
        })
    }
}
