//! Commands on an inspection.

mod act;
mod add_photo;
mod answer_item;
mod begin;
mod conclude;
mod note_item;
mod remove_photo;
mod team;

pub use act::{act, chosen};
pub use add_photo::add_photo;
pub use answer_item::answer_item;
pub use begin::{Begin, begin};
pub use conclude::{Conclusion, conclude, conclusion};
pub use note_item::note_item;
pub use remove_photo::remove_photo;
pub use team::{add_list, name_member, set_basis};
