//! Forms of input that several commands share.

use super::InputError;
use crate::change::Scalar;

/// The longest text that a field takes, in characters.
const LONGEST: usize = 4_000;

/// Words as they are stored: NFC, without blanks around them, not above the limit.
///
/// # Errors
/// [`InputError::Invalid`] if they are too long.
pub fn words(field: &'static str, text: &str) -> Result<String, InputError> {
    let text = composed(text.trim());
    if text.chars().count() > LONGEST {
        return Err(InputError::Invalid { field });
    }
    Ok(text)
}

/// Unicode's NFC.
#[cfg(not(target_family = "wasm"))]
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// A browser has Unicode's tables; a phone needn't load them a second time.
#[cfg(target_family = "wasm")]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// Words that must be there.
pub(super) fn needed(field: &'static str, text: &str) -> Result<String, InputError> {
    let text = words(field, text)?;
    if text.is_empty() {
        Err(InputError::Invalid { field })
    } else {
        Ok(text)
    }
}

/// Words as a value; none clears what stood there.
pub(super) fn text_or_null(field: &'static str, text: Option<&str>) -> Result<Scalar, InputError> {
    Ok(match text {
        Some(text) => Scalar::Text(words(field, text)?),
        None => Scalar::Null,
    })
}

/// A value of JSON: photos, places, clauses.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Scalar {
    // Maps with text keys alone: they can't fail to be written.
    Scalar::Text(serde_json::to_string(value).unwrap_or_default())
}
