//! What makes sense to do now. Not a right: the relay takes what doesn't fit, as it may come from
//! somebody who hadn't seen everything; screens merely don't offer it.

use crate::record::{Finding, FindingState, Level};

/// Whether an [`super::Action`] makes sense in a finding as it reads.
pub(crate) fn fits_finding(act: &str, finding: &Finding) -> bool {
    use FindingState as State;
    let state = finding.state;
    let open = !matches!(state, State::Withdrawn | State::Closed);
    let under_duty = matches!(
        state,
        State::Ordered | State::Accepted | State::ExtensionAsked
    );
    let major = open && finding.level == Level::Major;
    match act {
        "report" | "proposed" | "ordered" | "corrected_on_spot" => state == State::Reported,
        "accepted" => state == State::Ordered,
        "asked" => matches!(state, State::Ordered | State::Accepted),
        "granted" | "declined" => state == State::ExtensionAsked,
        "assigned" => under_duty,
        // What was halted at once may be rectified before anybody orders more.
        "rectified" | "rectified_behalf" => under_duty || open && finding.halted,
        "passed" => state == State::Rectified && !finding.halted,
        "failed" => under_duty || matches!(state, State::Rectified | State::Closed),
        "halted" => open && !finding.halted,
        "resumed" => finding.halted,
        "reassigned" | "transferred" => under_duty || state == State::Rectified,
        "listed" => major && finding.listed.is_none(),
        "unlisted" => finding.listed.is_some(),
        "decided" => major,
        "settled" => finding.disputed,
        "sited" => finding.site.is_none(),
        "graded" | "withdrawn" | "duplicate" => open,
        _ => true,
    }
}

/// Whether an [`super::Action`] makes sense in an inspection that is finished or isn't.
pub(crate) fn fits_inspection(act: &str, finished: bool) -> bool {
    match act {
        "fill" | "join" | "finished" => !finished,
        "reopened" | "settled" => finished,
        _ => true,
    }
}
