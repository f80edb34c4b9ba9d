//! Changes: written by us, checked by us.
//!
//! Automerge holds the documents, but it trusts whoever made a change. So for the small alphabet of
//! records this module has its own strict reader (rules 1–6, [`Change::read`]), its own writer, and
//! an index per document ([`History`]) which judges rules 7–11 and answers readers. No foreign byte
//! reaches Automerge before all of them. Rights are not judged here (`permit`).

mod admit;
mod clock;
mod compose;
mod history;
mod invalid;
pub mod limits;
mod read;
mod shape;
mod value;
mod write;

pub use admit::Admission;
pub use history::{ChangeNo, Entry, History, Write};
pub use invalid::Invalid;
pub(crate) use invalid::require;
pub(crate) use value::Draft;
pub use value::{Change, Op, OpId, Scalar, is_key};

#[cfg(test)]
mod holes;
#[cfg(test)]
mod tests;
