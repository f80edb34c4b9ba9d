//! Integration tests of xunan-core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should end"
)]

#![allow(
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::trivially_copy_pass_by_ref,
    reason = "stories are long, and helpers take what reads best"
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
