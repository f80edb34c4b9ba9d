//! `verify`: goes through the whole log and says the first thing that is wrong.

use clap::Args;

use super::{CliError, DataDir, say};
use crate::clock::Clock;
use crate::verify::verify;

/// Check everything: rules, rights, signatures, hashes, photos
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    data: DataDir,
}

impl Verify {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let verified = verify(&store)?;
        say(format_args!(
            "{} changes in {} records, {} pushes, {} photos: nothing is wrong",
            verified.changes, verified.records, verified.pushes, verified.blobs
        ))
    }
}
