//! Findings that several people wrote in without having seen each other's events, each with its one
//! answer. First the nineteen of the design, then others.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::record::{
    Clause, Event, Finding, FindingAct, FindingState, Five, Level, NoEffect, report_then,
};
use xunan_core::rule::{Escalation, deadline, escalation};
use xunan_core::testing::{Cast, Story, day};
use xunan_core::timestamp::Date;

use crate::reading;

/// A finding's story in short words: officers are those of 东关, the site's people those of 宏达.
struct Tale<'c> {
    cast: &'c Cast,
    story: Story<'c>,
}

impl<'c> Tale<'c> {
    /// Reported by 周敏.
    fn new(cast: &'c Cast) -> Self {
        Self::reported(cast, &[])
    }
    fn reported(cast: &'c Cast, more: &[(&str, &str)]) -> Self {
        Self {
            cast,
            story: Story::finding(cast, "周敏", more),
        }
    }
    fn official(&mut self, label: &str, by: &str, saw: &[&str], act: FindingAct) -> &mut Self {
        let event = self.cast.official("东关", ["周敏", "李强"], act);
        self.story.event(label, by, saw, event);
        self
    }
    fn site(&mut self, label: &str, by: &str, saw: &[&str], act: FindingAct) -> &mut Self {
        let event = Event {
            text: Some("已办".to_owned()),
            ..Event::new(act)
        };
        self.story.event(label, by, saw, event);
        self
    }
    fn ordered(&mut self, label: &str, by: &str, saw: &[&str], due: u8) -> &mut Self {
        let act = FindingAct::Ordered {
            due: day(due),
            who: self.cast.person("张伟"),
            ground: "第四十一条".to_owned(),
        };
        self.official(label, by, saw, act)
    }
    fn failed(&mut self, label: &str, by: &str, saw: &[&str], due: u8) -> &mut Self {
        self.official(label, by, saw, FindingAct::Failed { due: day(due) })
    }
    fn passed(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        self.official(label, by, saw, FindingAct::Passed)
    }
    fn granted(&mut self, label: &str, by: &str, saw: &[&str], due: u8) -> &mut Self {
        self.official(label, by, saw, FindingAct::Granted { due: day(due) })
    }
    fn declined(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        let reason = "可先停用".to_owned();
        self.official(label, by, saw, FindingAct::Declined { reason })
    }
    fn asked(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        let act = FindingAct::Asked {
            due: day(9),
            reason: "缺件".to_owned(),
        };
        self.site(label, by, saw, act)
    }
    fn rectified(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        self.site(label, by, saw, rectified(None, false))
    }
    fn halted(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        let act = FindingAct::Halted {
            measure: "停止使用".to_owned(),
            ground: "第六十五条".to_owned(),
        };
        self.official(label, by, saw, act)
    }
    fn graded_major(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        let act = FindingAct::Graded {
            level: Level::Major,
            clause: Some(clause()),
        };
        self.official(label, by, saw, act)
    }
    fn withdrawn(&mut self, label: &str, by: &str, saw: &[&str]) -> &mut Self {
        let reason = "记错对象".to_owned();
        self.site(label, by, saw, FindingAct::Withdrawn { reason })
    }
    fn settled(&mut self, label: &str, by: &str, saw: &[&str], not: &[&str]) -> &mut Self {
        let not = not.iter().map(|label| self.story.id(label)).collect();
        self.official(label, by, saw, FindingAct::Settled { not })
    }
    fn read(&self) -> Finding {
        reading::finding(self.cast, &self.story)
    }
    fn why(&self, finding: &Finding, label: &str) -> Option<NoEffect> {
        finding.no_effect.get(&self.story.id(label)).copied()
    }
}

fn clause() -> Clause {
    Clause {
        standard: "工贸企业重大事故隐患判定标准".to_owned(),
        article: "第四条".to_owned(),
    }
}

fn rectified(five: Option<Five>, behalf: bool) -> FindingAct {
    FindingAct::Rectified { five, behalf }
}

