//! Puts one event. The acts of the loop have one path: what differs between them is data
//! ([`FindingAct`]), their right (`permit`) and their effect (`rule`).

use std::collections::BTreeSet;

use crate::change::History;
use crate::command::InputError;
use crate::command::input::{needed, words};
use crate::id::EventId;
use crate::record::{Act, Event, Finding, FindingAct, Level};
use crate::rule::cause::Causes;
use crate::timestamp::Date;

/// The event as it is stored, with what a person must have given.
///
/// # Errors
/// With a deadline in the past, a grade of major without its clause, a major finding rectified
/// without the five in place, one corrected on the spot with nothing to show for it, or a field that
/// is missing or too long.
pub fn act(
    mut event: Event<FindingAct>,
    history: &History,
    finding: &Finding,
    today: Date,
) -> Result<Event<FindingAct>, InputError> {
    if let Some(text) = event.text.take() {
        event.text = Some(words("text", &text)?).filter(|text| !text.is_empty());
    }
    tidy(&mut event.act)?;
    check(&event.act, finding.level == Level::Major, today)?;
    if event.act == FindingAct::CorrectedOnSpot && !FindingAct::is_whole(&event) {
        return Err(InputError::AfterMissing);
    }
    if let FindingAct::Settled { not } = &mut event.act {
        *not = still_settled(history, finding, not);
    }
    if FindingAct::is_whole(&event) {
        Ok(event)
    } else {
        Err(InputError::Invalid { field: "event" })
    }
}

/// Every word that an act asks for is there, and as words are stored.
fn tidy(act: &mut FindingAct) -> Result<(), InputError> {
    let tidied = |field: &'static str, text: &mut String| {
        *text = needed(field, text)?;
        Ok(())
    };
    match act {
        FindingAct::Ordered { ground, .. } => tidied("ground", ground),
        FindingAct::Halted { measure, ground } => {
            tidied("measure", measure)?;
            tidied("ground", ground)
        }
        FindingAct::Asked { reason, .. }
        | FindingAct::Declined { reason }
        | FindingAct::Withdrawn { reason } => tidied("reason", reason),
        FindingAct::Listed { level, .. } => tidied("level", level),
        FindingAct::Rectified {
            five: Some(five), ..
        } => {
            tidied("measure", &mut five.measure)?;
            tidied("funds", &mut five.funds)?;
            tidied("who", &mut five.who)?;
            tidied("plan", &mut five.plan)
        }
        _ => Ok(()),
    }
}

fn check(act: &FindingAct, is_major: bool, today: Date) -> Result<(), InputError> {
    match act {
        FindingAct::Ordered { due, .. }
        | FindingAct::Asked { due, .. }
        | FindingAct::Granted { due }
        | FindingAct::Failed { due }
            if *due < today =>
        {
            Err(InputError::DeadlineInPast)
        }
        FindingAct::Graded {
            level: Level::Major,
            clause: None,
        } => Err(InputError::ClauseMissing),
        FindingAct::Rectified { five: None, .. } if is_major => Err(InputError::FiveMissing),
        _ => Ok(()),
    }
}

/// The last settlement alone counts, so it names again what was settled before, but for what stands
/// against its own choice.
fn still_settled(history: &History, finding: &Finding, not: &[EventId]) -> Vec<EventId> {
    let causes = Causes(history);
    let change = |id: &EventId| finding.event(id).map(|event| event.change);
    let chosen: Vec<_> = not.iter().filter_map(change).collect();
    let is_kept = |id: &EventId| {
        change(id).is_some_and(|earlier| {
            let mut chosen = chosen.iter();
            !chosen.any(|chosen| causes.are_apart(*chosen, earlier))
        })
    };
    let kept = finding.settled().filter(is_kept);
    let all: BTreeSet<EventId> = kept.chain(not.iter().copied()).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::read_finding;
    use crate::testing::{Cast, Story, day};

    fn told(cast: &Cast) -> Story<'_> {
        let official = |act| cast.official("东关", ["周敏", "李强"], act);
        let ordered = FindingAct::Ordered {
            due: day(5),
            who: cast.person("张伟"),
            ground: "第四十一条".to_owned(),
        };
        let rectified = Event {
            text: Some("已办".to_owned()),
            ..Event::new(FindingAct::Rectified {
                five: None,
                behalf: false,
            })
        };
        let mut story = Story::finding(cast, "周敏", &[]);
        story.event("A", "周敏", &["root"], official(ordered));
        story.event("r", "张伟", &["A"], rectified);
        story.event("p", "周敏", &["r"], official(FindingAct::Passed));
        story.event(
            "f",
            "孙监",
            &["r"],
            official(FindingAct::Failed { due: day(9) }),
        );
        let not = vec![story.id("f")];
        story.event(
            "s",
            "李强",
            &["p", "f"],
            official(FindingAct::Settled { not }),
        );
        story.event(
            "f2",
            "孙监",
            &["f"],
            official(FindingAct::Failed { due: day(12) }),
        );
        story
    }

    fn acted(cast: &Cast, story: &Story<'_>, act: FindingAct) -> Result<FindingAct, InputError> {
        let history = story.told();
        let finding = read_finding(&history, &cast.register()).unwrap();
        let event = cast.official("东关", ["周敏", "李强"], act);
        super::act(event, &history, &finding, day(3)).map(|event| event.act)
    }

    #[test]
    fn a_settlement_carries_on_what_it_does_not_stand_against() {
        let cast = Cast::new();
        let story = told(&cast);
        let settle = |labels: &[&str]| {
            let not = labels.iter().map(|label| story.id(label)).collect();
            match acted(&cast, &story, FindingAct::Settled { not }) {
                Ok(FindingAct::Settled { not }) => not.into_iter().collect::<BTreeSet<_>>(),
                other => panic!("{other:?}"),
            }
        };
        let ids = |labels: &[&str]| labels.iter().map(|label| story.id(label)).collect();
        assert_eq!(settle(&["f2"]), ids(&["f", "f2"]));
        assert_eq!(settle(&["p"]), ids(&["p"]));
        assert_eq!(settle(&[]), ids(&["f"]));
    }

    #[test]
    fn what_a_person_must_give_is_asked_for() {
        let cast = Cast::new();
        let story = told(&cast);
        let blank = FindingAct::Declined {
            reason: " ".to_owned(),
        };
        assert_eq!(
            acted(&cast, &story, blank),
            Err(InputError::Invalid { field: "reason" })
        );
        let late = FindingAct::Failed { due: day(2) };
        assert_eq!(acted(&cast, &story, late), Err(InputError::DeadlineInPast));
        let due = FindingAct::Failed { due: day(3) };
        assert_eq!(acted(&cast, &story, due.clone()), Ok(due));
        let major = FindingAct::Graded {
            level: Level::Major,
            clause: None,
        };
        assert_eq!(acted(&cast, &story, major), Err(InputError::ClauseMissing));
        let bare = FindingAct::Rectified {
            five: None,
            behalf: false,
        };
        assert_eq!(
            acted(&cast, &story, bare),
            Err(InputError::Invalid { field: "event" })
        );
        assert_eq!(
            acted(&cast, &story, FindingAct::CorrectedOnSpot),
            Err(InputError::AfterMissing)
        );
        let spaced = FindingAct::Withdrawn {
            reason: " 记错对象 ".to_owned(),
        };
        let stored = FindingAct::Withdrawn {
            reason: "记错对象".to_owned(),
        };
        assert_eq!(acted(&cast, &story, spaced), Ok(stored));
    }
}
