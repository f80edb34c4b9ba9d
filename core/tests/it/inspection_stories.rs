//! Inspections that several people filled without having seen each other's answers, ends and
//! signatures, each with its one answer.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::Scalar;
use xunan_core::id::{RowId, Sha256};
use xunan_core::record::{
    AnswerMeaning, Basis, Event, Inspection, InspectionAct, Lack, SignedAs, TeamRole, completeness,
};
use xunan_core::register::{Certificate, Person, Table};
use xunan_core::testing::{Cast, Story};
use xunan_core::timestamp::Date;

use crate::reading;

struct Tale<'c> {
    cast: &'c Cast,
    story: Story<'c>,
}

impl<'c> Tale<'c> {
    /// Begun by 周敏.
    fn new(cast: &'c Cast) -> Self {
        Self {
            cast,
            story: Story::inspection(cast, "周敏", &[]),
        }
    }
    /// An answer to an item of `k1`.
    fn answer(&mut self, label: &str, by: &str, saw: &[&str], (item, value): (&str, &str)) {
        let key = format!("a/k1/{item}");
        self.story.text(label, by, saw, &[(&key, value)]);
    }
    fn event(&mut self, label: &str, by: &str, saw: &[&str], act: InspectionAct) {
        self.story.event(label, by, saw, Event::new(act));
    }
    fn finished(&mut self, label: &str, by: &str, saw: &[&str]) {
        self.event(label, by, saw, InspectionAct::Finished);
    }
    fn reopened(&mut self, label: &str, by: &str, saw: &[&str]) {
        let reason = "漏记".to_owned();
        self.event(label, by, saw, InspectionAct::Reopened { reason });
    }
    fn settled(&mut self, label: &str, by: &str, saw: &[&str], (key, value): (&str, &str)) {
        let act = InspectionAct::Settled {
            key: key.to_owned(),
            value: Some(value.to_owned()),
        };
        self.event(label, by, saw, act);
    }
    fn signed(&mut self, label: &str, by: &str, saw: &[&str], role: SignedAs) {
        let act = InspectionAct::Signed {
            role,
            name: by.to_owned(),
            drawing: Sha256::from_bytes([7; 32]),
            opinion: Some("agreed".to_owned()),
        };
        self.event(label, by, saw, act);
    }
    fn refused(&mut self, label: &str, by: &str, saw: &[&str]) {
        let act = InspectionAct::Refused {
            reason: "不认可".to_owned(),
            witness: "物业经理".to_owned(),
        };
        self.event(label, by, saw, act);
    }
    fn read(&self) -> Inspection {
        reading::inspection(self.cast, &self.story)
    }
}

fn value<'i>(inspection: &'i Inspection, item: &str) -> Option<&'i str> {
    let key = ("k1".to_owned(), item.to_owned());
    inspection.answers.get(&key)?.value.as_deref()
}

fn meaning(inspection: &Inspection, item: &str) -> AnswerMeaning {
    let key = ("k1".to_owned(), item.to_owned());
    inspection.answers[&key].meaning
}

fn is_conflict(inspection: &Inspection, item: &str) -> bool {
    let key = ("k1".to_owned(), item.to_owned());
    inspection.answers[&key].conflict
}

fn counts(inspection: &Inspection) -> Vec<bool> {
    inspection.signatures.iter().map(|s| s.counts).collect()
}

#[test]
fn joined_apart_it_is_one_inspection() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a1", "周敏", &["root"], ("1", "ok"));
    tale.story.begin("root2", "李强", &[("list/k2", "3")]);
    tale.answer("a2", "李强", &["root2"], ("4", "通道堆物"));
    let inspection = tale.read();
    assert_eq!(inspection.began_by, Some(cast.person("周敏")));
    assert_eq!(inspection.began, Story::begin_time());
    assert_eq!(value(&inspection, "1"), Some("ok"));
    assert_eq!(value(&inspection, "4"), Some("通道堆物"));
    assert!(inspection.is_in_team(cast.person("周敏")));
    assert!(inspection.is_in_team(cast.person("李强")));
    assert!(inspection.is_official() && inspection.conflicts.is_empty());

    // They end it together once they have seen each other.
    tale.finished("f", "周敏", &["a1", "a2"]);
    let inspection = tale.read();
    assert_eq!(inspection.finished, Some(tale.story.change("f").time));
    assert!(inspection.late.is_empty());
}

