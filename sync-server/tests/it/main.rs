//! The relay as devices meet it: over HTTP, with a real database, by clients built on core alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: a mistake shall stop them"
)]

mod administration;
mod audience;
mod blobs;
mod command_line;
mod enrolment;
mod line;
mod phone;
mod plan;
mod records;
mod verify;
mod web;