fn five() -> Five {
    Five {
        measure: "更换".to_owned(),
        funds: "2万元".to_owned(),
        due: day(5),
        who: "张伟".to_owned(),
        plan: "停用并围挡".to_owned(),
    }
}

type Tell = fn(&mut Tale<'_>);

fn tell_two_orders(t: &mut Tale<'_>) {
    t.ordered("A", "周敏", &["root"], 5);
    t.ordered("B", "孙监", &["root"], 7);
    t.rectified("r", "张伟", &["B"]);
}

fn tell_pass_beside_fail(t: &mut Tale<'_>) {
    t.ordered("A", "周敏", &["root"], 5);
    t.rectified("r", "张伟", &["A"]);
    t.passed("p", "周敏", &["r"]);
    t.failed("f", "孙监", &["r"], 9);
}

const DISPUTED: bool = true;
const CLEAR: bool = false;

/// Tells a story and expects its state, deadline's day, and whether something contradicts.
fn expect(tell: Tell, state: FindingState, due: u8, disputed: bool) {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell(&mut tale);
    let finding = tale.read();
    assert_eq!(finding.state, state);
    assert_eq!(finding.deadline, Some(day(due)));
    assert_eq!(finding.disputed, disputed);
    assert_eq!(finding.duty().map(|duty| duty.deadline), Some(day(due)));
    assert_eq!(finding.closed.is_some(), state == FindingState::Closed);
}

// The nineteen.

#[test]
fn two_orders_rectified_on_the_later_one() {
    expect(tell_two_orders, FindingState::Rectified, 5, DISPUTED);
}

#[test]
fn two_orders_passed_by_one_who_saw_both() {
    expect(
        |t| {
            tell_two_orders(t);
            t.passed("p", "李强", &["A", "r"]);
        },
        FindingState::Closed,
        5,
        CLEAR,
    );
}

#[test]
fn pass_beside_fail() {
    expect(tell_pass_beside_fail, FindingState::Ordered, 9, DISPUTED);
}

#[test]
fn pass_beside_fail_settled_for_the_pass() {
    expect(
        |t| {
            tell_pass_beside_fail(t);
            t.settled("s", "李强", &["p", "f"], &["f"]);
        },
        FindingState::Closed,
        5,
        CLEAR,
    );
}

#[test]
fn withdrawn_beside_an_order() {
    expect(
        |t| {
            t.withdrawn("w", "周敏", &["root"]);
            t.ordered("A", "孙监", &["root"], 5);
        },
        FindingState::Ordered,
        5,
        DISPUTED,
    );
}

#[test]
fn two_asked_one_granted_one_declined() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.asked("a1", "张伟", &["A"]);
            t.asked("a2", "李娜", &["A"]);
            t.granted("g", "周敏", &["a1", "a2"], 9);
            t.declined("d", "孙监", &["a1", "a2"]);
        },
        FindingState::Ordered,
        5,
        DISPUTED,
    );
}

#[test]
fn declined_that_had_seen_the_grant() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.asked("a", "张伟", &["A"]);
            t.granted("g", "周敏", &["a"], 9);
            t.declined("d", "孙监", &["g"]);
        },
        FindingState::Ordered,
        9,
        CLEAR,
    );
}

#[test]
fn granted_that_had_seen_the_refusal() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.asked("a", "张伟", &["A"]);
            t.declined("d", "周敏", &["a"]);
            t.granted("g", "孙监", &["d"], 9);
        },
        FindingState::Ordered,
        9,
        CLEAR,
    );
}

#[test]
fn rectified_twice_one_passed() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.rectified("r1", "张伟", &["A"]);
            t.rectified("r2", "李娜", &["A"]);
            t.passed("p", "李强", &["r1"]);
        },
        FindingState::Closed,
        5,
        CLEAR,
    );
}

#[test]
fn the_rectifier_passes() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.rectified("r", "孙监", &["A"]);
            t.passed("p", "孙监", &["r"]);
        },
        FindingState::Rectified,
        5,
        CLEAR,
    );
}

