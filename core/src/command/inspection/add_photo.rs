//! Adds a photo to an item, or to none.

use crate::change::Scalar;
use crate::command::Puts;
use crate::record::{InspectionKey, ItemRef, Photo};

/// The put of a photo: what stands under its hash.
#[must_use]
pub fn add_photo(item: Option<ItemRef<'_>>, photo: &Photo) -> Puts {
    let key = InspectionKey::Photo(item, photo.h).to_string();
    vec![(key, Scalar::Text(photo.to_value()))]
}
