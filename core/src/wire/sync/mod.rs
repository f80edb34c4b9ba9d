//! The one exchange that moves records: push, pull and wait in one request (protocol.md, section
//! 5). Headers are binary, in fixed order, the version first; what follows from the batch does not
//! travel twice.
//!
//! Says nothing of how bodies are compressed ([`super::body`]) or changes packed
//! ([`super::batch`]).

mod answer;
mod news;
mod request;
mod verdict;

pub use answer::SyncAnswer;
pub use news::{News, Run, Seal};
pub use request::{Cursor, Push, SyncRequest};
pub use verdict::{Outcome, Verdict};

use super::WireError;
use super::bytes::Reader;

/// The protocol's version, the first byte of a request and of an answer.
pub const PROTOCOL: u8 = 1;
/// Most seconds that the relay holds a request without news.
pub const WAIT_AT_MOST: u32 = 50;
/// Most bytes of an answer's body, compressed; what a device asks for when it has no wish.
pub const ANSWER_BYTES: u64 = 2 << 20;

const CURSOR_BYTES: usize = 96;

fn version(r: &mut Reader<'_>) -> Result<(), WireError> {
    match r.byte()? {
        PROTOCOL => Ok(()),
        other => Err(WireError::Version(other)),
    }
}

fn read_all<'a, T>(
    r: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let n = r.count(usize::MAX)?;
    // Grows as elements come: a count alone reserves nothing.
    let mut all = Vec::new();
    for _ in 0..n {
        all.push(one(r)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