#[test]
fn on_behalf_and_passed_by_the_same_officer() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.site("r", "孙监", &["A"], rectified(None, true));
            t.passed("p", "孙监", &["r"]);
        },
        FindingState::Closed,
        5,
        CLEAR,
    );
}

#[test]
fn passed_with_nothing_rectified() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.passed("p", "李强", &["A"]);
        },
        FindingState::Ordered,
        5,
        CLEAR,
    );
}

#[test]
fn graded_major_beside_the_pass() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.rectified("r", "张伟", &["A"]);
            t.passed("p", "李强", &["r"]);
            t.graded_major("g", "孙监", &["r"]);
        },
        FindingState::Ordered,
        5,
        DISPUTED,
    );
}

#[test]
fn halted_passed_then_resumed() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.halted("h", "周敏", &["A"]);
            t.rectified("r", "张伟", &["h"]);
            t.passed("p", "李强", &["r"]);
            t.official("re", "周敏", &["p"], FindingAct::Resumed);
        },
        FindingState::Rectified,
        5,
        CLEAR,
    );
}

#[test]
fn halted_resumed_passed() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.halted("h", "周敏", &["A"]);
            t.rectified("r", "张伟", &["h"]);
            t.official("re", "周敏", &["r"], FindingAct::Resumed);
            t.passed("p", "李强", &["re"]);
        },
        FindingState::Closed,
        5,
        CLEAR,
    );
}

#[test]
fn failed_after_the_pass() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.rectified("r", "张伟", &["A"]);
            t.passed("p", "李强", &["r"]);
            t.failed("f", "孙监", &["p"], 9);
        },
        FindingState::Ordered,
        9,
        CLEAR,
    );
}

#[test]
fn failed_rectified_again_passed() {
    expect(
        |t| {
            t.ordered("A", "周敏", &["root"], 5);
            t.rectified("r1", "张伟", &["A"]);
            t.failed("f", "李强", &["r1"], 9);
            t.rectified("r2", "张伟", &["f"]);
            t.passed("p", "李强", &["r2"]);
        },
        FindingState::Closed,
        9,
        CLEAR,
    );
}

#[test]
fn corrected_on_the_spot() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.site("c", "周敏", &["root"], FindingAct::CorrectedOnSpot);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Closed);
    assert_eq!(finding.deadline, None);
    assert!(finding.corrected_on_spot && finding.served && !finding.disputed);
}

#[test]
fn corrected_on_the_spot_beside_an_order() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.site("c", "周敏", &["root"], FindingAct::CorrectedOnSpot);
    tale.ordered("A", "孙监", &["root"], 5);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Ordered);
    assert_eq!(finding.deadline, Some(day(5)));
    assert!(finding.disputed && !finding.corrected_on_spot);
    assert_eq!(tale.why(&finding, "c"), Some(NoEffect::OpeningUnseen));
}

// The others.

#[test]
fn nothing_but_a_report() {
    let cast = Cast::new();
    let finding = Tale::new(&cast).read();
    assert_eq!(finding.state, FindingState::Reported);
    assert_eq!(finding.reporter, Some(cast.person("周敏")));
    assert_eq!(finding.site, Some(cast.unit("宏达")));
    assert_eq!(finding.text, "配电箱门缺失");
    assert!(!finding.served && finding.shared && finding.duties.is_empty());
}

#[test]
fn graded_major_asks_for_the_five_in_place() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.rectified("r1", "张伟", &["A"]);
    tale.passed("p1", "李强", &["r1"]);
    tale.graded_major("g", "孙监", &["r1"]);
    let finding = tale.read();
    assert_eq!(finding.level, Level::Major);
    assert_eq!(tale.why(&finding, "r1"), Some(NoEffect::FiveMissing));
    assert_eq!(tale.why(&finding, "p1"), Some(NoEffect::OpeningUnseen));

    tale.site("r2", "张伟", &["g", "p1"], rectified(Some(five()), false));
    tale.passed("p2", "李强", &["r2"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Closed);
    assert_eq!(finding.clause, Some(clause()));
    assert!(!finding.disputed);
}

