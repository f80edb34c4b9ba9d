//! Adds a photo from before.

use crate::command::Puts;
use crate::command::input::json;
use crate::record::{FindingKey, Photo};

/// The put of a photo: what stands under its hash.
#[must_use]
pub fn add_photo(photo: &Photo) -> Puts {
    vec![(FindingKey::Photo(photo.h).to_string(), json(photo))]
}
