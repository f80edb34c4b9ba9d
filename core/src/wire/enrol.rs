//! How a device joins (`POST enrol`) and signs in again (`POST session`): JSON bodies, and the
//! messages that are signed. Each message begins with its own words, so that a signature for one
//! purpose is none for another.

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, Epoch, OrganisationId, PersonId};

/// Body of `POST enrol`: an invitation's code for a device key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// The invitation's code, as typed or scanned.
    pub code: String,
    /// Ed25519 public key, hex.
    pub public_key: String,
    /// Signature over [`enrol_message`], hex: whoever enrols a key holds its secret.
    pub proof: String,
    /// What the device runs on, for showing; at most 64 characters.
    pub platform: String,
}

/// Answer of `POST enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The organisation that the relay serves.
    pub organisation: OrganisationId,
    /// Who was invited.
    pub person: PersonId,
    /// The device's id from now on.
    pub device: DeviceId,
    /// The first session's token.
    pub token: String,
    /// The relay's epoch.
    pub epoch: Epoch,
}

/// Body of `POST session`: a new token for an enrolled device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    /// Which device.
    pub device: DeviceId,
    /// `details.nonce` of a `session.invalid` answer.
    pub nonce: String,
    /// Signature over [`session_message`], hex.
    pub proof: String,
}

/// Answer of `POST session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// `Authorization: Bearer …` from now on.
    pub token: String,
}

/// An invitation's code as it is signed and looked up: what people add when they copy it by hand
/// (spaces, hyphens, small letters) is gone, and letters that look like digits are digits.
#[must_use]
pub fn plain_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// What a device signs to enrol: its invitation's code and its public key.
#[must_use]
pub fn enrol_message(code: &str, public_key: &[u8; 32]) -> Vec<u8> {
    let mut message = b"xunan/enrol/v1".to_vec();
    message.extend_from_slice(public_key);
    message.extend_from_slice(plain_code(code).as_bytes());
    message
}

/// What a device signs for a new session: the relay's organisation, the device, the relay's nonce.
#[must_use]
pub fn session_message(organisation: OrganisationId, device: DeviceId, nonce: &str) -> Vec<u8> {
    let mut message = b"xunan/session/v1".to_vec();
    message.extend_from_slice(organisation.as_bytes());
    message.extend_from_slice(device.as_bytes());
    message.extend_from_slice(nonce.as_bytes());
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_copied_by_hand_is_the_same_code() {
        assert_eq!(plain_code(" abcd-0o1l "), "ABCD0011");
        let key = [7; 32];
        assert_eq!(
            enrol_message("ab-cd", &key),
            enrol_message("ABCD", &key),
            "the proof does not depend on how the code was typed"
        );
    }

    #[test]
    fn messages_for_two_purposes_never_agree() {
        let enrol = enrol_message("AB", &[0; 32]);
        let session = session_message(
            OrganisationId::from_bytes([0; 16]),
            DeviceId::from_bytes([0; 16]),
            "AB",
        );
        assert_ne!(enrol, session);
    }
}
