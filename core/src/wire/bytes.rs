//! Reading and writing of the small binary headers: unsigned LEB128 numbers, lengths before bytes.
//! Reading never trusts a length: it is checked against what is there before anything is kept.

use super::WireError;
use crate::bytes::{Input, put_unsigned};
use crate::timestamp::Timestamp;

/// Appends to a message.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }
    pub(crate) fn number(&mut self, n: u64) {
        put_unsigned(&mut self.0, n);
    }
    pub(crate) fn count(&mut self, n: usize) {
        self.number(u64::try_from(n).unwrap_or(u64::MAX));
    }
    /// Zigzag: clocks may stand anywhere.
    pub(crate) fn time(&mut self, at: Timestamp) {
        self.number(((at.0 << 1) ^ (at.0 >> 63)).cast_unsigned());
    }
    pub(crate) fn fixed(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.fixed(bytes);
    }
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Takes a message apart, front to back.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
    pub(crate) fn byte(&mut self) -> Result<u8, WireError> {
        let (first, rest) = self.0.split_first().ok_or(WireError::Malformed)?;
        self.0 = rest;
        Ok(*first)
    }
    /// One spelling only.
    pub(crate) fn number(&mut self) -> Result<u64, WireError> {
        let mut input = Input::new(self.0);
        let n = input.unsigned().ok_or(WireError::Malformed)?;
        self.0 = input.rest();
        Ok(n)
    }
    pub(crate) fn small(&mut self) -> Result<u32, WireError> {
        u32::try_from(self.number()?).map_err(|_| WireError::Malformed)
    }
    /// A number of elements to come: each takes a byte at least.
    pub(crate) fn count(&mut self, at_most: usize) -> Result<usize, WireError> {
        let n = usize::try_from(self.number()?).map_err(|_| WireError::TooLarge)?;
        if n > at_most {
            return Err(WireError::TooLarge);
        }
        if n > self.0.len() {
            return Err(WireError::Malformed);
        }
        Ok(n)
    }
    pub(crate) fn time(&mut self) -> Result<Timestamp, WireError> {
        let n = self.number()?;
        Ok(Timestamp(
            (n >> 1).cast_signed() ^ (n & 1).cast_signed().wrapping_neg(),
        ))
    }
    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(WireError::Malformed)?;
        self.0 = rest;
        Ok(*bytes)
    }
    pub(crate) fn bytes(&mut self, at_most: usize) -> Result<&'a [u8], WireError> {
        let n = self.count(at_most)?;
        let (bytes, rest) = self.0.split_at_checked(n).ok_or(WireError::Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }
    pub(crate) fn text(&mut self, at_most: usize) -> Result<&'a str, WireError> {
        std::str::from_utf8(self.bytes(at_most)?).map_err(|_| WireError::Malformed)
    }
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All that is left.
    pub(crate) const fn rest(self) -> &'a [u8] {
        self.0
    }
    pub(crate) const fn end(&self) -> Result<(), WireError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut writer = Writer::default();
            writer.number(n);
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.number(), Ok(n));
            assert_eq!(reader.end(), Ok(()));
        }
        for wrong in [&[0x80, 0][..], &[0x80], &[], &[0xff; 10]] {
            assert_eq!(Reader::new(wrong).number(), Err(WireError::Malformed));
        }
    }

    #[test]
    fn times_before_the_epoch_come_back() {
        for ms in [0, 1, -1, i64::MAX, i64::MIN, 1_796_054_400_000] {
            let mut writer = Writer::default();
            writer.time(Timestamp(ms));
            assert_eq!(Reader::new(&writer.finish()).time(), Ok(Timestamp(ms)));
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_refused_before_it_is_believed() {
        let mut writer = Writer::default();
        writer.number(1 << 40);
        let bytes = writer.finish();
        assert_eq!(
            Reader::new(&bytes).bytes(usize::MAX),
            Err(WireError::Malformed)
        );
        assert_eq!(Reader::new(&[5, 1]).bytes(4), Err(WireError::TooLarge));
    }
}
