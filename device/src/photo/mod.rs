//! Photos: taking them in. Sending them is the engine's ([`crate::sync`]).
//!
//! What a camera wrote into a file is read once (which way is up, when, where) and doesn't leave
//! the device: the picture that is kept is made anew, without it.

mod intake;
mod marks;
#[cfg(feature = "native")]
mod scale;

pub use marks::{Marks, read_marks};
#[cfg(feature = "native")]
pub use scale::scale;
