//! What a host gives to a device: time, random bytes, a place for blobs, and the public half of its
//! key. Network, signatures and the scaling of pictures aren't here: the engine asks for them as
//! effects, because in a browser they are asynchronous, and nowhere may a screen wait for them.

use std::io;

use xunan_core::id::Sha256;
use xunan_core::timestamp::Timestamp;

/// The device's own clock, which may be wrong.
pub trait Clock: Send {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Random bytes good enough for keys.
pub trait Random: Send {
    /// Fills the bytes.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Bytes kept by their hash: photos, thumbnails, drawings. A blob is whole and durable when `put`
/// returns, or it isn't there.
pub trait Blobs: Send {
    /// Keeps a blob; one that is there already is left as it is.
    fn put(&mut self, hash: &Sha256, bytes: &[u8]) -> io::Result<()>;
    /// The bytes from `offset` on, `limit` at most; none if the blob isn't here.
    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> io::Result<Option<Vec<u8>>>;
    /// Removes a blob; one that isn't there is no error.
    fn remove(&mut self, hash: &Sha256) -> io::Result<()>;
}

/// A picture made ready: upright, scaled down, without what the camera wrote into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// JPEG, its longer edge [`PICTURE_EDGE`] at most.
    pub picture: Vec<u8>,
    /// JPEG, its longer edge [`THUMB_EDGE`] at most.
    pub thumb: Vec<u8>,
}

/// Longest edge of a picture, in pixels.
pub const PICTURE_EDGE: u32 = 2048;
/// Longest edge of a thumbnail, in pixels.
pub const THUMB_EDGE: u32 = 320;

/// All of it.
pub struct Host {
    /// Its clock.
    pub clock: Box<dyn Clock>,
    /// Its random bytes.
    pub random: Box<dyn Random>,
    /// Its blobs.
    pub blobs: Box<dyn Blobs>,
    /// The device key's public half.
    pub public_key: [u8; 32],
    /// What it runs on, for showing: `android`, `linux` …
    pub platform: String,
}