#[test]
fn an_officer_named_in_the_pass_had_rectified_it() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.rectified("r", "李强", &["A"]);
    tale.passed("p", "孙监", &["r"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Rectified);
    assert_eq!(tale.why(&finding, "p"), Some(NoEffect::OwnWork));
}

#[test]
fn the_rectifier_passes_on_another_device() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.rectified("r1", "孙监", &["A"]);
    tale.rectified("r2", "张伟", &["A"]);
    // Not having seen r1, 孙监 writes this on a second device; it is their own work all the same.
    tale.passed("p", "孙监", &["r2"]);
    assert_ne!(tale.story.change("r1").actor, tale.story.change("p").actor);
    let finding = tale.read();
    assert_eq!(tale.why(&finding, "p"), Some(NoEffect::OwnWork));
    assert_eq!(finding.state, FindingState::Rectified);
}

#[test]
fn rectified_before_a_newer_order_was_seen() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.ordered("B", "周敏", &["A"], 7);
    tale.rectified("r", "张伟", &["A"]);
    let finding = tale.read();
    // B replaced A: one duty, and what was done for A alone doesn't answer it.
    assert_eq!(finding.state, FindingState::Ordered);
    assert_eq!(finding.deadline, Some(day(7)));
    assert_eq!(finding.duties.len(), 1);
    assert!(!finding.disputed);
}

#[test]
fn settled_by_two_who_disagree() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_pass_beside_fail(&mut tale);
    tale.settled("s1", "李强", &["p", "f"], &["f"]);
    tale.settled("s2", "吴主任", &["p", "f"], &["p"]);
    let finding = tale.read();
    // Only the pass is removed: the cautious side.
    assert_eq!(finding.state, FindingState::Ordered);
    assert_eq!(finding.deadline, Some(day(9)));
    assert!(finding.disputed);
    assert_eq!(tale.why(&finding, "p"), Some(NoEffect::Settled));
    assert!(finding.holds(&tale.story.id("f")));
    let sides = ["s1", "s2"].map(|label| tale.story.id(label));
    assert_eq!(finding.contradicting, sides);

    // Somebody who saw both has the last word.
    tale.settled("s3", "孙监", &["s1", "s2"], &["f"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Closed);
    assert!(!finding.disputed);
}

#[test]
fn nobody_settles_what_they_had_not_seen() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_pass_beside_fail(&mut tale);
    // The name of an event can be guessed; it counts only if its author had seen it.
    tale.settled("s", "李强", &["p"], &["f"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Ordered);
    assert!(finding.holds(&tale.story.id("f")));
}

#[test]
fn settled_for_the_fail() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_pass_beside_fail(&mut tale);
    tale.settled("s", "李强", &["p", "f"], &["p"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Ordered);
    assert_eq!(finding.deadline, Some(day(9)));
    assert!(!finding.disputed);
}

#[test]
fn a_new_settlement_names_again_what_it_leaves_settled() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_pass_beside_fail(&mut tale);
    tale.settled("s1", "李强", &["p", "f"], &["f"]);
    assert_eq!(tale.read().settled().count(), 1);
    tale.failed("f2", "孙监", &["f"], 12);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Ordered);
    let sides = ["p", "f2"].map(|label| tale.story.id(label));
    assert_eq!(finding.contradicting, sides);

    // Naming the second failure alone, the first holds again.
    tale.settled("s2", "李强", &["s1", "f2"], &["f2"]);
    let finding = tale.read();
    assert_eq!(finding.deadline, Some(day(9)));
    tale.settled("s3", "李强", &["s2"], &["f", "f2"]);
    assert_eq!(tale.read().state, FindingState::Closed);
}