#[test]
fn joined_apart_and_ended_before_they_met() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.story.begin("root2", "李强", &[]);
    tale.answer("a2", "李强", &["root2"], ("1", "fail"));
    tale.finished("f", "周敏", &["root"]);
    let inspection = tale.read();
    // What 李强 wrote is kept beneath; of the team it is all the same.
    assert_eq!(value(&inspection, "1"), None);
    let late: Vec<&str> = inspection.late.iter().map(|l| l.key.as_str()).collect();
    assert_eq!(late, ["a/k1/1", "list/k1"]);
    assert!(inspection.is_in_team(cast.person("李强")));
    assert_eq!(inspection.lists, [("k1".to_owned(), 1)]);
}

#[test]
fn of_two_answers_the_worse_counts() {
    let cast = Cast::new();
    // item, one answer, the other, what counts and how it reads
    for (item, one, other, counts, reads) in [
        ("1", "ok", "fail", Some("fail"), AnswerMeaning::Fail),
        ("1", "ok", "na", Some("na"), AnswerMeaning::NotApplicable),
        ("2", "20.9", "17", Some("17"), AnswerMeaning::OutOfLimits),
        ("2", "20.9", "21", None, AnswerMeaning::Unanswered),
        ("3", "良好", "破损", None, AnswerMeaning::Unanswered),
        ("4", "门已修", "门未修", None, AnswerMeaning::Unanswered),
    ] {
        let mut tale = Tale::new(&cast);
        tale.story.text(
            "join",
            "周敏",
            &["root"],
            &[(&format!("team/{}", cast.person("李强")), "member")],
        );
        tale.answer("one", "周敏", &["join"], (item, one));
        tale.answer("other", "李强", &["join"], (item, other));
        let inspection = tale.read();
        assert_eq!(value(&inspection, item), counts, "{one} {other}");
        assert_eq!(meaning(&inspection, item), reads, "{one} {other}");
        assert!(is_conflict(&inspection, item), "{one} {other}");

        // Settled before the end by putting one of them again.
        tale.answer("again", "李强", &["one", "other"], (item, one));
        let inspection = tale.read();
        assert_eq!(value(&inspection, item), Some(one));
        assert!(!is_conflict(&inspection, item));
        let key = ("k1".to_owned(), item.to_owned());
        assert_eq!(
            inspection.answers[&key].said[0].by,
            Some(cast.person("李强"))
        );
    }
}

#[test]
fn equal_answers_are_no_conflict() {
    let cast = Cast::new();
    for (item, one, other) in [("1", "fail", "fail"), ("2", "20.9", "20.90")] {
        let mut tale = Tale::new(&cast);
        tale.answer("one", "周敏", &["root"], (item, one));
        tale.answer("other", "李强", &["root"], (item, other));
        let inspection = tale.read();
        assert!(!is_conflict(&inspection, item));
        assert!(value(&inspection, item).is_some());
        let key = ("k1".to_owned(), item.to_owned());
        assert_eq!(inspection.answers[&key].said.len(), 2);
    }
}

#[test]
fn cleared_beside_an_answer_is_unanswered() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    let null = Scalar::Null;
    tale.story
        .put("c", "周敏", &["a"], vec![("a/k1/1".to_owned(), null)]);
    assert_eq!(value(&tale.read(), "1"), None);
    tale.answer("b", "李强", &["a"], ("1", "na"));
    let inspection = tale.read();
    assert_eq!(meaning(&inspection, "1"), AnswerMeaning::Unanswered);
    assert!(is_conflict(&inspection, "1"));
    tale.answer("d", "李强", &["b"], ("1", "fail"));
    assert_eq!(meaning(&tale.read(), "1"), AnswerMeaning::Fail);
}

#[test]
fn a_late_answer_replaces_nothing() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "fail"));
    tale.finished("f", "周敏", &["a"]);
    tale.answer("late", "李强", &["a"], ("1", "ok"));
    let inspection = tale.read();
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert!(!is_conflict(&inspection, "1"));
    let key = ("k1".to_owned(), "1".to_owned());
    let late = &inspection.answers[&key].late;
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].value.as_deref(), Some("ok"));
    assert_eq!(late[0].by, Some(cast.person("李强")));
    assert_eq!(inspection.late.len(), 1);
}

#[test]
fn reopened_the_late_answer_counts() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "fail"));
    tale.finished("f", "周敏", &["a"]);
    tale.answer("late", "李强", &["a"], ("1", "ok"));
    tale.reopened("re", "周敏", &["f"]);
    let inspection = tale.read();
    assert_eq!(inspection.finished, None);
    assert_eq!(value(&inspection, "1"), Some("ok"));
    assert!(inspection.late.is_empty());

    // Ended again by one who has seen it: it is dated by the first end, and nothing is late.
    tale.finished("f2", "周敏", &["re", "late"]);
    let inspection = tale.read();
    assert_eq!(inspection.finished, Some(tale.story.change("f").time));
    assert_eq!(value(&inspection, "1"), Some("ok"));
    assert!(inspection.late.is_empty());
}

