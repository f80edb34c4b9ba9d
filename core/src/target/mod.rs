//! Targets: how work becomes numbers. Pure functions of the register, the records and their log
//! times, so that a number is the same on every device that holds the same records.

pub mod catalogue;
mod facts;

pub use facts::{Act, DutyFacts, FindingFacts, InspectionFacts, Listing, Rest, RestKind};
