//! Reading and writing the numbers that changes, batches and sync headers are made of: LEB128,
//! each number in its shortest spelling only.

/// Bytes that are read from the front. Every method gives `None` when they can't be that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }
    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
    pub(crate) fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }
    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }
    /// The bytes of one LEB128 number, and its low 64 bits without sign.
    fn groups(&mut self) -> Option<(usize, u64)> {
        let mut number = 0_u64;
        for group in 0..10_usize {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                return Some((group + 1, number));
            }
        }
        None
    }
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        let tenth = self.rest.get(9).copied();
        let (len, number) = self.groups()?;
        // The tenth byte holds bit 63 alone; what it held beyond is lost in `number`.
        let fits = len < 10 || tenth == Some(1);
        (fits && len == unsigned_len(number)).then_some(number)
    }
    pub(crate) fn signed(&mut self) -> Option<i64> {
        let tenth = self.rest.get(9).copied();
        let (len, number) = self.groups()?;
        let number = number.cast_signed();
        let unused = 64_u32.saturating_sub(7 * u32::try_from(len).ok()?);
        let extended = (number << unused) >> unused;
        let fits = len < 10 || matches!(tenth, Some(0 | 0x7f));
        (fits && len == signed_len(extended)).then_some(extended)
    }
    /// An unsigned number that counts or measures something here.
    pub(crate) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.unsigned()?).ok()
    }
    /// A length and so many bytes.
    pub(crate) fn prefixed(&mut self) -> Option<&'a [u8]> {
        let len = self.size()?;
        self.take(len)
    }
}

/// How many bytes an unsigned number takes.
pub(crate) const fn unsigned_len(number: u64) -> usize {
    let bits = 64 - number.leading_zeros();
    if bits == 0 {
        1
    } else {
        bits.div_ceil(7) as usize
    }
}

/// How many bytes a signed number takes.
pub(crate) const fn signed_len(number: i64) -> usize {
    let bits = 65 - (number ^ (number >> 63)).leading_zeros();
    bits.div_ceil(7) as usize
}

pub(crate) fn put_unsigned(out: &mut Vec<u8>, mut number: u64) {
    for _ in 1..unsigned_len(number) {
        let [group, ..] = number.to_le_bytes();
        out.push(group | 0x80);
        number >>= 7;
    }
    let [group, ..] = number.to_le_bytes();
    out.push(group & 0x7f);
}

pub(crate) fn put_signed(out: &mut Vec<u8>, mut number: i64) {
    for _ in 1..signed_len(number) {
        let [group, ..] = number.to_le_bytes();
        out.push(group | 0x80);
        number >>= 7;
    }
    let [group, ..] = number.to_le_bytes();
    out.push(group & 0x7f);
}

pub(crate) fn put_size(out: &mut Vec<u8>, size: usize) {
    put_unsigned(out, size as u64);
}

pub(crate) fn put_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    put_size(out, bytes.len());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(unsigned: u64, signed: i64, shift in 0_u32..64) {
            let (unsigned, signed) = (unsigned >> shift, signed >> shift);
            let mut out = Vec::new();
            put_unsigned(&mut out, unsigned);
            prop_assert_eq!(out.len(), unsigned_len(unsigned));
            put_signed(&mut out, signed);
            prop_assert_eq!(out.len(), unsigned_len(unsigned) + signed_len(signed));
            let mut input = Input::new(&out);
            prop_assert_eq!(input.unsigned(), Some(unsigned));
            prop_assert_eq!(input.signed(), Some(signed));
            prop_assert!(input.is_empty());
        }

        #[test]
        fn a_number_has_one_spelling(bytes in prop::collection::vec(any::<u8>(), 1..12)) {
            let mut input = Input::new(&bytes);
            if let Some(number) = input.unsigned() {
                let mut out = Vec::new();
                put_unsigned(&mut out, number);
                prop_assert_eq!(&out[..], &bytes[..bytes.len() - input.rest().len()]);
            }
            let mut input = Input::new(&bytes);
            if let Some(number) = input.signed() {
                let mut out = Vec::new();
                put_signed(&mut out, number);
                prop_assert_eq!(&out[..], &bytes[..bytes.len() - input.rest().len()]);
            }
        }
    }

    #[test]
    fn what_is_not_a_number_is_none() {
        for bytes in [
            &[][..],
            &[0x80],
            &[0x80, 0x00],
            &[0xff; 11],
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
        ] {
            assert_eq!(Input::new(bytes).unsigned(), None, "{bytes:?}");
            assert_eq!(Input::new(bytes).signed(), None, "{bytes:?}");
        }
    }
}
