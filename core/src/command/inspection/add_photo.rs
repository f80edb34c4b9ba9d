//! Adds a photo to an item, or to none.

use crate::command::Puts;
use crate::command::input::json;
use crate::record::{InspectionKey, ItemRef, Photo};

/// The put of a photo: what stands under its hash.
#[must_use]
pub fn add_photo(item: Option<ItemRef<'_>>, photo: &Photo) -> Puts {
    vec![(InspectionKey::Photo(item, photo.h).to_string(), json(photo))]
}
