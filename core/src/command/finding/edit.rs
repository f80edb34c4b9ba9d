//! Changes a report, until somebody orders.

use crate::change::Scalar;
use crate::command::input::{json, text_or_null};
use crate::command::{InputError, Puts};
use crate::id::PersonId;
use crate::record::{Clause, FindingKey, Level};
use crate::timestamp::Date;

/// What is set; none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Edit<'a> {
    /// What it is.
    pub text: Option<&'a str>,
    /// Where on the site, in words.
    pub location: Option<&'a str>,
    /// How serious; major without a clause is suspected.
    pub level: Option<Level>,
    /// The clause of a judging standard.
    pub clause: Option<&'a Clause>,
    /// The law or standard that it offends.
    pub basis: Option<&'a str>,
    /// The proposed deadline.
    pub due: Option<Date>,
    /// The proposed responsible person.
    pub who: Option<PersonId>,
}

/// The puts of the fields that are set; words that were emptied clear what stood there.
///
/// # Errors
/// With words that are too long or a deadline in the past.
pub fn edit(command: &Edit<'_>, today: Date) -> Result<Puts, InputError> {
    let emptied = texts(command).into_iter().filter_map(|(key, _, text)| {
        let is_empty = text.is_some_and(|text| text.trim().is_empty());
        is_empty.then(|| (key.to_string(), Scalar::Null))
    });
    let mut puts: Puts = emptied.collect();
    puts.extend(fields(command, today)?);
    Ok(puts)
}

type Text<'a> = (FindingKey, &'static str, Option<&'a str>);

const fn texts<'a>(command: &Edit<'a>) -> [Text<'a>; 3] {
    [
        (FindingKey::Text, "text", command.text),
        (FindingKey::Where, "location", command.location),
        (FindingKey::Basis, "basis", command.basis),
    ]
}

/// The puts of the fields that say something.
pub(super) fn fields(command: &Edit<'_>, today: Date) -> Result<Puts, InputError> {
    let mut puts = Puts::new();
    for (key, field, text) in texts(command) {
        if text.is_some_and(|text| !text.trim().is_empty()) {
            puts.push((key.to_string(), text_or_null(field, text)?));
        }
    }
    if let Some(level) = command.level {
        let word = match level {
            Level::General => "general",
            Level::Major => "major",
        };
        puts.push((FindingKey::Level.to_string(), Scalar::Text(word.to_owned())));
    }
    if let Some(clause) = command.clause {
        puts.push((FindingKey::Clause.to_string(), json(clause)));
    }
    if let Some(due) = command.due {
        if due < today {
            return Err(InputError::DeadlineInPast);
        }
        puts.push((FindingKey::Due.to_string(), Scalar::Text(due.to_string())));
    }
    if let Some(who) = command.who {
        puts.push((FindingKey::Who.to_string(), Scalar::Text(who.to_string())));
    }
    Ok(puts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn what_is_emptied_is_cleared_and_what_is_not_named_stays() {
        let edited = Edit {
            location: Some(" "),
            text: Some(" 通道被挡 "),
            ..Edit::default()
        };
        let puts = edit(&edited, day(1)).unwrap();
        assert_eq!(
            puts,
            vec![
                ("where".to_owned(), Scalar::Null),
                ("text".to_owned(), Scalar::Text("通道被挡".to_owned())),
            ]
        );
        let late = Edit {
            due: Some(day(1)),
            ..Edit::default()
        };
        assert_eq!(edit(&late, day(2)), Err(InputError::DeadlineInPast));
    }
}
