//! The command line: one file per command. Exit codes: 0 done, 1 a problem said in words, 2 wrong
//! usage. Commands may run beside a serving relay, which takes over what they wrote.

mod backup;
mod devices;
mod export;
mod https;
mod import;
mod invite;
mod people;
mod revoke;
mod serve;
mod setting;
mod verify;

use std::fmt::Display;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::admin::devices::RevokeError;
use crate::admin::settings::SettingError;
use crate::clock::Clock;
use crate::export::ExportError;
use crate::import::UsageError;
use crate::store::{Begin, Store, StoreError};
use crate::verify::VerifyError;

/// The relay of Xunan: keeps the organisation's records and gives each person what they may see.
#[derive(Debug, Parser)]
#[command(name = "xunan-relay", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Setting(setting::Setting),
    Invite(invite::Invite),
    People(people::People),
    Devices(devices::Devices),
    Revoke(revoke::Revoke),
    Backup(backup::Backup),
    Verify(verify::Verify),
    Export(export::Export),
}

/// The folder that holds the relay's file and blobs.
#[derive(Debug, Args)]
struct DataDir {
    /// The relay's data folder
    #[arg(long = "data", value_name = "DIR")]
    dir: PathBuf,
}

impl DataDir {
    fn open(&self, clock: &Clock) -> Result<Store, StoreError> {
        Store::open(&self.dir, Begin::Never, clock.now())
    }
}

/// Why a command did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The terminal, a socket or a file failed.
    #[error("input or output failed")]
    Io(#[from] std::io::Error),
    /// Https can't be served.
    #[error(
        "the certificate {} with the key {} can't be used (PEM files that belong together are \
         wanted): {error}", certificate.display(), key.display()
    )]
    Certificate {
        /// The chain's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Nobody of that name or number.
    #[error("nobody in the register has the phone number or name {0:?}")]
    PersonUnknown(String),
    /// Several of that name.
    #[error("several people are called {name:?}; give the phone number: {numbers}")]
    PersonAmbiguous {
        /// As asked.
        name: String,
        /// Theirs.
        numbers: String,
    },
    /// A device that can't be revoked.
    #[error(transparent)]
    Revoke(#[from] RevokeError),
    /// A setting that can't be set so.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// A backup never overwrites.
    #[error("{0} is there already")]
    FileExists(PathBuf),
    /// A code that is too long for a QR picture.
    #[error("the link is too long for a QR code")]
    Qr(#[from] qrcode::types::QrError),
    /// The import's options don't fit its files.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// Something in the files is to be mended; the report said what.
    #[error("nothing was imported: mend what is listed as 要改 first")]
    ImportBlocked,
    /// No such unit.
    #[error("no unit has the name or credit code {0:?}")]
    UnitUnknown(String),
    /// Several of that name.
    #[error("{count} units are called {name:?}; give the credit code")]
    UnitAmbiguous {
        /// As asked.
        name: String,
        /// How many.
        count: usize,
    },
    /// The export failed.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The log is not what it should be.
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

impl CliError {
    /// Wrong usage that only showed in the files, not a problem of the relay or its files.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::Usage(_))
    }
}

/// Carries a command out.
pub async fn run(arguments: Arguments, clock: Clock) -> Result<(), CliError> {
    match arguments.command {
        Command::Serve(serve) => serve.run(clock).await,
        Command::Import(import) => import.run(&clock),
        Command::Setting(setting) => setting.run(&clock),
        Command::Invite(invite) => invite.run(&clock),
        Command::People(people) => people.run(&clock),
        Command::Devices(devices) => devices.run(&clock),
        Command::Revoke(revoke) => revoke.run(&clock),
        Command::Backup(backup) => backup.run(&clock),
        Command::Verify(verify) => verify.run(&clock),
        Command::Export(export) => export.run(&clock),
    }
}

/// Writes a line to standard output.
fn say(line: impl Display) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
