//! JSON on the wire.

use serde::de::DeserializeOwned;

/// Reads JSON; none if it is another. It goes by text, as all that is stored does: a reader of its
/// own for bytes would be loaded by every phone.
#[must_use]
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()
}
