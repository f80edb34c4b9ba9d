//! Targets: how work becomes numbers (docs of the metrics: one file each). Pure functions of the
//! register, the records and their log times, so that a number is the same on every device that holds
//! the same records.
//!
//! From records to a screen: a record's [`InspectionFacts`] or [`FindingFacts`] are all that counting
//! needs of it; [`Counting`] indexes the facts of all records once; [`Counting::progress`] gives a
//! target's row in a period, and [`Counting::letter_points`] a letter's total.

pub mod catalogue;

mod area;
mod counting;
mod coverage;
mod facts;
mod findings_reported;
mod inspections;
mod leader_led;
mod left;
mod letter;
mod listed_closed_on_time;
mod major_in_person;
mod major_open;
mod major_same_day;
mod measured;
mod metric;
mod number;
mod overdue;
mod period;
mod plan_completion;
mod plan_move;
mod planned_visit;
mod points;
mod post_checks;
mod progress;
mod reading;
mod rechecked_on_time;
mod records_complete;
mod rectified_on_time;
mod rest;
mod self_inspections;
mod subject;
mod whose;

pub use counting::{Counting, Facts};
pub use facts::{Act, DutyFacts, FindingFacts, InspectionFacts, Listing, Rest, RestKind};
pub use left::{Left, WhatIsLeft};
pub use letter::{Grade, LetterPoints, TargetYear};
pub use measured::Measured;
pub use number::{Counted, Item, LeftOut, Mark, Tally, Value, Why};
pub use period::{PeriodError, PeriodId, Phase, Window};
pub use plan_move::{PlanMove, plan_moves};
pub use points::{Asked, Exact};
pub use progress::{NotCounted, Progress, Standing};
pub use whose::{CountsFor, counts_for};
