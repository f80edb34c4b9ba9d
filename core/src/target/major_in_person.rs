//! `major_in_person` (重大隐患主要领导亲自处理率): major findings reported in the period that a main
//! leader ordered, listed, decided, passed or failed in person ÷ all.

use crate::register::{PostKind, Register, Signer};

use super::counting::Counting;
use super::facts::Act;
use super::number::{Item, Mark, Tally};
use super::period::Window;
use super::rest::why_void;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for finding in counting.findings_in_area(whose) {
        let is_here = window.contains(counting.day(finding.reported));
        if finding.major_since.is_none() || !is_here {
            continue;
        }
        let item = Item::Finding(finding.id);
        let mut acts = finding.acts.iter();
        if let Some(why) = why_void(finding) {
            tally.leave_out(item, why, None);
        } else if acts.any(|act| is_in_person(counting.register, whose.signer, act)) {
            tally.count(item, Mark::Good);
        } else {
            tally.count(item, Mark::Open(None));
        }
    }
    tally
}

/// By the person; by somebody who was the unit's main leader when he or she acted. An enterprise's
/// is its principal.
fn is_in_person(register: &Register, whose: Signer, act: &Act) -> bool {
    let is_main = |kind: PostKind| matches!(kind, PostKind::Main | PostKind::Principal);
    match whose {
        Signer::Person(person) => act.by == person,
        Signer::Unit(unit) => register
            .posts_of_at(act.by, act.at)
            .any(|post| post.unit == unit && is_main(post.kind)),
    }
}
