//! Puts one event. The acts of the loop have one path: what differs between them is data
//! ([`FindingAct`]), their right (`permit`) and their effect (`rule`).

use crate::command::InputError;
use crate::command::input::words;
use crate::record::{Act, Event, FindingAct, Level};
use crate::timestamp::Date;

/// The event as it is stored, with what a person must have given.
///
/// # Errors
/// With a deadline in the past, a grade of major without its clause, or a field that is missing.
/// `major` finding's rectification needs the five in place.
pub fn act(
    mut event: Event<FindingAct>,
    major: bool,
    today: Date,
) -> Result<Event<FindingAct>, InputError> {
    if let Some(text) = event.text.take() {
        event.text = Some(words("text", &text)?).filter(|text| !text.is_empty());
    }
    match &event.act {
        FindingAct::Ordered { due, .. }
        | FindingAct::Asked { due, .. }
        | FindingAct::Granted { due }
        | FindingAct::Failed { due }
            if *due < today =>
        {
            return Err(InputError::DeadlineInPast);
        }
        FindingAct::Graded {
            level: Level::Major,
            clause: None,
        } => {
            return Err(InputError::ClauseMissing);
        }
        FindingAct::Rectified { five: None, .. } if major => return Err(InputError::FiveMissing),
        _ => {}
    }
    if FindingAct::is_whole(&event) {
        Ok(event)
    } else {
        Err(InputError::Invalid { field: "event" })
    }
}
