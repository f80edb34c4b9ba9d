//! Takes a photo from before off a report. Whoever wants to see it finds it in the record's history.

use crate::change::Scalar;
use crate::command::{InputError, Puts};
use crate::id::Sha256;
use crate::record::{Finding, FindingKey};

/// The put that clears what stands under its hash.
///
/// # Errors
/// If neither words nor another photo would be left.
pub fn remove_photo(finding: &Finding, hash: Sha256) -> Result<Puts, InputError> {
    let mut others = finding.photos.iter().filter(|said| said.value.h != hash);
    if finding.text.trim().is_empty() && others.next().is_none() {
        return Err(InputError::Empty);
    }
    Ok(vec![(FindingKey::Photo(hash).to_string(), Scalar::Null)])
}
