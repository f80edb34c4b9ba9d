//! Blobs on disk: partial uploads that resume at the byte, whole ones named by their hash.
//!
//! `blobs/partial/<hash>` grows; when it is whole and its hash is right, it becomes
//! `blobs/<2 hex>/<hash>`. Bytes are on disk before anybody is told how many there are.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::Digest as _;
use xunan_core::id::Sha256;

use crate::halt;
use crate::store::{Result, StoreError};

/// Most bytes of a blob.
pub(crate) const BLOB_BYTES: u64 = 16 << 20;

/// The blob folder.
#[derive(Debug)]
pub(crate) struct Blobs {
    dir: PathBuf,
    /// One upload of a blob at a time.
    locks: Mutex<BTreeMap<Sha256, Arc<Mutex<()>>>>,
}

/// What became of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grown {
    /// So many are here now.
    Partly(u64),
    /// All are here, so many, and are what their name says.
    Whole(u64),
    /// The upload stands elsewhere.
    WrongOffset(u64),
    /// All were here and had another hash: they are gone.
    WrongHash,
}

impl Blobs {
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        let dir = dir.join("blobs");
        let partial = dir.join("partial");
        std::fs::create_dir_all(&partial).map_err(StoreError::file(&partial))?;
        Ok(Self {
            dir,
            locks: Mutex::default(),
        })
    }

    /// Where a whole blob lies.
    pub(crate) fn path(&self, hash: Sha256) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(name.get(..2).unwrap_or_default()).join(name)
    }
    fn partial(&self, hash: Sha256) -> PathBuf {
        self.dir.join("partial").join(hash.to_string())
    }

    /// How many bytes of an unfinished upload are here.
    pub(crate) fn offset(&self, hash: Sha256) -> Result<u64> {
        let path = self.partial(hash);
        match std::fs::metadata(&path) {
            Ok(meta) => Ok(meta.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(StoreError::file(&path)(error)),
        }
    }

    /// Adds bytes to an upload at its offset, on disk when this returns.
    pub(crate) fn grow(
        &self,
        hash: Sha256,
        offset: u64,
        length: u64,
        bytes: &[u8],
    ) -> Result<Grown> {
        let lock = self.lock_of(hash);
        let _only = lock.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(whole) = std::fs::metadata(self.path(hash)) {
            return Ok(Grown::Whole(whole.len()));
        }
        let here = self.offset(hash)?;
        if here != offset {
            return Ok(Grown::WrongOffset(here));
        }
        let path = self.partial(hash);
        self.append(&path, bytes).map_err(StoreError::file(&path))?;
        let grown = self.offset(hash)?;
        if grown < length {
            return Ok(Grown::Partly(grown));
        }
        self.finish(hash, &path, grown)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let is_new = !path.exists();
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)?;
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        halt::at("blob.half");
        file.write_all(second)?;
        file.sync_all()?;
        if is_new {
            sync_dir(&self.dir.join("partial"))?;
        }
        Ok(())
    }

    /// Gives a whole upload its name, if its hash is what the name says.
    fn finish(&self, hash: Sha256, partial: &Path, size: u64) -> Result<Grown> {
        if digest(partial).map_err(StoreError::file(partial))? != hash {
            std::fs::remove_file(partial).map_err(StoreError::file(partial))?;
            return Ok(Grown::WrongHash);
        }
        halt::at("blob.before_rename");
        let path = self.path(hash);
        let rename = || {
            let parent = path.parent().unwrap_or(&self.dir);
            std::fs::create_dir_all(parent)?;
            std::fs::rename(partial, &path)?;
            sync_dir(parent)?;
            sync_dir(&self.dir)
        };
        rename().map_err(StoreError::file(&path))?;
        halt::at("blob.after_rename");
        Ok(Grown::Whole(size))
    }

    fn lock_of(&self, hash: Sha256) -> Arc<Mutex<()>> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        Arc::clone(locks.entry(hash).or_default())
    }

    /// What is wrong with a blob that should be here whole; none if nothing.
    pub(crate) fn fault(&self, hash: Sha256, size: u64) -> Option<&'static str> {
        let path = self.path(hash);
        match std::fs::metadata(&path) {
            Err(_) => Some("its file is missing"),
            Ok(meta) if meta.len() != size => Some("its file has another size"),
            Ok(_) => match digest(&path) {
                Ok(found) if found == hash => None,
                Ok(_) => Some("its bytes have another hash"),
                Err(_) => Some("its file can't be read"),
            },
        }
    }
}

fn digest(path: &Path) -> std::io::Result<Sha256> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = sha2::Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(Sha256::from_bytes(hasher.finalize().into()));
        }
        hasher.update(buffer.get(..n).unwrap_or_default());
    }
}

/// A new name is on disk only when its folder is.
fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        std::fs::File::open(dir)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(bytes: &[u8]) -> Sha256 {
        Sha256::from_bytes(sha2::Sha256::digest(bytes).into())
    }

    #[test]
    fn an_upload_resumes_at_the_byte_and_is_named_when_whole() {
        let dir = tempfile::tempdir().unwrap();
        let hash = hash_of(b"photograph");
        let blobs = Blobs::open(dir.path()).unwrap();
        assert_eq!(blobs.grow(hash, 0, 10, b"photo").unwrap(), Grown::Partly(5));
        // The relay starts anew in between.
        let blobs = Blobs::open(dir.path()).unwrap();
        assert_eq!(blobs.offset(hash).unwrap(), 5);
        assert_eq!(
            blobs.grow(hash, 3, 10, b"tograph").unwrap(),
            Grown::WrongOffset(5)
        );
        assert_eq!(blobs.grow(hash, 5, 10, b"graph").unwrap(), Grown::Whole(10));
        assert_eq!(std::fs::read(blobs.path(hash)).unwrap(), b"photograph");
        assert_eq!(blobs.fault(hash, 10), None);
        // Sent once more after a lost answer.
        assert_eq!(blobs.grow(hash, 5, 10, b"graph").unwrap(), Grown::Whole(10));
    }

    #[test]
    fn bytes_with_another_hash_are_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let hash = hash_of(b"photograph");
        let blobs = Blobs::open(dir.path()).unwrap();
        let outcome = blobs.grow(hash, 0, 10, b"photograpH").unwrap();
        assert_eq!(outcome, Grown::WrongHash);
        assert_eq!(blobs.offset(hash).unwrap(), 0);
        assert!(!blobs.path(hash).exists());
    }
}
