//! Writes the note of an item.

use crate::command::input::text_or_null;
use crate::command::{InputError, Puts};
use crate::record::{InspectionKey, ItemRef};

/// The put of a note; no words clear it.
///
/// # Errors
/// [`InputError::Invalid`] if it is too long.
pub fn note_item(item: ItemRef<'_>, text: &str) -> Result<Puts, InputError> {
    let text = Some(text).filter(|text| !text.trim().is_empty());
    Ok(vec![(
        InspectionKey::Note(item).to_string(),
        text_or_null("note", text)?,
    )])
}
