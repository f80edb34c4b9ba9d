//! When what an enterprise found itself stops being its own.

use crate::change::Scalar;
use crate::id::UnitId;
use crate::permit::past::{Past, Seen};
use crate::record::{FindingAct, Level};

/// What an enterprise found itself is no longer its own: major, handed over, or an overseer acted.
pub(crate) fn is_shared(
    past: &Past<'_>,
    acts: &[Seen<FindingAct>],
    is_of_site: impl Fn(UnitId) -> bool,
) -> bool {
    let handed_over = |act: &FindingAct| {
        matches!(
            act,
            FindingAct::Proposed { .. }
                | FindingAct::Graded {
                    level: Level::Major,
                    ..
                }
        )
    };
    let by_overseer = |seen: &Seen<FindingAct>| {
        seen.event.act.is_by_order() && seen.event.unit.is_some_and(|unit| !is_of_site(unit))
    };
    let named = |value: &Scalar| value.as_text().is_some_and(|text| !text.is_empty());
    acts.iter()
        .any(|seen| handed_over(&seen.event.act) || by_overseer(seen))
        || past.ever("level", |value| value.as_text() == Some("major"))
            && past.ever("clause", named)
}

/// Somebody passed it. Once an overseer has seen it, a later failure doesn't take it back.
pub(crate) fn was_closed(acts: &[Seen<FindingAct>]) -> bool {
    acts.iter().any(|seen| seen.event.act == FindingAct::Passed)
}
