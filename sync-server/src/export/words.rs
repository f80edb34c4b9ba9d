//! Names, days and times as tables show them.

use xunan_core::id::{PersonId, UnitId};
use xunan_core::register::Register;
use xunan_core::timestamp::{DAY_MS, Timestamp};

pub(super) fn unit(register: &Register, id: UnitId) -> String {
    register
        .unit(id)
        .map_or_else(|| id.to_string(), |unit| unit.name.clone())
}

pub(super) fn person(register: &Register, id: PersonId) -> String {
    register
        .person(id)
        .map_or_else(|| id.to_string(), |person| person.name.clone())
}

pub(super) fn people<'p>(
    register: &Register,
    ids: impl IntoIterator<Item = &'p PersonId>,
) -> String {
    let names: Vec<String> = ids.into_iter().map(|id| person(register, *id)).collect();
    names.join("、")
}

pub(super) fn units<'u>(register: &Register, ids: impl IntoIterator<Item = &'u UnitId>) -> String {
    let names: Vec<String> = ids.into_iter().map(|id| unit(register, *id)).collect();
    names.join("、")
}

/// The site's name, or the words for a place that is not in the register.
pub(super) fn site(register: &Register, site: Option<UnitId>, place: Option<&str>) -> String {
    site.map_or_else(
        || place.unwrap_or_default().to_owned(),
        |id| unit(register, id),
    )
}

/// `2026-11-24 15:40` in the organisation's zone.
pub(super) fn moment(register: &Register, at: Timestamp) -> String {
    let zone = &register.settings().zone;
    let day = zone.day(at);
    let minutes = at.since(zone.start_of(day)).rem_euclid(DAY_MS) / 60_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}

pub(super) fn yes(yes: bool) -> String {
    if yes { "是" } else { "" }.to_owned()
}

/// What is there in words, or an empty cell.
pub(super) fn or_nothing<T>(value: Option<T>, shown: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, shown)
}
