//! Folders of relays and devices, copied before each use so that every repetition begins alike.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;
use xunan_tests::copy_folder;

/// Memory-backed where there is such a place: what is only prepared needn't wait for a disk.
pub(crate) fn in_memory() -> Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        Ok(TempDir::new_in(memory)?)
    } else {
        Ok(TempDir::new()?)
    }
}

/// A fresh copy of a folder on the disk that is measured; gone when dropped.
pub(crate) struct Copy {
    folder: TempDir,
}

impl Copy {
    /// Of `from`, in `disk`.
    pub(crate) fn of(from: &Path, disk: &Path) -> Result<Self> {
        fs::create_dir_all(disk)?;
        let folder = TempDir::new_in(disk)?;
        copy_folder(from, folder.path()).with_context(|| from.display().to_string())?;
        settle(folder.path())?;
        Ok(Self { folder })
    }
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Writes what was copied to the disk, so that its writing back isn't measured.
fn settle(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            settle(&path)?;
        } else {
            fs::File::open(&path)?.sync_all()?;
        }
    }
    Ok(())
}
