//! Escalation: whom a finding has reached by a day. Computed wherever somebody looks; no timer must
//! run for it.

use serde::{Deserialize, Serialize};

use crate::record::{Finding, FindingState};
use crate::register::Settings;
use crate::rule::deadline;
use crate::timestamp::Date;

/// How far a finding has come up, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Escalation {
    /// The site is reminded of a deadline that comes near.
    Reminder,
    /// Reported and not ordered in time: the supervisors'.
    NotOrdered,
    /// Past its deadline: the in-charge leader's.
    Overdue,
    /// Far past its deadline: the main leader's.
    LongOverdue,
}

/// How far a finding has come up by `today`.
#[must_use]
pub fn escalation(finding: &Finding, settings: &Settings, today: Date) -> Option<Escalation> {
    if let Some(due) = deadline::order_due(finding, settings) {
        return (today > due).then_some(Escalation::NotOrdered);
    }
    let waiting = matches!(
        finding.state,
        FindingState::Ordered | FindingState::Accepted | FindingState::ExtensionAsked
    );
    let duty = finding.duty().filter(|_| waiting)?;
    let over = deadline::days_left(duty.deadline, today).saturating_neg();
    let ordered = settings.zone.day(duty.began);
    if over >= i64::from(settings.escalate_days) {
        Some(Escalation::LongOverdue)
    } else if over > 0 {
        Some(Escalation::Overdue)
    } else if today >= deadline::reminder_day(ordered, duty.deadline, settings) {
        Some(Escalation::Reminder)
    } else {
        None
    }
}
