//! Integration tests of xunan-core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should end"
)]

mod audience;
mod counted_time;
mod finding_stories;
mod inspection_stories;
mod permissions_page;
mod reading;
mod reading_laws;
mod rights;
mod rights_by_hand;
mod targets;
