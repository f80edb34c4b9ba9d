//! Readings told apart from the order of arrival: what the tests of readers share.

use xunan_core::change::History;
use xunan_core::record::{Finding, Inspection, read_finding, read_inspection};
use xunan_core::testing::{Cast, Story};

/// Orders of arrival that a story is tried in.
const ORDERS: usize = 300;

/// A reading as text, with changes by their hashes instead of their place of arrival.
fn without_arrival(history: &History, reading: &impl std::fmt::Debug) -> String {
    let mut text = format!("{reading:?}");
    for (number, entry) in history.entries() {
        text = text.replace(&format!("{number:?}"), &entry.hash.to_string());
    }
    text
}

fn read_in_all_orders<R: std::fmt::Debug>(
    story: &Story<'_>,
    read: impl Fn(&History) -> Option<R>,
) -> R {
    let told = story.told();
    let reading = read(&told).expect("the story has a root");
    let expected = without_arrival(&told, &reading);
    let orders = story.orders(ORDERS);
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

/// Reads a finding, after having tried that every order of arrival reads the same.
pub(crate) fn finding(cast: &Cast, story: &Story<'_>) -> Finding {
    let register = cast.register();
    read_in_all_orders(story, |history| read_finding(history, &register))
}

/// Reads an inspection, after having tried that every order of arrival reads the same.
pub(crate) fn inspection(cast: &Cast, story: &Story<'_>) -> Inspection {
    let register = cast.register();
    read_in_all_orders(story, |history| {
        read_inspection(history, &register, &register)
    })
}
