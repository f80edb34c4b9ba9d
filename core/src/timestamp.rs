//! Points in time, local days, and the organisation's time zone. No clock lives here: hosts tell
//! the time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::spelled;

/// Unix milliseconds. `claimed` ones come from a device's clock, `received` ones from the relay's;
/// names say which.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Timestamp(#[cfg_attr(feature = "ts", ts(type = "number"))] pub i64);

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// 2017-01-01T00:00:00Z: no earlier time is believed in a change.
    pub const EARLIEST: Self = Self(1_483_228_800_000);
    /// 2100-01-01T00:00:00Z: no later time is believed in a change.
    pub const LATEST: Self = Self(4_102_444_800_000);

    /// So many milliseconds later (or earlier), without overflow.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
    /// Milliseconds from `earlier` to this.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day of the calendar, written `2026-12-01`. Deadlines are days and end with their day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

/// A text that is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form 2026-12-01")]
pub struct DateError;

impl Date {
    /// The calendar's last day.
    pub const LAST: Self = Self(time::Date::MAX);

    /// The day of a year, month (1–12) and day (1–31).
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        if !(1..=9999).contains(&year) {
            return Err(DateError);
        }
        let month = time::Month::try_from(month).map_err(|_| DateError)?;
        time::Date::from_calendar_date(year, month, day)
            .map(Self)
            .map_err(|_| DateError)
    }
    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.year()
    }
    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }
    /// The day of the month, 1–31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.0.day()
    }
    /// So many days later (or earlier); stays at the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let moved = self.0.checked_add(time::Duration::days(days));
        Self(moved.unwrap_or(if days < 0 {
            time::Date::MIN
        } else {
            time::Date::MAX
        }))
    }
    /// Days from `earlier` to this.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0.to_julian_day()).saturating_sub(i64::from(earlier.0.to_julian_day()))
    }
    fn from_epoch_days(days: i64) -> Self {
        Self(time::UtcDateTime::UNIX_EPOCH.date()).plus_days(days)
    }
    fn epoch_days(self) -> i64 {
        i64::from(self.0.to_julian_day()).saturating_sub(2_440_588)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}
impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.splitn(3, '-');
        let mut part = |len: usize| {
            let digits = |p: &&str| p.len() == len && p.bytes().all(|b| b.is_ascii_digit());
            let text = parts.next().filter(digits).ok_or(DateError)?;
            text.parse::<u16>().map_err(|_| DateError)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let narrow = |n: u16| u8::try_from(n).map_err(|_| DateError);
        Self::from_ymd(i32::from(year), narrow(month)?, narrow(day)?)
    }
}
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        spelled::text(deserializer)
    }
}
#[cfg(feature = "ts")]
impl ts_rs::TS for Date {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
}

/// The organisation's time zone as the relay worked it out from its name: offsets from UTC, each
/// from a moment on. A device needs no database of zones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Its IANA name, for showing.
    pub name: String,
    /// (from, seconds east of UTC), ascending; the first holds for everything before it, too.
    pub offsets: Vec<(Timestamp, i32)>,
}

impl Default for Zone {
    /// Asia/Shanghai.
    fn default() -> Self {
        Self {
            name: "Asia/Shanghai".to_owned(),
            offsets: vec![(Timestamp(0), 8 * 3600)],
        }
    }
}

impl Zone {
    fn offset_ms(&self, at: Timestamp) -> i64 {
        let at_or_before = self.offsets.iter().rev().find(|(from, _)| *from <= at);
        let offset = at_or_before
            .or(self.offsets.first())
            .map_or(0, |(_, seconds)| *seconds);
        i64::from(offset).saturating_mul(1000)
    }
    /// The local day of a moment.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        Date::from_epoch_days(at.plus(self.offset_ms(at)).0.div_euclid(DAY_MS))
    }
    /// The first moment of a local day.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Timestamp {
        let naive = Timestamp(day.epoch_days().saturating_mul(DAY_MS));
        // The offset at the local midnight is found from the offset around it; one correction
        // suffices, as zones don't change twice within a day.
        let guess = naive.plus(self.offset_ms(naive).saturating_neg());
        naive.plus(self.offset_ms(guess).saturating_neg())
    }
    /// The first moment after a local day: a deadline of that day is over then.
    #[must_use]
    pub fn end_of(&self, day: Date) -> Timestamp {
        self.start_of(day.plus_days(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_one_spelling() {
        assert_eq!(
            "2026-02-28".parse::<Date>().unwrap().to_string(),
            "2026-02-28"
        );
        for wrong in [
            "2026-2-28",
            "2026-02-30",
            "26-02-28",
            "2026-02-28 ",
            "+026-02-28",
            "",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn midnight_in_shanghai_is_sixteen_hours_utc_of_the_day_before() {
        let zone = Zone::default();
        let day = Date::from_ymd(2026, 12, 1).unwrap();
        let start = zone.start_of(day);
        assert_eq!(start, Timestamp(1_796_054_400_000));
        assert_eq!(zone.day(start), day);
        assert_eq!(zone.day(start.plus(-1)), day.plus_days(-1));
        assert_eq!(zone.end_of(day).since(start), DAY_MS);
    }

    #[test]
    fn a_zone_with_summer_time_has_a_short_day() {
        // Berlin, 29 March 2026: from +1 to +2 at 01:00 UTC.
        let change = Timestamp(1_774_746_000_000);
        let zone = Zone {
            name: "Europe/Berlin".into(),
            offsets: vec![(Timestamp(0), 3600), (change, 7200)],
        };
        let day = Date::from_ymd(2026, 3, 29).unwrap();
        assert_eq!(zone.end_of(day).since(zone.start_of(day)), 23 * 3_600_000);
    }
}
