//! The app as people meet it: real relay process, real devices, real files, real signals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected should end"
)]
#![allow(
    clippy::too_many_lines,
    clippy::cognitive_complexity,
    clippy::needless_pass_by_value,
    reason = "a story is told in one piece, and asks in JSON that is written where it is used"
)]

mod count;
mod display;
mod faults;
mod forty;
mod https;
mod languages;
mod rights;
mod run;
mod still;
mod stories;
mod support;
mod taps;
mod window;
