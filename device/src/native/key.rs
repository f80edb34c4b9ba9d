//! The device key as a file that only its owner may read. A host with a key store of its own
//! (phones) takes that instead.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use ed25519_dalek::{Signer, SigningKey};

use super::SystemRandom;
use crate::host::Random;

/// The key can't be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file system's.
    #[error("the key file can't be read or written")]
    File(#[from] io::Error),
    /// Not 32 bytes.
    #[error("the key file is broken")]
    Broken,
}

/// An Ed25519 key kept in a file.
pub struct KeyFile {
    key: SigningKey,
}

impl KeyFile {
    /// Reads the key, or makes one if there is no file.
    ///
    /// # Errors
    /// The file system's, or a file that isn't a key.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        match fs::read(path) {
            Ok(bytes) => {
                let bytes: [u8; 32] = bytes.try_into().map_err(|_| KeyError::Broken)?;
                Ok(Self {
                    key: SigningKey::from_bytes(&bytes),
                })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Self::make(path),
            Err(error) => Err(error.into()),
        }
    }

    fn make(path: &Path) -> Result<Self, KeyError> {
        let mut secret = [0; 32];
        SystemRandom.fill(&mut secret);
        // Beside its place first: a key that is half written would be no key for ever.
        let half = path.with_extension("half");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&half)?;
        file.write_all(&secret)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&half, path)?;
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Self {
            key: SigningKey::from_bytes(&secret),
        })
    }

    /// Its public half.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }
    /// Signs a message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("device.key");
        let made = KeyFile::open(&path).unwrap();
        let read = KeyFile::open(&path).unwrap();
        assert_eq!(made.public_key(), read.public_key());
        assert_eq!(made.sign(b"x"), read.sign(b"x"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&path, b"short").unwrap();
        assert!(matches!(KeyFile::open(&path), Err(KeyError::Broken)));
    }
}
