//! The device key. Where it can, the browser keeps it so that nobody can read it out, and signs
//! (WebCrypto); else it is in the host's database, and this signs.

use ed25519_dalek::{Signer, SigningKey};
use rusqlite::{Connection, OptionalExtension, params};
use xunan_device::host::Random;

use crate::clock::BrowserRandom;
use crate::storage::OpenError;

/// Who has the key.
pub(crate) enum Key {
    /// The browser; its public half.
    Browser([u8; 32]),
    /// The database.
    Stored(Box<SigningKey>),
}

impl Key {
    /// The key that this device began with; a new device takes the browser's if there is one.
    pub(crate) fn open(host: &Connection, browser: Option<[u8; 32]>) -> Result<Self, OpenError> {
        let begun: Option<([u8; 32], Option<[u8; 32]>)> = host
            .query_row("SELECT public, secret FROM keys", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match (begun, browser) {
            (Some((_, Some(secret))), _) => Ok(Self::stored(&secret)),
            (Some((public, None)), Some(browser)) if public == browser => Ok(Self::Browser(public)),
            (Some(_), _) => Err(OpenError::KeyGone),
            (None, Some(public)) => {
                keep(host, &public, None)?;
                Ok(Self::Browser(public))
            }
            (None, None) => {
                let mut secret = [0; 32];
                BrowserRandom.fill(&mut secret);
                let key = Self::stored(&secret);
                keep(host, &key.public(), Some(&secret))?;
                Ok(key)
            }
        }
    }

    fn stored(secret: &[u8; 32]) -> Self {
        Self::Stored(Box::new(SigningKey::from_bytes(secret)))
    }

    /// Its public half.
    pub(crate) fn public(&self) -> [u8; 32] {
        match self {
            Self::Browser(public) => *public,
            Self::Stored(key) => key.verifying_key().to_bytes(),
        }
    }

    /// A signature, if the key is here.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        match self {
            Self::Browser(_) => None,
            Self::Stored(key) => Some(key.sign(message).to_bytes()),
        }
    }
}

fn keep(host: &Connection, public: &[u8], secret: Option<&[u8]>) -> rusqlite::Result<()> {
    host.execute(
        "INSERT INTO keys (public, secret) VALUES (?1, ?2)",
        params![public, secret],
    )?;
    Ok(())
}
