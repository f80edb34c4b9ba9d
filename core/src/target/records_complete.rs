//! `records_complete` (检查记录完整率): complete ones ÷ official inspections finished.

use super::counting::{Counting, Seen};
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;
use crate::record::Lack;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for seen in counting.inspections_of(whose.signer) {
        if !seen.facts.is_official() || !window.contains(seen.day) {
            continue;
        }
        let item = Item::Inspection(seen.facts.id);
        if seen.facts.withdrawn {
            tally.leave_out(item, Why::Withdrawn, None);
        } else {
            tally.count(item, mark(seen));
        }
    }
    tally
}

/// Who was there, with which certificate, is past; basis and signatures can still be put.
fn mark(seen: &Seen<'_>) -> Mark {
    let is_past = |lack: &Lack| matches!(lack, Lack::Officers { .. });
    if seen.is_complete() {
        Mark::Good
    } else if seen.lacks.iter().any(is_past) {
        Mark::Bad
    } else {
        Mark::Open(None)
    }
}
