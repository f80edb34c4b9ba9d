//! Where a phone's database lies: in a folder of its own; as wasm in the memory of the engine, by a
//! name of its own.

#[cfg(not(target_family = "wasm"))]
pub(crate) use folder::Place;
#[cfg(target_family = "wasm")]
pub(crate) use memory::Place;

#[cfg(not(target_family = "wasm"))]
mod folder {
    use std::path::PathBuf;

    pub(crate) struct Place(tempfile::TempDir);

    impl Place {
        pub(crate) fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }
        pub(crate) fn database(&self) -> PathBuf {
            self.0.path().join("device.db")
        }
    }
}

#[cfg(target_family = "wasm")]
mod memory {
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    pub(crate) struct Place(u32);

    impl Place {
        pub(crate) fn new() -> Self {
            static MADE: AtomicU32 = AtomicU32::new(0);
            Self(MADE.fetch_add(1, Ordering::Relaxed))
        }
        pub(crate) fn database(&self) -> PathBuf {
            PathBuf::from(format!("{}.db", self.0))
        }
    }
}
