//! Opening: one process, one writer, the newest shape.

use rusqlite::{Connection, ErrorCode};

use super::{Store, StoreError, Stored};

/// Every change of shape, oldest first. Only added to; a column never changes its meaning.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_store.sql"),
    include_str!("migrations/0002_unfiled.sql"),
    include_str!("migrations/0003_outbox.sql"),
    include_str!("migrations/0004_sync_log.sql"),
    include_str!("migrations/0005_projections.sql"),
];

impl Store {
    /// Takes a database over, makes it this app's shape, and keeps every other process out for as
    /// long as it is open.
    pub(crate) fn open(connection: Connection) -> Stored<Self> {
        connection.busy_timeout(std::time::Duration::ZERO)?;
        // Exclusive before WAL: then no shared memory is needed (browsers have none), and the lock
        // is the file's, which the end of a process gives back however it ends.
        claim(&connection).map_err(in_use)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -8192)?;
        let mut store = Self { connection };
        store.migrate()?;
        Ok(store)
    }

    fn migrate(&mut self) -> Stored<()> {
        let found: i64 = self
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0))?;
        let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let done = usize::try_from(found).unwrap_or(0);
        for (version, sql) in (1_i64..).zip(MIGRATIONS).skip(done) {
            let transaction = self.connection.transaction()?;
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", version)?;
            transaction.commit()?;
        }
        Ok(())
    }
}

fn claim(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")
}

fn in_use(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse,
        _ => StoreError::Sqlite(error),
    }
}
