//! Integration tests of xunan-core: laws over generated histories, hostile input, pinned bytes, and
//! the stories of records.
//!
//! `XUNAN_CASES` caps how many cases each test generates, `XUNAN_SEED` changes what they are; both
//! are told when a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    reason = "a test that meets the unexpected should end; stories are long"
)]

mod admit;
mod audience;
mod batch;
mod counted_time;
mod dice;
mod finding_stories;
mod forgery;
mod hostile;
mod inspection_stories;
mod laws;
mod oracle;
mod permissions_page;
mod reading;
mod reading_laws;
mod rights;
mod rights_by_hand;
mod targets;
mod vectors;
mod world;
