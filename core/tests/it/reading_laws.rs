//! Whatever anybody does without having seen whom, a record reads the same on every device, in
//! whatever order the changes arrived.

use proptest::prelude::*;
use xunan_core::change::Scalar;
use xunan_core::id::Sha256;
use xunan_core::record::{
    Clause, Event, EventAt, Finding, FindingAct, FindingState, Five, Inspection, InspectionAct,
    Level, NoEffect, SignedAs,
};
use xunan_core::testing::{Cast, Story, day};
use xunan_core::timestamp::{DAY_MS, Timestamp};

use crate::reading;

const PEOPLE: [&str; 6] = ["周敏", "李强", "孙监", "张伟", "李娜", "吴主任"];

/// One step: who, what, a day, whom they had seen, and how wrong their clock is.
#[derive(Debug, Clone)]
struct Step {
    by: usize,
    what: u8,
    day: u8,
    saw: u16,
    hours_off: i64,
    is_received: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let off = prop_oneof![4 => -3..3_i64, 1 => -9000..9000_i64];
    (
        0..PEOPLE.len(),
        any::<u8>(),
        2..28_u8,
        any::<u16>(),
        off,
        any::<bool>(),
    )
        .prop_map(|(by, what, day, saw, hours_off, is_received)| Step {
            by,
            what,
            day,
            saw,
            hours_off,
            is_received,
        })
}

fn cases(many: u32) -> ProptestConfig {
    let cases = std::env::var("XUNAN_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok()).unwrap_or(many);
    ProptestConfig::with_cases(cases)
}

/// Tells the steps, the n-th under the label n; a person with too many devices has seen all of
/// theirs.
fn tell(
    story: &mut Story<'_>,
    steps: &[Step],
    mut act: impl FnMut(&mut Story<'_>, usize, &Step, &[&str]),
) {
    let labels: Vec<String> = (0..steps.len()).map(|n| n.to_string()).collect();
    for (number, step) in steps.iter().enumerate() {
        let own = |n: &usize| steps[*n].by == step.by;
        let crowded = (0..number).filter(own).count() + 2 >= usize::from(Cast::devices());
        let mut saw = vec!["root"];
        for (earlier, label) in labels.iter().enumerate().take(number) {
            let is_seen = step.saw >> (earlier % 16) & 1 == 1;
            if is_seen || crowded && own(&earlier) {
                saw.push(label);
            }
        }
        let now = Story::begin_time().plus(i64::try_from(number).unwrap() * DAY_MS / 2);
        story.at(now.plus(step.hours_off * 3_600_000));
        act(story, number, step, &saw);
        if step.is_received {
            story.received(&labels[number], Timestamp(now.0 + 3_600_000));
        }
    }
}

fn finding_act(cast: &Cast, story: &Story<'_>, number: usize, step: &Step) -> FindingAct {
    let due = day(step.day);
    let who = cast.person(PEOPLE[usize::from(step.day) % PEOPLE.len()]);
    let clause = Some(Clause {
        standard: "标准".to_owned(),
        article: "第一条".to_owned(),
    });
    let five = (step.day.is_multiple_of(2)).then(|| Five {
        measure: "更换".to_owned(),
        funds: "有".to_owned(),
        due,
        who: "张伟".to_owned(),
        plan: "停用".to_owned(),
    });
    let reason = "说明".to_owned();
    match step.what % 20 {
        0..=2 => FindingAct::Ordered {
            due,
            who,
            ground: reason,
        },
        3..=5 => FindingAct::Rectified {
            five,
            behalf: step.day.is_multiple_of(5),
        },
        6..=8 => FindingAct::Passed,
        9 => FindingAct::Failed { due },
        10 => FindingAct::Asked { due, reason },
        11 => FindingAct::Granted { due },
        12 => FindingAct::Declined { reason },
        13 => FindingAct::Halted {
            measure: "停用".to_owned(),
            ground: reason,
        },
        14 => FindingAct::Resumed,
        15 => FindingAct::Graded {
            level: Level::Major,
            clause,
        },
        16 => FindingAct::Graded {
            level: Level::General,
            clause: None,
        },
        17 => FindingAct::Withdrawn { reason },
        18 => FindingAct::CorrectedOnSpot,
        _ => FindingAct::Settled {
            not: (0..number)
                .filter(|n| step.saw >> ((n + 3) % 16) & 1 == 1)
                .map(|n| story.id(&n.to_string()))
                .collect(),
        },
    }
}

fn tell_finding<'c>(cast: &'c Cast, steps: &[Step]) -> Story<'c> {
    let mut story = Story::finding(cast, "周敏", &[]);
    tell(&mut story, steps, |story, number, step, saw| {
        let label = number.to_string();
        let by = PEOPLE[step.by];
        match step.what {
            200..210 => story.text(&label, by, saw, &[("level", "major")]),
            210..220 => story.text(&label, by, saw, &[("due", &day(step.day).to_string())]),
            220..230 => {
                let clause = r#"{"standard":"标准","article":"第二条"}"#;
                story.text(&label, by, saw, &[("clause", clause)])
            }
            _ => {
                let act = finding_act(cast, story, number, step);
                let event = Event {
                    text: Some("已办".to_owned()),
                    ..cast.official("东关", ["周敏", "李强"], act)
                };
                story.event(&label, by, saw, event)
            }
        };
    });
    story
}