#[test]
fn the_paper_reads_the_report_as_it_was_when_it_was_ordered() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let hash = "00".repeat(32);
    let photo = format!(r#"{{"size":9,"thumb":"{hash}","taken":1}}"#);
    let key = format!("p/{hash}");
    tale.story.text("p", "周敏", &["root"], &[(&key, &photo)]);
    tale.ordered("A", "孙监", &["p"], 5);
    tale.story.text(
        "t",
        "周敏",
        &["p"],
        &[("text", "另一句话"), ("where", "二楼")],
    );
    let finding = tale.read();
    assert_eq!(finding.text, "另一句话");
    let history = tale.story.told();
    let order = finding.event(&tale.story.id("A")).unwrap().change;
    let then = report_then(&history, order);
    assert_eq!(then.text, "配电箱门缺失");
    assert_eq!(then.location_words, "");
    assert_eq!(then.photos.len(), 1);
    assert!(report_then(&history, finding.root).photos.is_empty());
}

#[test]
fn it_comes_up_from_day_to_day() {
    let cast = Cast::new();
    let register = cast.register();
    let mut tale = Tale::new(&cast);
    let settings = register.settings();
    let up = |tale: &Tale<'_>, on: u8| escalation(&tale.read(), settings, day(on));
    // Reported on the first; ordered with a deadline on the ninth.
    assert_eq!(up(&tale, 3), None);
    assert_eq!(up(&tale, 4), Some(Escalation::NotOrdered));
    tale.ordered("A", "周敏", &["root"], 9);
    assert_eq!(up(&tale, 5), None);
    assert_eq!(up(&tale, 6), Some(Escalation::Reminder));
    assert_eq!(up(&tale, 9), Some(Escalation::Reminder));
    assert_eq!(up(&tale, 10), Some(Escalation::Overdue));
    assert_eq!(up(&tale, 15), Some(Escalation::Overdue));
    assert_eq!(up(&tale, 16), Some(Escalation::LongOverdue));
    let duty = |tale: &Tale<'_>| tale.read().duties[0].clone();
    assert_eq!(deadline::recheck_due(&duty(&tale), settings), day(19));
    tale.rectified("r", "张伟", &["A"]);
    assert_eq!(up(&tale, 16), None);
    // Rectified on the first: the re-check's ten days run from there.
    assert_eq!(deadline::recheck_due(&duty(&tale), settings), day(11));
    let trigger = deadline::recheck_trigger(&duty(&tale), &settings.zone);
    assert_eq!(trigger, tale.story.change("r").time);
}

#[test]
fn two_orders_settled_for_the_later_deadline() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_two_orders(&mut tale);
    tale.settled("s", "李强", &["A", "r"], &["A"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Rectified);
    assert_eq!(finding.deadline, Some(day(7)));
    assert!(!finding.disputed);
}

#[test]
fn a_comment_ends_no_dispute() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tell_pass_beside_fail(&mut tale);
    tale.site("c", "吴主任", &["p", "f"], FindingAct::Commented);
    assert!(tale.read().disputed);
    tale.failed("f2", "吴主任", &["c"], 12);
    let finding = tale.read();
    assert!(!finding.disputed);
    assert_eq!(finding.deadline, Some(day(12)));
}

#[test]
fn a_grant_moves_its_own_duty_only() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.asked("a", "张伟", &["A"]);
    tale.granted("g", "周敏", &["a"], 9);
    tale.rectified("r1", "张伟", &["g"]);
    tale.failed("f", "李强", &["r1"], 12);
    let finding = tale.read();
    let deadlines: Vec<Date> = finding.duties.iter().map(|duty| duty.deadline).collect();
    assert_eq!(deadlines, [day(9), day(12)]);
    assert_eq!(finding.deadline, Some(day(12)));
    let first = &finding.duties[0];
    assert_eq!(first.rectified.map(|(id, _)| id), Some(tale.story.id("r1")));
    assert_eq!(first.rectified_unfailed, None);
    let verdicts: Vec<bool> = first.verdicts.iter().map(|v| v.passed).collect();
    assert_eq!(verdicts, [false]);
    assert!(finding.duties[1].verdicts.is_empty());
}

