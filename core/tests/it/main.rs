//! Integration tests of xunan-core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should end"
)]

mod finding_stories;
mod reading;
