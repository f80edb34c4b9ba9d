//! Counted time: what counts when clocks are ahead, behind, or wrong by a year.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::Scalar;
use xunan_core::record::RecordKind;
use xunan_core::rule::{CountedTimes, is_clock_doubtful};
use xunan_core::testing::{Cast, Story};
use xunan_core::timestamp::{DAY_MS, Timestamp};

const HOUR: i64 = 3_600_000;
const YEAR: i64 = 365 * DAY_MS;

fn noon() -> Timestamp {
    Story::begin_time().plus(3 * HOUR)
}

/// The counted time of a change, in every order of arrival.
fn counted(cast: &Cast, story: &Story<'_>, label: &str) -> Timestamp {
    let register = cast.register();
    let hash = story.change(label).hash;
    let of = |order: &[usize]| {
        let history = story.history(order);
        let number = history.number_of(&hash).unwrap();
        CountedTimes::new(&history, &register).of(number)
    };
    let times: Vec<Timestamp> = story.orders(100).iter().map(|order| of(order)).collect();
    assert!(times.iter().all(|time| *time == times[0]), "{times:?}");
    times[0]
}

fn story<'c>(cast: &'c Cast, by: &str, at: Timestamp) -> Story<'c> {
    let mut story = Story::new(cast, RecordKind::Finding);
    story.at(at);
    let id = Scalar::Bytes(Story::ID.as_bytes().to_vec());
    let version = Scalar::Text("finding/1".to_owned());
    let puts = vec![("id".to_owned(), id), ("v".to_owned(), version)];
    story.put("root", by, &[], puts);
    story
}

fn say(story: &mut Story<'_>, label: &str, by: &str, saw: &[&str], at: Timestamp) {
    story.at(at);
    story.text(label, by, saw, &[("text", label)]);
}

#[test]
fn a_right_clock_counts_as_it_is() {
    let cast = Cast::new();
    let mut story = story(&cast, "周敏", noon());
    assert_eq!(counted(&cast, &story, "root"), noon());
    story.received("root", noon().plus(5 * HOUR));
    assert_eq!(counted(&cast, &story, "root"), noon());
}

#[test]
fn a_clock_ahead_is_held_by_the_receipt() {
    let cast = Cast::new();
    let mut story = story(&cast, "周敏", noon().plus(YEAR));
    assert_eq!(counted(&cast, &story, "root"), noon().plus(YEAR));
    story.received("root", noon().plus(HOUR));
    assert_eq!(counted(&cast, &story, "root"), noon().plus(HOUR));
}

#[test]
fn a_clock_behind_is_lifted_by_what_its_owner_had_seen() {
    let cast = Cast::new();
    let mut story = story(&cast, "周敏", noon());
    say(&mut story, "b", "李强", &["root"], noon().plus(-YEAR));
    story.received("b", noon().plus(HOUR));
    assert_eq!(counted(&cast, &story, "b"), noon());
    // Through their own next change, too: the whole past counts.
    say(&mut story, "c", "李强", &["b"], noon().plus(-YEAR + HOUR));
    assert_eq!(counted(&cast, &story, "c"), noon());
}

#[test]
fn nobodys_own_wrong_clock_holds_them_once_it_is_set_right() {
    let cast = Cast::new();
    let mut story = story(&cast, "周敏", noon().plus(YEAR));
    say(&mut story, "b", "周敏", &["root"], noon());
    assert_eq!(counted(&cast, &story, "b"), noon());
    // Nor on another device of theirs: the person is the same.
    say(&mut story, "c", "周敏", &["root"], noon().plus(HOUR));
    assert_ne!(story.change("b").actor, story.change("c").actor);
    assert_eq!(counted(&cast, &story, "c"), noon().plus(HOUR));
    // But who saw it can't have written before it, as far as anybody knows; the receipt mends that.
    say(&mut story, "d", "李强", &["b"], noon().plus(2 * HOUR));
    assert_eq!(counted(&cast, &story, "d"), noon().plus(YEAR));
    story.received("root", noon().plus(HOUR));
    assert_eq!(counted(&cast, &story, "d"), noon().plus(2 * HOUR));
}

#[test]
fn of_three_people_the_latest_other_counts() {
    let cast = Cast::new();
    let mut story = story(&cast, "周敏", noon().plus(3 * HOUR));
    say(&mut story, "b", "李强", &["root"], noon().plus(2 * HOUR));
    say(&mut story, "c", "孙监", &["root"], noon());
    assert_eq!(counted(&cast, &story, "c"), noon().plus(3 * HOUR));
    say(&mut story, "d", "周敏", &["root", "c"], noon());
    // 孙监's own counted time was lifted by 周敏's; it is another person's all the same.
    assert_eq!(counted(&cast, &story, "d"), noon().plus(3 * HOUR));
    say(&mut story, "e", "周敏", &["root"], noon());
    assert_eq!(counted(&cast, &story, "e"), noon());
    say(&mut story, "f", "郑检", &["e"], noon());
    assert_eq!(counted(&cast, &story, "f"), noon().plus(3 * HOUR));
}

#[test]
fn more_than_a_day_apart_is_shown_and_marked() {
    assert!(!is_clock_doubtful(noon(), noon().plus(DAY_MS)));
    assert!(is_clock_doubtful(noon(), noon().plus(DAY_MS + 1)));
    assert!(is_clock_doubtful(noon().plus(YEAR), noon()));
}
