//! Deadlines of the hazard loop: days of the organisation's zone, over with their day.

use crate::record::{Duty, Finding, FindingState};
use crate::register::Settings;
use crate::timestamp::{Date, Timestamp, Zone};

/// The days that the screens offer for a deadline, from the day on which it is set: on the spot,
/// three days, a week, a fortnight and a day.
pub const PRESET_DAYS: [i64; 4] = [0, 3, 7, 15];

/// Whole days that are left until a deadline: 0 on its day, negative when it is over.
#[must_use]
pub fn days_left(deadline: Date, today: Date) -> i64 {
    deadline.days_since(today)
}

/// The first day on which a later deadline is asked for: at most so many days before it
/// (安全生产违法行为行政处罚办法: 于限期届满前10日内).
#[must_use]
pub fn first_day_to_ask(deadline: Date, settings: &Settings) -> Date {
    deadline.plus_days(i64::from(settings.extension_days).saturating_neg())
}

/// The day on which the site is reminded: some days before the deadline or at half of the term, the
/// later.
#[must_use]
pub fn reminder_day(ordered: Date, deadline: Date, settings: &Settings) -> Date {
    let before = deadline.plus_days(i64::from(settings.reminder_days).saturating_neg());
    let half = deadline.days_since(ordered).div_euclid(2);
    before.max(ordered.plus_days(half)).min(deadline)
}

/// What sets off the re-check of a duty: the report of rectification or the deadline's end, the
/// earlier.
#[must_use]
pub fn recheck_trigger(duty: &Duty, zone: &Zone) -> Timestamp {
    let over = zone.end_of(duty.deadline);
    duty.rectified.map_or(over, |(_, at)| at.min(over))
}

/// The last day of the re-check of a duty.
#[must_use]
pub fn recheck_due(duty: &Duty, settings: &Settings) -> Date {
    let days = i64::from(settings.recheck_days);
    let reported = duty.rectified.map(|(_, at)| settings.zone.day(at));
    let trigger = reported.map_or(duty.deadline, |day| day.min(duty.deadline));
    trigger.plus_days(days)
}

/// The last day to order what was reported: set while nobody has ordered.
#[must_use]
pub fn order_due(finding: &Finding, settings: &Settings) -> Option<Date> {
    let days = i64::from(settings.not_ordered_days);
    (finding.state == FindingState::Reported)
        .then(|| settings.zone.day(finding.reported).plus_days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_reminder_comes_three_days_before_or_at_half_of_the_term_the_later() {
        let settings = Settings::default();
        let reminder = |from: &str, to: &str| reminder_day(day(from), day(to), &settings);
        assert_eq!(reminder("2026-11-01", "2026-11-16"), day("2026-11-13"));
        assert_eq!(reminder("2026-11-01", "2026-11-05"), day("2026-11-03"));
        assert_eq!(reminder("2026-11-01", "2026-11-02"), day("2026-11-01"));
        assert_eq!(reminder("2026-11-01", "2026-11-01"), day("2026-11-01"));
        // A deadline before its order (settled so, or a clock that was wrong) is due at once.
        assert_eq!(reminder("2026-11-05", "2026-11-01"), day("2026-11-01"));
    }

    #[test]
    fn an_extension_is_asked_at_most_ten_days_before_the_deadline() {
        let first = |settings: &Settings| first_day_to_ask(day("2026-11-16"), settings);
        assert_eq!(first(&Settings::default()), day("2026-11-06"));
        let later = Settings {
            extension_days: 5,
            ..Settings::default()
        };
        assert_eq!(first(&later), day("2026-11-11"));
        assert_eq!(days_left(day("2026-11-16"), day("2026-11-17")), -1);
    }
}
