//! All SQL. One SQLite file (WAL, `synchronous=FULL`), many readers, one writer at a time; the
//! command line may write beside a serving relay.
//!
//! Nothing of rusqlite leaves this folder: callers get a [`Reading`] or a [`Writing`] for the
//! length of one transaction and ask it in their own words. A trait comes with the second database,
//! not before.

mod acts;
mod audience;
mod blobs;
mod devices;
mod invitations;
mod log;
mod register;
mod relay;
mod schema;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use xunan_core::code::{Code, Retry};
use xunan_core::timestamp::Timestamp;

pub use audience::{Sight, Standpoint};
pub use devices::{DeviceRecord, Enrolment};
pub use invitations::Invitation;
pub use log::{LoggedChange, PushRecord, Refusal};
pub use register::NewRow;
pub use relay::Identity;

/// The database's name in the data folder.
const FILE: &str = "relay.sqlite";
/// Another process (the command line) holds the file only for moments.
const BUSY: Duration = Duration::from_secs(20);
/// Readers kept open for the next question.
const IDLE_READERS: usize = 8;

/// Storage that failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite.
    #[error("the database failed")]
    Sql(#[from] rusqlite::Error),
    /// A file or folder.
    #[error("{path} failed")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something stored that this program did not store so.
    #[error("the database holds what it should not: {0}")]
    Unreadable(&'static str),
    /// JSON that was stored.
    #[error("the database holds JSON that can't be read")]
    Json(#[from] serde_json::Error),
    /// The file was written by a newer relay.
    #[error("the data folder belongs to a newer relay (schema {0})")]
    Newer(i64),
    /// There is no relay in the folder.
    #[error("no relay's data in {0}: `xunan-relay serve` or `import` begins one")]
    Absent(PathBuf),
    /// The system gave no random bytes.
    #[error("no random bytes")]
    Random(#[from] getrandom::Error),
}

impl StoreError {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Newer(_) => Code::StoreNewer,
            _ => Code::StoreFailed,
        }
    }
    /// A full disk or a lock may pass.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Sql(_) | Self::File { .. } => Retry::Later,
            _ => Retry::Never,
        }
    }
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}

/// What storage answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Whether a data folder must hold a relay already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Make one if there is none: an organisation begins.
    IfAbsent,
    /// It must be there.
    Never,
}

/// The relay's storage.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    identity: Identity,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// Questions, within one transaction: they all see the same moment.
#[derive(Debug)]
pub struct Reading<'a> {
    sql: &'a Connection,
}

/// A transaction that writes; it may ask, too.
#[derive(Debug)]
pub struct Writing<'a> {
    reading: Reading<'a>,
}

impl<'a> Deref for Writing<'a> {
    type Target = Reading<'a>;
    fn deref(&self) -> &Self::Target {
        &self.reading
    }
}

impl Store {
    /// Opens the data folder, brings its file to this version's form, and begins an organisation if
    /// that is allowed and none is there.
    pub fn open(dir: &Path, begin: Begin, now: Timestamp) -> Result<Self> {
        let file = dir.join(FILE);
        if begin == Begin::Never && !file.exists() {
            return Err(StoreError::Absent(dir.to_owned()));
        }
        make_dir(dir)?;
        let mut writer = connect(&file)?;
        schema::bring_up(&mut writer)?;
        let identity = relay::identity(&mut writer, now)?;
        Ok(Self {
            dir: dir.to_owned(),
            identity,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        })
    }
    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }
    /// Who this relay is.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Asks questions of one moment.
    pub fn read<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Reading<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut sql = match idle {
            Some(sql) => sql,
            None => connect(&self.dir.join(FILE))?,
        };
        let moment = sql.transaction().map_err(StoreError::from)?;
        let answer = questions(&Reading { sql: &moment })?;
        moment.finish().map_err(StoreError::from)?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS {
            readers.push(sql);
        }
        Ok(answer)
    }

    /// Writes in one transaction, on disk when this returns well; an error undoes all of it.
    pub fn write<T, E: From<StoreError>>(
        &self,
        edits: impl FnOnce(&Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut sql = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = sql
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let reading = Reading { sql: &transaction };
        let outcome = edits(&Writing { reading })?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(outcome)
    }

    /// A number that changes when another process wrote to the file (or the writer here did).
    pub fn stamp(&self) -> Result<i64> {
        let sql = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(sql.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Copies the file, whole and of one moment, while the relay goes on serving.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let from = connect(&self.dir.join(FILE))?;
        let mut copy = Connection::open(to)?;
        let backup = rusqlite::backup::Backup::new(&from, &mut copy)?;
        backup.run_to_completion(1000, Duration::ZERO, None)?;
        drop(backup);
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        drop(copy);
        let file = std::fs::File::open(to).map_err(StoreError::file(to))?;
        file.sync_all().map_err(StoreError::file(to))
    }

    /// What SQLite finds wrong with its own file; none if nothing.
    pub fn file_faults(&self) -> Result<Option<String>> {
        let sql = connect(&self.dir.join(FILE))?;
        let word: String = sql.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        Ok(Some(word).filter(|word| word != "ok"))
    }
}

fn connect(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = Connection::open_with_flags(file, flags)?;
    sql.busy_timeout(BUSY)?;
    sql.pragma_update(None, "journal_mode", "WAL")?;
    sql.pragma_update(None, "synchronous", "FULL")?;
    sql.pragma_update(None, "foreign_keys", "ON")?;
    sql.set_prepared_statement_cache_capacity(64);
    Ok(sql)
}

fn make_dir(dir: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(dir).map_err(StoreError::file(dir))
}

/// A blob column as a fixed number of bytes.
fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N]> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Unreadable("bytes of another length"))
}

/// SQLite's integers are signed; positions, revisions and counts never reach the sign.
fn integer(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

#[cfg(test)]
mod tests;
