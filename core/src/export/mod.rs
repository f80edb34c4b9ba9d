//! The export's lines (docs/export.md): whole records, and every number with the records behind it,
//! so that anybody can count again what the app counted.

mod record;
mod target;

pub use record::{finding, inspection};
pub use target::{settings, target};
