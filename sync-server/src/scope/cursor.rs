//! Where a device stands, as the relay writes it into the opaque cursor.

use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Cursor;

/// A cursor that this relay did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this relay")]
pub(crate) struct CursorError;

/// A moment of sight: a position, and the register by which it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) position: u64,
    pub(crate) revision: u64,
}

/// Which arrival comes next: they go own ones first, then newer ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Next {
    pub(crate) own: bool,
    pub(crate) first: u64,
}

/// Where a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It has everything up to there.
    Log(Mark),
    /// It is on the way from one mark (none: from nothing) to another: arrivals from `next` on are
    /// still to come.
    Turns {
        from: Option<Mark>,
        to: Mark,
        next: Next,
    },
}

/// A place, and up to when the device was told of last syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) place: Place,
    pub(crate) told: Timestamp,
}

const LOG: u8 = 1;
const TURNS: u8 = 2;
const FIRST_TURNS: u8 = 3;

impl Held {
    pub(crate) fn write(&self) -> Cursor {
        let mut numbers = vec![self.told.0.cast_unsigned()];
        let mut put = |mark: Mark| numbers.extend([mark.position, mark.revision]);
        let tag = match self.place {
            Place::Log(at) => {
                put(at);
                LOG
            }
            Place::Turns { from, to, next } => {
                put(to);
                from.into_iter().for_each(&mut put);
                numbers.extend([next.first, u64::from(next.own)]);
                from.map_or(FIRST_TURNS, |_| TURNS)
            }
        };
        let mut bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
        bytes.push(tag);
        Cursor(bytes)
    }

    pub(crate) fn read(cursor: &Cursor) -> Result<Self, CursorError> {
        let (tag, bytes) = cursor.0.split_last().ok_or(CursorError)?;
        let mut bytes = bytes;
        let mut take = || {
            let (first, rest) = bytes.split_first_chunk::<8>().ok_or(CursorError)?;
            bytes = rest;
            Ok(u64::from_be_bytes(*first))
        };
        let told = Timestamp(take()?.cast_signed());
        let mut mark = || {
            Ok(Mark {
                position: take()?,
                revision: take()?,
            })
        };
        let to = mark()?;
        let from = (*tag == TURNS).then(&mut mark).transpose()?;
        let place = match *tag {
            LOG => Place::Log(to),
            TURNS | FIRST_TURNS => Place::Turns {
                from,
                to,
                next: Next {
                    first: take()?,
                    own: take()? == 1,
                },
            },
            _ => return Err(CursorError),
        };
        if bytes.is_empty() {
            Ok(Self { place, told })
        } else {
            Err(CursorError)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_and_nothing_else_is_one() {
        let mark = |position, revision| Mark { position, revision };
        let next = Next {
            own: true,
            first: 9,
        };
        let places = [
            Place::Log(mark(5, 6)),
            Place::Turns {
                from: None,
                to: mark(7, 8),
                next,
            },
            Place::Turns {
                from: Some(mark(1, 2)),
                to: mark(u64::MAX, 4),
                next,
            },
        ];
        for place in places {
            let held = Held {
                place,
                told: Timestamp(-3),
            };
            let cursor = held.write();
            assert!(cursor.0.len() <= 64);
            assert_eq!(Held::read(&cursor), Ok(held));
            let cut = Cursor(cursor.0[1..].to_vec());
            assert_eq!(Held::read(&cut), Err(CursorError));
        }
        assert_eq!(Held::read(&Cursor(vec![9; 25])), Err(CursorError));
    }
}
