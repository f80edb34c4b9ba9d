//! Whose work a page at the desk is about: units to choose from, units with their people, letters by
//! unit.

use serde::{Deserialize, Serialize};
use xunan_core::id::UnitId;
use xunan_core::register::UnitLevel;
use xunan_core::timestamp::Timestamp;

use super::finding::ResponsibleShown;
use super::shown::{Due, PersonShown, UnitShown};
use super::target::LetterView;

/// A unit that may be chosen: mine, and those that answer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeskUnit {
    /// The unit.
    pub unit: UnitShown,
    /// How far below mine: 0 is mine.
    pub depth: u8,
}

/// A unit with its people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitPeople {
    /// The unit.
    pub unit: UnitShown,
    /// How far below mine: 0 is mine.
    pub depth: u8,
    /// 层级
    pub level: UnitLevel,
    /// 行业, of an enterprise.
    pub industry: String,
    /// Its people, those who answer for it first.
    pub people: Vec<PersonCard>,
    /// Who answers for it, and on what ground, if it is a site.
    pub answering: Vec<ResponsibleShown>,
}

/// A person with the certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PersonCard {
    /// Who, with the post in this unit.
    pub person: PersonShown,
    /// 执法证号
    pub certificate: Option<String>,
    /// The certificate's last day.
    pub expires: Option<Due>,
}

/// Letters by unit, and all of one unit.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Letters {
    /// Units with a letter, in the order of the area.
    pub units: Vec<UnitLetters>,
    /// The unit shown.
    pub unit: Option<UnitShown>,
    /// Its letter, then those of its people that I may see.
    pub letters: Vec<LetterView>,
}

/// How a unit's letter stands in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitLetters {
    /// The unit.
    pub unit: UnitShown,
    /// How far below mine: 0 is mine.
    pub depth: u8,
    /// Targets in their running period: reached (also by nothing to count).
    pub reached: u32,
    /// On their way.
    pub running: u32,
    /// Not reached any more.
    pub missed: u32,
    /// Not counted or not applicable, with a reason of their own.
    pub not_counted: u32,
}

/// A device that has not synced for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Unsynced {
    /// Whose.
    pub person: PersonShown,
    /// When the relay last heard of it; none: never, as far as this device was told.
    pub since: Option<Timestamp>,
}

/// A unit and when: what every page at the desk obeys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct DeskScope {
    /// The unit; none = my first.
    pub unit: Option<UnitId>,
    /// `2026-11`, `2026-Q4` or `2026`; none = the running month, in tables all time.
    pub period: Option<String>,
}
