//! From a camera's file to a photo in a record: two blobs and what the record says of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use xunan_core::code::{Code, Problem};
use xunan_core::id::Sha256;
use xunan_core::record::Photo;

use super::marks::{Marks, read_marks};
use crate::device::Device;
use crate::host::Scaled;
use crate::request::NewPhoto;
use crate::store::blobs::{self, Rank};

/// Bytes of a drawing at most; larger than any signature on glass.
const DRAWING_BYTES: usize = 512 * 1024;

impl Device {
    /// A photo's bytes, and what the camera wrote into them.
    ///
    /// # Errors
    /// `photo.unreadable`
    pub(crate) fn read_photo(&self, new: &NewPhoto) -> Result<(Vec<u8>, Marks), Problem> {
        let bytes = plain(&new.base64)?;
        let marks = read_marks(&bytes, &self.register().settings().zone);
        Ok((bytes, marks))
    }

    /// Keeps a photo that the host made ready: durable here when this returns. It is sent once a
    /// change names it.
    ///
    /// # Errors
    /// `photo.unreadable` if the host couldn't read it, or the storage.
    pub(crate) fn keep_photo(
        &mut self,
        new: NewPhoto,
        marks: Marks,
        scaled: Option<Scaled>,
    ) -> Result<Photo, Problem> {
        let unreadable = || Problem::new(Code::PhotoUnreadable);
        let scaled = scaled.ok_or_else(unreadable)?;
        let thumb = self.keep_blob(&scaled.thumb, Rank::Small)?;
        let h = self.keep_blob(&scaled.picture, Rank::Picture)?;
        Ok(Photo {
            h,
            size: u32::try_from(scaled.picture.len()).map_err(|_| unreadable())?,
            thumb,
            taken: new.taken.or(marks.taken).unwrap_or_else(|| self.now()),
            loc: new.loc.or(marks.loc),
        })
    }

    /// A photo that was taken in before, if it is still here.
    pub(crate) fn taken_photo(&self, kept: Photo) -> Result<Photo, Problem> {
        let mut is_here = true;
        for hash in [&kept.h, &kept.thumb] {
            is_here &= blobs::whereabouts(self.connection(), hash)?.here;
        }
        if is_here {
            Ok(kept)
        } else {
            Err(Problem::new(Code::PhotoUnreadable))
        }
    }

    /// Takes a drawn signature in, as it is.
    ///
    /// # Errors
    /// `photo.unreadable` if it isn't a small PNG, or the storage.
    pub fn take_drawing(&mut self, new: &NewPhoto) -> Result<Sha256, Problem> {
        let bytes = plain(&new.base64)?;
        if bytes.len() > DRAWING_BYTES || !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Err(Problem::new(Code::PhotoUnreadable));
        }
        self.keep_blob(&bytes, Rank::Small)
    }

    /// A blob as a data URL, if it is here.
    ///
    /// # Errors
    /// The storage.
    pub fn photo_url(&self, hash: &Sha256) -> Result<Option<String>, Problem> {
        let bytes = self.host.blobs.read(hash, 0, usize::MAX);
        let Some(bytes) = bytes.map_err(crate::store::StoreError::Blob)? else {
            return Ok(None);
        };
        let kind = if bytes.starts_with(b"\x89PNG") {
            "image/png"
        } else {
            "image/jpeg"
        };
        Ok(Some(format!(
            "data:{kind};base64,{}",
            STANDARD.encode(&bytes)
        )))
    }
}

/// The bytes; a data URL's head is left out.
fn plain(base64: &str) -> Result<Vec<u8>, Problem> {
    let body = base64
        .split_once("base64,")
        .map_or(base64, |(_, body)| body);
    STANDARD
        .decode(body.trim())
        .map_err(|_| Problem::new(Code::PhotoUnreadable))
}