#[test]
fn a_rectification_of_the_next_duty_is_not_one_of_the_first() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.failed("f", "李强", &["A"], 9);
    tale.rectified("r", "张伟", &["f"]);
    tale.passed("p", "李强", &["r"]);
    let finding = tale.read();
    assert_eq!(finding.duties.len(), 2);
    assert_eq!(finding.duties[0].rectified, None);
    assert_eq!(
        finding.duties[1].rectified.map(|(id, _)| id),
        Some(tale.story.id("r"))
    );
    assert_eq!(finding.duties[1].verdicts.len(), 1);
    assert_eq!(finding.state, FindingState::Closed);
}

#[test]
fn a_failure_beside_an_order_is_one_duty_with_it() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.failed("f", "李强", &["A"], 9);
    tale.ordered("B", "孙监", &["root"], 7);
    let finding = tale.read();
    assert_eq!(finding.duties.len(), 2);
    assert_eq!(finding.duties[0].events, [tale.story.id("A")]);
    assert_eq!(finding.duties[1].events.len(), 2);
    assert_eq!(finding.deadline, Some(day(7)));
    assert!(finding.disputed);
}

#[test]
fn an_extension_is_asked_until_somebody_answers_who_saw_it() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.site("ac", "张伟", &["A"], FindingAct::Accepted);
    assert_eq!(tale.read().state, FindingState::Accepted);
    tale.asked("a1", "张伟", &["ac"]);
    assert_eq!(tale.read().state, FindingState::ExtensionAsked);
    tale.asked("a2", "李娜", &["ac"]);
    tale.granted("g", "周敏", &["a1"], 9);
    assert_eq!(tale.read().state, FindingState::ExtensionAsked);
    tale.declined("d", "周敏", &["g", "a2"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Accepted);
    assert_eq!(finding.deadline, Some(day(9)));
}

#[test]
fn responsible_are_those_named_last() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    let to = |name: &str| FindingAct::Assigned {
        who: cast.person(name),
    };
    tale.site("as", "李娜", &["A"], to("陈工"));
    assert_eq!(tale.read().responsible, [cast.person("陈工")]);
    let who = cast.person("李娜");
    tale.official("re", "李强", &["A"], FindingAct::Reassigned { who });
    assert_eq!(
        tale.read().responsible,
        [cast.person("李娜"), cast.person("陈工")]
    );
    tale.site("as2", "李娜", &["as", "re"], to("张伟"));
    assert_eq!(tale.read().responsible, [cast.person("张伟")]);
}

#[test]
fn the_officers_answer_until_somebody_is_reassigned() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    let east = [cast.unit("东关")];
    let mut of_order = [cast.person("周敏"), cast.person("李强")];
    of_order.sort();
    let finding = tale.read();
    assert_eq!(
        (&finding.units[..], &finding.officers[..]),
        (&east[..], &of_order[..])
    );

    let to = cast.unit("应急局");
    tale.official("t", "周敏", &["A"], FindingAct::Transferred { to });
    let finding = tale.read();
    assert_eq!(finding.units, [to]);
    assert!(finding.officers.is_empty());
    assert_eq!(finding.proposed_to, [to]);
    assert_eq!(finding.duties[0].units, east);
    assert_eq!(finding.duties[0].officers, of_order);

    let who = cast.person("张伟");
    let event = cast.official("应急局", ["孙监", "赵检"], FindingAct::Reassigned { who });
    tale.story.event("re", "孙监", &["t"], event);
    let finding = tale.read();
    let mut of_reassigned = [cast.person("孙监"), cast.person("赵检")];
    of_reassigned.sort();
    assert_eq!(finding.units, [to]);
    assert_eq!(finding.officers, of_reassigned);
    assert_eq!(finding.duties[0].officers, of_reassigned);
}

