//! Putting lists in order, by one sort for all of them: the standard library's is made anew for
//! each type, which on a phone is a tenth of what it loads.

use std::cmp::Ordering;

/// Lists that can be put in order. What is equal keeps its order.
pub trait Order<T> {
    /// By comparing.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By what each is worth.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let list = &*self;
        let places = sorted(list.len(), &mut |a, b| {
            let pair = list.get(a).zip(list.get(b));
            pair.map_or(Ordering::Equal, |(a, b)| compare(a, b))
        });
        arrange(self, places);
    }

    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let places = sorted(keys.len(), &mut |a, b| keys.get(a).cmp(&keys.get(b)));
        arrange(self, places);
    }
}

/// The places in order: the one sort.
#[inline(never)]
fn sorted(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Brings everything to its place.
fn arrange<T>(list: &mut [T], mut places: Vec<usize>) {
    for start in 0..places.len() {
        carry(list, &mut places, start);
    }
}

/// Brings what belongs to a place there, and along the circle of those that make room for it.
fn carry<T>(list: &mut [T], places: &mut [usize], start: usize) {
    let mut at = start;
    while let Some(place) = places.get_mut(at) {
        let from = std::mem::replace(place, at);
        if from == start || from == at {
            return;
        }
        list.swap(at, from);
        at = from;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::Order;

    proptest! {
        #[test]
        fn it_is_the_order_of_the_standard_library(list: Vec<(u8, u32)>, limit in any::<u8>()) {
            let (mut expected, mut by, mut by_key) = (list.clone(), list.clone(), list);
            expected.sort_by_key(|(key, _)| key.min(&limit).to_owned());
            by.order_by(|(a, _), (b, _)| a.min(&limit).cmp(b.min(&limit)));
            by_key.order_by_key(|(key, _)| key.min(&limit).to_owned());
            prop_assert_eq!(&by, &expected);
            prop_assert_eq!(by_key, expected);
        }
    }
}
