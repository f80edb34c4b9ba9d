//! `backup`: a copy of the relay's file, of one moment, while it goes on serving. Blobs are files
//! that never change once they have their name: any copy of their folder made later goes with it.

use std::path::PathBuf;

use clap::Args;

use super::{CliError, DataDir, say};
use crate::clock::Clock;

/// Copy the relay's file to another, while it serves; copy `DIR/blobs` after it
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    data: DataDir,
    /// The copy: must not be there yet
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        if self.file.exists() {
            return Err(CliError::FileExists(self.file));
        }
        let store = self.data.open(clock)?;
        store.back_up(&self.file)?;
        let blobs = self.data.dir.join("blobs");
        say(format_args!(
            "{} is whole; photos are in {}, to be copied after it",
            self.file.display(),
            blobs.display()
        ))
    }
}
