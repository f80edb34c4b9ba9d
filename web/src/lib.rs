//! Host 2: the browser. The edge between the device core and the worker's JavaScript, and nothing
//! else: what happened goes in, what to do comes out ([`device::Device`]); storage is origin-private
//! files through SQLite ([`storage`]).
//!
//! Natively this crate is empty.
#![cfg(target_family = "wasm")]

mod blobs;
mod clock;
mod device;
mod effect;
mod key;
mod storage;
