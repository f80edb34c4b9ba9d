//! How an answer reads, by its item's type, and which of several counts: the worse.

use crate::record::AnswerMeaning;
use crate::register::{AnswerType, Item};

/// Reads one answer. Without its item (a list that this device doesn't hold) the words of conformity
/// read as what they say, and anything else as words.
#[must_use]
pub fn meaning_of(value: Option<&str>, item: Option<&Item>) -> AnswerMeaning {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return AnswerMeaning::Unanswered;
    };
    match item.map(|item| &item.answer) {
        Some(AnswerType::Text) => AnswerMeaning::Good,
        Some(AnswerType::Choice { options }) => match value {
            chosen if options.iter().any(|option| option == chosen) => AnswerMeaning::Good,
            "na" => AnswerMeaning::NotApplicable,
            _ => AnswerMeaning::Unanswered,
        },
        Some(AnswerType::Number { low, high, .. }) => {
            number(value, low.as_deref(), high.as_deref())
        }
        Some(AnswerType::Conform) => conform(value).unwrap_or(AnswerMeaning::Unanswered),
        None => conform(value).unwrap_or(AnswerMeaning::Good),
    }
}

fn conform(value: &str) -> Option<AnswerMeaning> {
    match value {
        "ok" => Some(AnswerMeaning::Good),
        "fail" => Some(AnswerMeaning::Fail),
        "na" => Some(AnswerMeaning::NotApplicable),
        _ => None,
    }
}

fn number(value: &str, low: Option<&str>, high: Option<&str>) -> AnswerMeaning {
    if value == "na" {
        return AnswerMeaning::NotApplicable;
    }
    let Some(number) = Decimal::read(value) else {
        return AnswerMeaning::Unanswered;
    };
    let too_low = low.and_then(Decimal::read).is_some_and(|low| number < low);
    let too_high = high
        .and_then(Decimal::read)
        .is_some_and(|high| number > high);
    if too_low || too_high {
        AnswerMeaning::OutOfLimits
    } else {
        AnswerMeaning::Good
    }
}

/// Whether two answers to an item say the same: numbers by their value, the rest by their text.
#[must_use]
pub fn is_same(one: Option<&str>, other: Option<&str>, item: Option<&Item>) -> bool {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let is_number = matches!(
        item.map(|item| &item.answer),
        Some(AnswerType::Number { .. })
    );
    let numbers = one
        .and_then(Decimal::read)
        .zip(other.and_then(Decimal::read));
    match numbers {
        Some((one, other)) if is_number => one == other,
        _ => text(one) == text(other),
    }
}

/// A decimal number of up to 18 digits before and 12 behind the point, exact: in units of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Decimal(i128);

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !is_digits(whole, 18) || !is_digits(part, 12) {
            return None;
        }
        let units: i128 = format!("{whole}{part:0<12}").parse().ok()?;
        Some(Self(sign * units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(answer: AnswerType) -> Item {
        Item {
            code: "1".to_owned(),
            number: 1,
            section: String::new(),
            text: String::new(),
            english: String::new(),
            method: String::new(),
            answer,
            basis: String::new(),
            suspected_major: false,
            clause: String::new(),
            photo: false,
        }
    }

    #[test]
    fn a_number_is_read_by_its_limits_which_are_good() {
        let oxygen = item(AnswerType::Number {
            unit: "%".to_owned(),
            low: Some("19.5".to_owned()),
            high: Some("23.5".to_owned()),
        });
        for (value, meaning) in [
            ("19.5", AnswerMeaning::Good),
            ("23.50", AnswerMeaning::Good),
            ("19.49", AnswerMeaning::OutOfLimits),
            ("23.500000000001", AnswerMeaning::OutOfLimits),
            ("20.0000000000001", AnswerMeaning::Unanswered),
            ("-20", AnswerMeaning::OutOfLimits),
            ("na", AnswerMeaning::NotApplicable),
            ("20,9", AnswerMeaning::Unanswered),
            ("ok", AnswerMeaning::Unanswered),
            ("1e3", AnswerMeaning::Unanswered),
            ("", AnswerMeaning::Unanswered),
        ] {
            assert_eq!(meaning_of(Some(value), Some(&oxygen)), meaning, "{value}");
        }
        assert!(is_same(Some("20.9"), Some("20.90"), Some(&oxygen)));
        assert!(!is_same(Some("20.9"), Some("-20.9"), Some(&oxygen)));
        assert!(!is_same(Some("20.9"), None, Some(&oxygen)));
    }

    #[test]
    fn words_are_read_by_their_type() {
        let conform = item(AnswerType::Conform);
        let choice = item(AnswerType::Choice {
            options: vec!["良好".to_owned(), "破损".to_owned()],
        });
        let text = item(AnswerType::Text);
        let read = |value: &str, item: Option<&Item>| meaning_of(Some(value), item);
        assert_eq!(read("fail", Some(&conform)), AnswerMeaning::Fail);
        assert_eq!(read("maybe", Some(&conform)), AnswerMeaning::Unanswered);
        assert_eq!(read("破损", Some(&choice)), AnswerMeaning::Good);
        assert_eq!(read("ok", Some(&choice)), AnswerMeaning::Unanswered);
        assert_eq!(read("na", Some(&choice)), AnswerMeaning::NotApplicable);
        assert_eq!(read("fail", Some(&text)), AnswerMeaning::Good);
        assert_eq!(read("fail", None), AnswerMeaning::Fail);
        assert_eq!(read("20.9", None), AnswerMeaning::Good);
        assert_eq!(meaning_of(None, Some(&text)), AnswerMeaning::Unanswered);
        assert!(!is_same(Some("1.0"), Some("1.00"), Some(&text)));
    }
}
