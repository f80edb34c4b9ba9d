//! Readings told apart from the order of arrival: what the tests of readers share.

use xunan_core::change::History;
use xunan_core::record::{Finding, Inspection, read_finding, read_inspection};
use xunan_core::testing::{Cast, Story};

/// Orders of arrival that a told story is tried in, and that each of many generated ones is.
const ORDERS: usize = 300;
const SAMPLE: usize = 4;

/// A reading as text, with changes by their hashes instead of their place of arrival.
fn without_arrival(history: &History, reading: &impl std::fmt::Debug) -> String {
    let mut text = format!("{reading:?}");
    for (number, entry) in history.entries() {
        text = text.replace(&format!("{number:?}"), &entry.hash.to_string());
    }
    text
}

fn read_in_orders<R: std::fmt::Debug>(
    story: &Story<'_>,
    orders: usize,
    read: impl Fn(&History) -> Option<R>,
) -> R {
    let told = story.told();
    let reading = read(&told).expect("the story has a root");
    let expected = without_arrival(&told, &reading);
    let orders = story.orders(orders);
    assert!(!orders.is_empty());
    for order in orders {
        let history = story.history(&order);
        let other = read(&history).expect("the story has a root");
        assert_eq!(
            without_arrival(&history, &other),
            expected,
            "in order {order:?}"
        );
    }
    reading
}

fn finding_in(cast: &Cast, story: &Story<'_>, orders: usize) -> Finding {
    let register = cast.register();
    read_in_orders(story, orders, |history| read_finding(history, &register))
}

fn inspection_in(cast: &Cast, story: &Story<'_>, orders: usize) -> Inspection {
    let register = cast.register();
    read_in_orders(story, orders, |history| {
        read_inspection(history, &register, &register)
    })
}

/// Reads a finding, after having tried that every order of arrival reads the same.
pub(crate) fn finding(cast: &Cast, story: &Story<'_>) -> Finding {
    finding_in(cast, story, ORDERS)
}

/// Reads an inspection, after having tried that every order of arrival reads the same.
pub(crate) fn inspection(cast: &Cast, story: &Story<'_>) -> Inspection {
    inspection_in(cast, story, ORDERS)
}

/// Reads a generated finding in a few orders.
pub(crate) fn sampled_finding(cast: &Cast, story: &Story<'_>) -> Finding {
    finding_in(cast, story, SAMPLE)
}

/// Reads a generated inspection in a few orders.
pub(crate) fn sampled_inspection(cast: &Cast, story: &Story<'_>) -> Inspection {
    inspection_in(cast, story, SAMPLE)
}
