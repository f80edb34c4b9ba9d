//! Commands on a finding.

mod act;
mod add_photo;
mod edit;
mod remove_photo;
mod report;

pub use act::act;
pub use add_photo::add_photo;
pub use edit::{Edit, edit};
pub use remove_photo::remove_photo;
pub use report::{Report, corrected, report};
