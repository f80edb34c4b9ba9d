//! The harness of the end-to-end tests: a world with a real relay process, the sample district, and
//! named people on real devices. Nothing here knows the inside of either; both are driven as users
//! and hosts drive them.

mod page;
mod person;
mod relay;
mod world;

pub use page::{Page, walk};
pub use person::{Asked, Person};
pub use relay::{Relay, relay_command, relay_output};
pub use world::{World, copy_folder, sample_files, told};

use std::path::PathBuf;

/// The repository's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// A program that was built beside this one.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let folder = own.ancestors().find(|folder| folder.join(name).is_file());
    folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}