#[test]
fn reopened_and_ended_again_without_the_late_answer() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "fail"));
    tale.finished("f", "周敏", &["a"]);
    tale.answer("late", "李强", &["a"], ("1", "ok"));
    tale.reopened("re", "周敏", &["f"]);
    tale.answer("b", "周敏", &["re"], ("3", "破损"));
    tale.finished("f2", "周敏", &["b"]);
    let inspection = tale.read();
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert_eq!(value(&inspection, "3"), Some("破损"));
    assert_eq!(inspection.late.len(), 1);
}

#[test]
fn of_two_ends_each_covers_what_it_saw() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.answer("b", "李强", &["root"], ("1", "fail"));
    tale.finished("f1", "周敏", &["a"]);
    tale.finished("f2", "李强", &["b"]);
    tale.answer("late", "郑检", &["root"], ("3", "破损"));
    let inspection = tale.read();
    assert_eq!(inspection.finished, Some(tale.story.change("f1").time));
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert!(is_conflict(&inspection, "1"));
    assert_eq!(inspection.late.len(), 1);

    // A reopening that saw one end leaves the other standing, and what only the first had seen late.
    tale.reopened("re", "周敏", &["f1"]);
    let inspection = tale.read();
    assert_eq!(inspection.finished, Some(tale.story.change("f1").time));
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert!(!is_conflict(&inspection, "1"));
    tale.reopened("re2", "周敏", &["re", "f2"]);
    let inspection = tale.read();
    assert_eq!(inspection.finished, None);
    assert!(is_conflict(&inspection, "1"));
}

#[test]
fn a_conflict_is_settled_after_the_end_by_an_event() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.answer("b", "李强", &["root"], ("1", "fail"));
    tale.finished("f", "周敏", &["a", "b"]);
    assert_eq!(value(&tale.read(), "1"), Some("fail"));
    tale.settled("s", "李强", &["f"], ("a/k1/1", "ok"));
    let inspection = tale.read();
    assert_eq!(value(&inspection, "1"), Some("ok"));
    assert!(!is_conflict(&inspection, "1"));

    // Two who settle apart and disagree: the worse counts again, until one who saw both.
    tale.settled("s2", "周敏", &["f"], ("a/k1/1", "fail"));
    let inspection = tale.read();
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert!(is_conflict(&inspection, "1"));
    tale.settled("s3", "周敏", &["s", "s2"], ("a/k1/1", "ok"));
    assert_eq!(value(&tale.read(), "1"), Some("ok"));
}

#[test]
fn settling_chooses_and_invents_nothing() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.answer("a2", "周敏", &["a"], ("1", "fail"));
    tale.answer("n", "周敏", &["a2"], ("2", "17"));
    tale.answer("n2", "李强", &["a2"], ("2", "18"));
    tale.finished("f", "周敏", &["n", "n2"]);
    // Nothing contradicts in item 1: a signed record isn't rewritten by settling.
    tale.settled("s1", "李强", &["f"], ("a/k1/1", "ok"));
    // Nobody measured 20.
    tale.settled("s2", "李强", &["s1"], ("a/k1/2", "20"));
    let inspection = tale.read();
    assert_eq!(value(&inspection, "1"), Some("fail"));
    assert!(is_conflict(&inspection, "2"));
    tale.settled("s3", "李强", &["s2"], ("a/k1/2", "18"));
    assert_eq!(value(&tale.read(), "2"), Some("18"));
}

#[test]
fn a_late_answer_may_be_settled_for() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.finished("f", "周敏", &["a"]);
    tale.answer("late", "李强", &["a"], ("1", "fail"));
    // Whoever hasn't seen the late one sees no contradiction.
    tale.settled("s1", "周敏", &["f"], ("a/k1/1", "fail"));
    assert_eq!(value(&tale.read(), "1"), Some("ok"));
    tale.settled("s2", "周敏", &["s1", "late"], ("a/k1/1", "fail"));
    assert_eq!(value(&tale.read(), "1"), Some("fail"));
}

