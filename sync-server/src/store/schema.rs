//! The file's form: migrations are added, never changed.

use rusqlite::Connection;

use super::{Result, StoreError};

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_who_acted.sql"),
];

/// Carries out what is missing, each in its own transaction.
pub(super) fn bring_up(sql: &mut Connection) -> Result<()> {
    let target = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    for (migration, version) in MIGRATIONS.iter().zip(1..) {
        let step = sql.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let held: i64 = step.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if held > target {
            return Err(StoreError::Newer(held));
        }
        if held < version {
            step.execute_batch(migration)?;
            step.pragma_update(None, "user_version", version)?;
        }
        step.commit()?;
    }
    Ok(())
}
