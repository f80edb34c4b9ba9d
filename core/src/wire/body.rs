//! The body of a request or answer: its first byte tells whether it is plain (1) or a zstd frame
//! (0x28, with which every frame begins).

use std::io::Read;

use crate::wire::{WireError, limits};

const PLAIN: u8 = 1;
const ZSTD: u8 = 0x28;
/// Levels above it buy nothing (evidence.md, section 2).
const LEVEL: i32 = 3;
/// Frames that ask the reader for a larger window than 2²³ = 8 MB aren't read.
const WINDOW_LOG: u32 = 23;

/// Packs a body, compressed if that makes it shorter (from about 500 bytes on).
#[must_use]
pub fn pack(content: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(content.len() + 1);
    plain.push(PLAIN);
    plain.extend_from_slice(content);
    let frame = zstd::bulk::compress(content, LEVEL);
    frame
        .ok()
        .filter(|frame| frame.len() < plain.len())
        .unwrap_or(plain)
}

/// Unpacks a body; it never inflates beyond the limit.
///
/// # Errors
/// [`WireError::TooLarge`] above the limits, [`WireError::Malformed`] if it is neither form.
pub fn unpack(body: &[u8]) -> Result<Vec<u8>, WireError> {
    if body.len() > limits::BODY_BYTES {
        return Err(WireError::TooLarge);
    }
    match body.split_first() {
        Some((&PLAIN, content)) => Ok(content.to_vec()),
        Some((&ZSTD, _)) => inflate(body, limits::INFLATED_BYTES),
        _ => Err(WireError::Malformed),
    }
}

/// Inflates exactly one frame, counting as it streams.
fn inflate(frame: &[u8], limit: usize) -> Result<Vec<u8>, WireError> {
    let unreadable = |_| WireError::Malformed;
    let mut decoder = zstd::stream::read::Decoder::with_buffer(frame)
        .map_err(unreadable)?
        .single_frame();
    decoder.window_log_max(WINDOW_LOG).map_err(unreadable)?;
    let mut content = Vec::new();
    let mut limited = decoder.by_ref().take(limit as u64 + 1);
    limited.read_to_end(&mut content).map_err(unreadable)?;
    if content.len() > limit {
        return Err(WireError::TooLarge);
    }
    if decoder.finish().is_empty() {
        Ok(content)
    } else {
        Err(WireError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_come_back_and_only_long_ones_are_compressed() {
        let short = b"nothing new".to_vec();
        assert_eq!(pack(&short).first(), Some(&PLAIN));
        let long = "隐患整改".repeat(500).into_bytes();
        assert_eq!(pack(&long).first(), Some(&ZSTD));
        for content in [Vec::new(), short, long] {
            assert_eq!(unpack(&pack(&content)), Ok(content));
        }
    }

    #[test]
    fn a_small_body_that_inflates_hugely_is_refused() {
        let bomb = zstd::bulk::compress(&vec![0; limits::INFLATED_BYTES + 1], 19).unwrap();
        assert!(bomb.len() < 10_000);
        assert_eq!(unpack(&bomb), Err(WireError::TooLarge));
        assert_eq!(
            unpack(&vec![PLAIN; limits::BODY_BYTES + 1]),
            Err(WireError::TooLarge)
        );
    }

    #[test]
    fn what_is_no_body_is_refused() {
        let frame = pack(&"隐患整改".repeat(500).into_bytes());
        let with_more = [frame.as_slice(), b"more"].concat();
        let two = [frame.as_slice(), frame.as_slice()].concat();
        let cut = &frame[..frame.len() - 1];
        for wrong in [&[][..], &[0], &[2, 1], &[0x28], &with_more, &two, cut] {
            assert_eq!(
                unpack(wrong),
                Err(WireError::Malformed),
                "{} bytes",
                wrong.len()
            );
        }
        let mut wide = zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
        wide.window_log(27).unwrap();
        std::io::Write::write_all(&mut wide, &[7; 9_000_000]).unwrap();
        assert_eq!(unpack(&wide.finish().unwrap()), Err(WireError::Malformed));
    }
}