#[test]
fn a_signature_counts_over_all_that_is_not_late() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.signed("sig1", "周敏", &["a"], SignedAs::Officer);
    assert_eq!(counts(&tale.read()), [true]);

    // Something came that it had not seen.
    tale.answer("b", "李强", &["a"], ("3", "破损"));
    assert_eq!(counts(&tale.read()), [false]);

    // The end covers it: the signature still lacks it, one that saw all counts, before or after.
    tale.finished("f", "李强", &["b", "sig1"]);
    tale.signed("sig2", "李强", &["b", "sig1"], SignedAs::Officer);
    assert_eq!(counts(&tale.read()), [false, true]);
    tale.signed("sig3", "周敏", &["f"], SignedAs::Officer);
    assert_eq!(counts(&tale.read()), [false, true, true]);

    // What is late takes nothing from them.
    tale.answer("late", "郑检", &["root"], ("4", "晚到"));
    assert_eq!(counts(&tale.read()), [false, true, true]);

    // Reopened, it is there, and they had not seen it.
    tale.reopened("re", "李强", &["f"]);
    assert_eq!(counts(&tale.read()), [false, false, false]);
}

#[test]
fn a_signature_before_the_end_keeps_counting_when_what_it_missed_is_late() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    tale.answer("a", "周敏", &["root"], ("1", "ok"));
    tale.signed("sig", "周敏", &["a"], SignedAs::Officer);
    tale.answer("late", "李强", &["a"], ("1", "fail"));
    assert_eq!(counts(&tale.read()), [false]);
    tale.finished("f", "周敏", &["sig"]);
    assert_eq!(counts(&tale.read()), [true]);
}

#[test]
fn an_official_record_is_complete() {
    let cast = Cast::new();
    let register = cast.register();
    let lacks = |tale: &Tale<'_>| completeness(&tale.read(), &register);
    let mut tale = Tale::new(&cast);
    let certified = vec![cast.person("周敏")];
    assert_eq!(
        lacks(&tale),
        [
            Lack::Basis,
            Lack::Officers { certified },
            Lack::OfficerSignatures { signed: vec![] },
            Lack::Representative,
        ]
    );
    let join = format!("team/{}", cast.person("李强"));
    tale.story.text(
        "j",
        "李强",
        &["root"],
        &[(&join, "member"), ("basis", "plan")],
    );
    assert_eq!(tale.read().basis, Some(Basis::Plan));
    tale.signed("s1", "周敏", &["j"], SignedAs::Officer);
    tale.finished("f", "周敏", &["s1"]);
    let signed = vec![cast.person("周敏")];
    assert_eq!(
        lacks(&tale),
        [Lack::OfficerSignatures { signed }, Lack::Representative]
    );
    tale.signed("s2", "李强", &["f"], SignedAs::Officer);
    assert_eq!(lacks(&tale), [Lack::Representative]);
    // A representative signs on an officer's phone; that is no second officer's signature.
    tale.signed("s3", "李强", &["s2"], SignedAs::Representative);
    assert_eq!(lacks(&tale), []);
}

#[test]
fn a_refusal_takes_the_place_of_the_representatives_signature() {
    let cast = Cast::new();
    let register = cast.register();
    let mut tale = Tale::new(&cast);
    tale.refused("r", "周敏", &["root"]);
    let inspection = tale.read();
    assert!(inspection.refusals[0].counts);
    assert!(!completeness(&inspection, &register).contains(&Lack::Representative));
    tale.answer("a", "周敏", &["r"], ("1", "ok"));
    let inspection = tale.read();
    assert!(!inspection.refusals[0].counts);
    assert!(completeness(&inspection, &register).contains(&Lack::Representative));
}

#[test]
fn a_leader_with_a_certificate_is_an_officer_and_one_who_left_is_none() {
    let mut cast = Cast::new();
    let leader = cast.person("吴主任");
    let expires = Date::from_ymd(2026, 12, 1).unwrap();
    let row = |expires| Person {
        name: "吴主任".to_owned(),
        phone: None,
        certificate: Some(Certificate {
            number: "B1".to_owned(),
            expires,
        }),
    };
    cast.add_row(Table::Person, leader.to_string(), 1, &row(expires));
    let mut tale = Tale::new(&cast);
    let named = format!("team/{leader}");
    tale.story.text(
        "j",
        "周敏",
        &["root"],
        &[(&named, "leader"), ("basis", "plan")],
    );
    tale.signed("s1", "周敏", &["j"], SignedAs::Officer);
    tale.signed("s2", "吴主任", &["s1"], SignedAs::Leader);
    tale.refused("r", "周敏", &["s2"]);
    tale.finished("f", "周敏", &["r"]);
    let inspection = tale.read();
    assert_eq!(completeness(&inspection, &cast.register()), []);

    // The certificate is judged by the newest row and the local day of the end.
    let mut later = cast.clone();
    let expired = row(expires.plus_days(-1));
    later.add_row(Table::Person, leader.to_string(), 2, &expired);
    let lacks = completeness(&inspection, &later.register());
    assert_eq!(lacks.len(), 2, "{lacks:?}");

    // Who left before the end was not there; who left unseen by it was.
    tale.story.text("l", "吴主任", &["s2"], &[(&named, "left")]);
    assert!(tale.read().is_in_team(leader));
    let mut tale = Tale::new(&cast);
    tale.story.text(
        "j",
        "周敏",
        &["root"],
        &[(&named, "leader"), ("basis", "plan")],
    );
    tale.signed("s1", "周敏", &["j"], SignedAs::Officer);
    tale.signed("s2", "吴主任", &["s1"], SignedAs::Leader);
    tale.story.text("l", "吴主任", &["s2"], &[(&named, "left")]);
    tale.refused("r", "周敏", &["l"]);
    tale.finished("f", "周敏", &["r"]);
    let inspection = tale.read();
    assert!(!inspection.is_in_team(leader));
    assert_eq!(completeness(&inspection, &cast.register()).len(), 2);
}

