//! The device's tests as wasm, against a relay of their own making: the same SQLite as in a browser,
//! in the engine's memory. Those that copy files or open what another process holds stay natively.
#![cfg(target_family = "wasm")]
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
#![allow(
    dead_code,
    unused_imports,
    reason = "some is for the tests that stay natively"
)]
#![allow(unsafe_code, reason = "the macros of these tests export functions")]

#[path = "../../device/tests/it/after_end.rs"]
mod after_end;
#[path = "../../device/tests/it/cuts.rs"]
mod cuts;
#[path = "../../device/tests/it/exchange.rs"]
mod exchange;
#[path = "../../device/tests/it/photos.rs"]
mod photos;
#[path = "../../device/tests/it/place.rs"]
mod place;
#[path = "../../device/tests/it/questions.rs"]
mod questions;
#[path = "../../device/tests/it/redo.rs"]
mod redo;
#[path = "../../device/tests/it/relay.rs"]
mod relay;
#[path = "../../device/tests/it/scope.rs"]
mod scope;
#[path = "../../device/tests/it/unfiled.rs"]
mod unfiled;
#[path = "../../device/tests/it/world.rs"]
mod world;
