//! Takes a photo off an item, or off none. Whoever wants to see it finds it in the record's history.

use crate::change::Scalar;
use crate::command::Puts;
use crate::id::Sha256;
use crate::record::{InspectionKey, ItemRef};

/// The put that clears what stands under its hash.
#[must_use]
pub fn remove_photo(item: Option<ItemRef<'_>>, hash: Sha256) -> Puts {
    vec![(InspectionKey::Photo(item, hash).to_string(), Scalar::Null)]
}