#[test]
fn corrected_by_the_enterprise_reads_as_rectified() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.site("c0", "陈工", &["root"], FindingAct::CorrectedOnSpot);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Reported);
    assert!(!finding.served);
    tale.ordered("A", "周敏", &["root"], 5);
    tale.site("c", "张伟", &["A"], FindingAct::CorrectedOnSpot);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Rectified);
    assert!(!finding.corrected_on_spot && !finding.disputed);
    tale.passed("p", "李强", &["c", "c0"]);
    assert_eq!(tale.read().state, FindingState::Closed);
}

#[test]
fn found_by_the_enterprise_itself() {
    let cast = Cast::new();
    let own = |act| Event {
        unit: Some(cast.unit("宏达")),
        text: Some("已办".to_owned()),
        ..Event::new(act)
    };
    let mut story = Story::finding(&cast, "张伟", &[("origin", "self")]);
    let ordered = FindingAct::Ordered {
        due: day(5),
        who: cast.person("陈工"),
        ground: "内部制度".to_owned(),
    };
    story.event("A", "李娜", &["root"], own(ordered));
    story.event("r", "陈工", &["A"], own(rectified(None, false)));
    story.event("p", "李娜", &["r"], own(FindingAct::Passed));
    let finding = reading::finding(&cast, &story);
    assert_eq!(finding.state, FindingState::Closed);
    assert!(!finding.shared);

    let to = cast.unit("应急局");
    story.event(
        "pr",
        "李娜",
        &["p"],
        Event::new(FindingAct::Proposed { to }),
    );
    let sampled = cast.official(
        "应急局",
        ["孙监", "赵检"],
        FindingAct::Failed { due: day(9) },
    );
    story.event("f", "孙监", &["pr"], sampled);
    let finding = reading::finding(&cast, &story);
    assert_eq!(finding.state, FindingState::Ordered);
    assert!(finding.shared);
    assert_eq!(
        finding.no_effect.get(&story.id("p")),
        Some(&NoEffect::Overtaken)
    );
}

#[test]
fn called_major_without_a_clause_it_is_suspected() {
    let cast = Cast::new();
    let clause_text = serde_json::to_string(&clause()).unwrap();
    let mut tale = Tale::reported(&cast, &[("level", "major")]);
    let finding = tale.read();
    assert_eq!(finding.level, Level::General);
    assert!(finding.suspected && finding.major_since.is_none());

    tale.story
        .text("c", "李强", &["root"], &[("clause", &clause_text)]);
    let finding = tale.read();
    assert_eq!(finding.level, Level::Major);
    assert_eq!(finding.clause, Some(clause()));
    assert_eq!(finding.major_since, Some(tale.story.change("c").time));
    assert!(!finding.suspected);

    // Naming the clause is a turn to major: a withdrawal that had not seen it doesn't hold.
    tale.withdrawn("w", "周敏", &["root"]);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Reported);
    assert!(finding.disputed);
}

#[test]
fn the_worse_of_two_levels_put_apart() {
    let cast = Cast::new();
    let clause_text = serde_json::to_string(&clause()).unwrap();
    let mut tale = Tale::reported(&cast, &[("level", "general")]);
    let major = [("level", "major"), ("clause", clause_text.as_str())];
    tale.story.text("m", "周敏", &["root"], &major);
    tale.story
        .text("g", "李强", &["root"], &[("level", "general")]);
    let finding = tale.read();
    assert_eq!(finding.level, Level::Major);
    assert_eq!(finding.conflicts.len(), 1);
    assert_eq!(finding.conflicts[0].key, "level");

    // Back to general only by one who saw the earlier grade.
    let general = FindingAct::Graded {
        level: Level::General,
        clause: None,
    };
    tale.official("b", "孙监", &["g"], general.clone());
    assert_eq!(tale.read().level, Level::Major);
    tale.official("b2", "孙监", &["b", "m"], general);
    let finding = tale.read();
    assert_eq!(finding.level, Level::General);
    assert_eq!(finding.major_since, None);
    assert!(!finding.suspected);
}

