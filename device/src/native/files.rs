//! Blobs as files, named by their hash in two-letter folders. A blob is written beside its place,
//! flushed, and then renamed: it is whole or it isn't there.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xunan_core::id::Sha256;

use crate::host::Blobs;

/// A folder of blobs.
#[derive(Debug, Clone)]
pub struct FileBlobs {
    root: PathBuf,
}

impl FileBlobs {
    /// In this folder, which is made if need be. Halves that a crash left are swept.
    ///
    /// # Errors
    /// The file system's.
    pub fn open(root: &Path) -> io::Result<Self> {
        let halves = root.join("halves");
        match fs::remove_dir_all(&halves) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&halves)?,
        }
        Ok(Self {
            root: root.to_owned(),
        })
    }

    fn place(&self, hash: &Sha256) -> PathBuf {
        let name = hash.to_string();
        let (folder, _) = name.split_at_checked(2).unwrap_or((&name, ""));
        self.root.join(folder).join(&name)
    }
}

impl Blobs for FileBlobs {
    fn put(&mut self, hash: &Sha256, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(hash);
        if place.exists() {
            return Ok(());
        }
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        let half = self.root.join("halves").join(hash.to_string());
        let mut file = File::create(&half)?;
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        crate::halt::at("blob.half");
        file.write_all(second)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&half, &place)?;
        // The name must be durable too, or the row outlives its file.
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut file = match File::open(self.place(hash)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(u64::try_from(limit).unwrap_or(u64::MAX))
            .read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn remove(&mut self, hash: &Sha256) -> io::Result<()> {
        match fs::remove_file(self.place(hash)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_read_in_pieces_and_halves_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let mut blobs = FileBlobs::open(folder.path()).unwrap();
        let hash = Sha256::from_bytes([7; 32]);
        assert_eq!(blobs.read(&hash, 0, 9).unwrap(), None);
        blobs.put(&hash, b"hello world").unwrap();
        assert_eq!(blobs.read(&hash, 6, 3).unwrap().unwrap(), b"wor");
        assert_eq!(blobs.read(&hash, 6, 99).unwrap().unwrap(), b"world");
        let half = folder.path().join("halves").join("x");
        fs::write(&half, b"half").unwrap();
        let mut blobs = FileBlobs::open(folder.path()).unwrap();
        assert!(!half.exists());
        blobs.remove(&hash).unwrap();
        blobs.remove(&hash).unwrap();
        assert_eq!(blobs.read(&hash, 0, 9).unwrap(), None);
    }
}
