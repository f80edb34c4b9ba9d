//! Pure laws: what records add up to. Each takes what it judges as arguments, has one answer
//! whatever the order in which changes arrived, and reads no clock.

pub mod audience;
pub(crate) mod cause;
pub(crate) mod counted_time;
pub mod deadline;
mod escalation;
pub(crate) mod finding_state;
mod official_act;
pub mod plan_change;
mod responsible;
pub mod visible_rows;

pub use counted_time::{CountedTimes, is_clock_doubtful};
pub use escalation::{Escalation, escalation};
pub use official_act::{ActLack, act_lacks};
pub use responsible::suggested;
