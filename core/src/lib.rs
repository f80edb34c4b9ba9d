//! What is true in Xunan: records, their rules and rights, targets, and what crosses the network.
//!
//! Pure: no files, sockets, clocks, threads or randomness; time, ids and random bytes come in as
//! arguments. The same code runs on phones, in browsers and in the relay.

pub mod author;
mod bytes;
pub mod change;
pub mod code;
pub mod command;
pub mod document;
pub mod export;
pub mod id;
pub mod order;
pub mod permit;
pub mod record;
pub mod register;
pub mod rule;
mod spelled;
pub mod target;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod timestamp;
pub mod wire;
