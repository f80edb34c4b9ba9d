//! One person's device, headless: its store, its sync engine, its photos, and the questions that
//! the screens ask. Hosts (the Tauri window, a browser's worker) give it a clock, files, keys and
//! a network, and nothing else.
//!
//! A host drives an [`app::App`]: it tells it what happened (a screen asked, an answer came, time
//! passed) and carries out what it says. Nothing in here waits.

pub mod app;
mod call;
mod command;
pub mod device;
mod halt;
pub mod host;
#[cfg(feature = "native")]
pub mod native;
pub mod photo;
mod projection;
mod query;
pub mod request;
mod store;
pub mod sync;