/// The timeline never shows an answer before what it answers.
fn check_order(story: &Story<'_>, finding: &Finding) {
    let history = story.told();
    for (place, event) in finding.events.iter().enumerate() {
        let later = &finding.events[place + 1..];
        assert!(
            later
                .iter()
                .all(|later| !history.saw(event.change, later.change))
        );
    }
}

const fn closes(act: &FindingAct) -> bool {
    matches!(
        act,
        FindingAct::Passed | FindingAct::CorrectedOnSpot | FindingAct::Withdrawn { .. }
    )
}

const fn opens(act: &FindingAct) -> bool {
    matches!(
        act,
        FindingAct::Ordered { .. } | FindingAct::Failed { .. } | FindingAct::Halted { .. }
    )
}

fn holding(
    finding: &Finding,
    kind: fn(&FindingAct) -> bool,
) -> impl Iterator<Item = &EventAt<FindingAct>> {
    finding
        .events
        .iter()
        .filter(move |event| finding.holds(&event.id) && kind(&event.event.act))
}

/// What closes had seen everything that opens.
fn check_closing(story: &Story<'_>, finding: &Finding) {
    if finding.is_open() {
        return;
    }
    let history = story.told();
    assert!(!finding.halted);
    for opening in holding(finding, opens) {
        let mut closing = holding(finding, closes);
        assert!(closing.any(|closing| history.saw(closing.change, opening.change)));
    }
}

/// A duty has a deadline, and only a duty has one.
fn check_duties(finding: &Finding) {
    assert_eq!(finding.deadline.is_some(), !finding.duties.is_empty());
    let reported = finding.state == FindingState::Reported;
    assert!(!reported || finding.duties.is_empty());
}

/// The rectifier never passes, and nobody settles a settlement away.
fn check_hands(finding: &Finding) {
    for pass in holding(finding, |act| *act == FindingAct::Passed) {
        let duty = finding.duty().unwrap();
        let (rectified, _) = duty.rectified.unwrap();
        let own = finding.event(&rectified).unwrap();
        let on_behalf = matches!(own.event.act, FindingAct::Rectified { behalf: true, .. });
        assert!(on_behalf || own.author != pass.author);
    }
    for (id, why) in &finding.no_effect {
        let event = finding.event(id).unwrap();
        let is_settled = matches!(event.event.act, FindingAct::Settled { .. });
        assert!(*why != NoEffect::Settled || !is_settled);
    }
}

fn tell_inspection<'c>(cast: &'c Cast, steps: &[Step]) -> Story<'c> {
    let mut story = Story::inspection(cast, "周敏", &[]);
    let values = ["ok", "fail", "na", "20.9", "17", "良好", "破损"];
    tell(&mut story, steps, |story, number, step, saw| {
        let label = number.to_string();
        let by = PEOPLE[step.by];
        let item = step.day % 4 + 1;
        let key = format!("a/k1/{item}");
        let value = values[usize::from(step.day) % values.len()];
        let event = |act| Event {
            text: Some("说明".to_owned()),
            ..Event::new(act)
        };
        let reason = "说明".to_owned();
        match step.what % 16 {
            0..=5 => story.text(&label, by, saw, &[(&key, value)]),
            6 => story.put(&label, by, saw, vec![(key, Scalar::Null)]),
            7 => story.text(&label, by, saw, &[("end", value)]),
            8 => {
                let role = ["leader", "member", "left"][usize::from(step.day) % 3];
                let key = format!("team/{}", cast.person(by));
                story.text(&label, by, saw, &[(&key, role)])
            }
            9 | 10 => story.event(&label, by, saw, event(InspectionAct::Finished)),
            11 => story.event(&label, by, saw, event(InspectionAct::Reopened { reason })),
            12 => {
                let value = Some(value.to_owned());
                story.event(
                    &label,
                    by,
                    saw,
                    event(InspectionAct::Settled { key, value }),
                )
            }
            13 => {
                let version = i64::from(step.day % 2) + 1;
                let list = vec![("list/k1".to_owned(), Scalar::Int(version))];
                story.put(&label, by, saw, list)
            }
            14 => {
                let act = InspectionAct::Signed {
                    role: SignedAs::Officer,
                    name: by.to_owned(),
                    drawing: Sha256::from_bytes([1; 32]),
                    opinion: None,
                };
                story.event(&label, by, saw, event(act))
            }
            _ => story.event(&label, by, saw, event(InspectionAct::Withdrawn { reason })),
        };
    });
    story
}

fn check_inspection(inspection: &Inspection) {
    if inspection.finished.is_none() {
        assert!(inspection.late.is_empty());
    }
    for answer in inspection.answers.values() {
        let differ = answer
            .said
            .iter()
            .any(|said| said.value != answer.said[0].value);
        assert!(differ || !answer.conflict);
        if let Some(value) = &answer.value {
            assert_eq!(answer.said[0].value.as_ref(), Some(value));
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_finding_reads_the_same_in_every_order(steps in prop::collection::vec(step(), 0..12)) {
        let cast = Cast::new();
        let story = tell_finding(&cast, &steps);
        let finding = reading::sampled_finding(&cast, &story);
        check_order(&story, &finding);
        check_closing(&story, &finding);
        check_duties(&finding);
        check_hands(&finding);
    }

    #[test]
    fn an_inspection_reads_the_same_in_every_order(steps in prop::collection::vec(step(), 0..12)) {
        let cast = Cast::new();
        let story = tell_inspection(&cast, &steps);
        check_inspection(&reading::sampled_inspection(&cast, &story));
    }
}
