//! Adds a photo from before.

use crate::change::Scalar;
use crate::command::Puts;
use crate::record::{FindingKey, Photo};

/// The put of a photo: what stands under its hash.
#[must_use]
pub fn add_photo(photo: &Photo) -> Puts {
    let key = FindingKey::Photo(photo.h).to_string();
    vec![(key, Scalar::Text(photo.to_value()))]
}
