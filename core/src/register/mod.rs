//! The register: the organisation's rows as the relay wrote them, each with its history.
//!
//! Only the relay writes rows, one after the other; devices keep them. What decides who may do
//! what has one order. Rows whose shape this version doesn't know are kept by whoever stores them
//! and skipped here.

mod checklist;
mod letter;
mod people;
mod plan;
mod row;
mod setting;
mod unit;
mod view;

pub use checklist::{AnswerType, Checklist, Item};
pub use letter::{Goal, Letter, Period, PointRule, Signer, Target};
pub use people::{Certificate, Device, Person, Post, PostKind};
pub use plan::{InspectionKind, PlanChange, PlannedVisit};
pub use row::{Row, Table};
pub use setting::Settings;
pub use unit::{Power, Risk, Unit, UnitLevel};
pub use view::{Register, Version, Versions};
