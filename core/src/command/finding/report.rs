//! Reports a finding: its root.

use crate::change::Scalar;
use crate::command::input::{json, needed};
use crate::command::{InputError, Puts};
use crate::id::{DocId, UnitId};
use crate::record::{Event, FindingAct, FindingKey, ItemRef, Location, Origin, Photo};
use crate::timestamp::Date;

use super::edit::{Edit, fields};

/// What a report says from its first change on.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The site, or
    pub site: Option<UnitId>,
    /// words for a place that is not in the register.
    pub place: Option<&'a str>,
    /// The inspection that found it.
    pub from: Option<DocId>,
    /// The item that it was found at.
    pub item: Option<ItemRef<'a>>,
    /// Where it comes from.
    pub origin: Origin,
    /// Text, level, deadline and what else may change until an order.
    pub fields: Edit<'a>,
    /// Photos from before.
    pub photos: &'a [Photo],
    /// Where it was recorded.
    pub loc: Option<&'a Location>,
}

/// The puts of its root, without `id` and `v`.
///
/// # Errors
/// Without site and place, without photo and words, or with a deadline in the past.
pub fn report(command: &Report<'_>, today: Date) -> Result<Puts, InputError> {
    let has_words = command
        .fields
        .text
        .is_some_and(|text| !text.trim().is_empty());
    if !has_words && command.photos.is_empty() {
        return Err(InputError::Empty);
    }
    let mut puts = Puts::new();
    let mut put = |key: FindingKey, value: Scalar| puts.push((key.to_string(), value));
    match (command.site, command.place) {
        (Some(site), _) => put(FindingKey::Site, Scalar::Text(site.to_string())),
        (None, Some(place)) => put(FindingKey::Place, Scalar::Text(needed("place", place)?)),
        (None, None) => return Err(InputError::Invalid { field: "site" }),
    }
    if let Some(from) = command.from {
        put(FindingKey::From, Scalar::Text(from.to_string()));
    }
    if let Some(item) = command.item {
        put(FindingKey::Item, Scalar::Text(item.to_string()));
    }
    put(
        FindingKey::Origin,
        Scalar::Text(command.origin.as_str().to_owned()),
    );
    if let Some(loc) = command.loc {
        put(FindingKey::Location, json(loc));
    }
    for photo in command.photos {
        put(FindingKey::Photo(photo.h), Scalar::Text(photo.to_value()));
    }
    puts.extend(fields(&command.fields, today)?);
    Ok(puts)
}

/// The event of a hazard that was put right at once, with its photos from after.
///
/// # Errors
/// Without a photo.
pub fn corrected(after: Vec<Photo>) -> Result<Event<FindingAct>, InputError> {
    if after.is_empty() {
        return Err(InputError::AfterMissing);
    }
    let mut event = Event::new(FindingAct::CorrectedOnSpot);
    event.photos = after;
    Ok(event)
}
