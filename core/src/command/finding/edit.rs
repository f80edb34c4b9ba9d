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

/// The puts of the report's fields.
///
/// # Errors
/// With words that are too long or a deadline in the past.
pub fn edit(command: &Edit<'_>, today: Date) -> Result<Puts, InputError> {
    let mut puts = Puts::new();
    let texts = [
        (FindingKey::Text, "text", command.text),
        (FindingKey::Where, "location", command.location),
        (FindingKey::Basis, "basis", command.basis),
    ];
    for (key, field, text) in texts {
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
