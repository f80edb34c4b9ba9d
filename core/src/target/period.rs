//! Periods: calendar months, quarters and years in the organisation's zone, and how much of one has
//! been counted by now.

use std::fmt;
use std::str::FromStr;

use crate::register::{Period, Settings};
use crate::timestamp::{Date, Timestamp};

/// One period, written `2026-11`, `2026-Q4` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PeriodId {
    kind: Period,
    year: i32,
    /// Which of the year's, from 1.
    number: u8,
}

/// A text that names no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period of the form 2026-11, 2026-Q4 or 2026")]
pub struct PeriodError;

/// Months in a period of a kind.
const fn months(kind: Period) -> u8 {
    match kind {
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Year => 12,
    }
}

impl PeriodId {
    /// The period of this kind that a day falls in.
    #[must_use]
    pub fn of(kind: Period, day: Date) -> Self {
        let number = day.month().saturating_sub(1) / months(kind);
        Self {
            kind,
            year: day.year(),
            number: number.saturating_add(1),
        }
    }
    /// All periods of this kind in a year, in order.
    pub fn all(kind: Period, year: i32) -> impl Iterator<Item = Self> {
        let count = 12 / months(kind);
        (1..=count).map(move |number| Self { kind, year, number })
    }
    /// What it is: a month, a quarter or a year.
    #[must_use]
    pub const fn kind(self) -> Period {
        self.kind
    }
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        let month = self
            .number
            .saturating_sub(1)
            .saturating_mul(months(self.kind));
        first_of_month(self.year, month.saturating_add(1))
    }
    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        last_of_month(self.year, self.number.saturating_mul(months(self.kind)))
    }
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        (self.first()..=self.last()).contains(&day)
    }
}

impl fmt::Display for PeriodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Period::Month => write!(f, "{:04}-{:02}", self.year, self.number),
            Period::Quarter => write!(f, "{:04}-Q{}", self.year, self.number),
            Period::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for PeriodId {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let kind = match rest.chars().next() {
            None => Period::Year,
            Some('Q') => Period::Quarter,
            Some(_) => Period::Month,
        };
        let year = year.parse().map_err(|_| PeriodError)?;
        // One spelling only: a period is found by its name.
        Self::all(kind, year)
            .find(|period| period.to_string() == text)
            .ok_or(PeriodError)
    }
}

/// The first day of a month; the calendar's last day for what is no month.
pub(crate) fn first_of_month(year: i32, month: u8) -> Date {
    Date::from_ymd(year, month, 1).unwrap_or(Date::LAST)
}

/// The last day of a month.
pub(crate) fn last_of_month(year: i32, month: u8) -> Date {
    let (year, month) = next_month(year, month);
    first_of_month(year, month).plus_days(-1)
}

/// The month after.
pub(crate) const fn next_month(year: i32, month: u8) -> (i32, u8) {
    if month >= 12 {
        (year.saturating_add(1), 1)
    } else {
        (year, month.saturating_add(1))
    }
}

/// How far a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Over before counting began: 未启用.
    NotStarted,
    /// Still to come.
    Coming,
    /// It counts, and today is in it.
    Running,
    /// Over.
    Finished,
}

/// A period as it is counted now: from the day on which counting began, up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Which period.
    pub period: PeriodId,
    /// How far it is.
    pub phase: Phase,
    /// The first day that counts.
    pub from: Date,
    /// The last day that counts.
    pub last: Date,
    /// The local day of now.
    pub today: Date,
    /// The last moment that counts: the period's, or now in the running one.
    pub as_of: Timestamp,
}

impl Window {
    /// A period, counted now.
    #[must_use]
    pub fn new(period: PeriodId, settings: &Settings, now: Timestamp) -> Self {
        let today = settings.zone.day(now);
        let (first, last) = (period.first(), period.last());
        let from = settings
            .counted_from
            .map_or(first, |counted| counted.max(first));
        let phase = if from > last {
            Phase::NotStarted
        } else if today < first {
            Phase::Coming
        } else if today <= last {
            Phase::Running
        } else {
            Phase::Finished
        };
        Self {
            period,
            phase,
            from,
            last,
            today,
            as_of: now.min(settings.zone.end_of(last).plus(-1)),
        }
    }
    /// Whether a day counts in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.last
    }
    /// Today is in it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }
    /// A deadline of this day is over by the last moment that counts.
    #[must_use]
    pub fn is_over(&self, deadline: Date) -> bool {
        deadline < self.today.min(self.last.plus_days(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_one_name() {
        for kind in [Period::Month, Period::Quarter, Period::Year] {
            for period in PeriodId::all(kind, 2026) {
                assert_eq!(period.to_string().parse(), Ok(period));
                assert_eq!(PeriodId::of(kind, period.first()), period);
                assert_eq!(PeriodId::of(kind, period.last()), period);
            }
        }
        for wrong in [
            "2026-13", "2026-Q5", "2026-1", "2026-Q01", "26", "", "2026-",
        ] {
            assert_eq!(wrong.parse::<PeriodId>(), Err(PeriodError), "{wrong}");
        }
        let february = "2028-02".parse::<PeriodId>().unwrap();
        assert_eq!(february.last(), day("2028-02-29"));
    }

    #[test]
    fn a_period_runs_from_the_first_counted_day_to_the_end_of_its_last() {
        let settings = Settings {
            counted_from: Some(day("2026-11-24")),
            ..Settings::default()
        };
        let quarter: PeriodId = "2026-Q4".parse().unwrap();
        let last_moment = settings.zone.end_of(day("2026-12-31")).plus(-1);
        let running = Window::new(quarter, &settings, last_moment);
        assert_eq!(running.phase, Phase::Running);
        assert!(running.contains(day("2026-11-24")) && !running.contains(day("2026-11-23")));
        assert!(!running.is_over(day("2026-12-31")));
        let over = Window::new(quarter, &settings, last_moment.plus(1));
        assert_eq!((over.phase, over.as_of), (Phase::Finished, last_moment));
        assert!(over.is_over(day("2026-12-31")));
        let before: PeriodId = "2026-10".parse().unwrap();
        let before = Window::new(before, &settings, last_moment);
        assert_eq!(before.phase, Phase::NotStarted);
    }
}
