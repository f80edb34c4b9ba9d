//! For tests of every crate: a small district with its people, stories told as changes with who
//! had seen what, and whole years of records. Behind feature `testing`; no product code uses it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "support of tests: a mistake in a story shall stop the test, and stories shall read well"
)]

mod cast;
pub mod rights;
mod story;
pub mod year;

pub use cast::{Cast, day};
pub use story::Story;
