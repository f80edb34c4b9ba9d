//! The relay: keeps the log of changes, judges what devices push, and gives each person what they
//! may see. It keeps no documents: only the raw changes in order and a small index of each, which
//! it can rebuild from the log.
//!
//! What is true is decided in `xunan_core`; here are the endpoints, the storage and the command
//! line. Begin reading at [`app`]; a push goes through `accept`, an answer comes from `scope`.

mod accept;
pub mod admin;
pub mod app;
mod blob;
pub mod cli;
pub mod clock;
pub mod export;
mod guesses;
mod halt;
mod http;
pub mod import;
mod registers;
pub mod relay;
mod scope;
pub mod store;
pub mod verify;
mod waiting;
pub mod zone;

/// Random bytes from the system.
fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
