//! `findings_reported` (排查隐患): findings reported. Not lawful as a target for officials.

use super::counting::Counting;
use super::number::{Item, Mark, Tally};
use super::period::Window;
use super::rest::why_void;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for finding in counting.findings_by(whose) {
        if !window.contains(counting.day(finding.reported)) {
            continue;
        }
        match why_void(finding) {
            None => tally.count(Item::Finding(finding.id), Mark::Good),
            Some(why) => tally.leave_out(Item::Finding(finding.id), why, None),
        }
    }
    tally
}