#[test]
fn in_conflict_the_leaders_role_counts_then_being_there() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let key = format!("team/{}", cast.person("王区长"));
    tale.story.text("l", "周敏", &["root"], &[(&key, "left")]);
    tale.story.text("m", "李强", &["root"], &[(&key, "member")]);
    let role = |inspection: &Inspection| {
        let mut team = inspection.team.iter();
        let person = cast.person("王区长");
        team.find(|m| m.person == person).map(|m| m.role)
    };
    assert_eq!(role(&tale.read()), Some(TeamRole::Member));
    tale.story
        .text("le", "王区长", &["root"], &[(&key, "leader")]);
    assert_eq!(role(&tale.read()), Some(TeamRole::Leader));
}

#[test]
fn the_higher_version_of_a_list_and_what_all_say_of_a_plan() {
    let cast = Cast::new();
    let row = RowId::from_bytes([9; 16]);
    let plan = format!("plan/{row}");
    let int = |key: &str, n| vec![(key.to_owned(), Scalar::Int(n))];
    let mut tale = Tale::new(&cast);
    tale.story.put("v2", "周敏", &["root"], int("list/k1", 2));
    tale.story.put("v3", "李强", &["root"], int("list/k1", 3));
    tale.story.put("p", "周敏", &["v2"], int(&plan, 1));
    let inspection = tale.read();
    assert_eq!(inspection.lists, [("k1".to_owned(), 3)]);
    assert_eq!(inspection.plan, [row]);
    let null = Scalar::Null;
    tale.story.put("q", "周敏", &["p"], int(&plan, 1));
    tale.story
        .put("n", "李强", &["p"], vec![(plan.clone(), null)]);
    let inspection = tale.read();
    assert!(inspection.plan.is_empty());
    assert_eq!(inspection.conflicts.len(), 1);
    assert_eq!(inspection.conflicts[0].key, plan);
}

#[test]
fn notes_put_apart_are_both_shown_and_late_photos_are_not() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let photo = r#"{"size":9,"thumb":"0000000000000000000000000000000000000000000000000000000000000000","taken":1}"#;
    let key = |n: u8| format!("p/k1/1/{}", Sha256::from_bytes([n; 32]));
    tale.story.text(
        "n1",
        "周敏",
        &["root"],
        &[("n/k1/1", "门缺失"), (&key(1), photo)],
    );
    tale.story.text(
        "n2",
        "李强",
        &["root"],
        &[("n/k1/1", "锁坏"), (&key(2), photo)],
    );
    tale.finished("f", "周敏", &["n1", "n2"]);
    tale.story.text("l", "李强", &["n2"], &[(&key(3), photo)]);
    let inspection = tale.read();
    let note = &inspection.notes[&("k1".to_owned(), "1".to_owned())];
    assert_eq!(note.len(), 2);
    assert_eq!(inspection.conflicts.len(), 1);
    assert_eq!(inspection.photos.len(), 2);
    assert_eq!(inspection.photos[0].photo.value.size, 9);
    assert_eq!(inspection.late.len(), 1);
    assert_eq!(inspection.late[0].key, key(3));
}

#[test]
fn withdrawn_until_it_is_reopened() {
    let cast = Cast::new();
    let mut tale = Tale::new(&cast);
    let reason = "去错".to_owned();
    tale.event("w", "周敏", &["root"], InspectionAct::Withdrawn { reason });
    assert!(tale.read().withdrawn);
    tale.finished("f", "李强", &["root"]);
    assert!(tale.read().withdrawn);
    tale.reopened("re", "李强", &["w", "f"]);
    assert!(!tale.read().withdrawn);
}
