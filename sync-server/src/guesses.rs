//! Wrong invitation codes, counted in memory: who guesses gets nowhere, who mistypes does.
//!
//! A code has fifty random bits. From one address few wrong ones are taken in a while; and of codes
//! that begin alike few, from wherever they come, so that whoever saw half of one (over a shoulder, on
//! a torn slip) can't try the other half from many addresses. What is forgotten when the relay starts
//! anew is a few minutes of counting.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use xunan_core::timestamp::Timestamp;
use xunan_core::wire::enrol::plain_code;

/// How long a count goes on from its first wrong code.
pub(crate) const WINDOW_MS: i64 = 10 * 60 * 1000;
/// A whole office may sit behind one address, on the day on which all enrol.
pub(crate) const OF_ADDRESS: u32 = 30;
/// Nobody mistypes the end of one code more often.
pub(crate) const OF_PREFIX: u32 = 10;
/// The first of a code's two groups.
const PREFIX_CHARS: usize = 5;
/// Counts kept at a time: about a megabyte. The oldest makes room.
const KEPT: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Address(IpAddr),
    Prefix(String),
}

impl Of {
    const fn at_most(&self) -> u32 {
        match self {
            Self::Address(_) => OF_ADDRESS,
            Self::Prefix(_) => OF_PREFIX,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Tally {
    since: Timestamp,
    wrong: u32,
}

impl Tally {
    fn is_over(self, now: Timestamp) -> bool {
        // A clock that was set back begins anew, too: nobody shall wait for a moment far off.
        !(0..WINDOW_MS).contains(&now.since(self.since))
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    tallies: Mutex<BTreeMap<Of, Tally>>,
}

impl Guesses {
    /// Whether no more codes like this one are taken from this address now.
    pub(crate) fn are_too_many(&self, from: IpAddr, code: &str, now: Timestamp) -> bool {
        let tallies = self.lock();
        subjects(from, code).iter().any(|of| {
            let tally = tallies.get(of).filter(|tally| !tally.is_over(now));
            tally.is_some_and(|tally| tally.wrong >= of.at_most())
        })
    }

    /// Counts a code that nobody was given.
    pub(crate) fn note_wrong(&self, from: IpAddr, code: &str, now: Timestamp) {
        let mut tallies = self.lock();
        for of in subjects(from, code) {
            if tallies.len() >= KEPT && !tallies.contains_key(&of) {
                make_room(&mut tallies, now);
            }
            let begun = Tally {
                since: now,
                wrong: 0,
            };
            let tally = tallies.entry(of).or_insert(begun);
            if tally.is_over(now) {
                *tally = begun;
            }
            tally.wrong = tally.wrong.saturating_add(1);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Of, Tally>> {
        self.tallies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn subjects(from: IpAddr, code: &str) -> [Of; 2] {
    let prefix = plain_code(code).chars().take(PREFIX_CHARS).collect();
    [Of::Address(network(from)), Of::Prefix(prefix)]
}

/// A household or an office has a whole /64 of IPv6 addresses to itself.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

fn make_room(tallies: &mut BTreeMap<Of, Tally>, now: Timestamp) {
    tallies.retain(|_, tally| !tally.is_over(now));
    if tallies.len() >= KEPT {
        let oldest = tallies.iter().min_by_key(|(_, tally)| tally.since);
        if let Some(oldest) = oldest.map(|(of, _)| of.clone()) {
            tallies.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: u32) -> IpAddr {
        IpAddr::V4(n.into())
    }

    #[test]
    fn counts_are_bounded_and_the_newest_stay() {
        let guesses = Guesses::default();
        for n in 0..6_000 {
            let now = Timestamp(i64::from(n));
            guesses.note_wrong(address(n), &format!("{n:05}"), now);
        }
        assert_eq!(guesses.lock().len(), KEPT);
        let last = Of::Address(address(5_999));
        assert!(guesses.lock().contains_key(&last));
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out() {
        let guesses = Guesses::default();
        let later = Timestamp(5_000_000);
        for n in 0..OF_ADDRESS {
            guesses.note_wrong(address(1), &format!("{n:05}"), later);
        }
        assert!(guesses.are_too_many(address(1), "AAAAA", later));
        assert!(!guesses.are_too_many(address(1), "AAAAA", Timestamp(0)));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_one() {
        let guesses = Guesses::default();
        for n in 0..OF_ADDRESS {
            let from: IpAddr = format!("2001:db8::{n:x}").parse().unwrap();
            guesses.note_wrong(from, &format!("{n:05}"), Timestamp(0));
        }
        let other = |text: &str| {
            let from = text.parse().unwrap();
            guesses.are_too_many(from, "AAAAA", Timestamp(1))
        };
        assert!(other("2001:db8::ffff"));
        assert!(!other("2001:db8:0:1::1"));
    }
}
