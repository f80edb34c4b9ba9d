//! Answers an item, or clears its answer. The example of a command.

use crate::change::Scalar;
use crate::command::input::words;
use crate::command::{InputError, Puts};
use crate::record::{InspectionKey, ItemRef};
use crate::register::AnswerType;

const FIELD: &str = "answer";

/// The put of an answer; none clears it.
///
/// # Errors
/// [`InputError::Invalid`] if the value isn't one that the item takes.
pub fn answer_item(
    item: ItemRef<'_>,
    answer: &AnswerType,
    value: Option<&str>,
) -> Result<Puts, InputError> {
    let value = match value {
        None => Scalar::Null,
        Some(value) => Scalar::Text(checked(answer, value)?),
    };
    Ok(vec![(InspectionKey::Answer(item).to_string(), value)])
}

fn checked(answer: &AnswerType, value: &str) -> Result<String, InputError> {
    let value = words(FIELD, value)?;
    let fits = value == "na"
        || match answer {
            AnswerType::Conform => matches!(value.as_str(), "ok" | "fail"),
            AnswerType::Number { .. } => is_decimal(&value),
            AnswerType::Choice { options } => options.contains(&value),
            AnswerType::Text => !value.is_empty(),
        };
    if fits {
        Ok(value)
    } else {
        Err(InputError::Invalid { field: FIELD })
    }
}

/// A decimal number as text: digits, at most one point, at most one sign in front.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.len() <= 12 && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(kind: &AnswerType, value: &str) -> bool {
        answer_item(ItemRef::new("k1", "3").unwrap(), kind, Some(value)).is_ok()
    }

    #[test]
    fn an_item_takes_its_own_answers_alone() {
        let number = AnswerType::Number {
            unit: "%".into(),
            low: None,
            high: None,
        };
        for (kind, good, bad) in [
            (
                &AnswerType::Conform,
                vec!["ok", "fail", "na"],
                vec!["", "OK", "20"],
            ),
            (
                &number,
                vec!["20.9", "-3", "0", "na"],
                vec!["", "20,9", "1e3", ".5", "1.", "ok"],
            ),
            (
                &AnswerType::Choice {
                    options: vec!["甲".into()],
                },
                vec!["甲", "na"],
                vec!["乙", ""],
            ),
            (&AnswerType::Text, vec!["看了三处"], vec!["", "  "]),
        ] {
            assert!(
                good.iter().all(|value| answer(kind, value)),
                "{kind:?} {good:?}"
            );
            assert!(
                bad.iter().all(|value| !answer(kind, value)),
                "{kind:?} {bad:?}"
            );
        }
    }
}
