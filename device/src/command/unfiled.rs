//! Keeps what a sheet holds until it is filed: its words, and photos that are here already.

use xunan_core::code::{Code, Problem};

use crate::device::Device;
use crate::request::Reply;
use crate::store::{Durable, StoreError, unfiled as store};

/// Characters of a sheet's name at most.
const NAME: usize = 120;
/// Bytes that a sheet may hold: words and names of photos, never photos.
const CONTENT: usize = 64 * 1024;
/// Sheets that may hold something at the same time.
const SHEETS: u32 = 200;

impl Device {
    pub(crate) fn unfiled(&self, name: &str) -> Result<Reply, Problem> {
        Ok(Reply::Unfiled(store::get(self.connection(), name)?))
    }

    pub(crate) fn keep_unfiled(
        &mut self,
        name: &str,
        content: Option<&str>,
    ) -> Result<Reply, Problem> {
        let is_large = name.chars().count() > NAME
            || content.is_some_and(|content| content.len() > CONTENT)
            || (content.is_some() && store::others(self.connection(), name)? >= SHEETS);
        if is_large {
            return Err(Problem::new(Code::UnfiledTooLarge));
        }
        let now = self.now();
        let gone = self
            .store
            .write(Durable::Full, |tx| store::put(tx, name, content, now))?;
        for hash in gone {
            self.host.blobs.remove(&hash).map_err(StoreError::Blob)?;
        }
        Ok(Reply::None {})
    }
}
