//! Core's tests as wasm: what holds natively holds in a browser's engine, where a panic is the end of
//! the worker. Those that touch files or processes stay natively.
#![cfg(target_family = "wasm")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should end"
)]
#![allow(
    dead_code,
    unused_imports,
    reason = "some is for the tests that stay natively"
)]
#![allow(unsafe_code, reason = "the macros of these tests export functions")]

#[path = "../../core/tests/it/admit.rs"]
mod admit;
#[path = "../../core/tests/it/audience.rs"]
mod audience;
#[path = "../../core/tests/it/batch.rs"]
mod batch;
#[path = "../../core/tests/it/counted_time.rs"]
mod counted_time;
#[path = "../../core/tests/it/dice.rs"]
mod dice;
#[path = "../../core/tests/it/finding_stories.rs"]
mod finding_stories;
#[path = "../../core/tests/it/forgery.rs"]
mod forgery;
#[path = "../../core/tests/it/hostile.rs"]
mod hostile;
#[path = "../../core/tests/it/inspection_stories.rs"]
mod inspection_stories;
#[path = "../../core/tests/it/laws.rs"]
mod laws;
#[path = "../../core/tests/it/oracle.rs"]
mod oracle;
#[path = "../../core/tests/it/reading.rs"]
mod reading;
#[path = "../../core/tests/it/vectors.rs"]
mod vectors;
#[path = "../../core/tests/it/world.rs"]
mod world;
