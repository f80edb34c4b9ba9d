//! One person's device, headless: its store, its sync engine, its photos, and the questions that
//! the screens ask. Hosts (the Tauri window, a browser's worker) give it a clock, files, keys and
//! a network, and nothing else.

pub mod request;
