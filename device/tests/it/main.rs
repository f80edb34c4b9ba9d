//! The device against a relay of its own making: without sockets, threads or time, so that a test
//! can lose any answer and end the app at any moment.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_lines,
    reason = "a test that meets the unexpected should end"
)]

mod after_end;
mod cuts;
mod exchange;
mod export_types;
mod photos;
mod place;
mod questions;
mod redo;
mod relay;
mod scope;
mod unfiled;
mod world;