#[test]
fn major_counts_from_the_first_word_that_nobody_took_back() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let general = FindingAct::Graded {
        level: Level::General,
        clause: None,
    };
    tale.graded_major("m1", "周敏", &["root"]);
    tale.official("g", "周敏", &["m1"], general);
    tale.graded_major("m2", "周敏", &["g"]);
    tale.graded_major("m3", "周敏", &["m2"]);
    let finding = tale.read();
    assert_eq!(finding.major_since, Some(tale.story.change("m2").time));
}

#[test]
fn the_rank_of_the_root_is_no_turn() {
    let cast = Cast::new();
    let clause_text = serde_json::to_string(&clause()).unwrap();
    let major = [("level", "major"), ("clause", clause_text.as_str())];
    let mut tale = Tale::reported(&cast, &major);
    tale.site("c", "周敏", &["root"], FindingAct::CorrectedOnSpot);
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Closed);
    assert_eq!(finding.major_since, Some(Story::begin_time()));
}

#[test]
fn the_earliest_of_two_proposed_deadlines() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.story
        .text("d1", "周敏", &["root"], &[("due", "2026-12-09")]);
    tale.story
        .text("d2", "李强", &["root"], &[("due", "2026-12-07")]);
    let finding = tale.read();
    assert_eq!(finding.proposed_due, Some(day(7)));
    assert_eq!(finding.conflicts.len(), 1);
    // Equal values put apart are no conflict.
    tale.story
        .text("t1", "周敏", &["d1", "d2"], &[("due", "2026-12-08")]);
    tale.story
        .text("t2", "李强", &["d1", "d2"], &[("due", "2026-12-08")]);
    let finding = tale.read();
    assert_eq!(finding.proposed_due, Some(day(8)));
    assert!(finding.conflicts.is_empty());
}

#[test]
fn a_duplicate_is_withdrawn_and_a_hazard_at_a_place_gets_its_site() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let site = cast.unit("宏达");
    tale.official("s", "周敏", &["root"], FindingAct::Sited { site });
    let of = Story::ID;
    tale.site("d", "周敏", &["s"], FindingAct::Duplicate { of });
    let finding = tale.read();
    assert_eq!(finding.state, FindingState::Withdrawn);
    assert_eq!(finding.site, Some(site));
    assert_eq!(finding.closed, None);
    assert!(!finding.is_open());
}

#[test]
fn listed_until_somebody_who_saw_it_unlists_it() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let listed = FindingAct::Listed {
        level: "区级".to_owned(),
        who: cast.person("王区长"),
    };
    tale.official("l1", "王区长", &["root"], listed.clone());
    tale.official("u", "王区长", &["l1"], FindingAct::Unlisted);
    assert_eq!(tale.read().listed, None);
    tale.official("l2", "吴主任", &["l1"], listed);
    let finding = tale.read();
    let listed = finding.listed.unwrap();
    assert_eq!(listed.event, tale.story.id("l2"));
    assert_eq!(listed.unit, Some(cast.unit("东关")));
}

#[test]
fn overdue_is_judged_on_the_day_somebody_looks() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    let finding = tale.read();
    assert!(!finding.is_overdue(day(5)) && finding.is_overdue(day(6)));
    tale.rectified("r", "张伟", &["A"]);
    assert!(!tale.read().is_overdue(day(6)));
}

#[test]
fn events_that_nobody_knows_are_kept_and_not_shown() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.ordered("A", "周敏", &["root"], 5);
    let id = xunan_core::id::EventId::of(cast.actor("李强", 0), 1);
    let key = format!("ev/{id}");
    tale.story
        .text("?", "李强", &["A"], &[(&key, r#"{"k":"teleported"}"#)]);
    let finding = tale.read();
    assert_eq!(finding.events.len(), 1);
    assert_eq!(finding.unknown_events, 1);
    assert_eq!(finding.state, FindingState::Ordered);
}
