//! What a finding's rest means for counting.

use crate::timestamp::Timestamp;

use super::facts::{FindingFacts, Rest, RestKind};
use super::number::Why;

/// How the finding rests now, whatever the time; put right before withdrawn.
fn standing(finding: &FindingFacts) -> Option<&Rest> {
    let held = finding.rests.iter().filter(|rest| rest.until.is_none());
    held.min_by_key(|rest| (rest.kind, rest.from))
}

/// Why the finding counts nowhere: it was withdrawn, or is another one's duplicate.
pub(super) fn why_void(finding: &FindingFacts) -> Option<Why> {
    match standing(finding)?.kind {
        RestKind::Withdrawn => Some(Why::Withdrawn),
        RestKind::Duplicate => Some(Why::Duplicate),
        RestKind::Passed | RestKind::CorrectedOnSpot => None,
    }
}

/// Why its duties are not counted: as above, or because it was put right on the spot.
pub(super) fn why_no_duty(finding: &FindingFacts) -> Option<Why> {
    match standing(finding)?.kind {
        RestKind::CorrectedOnSpot => Some(Why::CorrectedOnSpot),
        RestKind::Withdrawn | RestKind::Duplicate | RestKind::Passed => why_void(finding),
    }
}

/// Since when it is closed, if it is: put right, not withdrawn.
pub(super) fn closed(finding: &FindingFacts) -> Option<Timestamp> {
    let rest = standing(finding)?;
    matches!(rest.kind, RestKind::Passed | RestKind::CorrectedOnSpot).then_some(rest.from)
}
