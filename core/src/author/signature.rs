//! The signature of a push: one of 64 bytes, whatever the number of documents.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::id::OrganisationId;

const CONTEXT: &[u8] = b"xunan/push/v1";

/// A signature that doesn't verify, or a key that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature doesn't verify")]
pub struct SignatureError;

/// What a device signs: for which organisation, and the root over its documents.
#[must_use]
pub fn push_message(organisation: OrganisationId, root: &[u8; 32]) -> Vec<u8> {
    [CONTEXT, organisation.as_bytes(), root].concat()
}

/// Verifies an Ed25519 signature strictly: one that anybody else could reshape is refused, too.
///
/// # Errors
/// If it isn't this key's signature of this message.
pub fn verify(
    public_key: &[u8; 32],
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), SignatureError> {
    let key = VerifyingKey::from_bytes(public_key).map_err(|_| SignatureError)?;
    let signature = Signature::from_bytes(signature);
    key.verify_strict(message, &signature)
        .map_err(|_| SignatureError)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[test]
    fn a_signature_covers_organisation_and_root() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let public = key.verifying_key().to_bytes();
        let message = push_message(OrganisationId::from_bytes([1; 16]), &[2; 32]);
        let signature = key.sign(&message).to_bytes();
        assert_eq!(verify(&public, &message, &signature), Ok(()));
        let elsewhere = push_message(OrganisationId::from_bytes([9; 16]), &[2; 32]);
        let other = push_message(OrganisationId::from_bytes([1; 16]), &[3; 32]);
        for wrong in [&elsewhere, &other] {
            assert_eq!(verify(&public, wrong, &signature), Err(SignatureError));
        }
        let stranger = SigningKey::from_bytes(&[6; 32]).verifying_key().to_bytes();
        assert_eq!(verify(&stranger, &message, &signature), Err(SignatureError));
        // A key of small order would verify anything under a lax reading.
        assert_eq!(verify(&[0; 32], &message, &signature), Err(SignatureError));
    }
}
