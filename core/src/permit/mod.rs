//! Who may do what: the table of rights, who oversees a site, and whether a person may write a
//! change. One function for the phone, which hides by it, and for the relay, which refuses by it.
//!
//! What is not here: whether a change is well-formed (`change`), who sees a record
//! (`rule::audience`), and what a record reads as — readers never judge rights again.

mod actions;
mod administer;
mod attempt;
mod finding;
mod fits;
mod inspection;
mod may;
pub mod oversight;
mod past;
mod plan;
mod refused;
mod shared;
pub mod table;

pub use actions::{Action, actions};
pub use administer::{may_administer, may_invite};
pub(crate) use attempt::{Held, held, held_at, written};
pub use inspection::InspectionFacts;
pub use may::{Records, Verdict, may};
pub(crate) use past::{Past, Seen};
pub use plan::may_plan;
pub use refused::{Refused, WayOut};
pub(crate) use shared::{is_shared, was_closed};
