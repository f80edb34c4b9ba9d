//! Rights that hang on more than post, site and phase: the unit that is named, what the author had
//! seen, what the team says, and ways out.

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::{Value, json};
use xunan_core::change::Change;
use xunan_core::code::{Code, Retry};
use xunan_core::id::{DocId, PersonId, UnitId};
use xunan_core::permit::{
    InspectionFacts, Records, Refused, Verdict, may, may_administer, may_invite,
};
use xunan_core::record::RecordKind;
use xunan_core::register::{Post, PostKind, Register, Table};
use xunan_core::testing::rights::{
    Log, Organisation, Step, What, doc, finding_event, person, root, text, unit,
};

const INSPECTOR: &str = "Inspector@东-reporter";
const MATE: &str = "Inspector@住建-mate";
const LEADER: &str = "Main@东-leader";
const SUPERVISOR: &str = "Supervisor@东";
const FINDER: &str = "SafetyOfficer@厂-finder";
const PRINCIPAL: &str = "Principal@厂";
const WORKER: &str = "Worker@厂-named";

struct Desk {
    organisation: Organisation,
    log: Log,
    doc: DocId,
    kind: RecordKind,
}

impl Desk {
    fn begun(kind: RecordKind, author: &str, fields: &[(&str, &str)]) -> Self {
        let mut desk = Self {
            organisation: Organisation::new(),
            log: Log::default(),
            doc: doc("by hand"),
            kind,
        };
        let begin = desk.step(author, root(desk.doc, kind, fields));
        let verdict = desk.judge(&begin);
        assert_eq!(verdict, Ok(Verdict::Allowed), "{author} begins");
        desk.append(&begin);
        desk
    }
    fn finding(author: &str, origin: &str) -> Self {
        let site = unit("厂").to_string();
        Self::begun(
            RecordKind::Finding,
            author,
            &[("site", &site), ("origin", origin)],
        )
    }
    fn place(author: &str) -> Self {
        let fields = [("place", "河边工棚"), ("origin", "official")];
        Self::begun(RecordKind::Finding, author, &fields)
    }
    /// An inspection whose team is its author.
    fn inspection(author: &str, kind: &str) -> Self {
        let site = unit("厂").to_string();
        let mut desk = Self::begun(
            RecordKind::Inspection,
            author,
            &[("site", &site), ("kind", kind)],
        );
        desk.allowed(author, desk.role(author, "member"));
        desk
    }
    fn step(&self, author: &str, what: What) -> Step {
        Step {
            doc: self.doc,
            kind: self.kind,
            author: author.to_owned(),
            what,
        }
    }
    fn role(&self, name: &str, role: &str) -> What {
        What::Puts(vec![text(&format!("team/{}", person(name)), role)])
    }
    fn judge(&mut self, step: &Step) -> Result<Verdict, Refused> {
        let change = self.log.compose(step);
        self.judge_change(&step.author, &change)
    }
    fn judge_change(&self, author: &str, change: &Change) -> Result<Verdict, Refused> {
        let history = &self.log.0[&self.doc];
        may(
            &self.organisation.register,
            person(author),
            history,
            change,
            &self.log,
        )
    }
    fn append(&mut self, step: &Step) {
        let change = self.log.compose(step);
        self.log.0.get_mut(&self.doc).unwrap().append(&change);
    }
    /// It is allowed, and done.
    fn allowed(&mut self, author: &str, what: What) {
        let step = self.step(author, what);
        let verdict = self.judge(&step);
        assert_eq!(verdict, Ok(Verdict::Allowed), "{author}: {:?}", step.what);
        self.append(&step);
    }
    fn does(&mut self, author: &str, kind: &str) {
        let of = author.split('@').nth(1).unwrap();
        self.allowed(author, What::Event(finding_event(kind, of)));
    }
    /// It is refused.
    fn refused(&mut self, author: &str, what: What) -> Refused {
        let step = self.step(author, what);
        match self.judge(&step) {
            Err(refused) => refused,
            Ok(verdict) => panic!("{author}: {:?} is {verdict:?}", step.what),
        }
    }
    fn refuses(&mut self, author: &str, kind: &str) -> Refused {
        let of = author.split('@').nth(1).unwrap();
        self.refused(author, What::Event(finding_event(kind, of)))
    }
}

fn with(kind: &str, of: &str, field: &str, value: Value) -> What {
    let mut event = finding_event(kind, of);
    event[field] = value;
    What::Event(event)
}

fn units(names: &str) -> BTreeSet<UnitId> {
    names.split_whitespace().map(unit).collect()
}

fn named(refused: &Refused) -> BTreeSet<UnitId> {
    refused.details.units.iter().copied().collect()
}

#[test]
fn without_the_power_the_units_with_it_are_named() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    let refused = desk.refuses("Main@区", "ordered");
    assert_eq!(refused.code, Code::PermitNoPower);
    assert_eq!(named(&refused), units("东 工信 应急"));
    assert_eq!(refused.details.instead.as_deref(), Some("proposed"));
    assert!(refused.key.starts_with("ev/"));
    let problem = refused.problem();
    assert_eq!(
        (problem.code, problem.retry),
        (Code::PermitNoPower, Retry::Never)
    );
    assert!(problem.details["units"].contains(&unit("工信").to_string()));
}

#[rstest]
#[case::not_mine(SUPERVISOR, "工信", Code::PermitNotYourUnit)]
#[case::not_overseeing("Supervisor@交通", "交通", Code::PermitNotOverseen)]
#[case::no_certificate("Inspector@东-uncertified", "东", Code::PermitNoCertificate)]
#[case::no_right(WORKER, "厂", Code::PermitNoRight)]
fn the_unit_that_orders_is_ones_own_and_oversees(
    #[case] author: &str,
    #[case] issuing: &str,
    #[case] code: Code,
) {
    let mut desk = Desk::finding(INSPECTOR, "official");
    let refused = desk.refused(author, with("ordered", "东", "unit", json!(unit(issuing))));
    assert_eq!(refused.code, code);
    assert!(!refused.details.is_empty());
}

#[test]
fn an_event_without_its_own_fields_names_the_field() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    for (event, field) in [
        (
            json!({"k": "ordered", "due": "2026-12-01", "who": person(WORKER), "ground": "法", "text": "x"}),
            "unit",
        ),
        (
            json!({"k": "ordered", "who": person(WORKER), "ground": "法"}),
            "due",
        ),
        (json!({"k": "asked", "due": "2026-12-01"}), "reason"),
        (json!({"k": "commented"}), "text"),
        (json!({"no": "kind"}), "k"),
    ] {
        let refused = desk.refused(SUPERVISOR, What::Event(event));
        assert_eq!(refused.code, Code::EventShape);
        assert_eq!(refused.details.field.as_deref(), Some(field));
    }
}

#[test]
fn what_is_newer_is_refused_until_an_update() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    for what in [
        What::Event(json!({"k": "teleported"})),
        What::Puts(vec![text("colour", "red")]),
        What::Puts(vec![text("level", "apocalyptic")]),
    ] {
        let refused = desk.refused(INSPECTOR, what);
        assert_eq!(
            (refused.code, refused.retry()),
            (Code::NewerThanRelay, Retry::AfterUpdate)
        );
    }
    let mut desk = Desk::inspection(INSPECTOR, "routine");
    let refused = desk.refused(INSPECTOR, desk.role(INSPECTOR, "captain"));
    assert_eq!(refused.code, Code::NewerThanRelay);
}

#[test]
fn a_finding_of_an_unknown_inspection_is_held_for_all_but_its_reporter() {
    let (site, from) = (unit("厂").to_string(), doc("not here yet"));
    let from_text = from.to_string();
    let fields = [
        ("site", site.as_str()),
        ("origin", "official"),
        ("from", from_text.as_str()),
    ];
    let mut desk = Desk::begun(RecordKind::Finding, INSPECTOR, &fields);
    desk.allowed(INSPECTOR, What::Puts(vec![text("text", "新的")]));
    let step = desk.step(MATE, What::Puts(vec![text("text", "新的")]));
    assert_eq!(desk.judge(&step), Ok(Verdict::Held(from)));
}

#[test]
fn findings_are_proposed_to_who_has_the_power_by_who_has_not() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    assert_eq!(
        desk.refuses(SUPERVISOR, "proposed").code,
        Code::PermitHasPower
    );
    let to = |name: &str| with("proposed", "区", "to", json!(unit(name)));
    let refused = desk.refused("Main@区", to("消防队"));
    assert_eq!(
        (refused.code, named(&refused)),
        (Code::PermitNoPower, units("东 工信 应急"))
    );
    assert_eq!(
        desk.refused("Main@区", to("交通")).code,
        Code::PermitReceiver
    );
    desk.allowed("Main@区", to("工信"));
}

#[test]
fn nobody_passes_ones_own_work() {
    let mut desk = Desk::finding(FINDER, "self");
    desk.does(PRINCIPAL, "ordered");
    desk.does(FINDER, "rectified");
    let refused = desk.refuses(FINDER, "passed");
    assert_eq!(refused.code, Code::PermitOwnWork);
    assert!(refused.details.people.contains(&person(PRINCIPAL)));
    assert!(!refused.details.people.contains(&person(FINDER)));
    // A failure begins a new duty: now the other rectifies, and the first may pass.
    desk.does(PRINCIPAL, "failed");
    desk.does(PRINCIPAL, "rectified");
    assert_eq!(desk.refuses(PRINCIPAL, "passed").code, Code::PermitOwnWork);
    desk.does(FINDER, "passed");
}

#[test]
fn only_officials_rectify_on_a_sites_behalf() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    desk.does(SUPERVISOR, "ordered");
    assert_eq!(
        desk.refuses(PRINCIPAL, "rectified_behalf").code,
        Code::PermitNoRight
    );
    assert_eq!(
        desk.refuses(SUPERVISOR, "rectified").code,
        Code::PermitNoRight
    );
    desk.does(SUPERVISOR, "rectified_behalf");
    desk.does(SUPERVISOR, "passed");
}

#[test]
fn the_last_who_was_named_answers() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    desk.does(SUPERVISOR, "ordered");
    desk.does(WORKER, "accepted");
    assert_eq!(
        desk.refuses("Worker@厂", "accepted").code,
        Code::PermitNotResponsible
    );
    let to_other = with("assigned", "厂", "who", json!(person("Worker@厂")));
    desk.allowed(PRINCIPAL, to_other);
    desk.does("Worker@厂", "rectified");
    let refused = desk.refuses(WORKER, "rectified");
    assert_eq!(refused.code, Code::PermitNotResponsible);
    assert!(refused.details.people.contains(&person("Worker@厂")));
}

#[test]
fn an_enterprise_orders_in_what_it_found_in_the_sites_name() {
    let mut desk = Desk::finding("Principal@集团", "self");
    let refused = desk.refused(
        "Principal@集团",
        with("ordered", "厂", "unit", json!(unit("集团"))),
    );
    assert_eq!(
        (refused.code, named(&refused)),
        (Code::PermitNotYourUnit, units("厂"))
    );
    let refused = desk.refuses(SUPERVISOR, "ordered");
    assert_eq!(refused.code, Code::PermitNotShared);
    assert_eq!(refused.details.first.as_deref(), Some("proposed"));
    desk.does("Principal@集团", "ordered");
    desk.does(FINDER, "proposed");
    let refused = desk.refuses(PRINCIPAL, "failed");
    assert_eq!(
        (refused.code, named(&refused)),
        (Code::PermitShared, units("东 工信 应急"))
    );
    desk.does(SUPERVISOR, "failed");
}

#[test]
fn a_unit_in_a_field_that_nobody_judged_shares_nothing() {
    let mut desk = Desk::finding(FINDER, "self");
    desk.does(PRINCIPAL, "ordered");
    desk.allowed(FINDER, with("accepted", "厂", "unit", json!(unit("东"))));
    desk.does(PRINCIPAL, "failed");
    assert_eq!(
        desk.refuses(SUPERVISOR, "failed").code,
        Code::PermitNotShared
    );
}

#[test]
fn a_place_is_its_authors_units_until_it_has_a_site() {
    let mut desk = Desk::place(INSPECTOR);
    assert_eq!(
        desk.refuses("Supervisor@工信", "ordered").code,
        Code::PermitNotOverseen
    );
    let refused = desk.refused(SUPERVISOR, with("sited", "东", "site", json!(unit("西"))));
    assert_eq!(refused.code, Code::EventShape);
    assert_eq!(
        desk.refused(INSPECTOR, What::Puts(vec![text("place", "别处")]))
            .code,
        Code::PermitRootOnly
    );
    let before = desk.step(SUPERVISOR, What::Event(finding_event("ordered", "东")));
    let unseen = desk.log.compose(&before);
    desk.does(SUPERVISOR, "sited");
    // 邻厂 lies in 西, and 交通 regulates it.
    desk.does("Supervisor@交通", "ordered");
    assert_eq!(
        desk.refuses(SUPERVISOR, "ordered").code,
        Code::PermitNotOverseen
    );
    // Whoever hadn't seen that is judged by what was seen.
    assert_eq!(desk.judge_change(SUPERVISOR, &unseen), Ok(Verdict::Allowed));
}

#[test]
fn where_no_unit_above_has_the_power_a_district_wide_remit_names_the_site() {
    // Neither 消防队 nor 区 above it has the power.
    let mut desk = Desk::place("Inspector@消防队");
    let refused = desk.refuses("Supervisor@消防队", "sited");
    assert_eq!(refused.code, Code::PermitNoPower);
    assert_eq!(named(&refused), units("应急"));
    let refused = desk.refuses("Supervisor@交通", "sited");
    assert_eq!(refused.code, Code::PermitNotOverseen);
    assert_eq!(named(&refused), units("应急"));
    desk.does("Inspector@消防队", "proposed");
    desk.does("Supervisor@应急", "sited");
    desk.does("Supervisor@应急", "ordered");
}

#[test]
fn a_finding_with_a_site_keeps_it() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    assert_eq!(desk.refuses(SUPERVISOR, "sited").code, Code::PermitSited);
}

#[rstest]
#[case::enterprise_at_a_place(PRINCIPAL, &[("place", "门外"), ("origin", "self")], Code::PermitNotOverseen)]
#[case::no_site(INSPECTOR, &[("origin", "official")], Code::NewerThanRelay)]
#[case::no_origin(INSPECTOR, &[("place", "门外")], Code::NewerThanRelay)]
#[case::wrong_origin(INSPECTOR, &[("place", "门外"), ("origin", "self")], Code::PermitNoRight)]
fn a_beginning_that_cannot_be(
    #[case] author: &str,
    #[case] fields: &[(&str, &str)],
    #[case] code: Code,
) {
    let mut desk = Desk::finding(INSPECTOR, "official");
    desk.doc = doc("another");
    let refused = desk.refused(author, root(desk.doc, RecordKind::Finding, fields));
    assert_eq!(refused.code, code);
}

#[test]
fn who_joins_by_code_needs_the_right_to_inspect() {
    let site = unit("厂").to_string();
    let fields = [("site", site.as_str()), ("kind", "routine")];
    let desk = Desk::inspection(INSPECTOR, "routine");
    // They began the same document apart: a second root.
    for (author, may_join) in [("Inspector@工信", true), ("Inspector@交通", false)] {
        let step = desk.step(author, root(desk.doc, RecordKind::Inspection, &fields));
        let apart = Log::of(std::slice::from_ref(&step))
            .0
            .remove(&desk.doc)
            .unwrap();
        let mut other = Log::default();
        let change = other.compose(&step);
        assert_eq!(apart.len(), 1);
        assert_eq!(
            desk.judge_change(author, &change).is_ok(),
            may_join,
            "{author}"
        );
    }
    assert!(desk.log.0[&desk.doc].len() == 2);
}

#[test]
fn being_named_lets_one_sign_and_gives_no_right_to_inspect() {
    let mut desk = Desk::inspection(INSPECTOR, "leader_led");
    desk.allowed(INSPECTOR, desk.role(MATE, "member"));
    desk.allowed(INSPECTOR, desk.role(LEADER, "leader"));
    let answer = || What::Puts(vec![text("a/k1/7", "ok")]);
    let refused = desk.refused(MATE, answer());
    assert_eq!(refused.code, Code::PermitNotOverseen);
    assert_eq!(named(&refused), units("区 东 工信 应急 消防队"));
    let signed = |role: &str| {
        let drawing = "cd".repeat(32);
        What::Event(json!({"k": "signed", "as": role, "name": "x", "drawing": drawing}))
    };
    desk.allowed(MATE, signed("officer"));
    desk.allowed(LEADER, signed("leader"));
    assert_eq!(
        desk.refused(MATE, signed("leader")).code,
        Code::PermitNotLeader
    );
    desk.allowed(MATE, signed("representative"));
    // The site's own people sign on their own phones once they see it.
    assert_eq!(
        desk.refused(PRINCIPAL, signed("representative")).code,
        Code::PermitNotInTeam
    );
    desk.allowed(MATE, What::Event(json!({"k": "finished"})));
    desk.allowed(PRINCIPAL, signed("representative"));
    assert_eq!(
        desk.refused(PRINCIPAL, signed("officer")).code,
        Code::PermitNotInTeam
    );
    let refused = desk.refused(INSPECTOR, answer());
    assert_eq!(refused.code, Code::PermitFinished);
    assert_eq!(refused.details.instead.as_deref(), Some("reopened"));
}

#[test]
fn who_left_is_no_longer_of_the_team() {
    let mut desk = Desk::inspection(INSPECTOR, "routine");
    desk.allowed(INSPECTOR, desk.role(MATE, "member"));
    desk.allowed(MATE, desk.role(MATE, "left"));
    let refused = desk.refused(MATE, What::Event(json!({"k": "finished"})));
    assert_eq!(refused.code, Code::PermitNotInTeam);
    assert_eq!(refused.details.people, [person(INSPECTOR)]);
}

#[test]
fn what_was_written_without_having_seen_the_end_is_late_and_not_refused() {
    let mut desk = Desk::inspection(INSPECTOR, "routine");
    let answer = desk.step("Inspector@工信", What::Puts(vec![text("a/k1/7", "fail")]));
    let late = desk.log.compose(&answer);
    desk.allowed(INSPECTOR, What::Event(json!({"k": "finished"})));
    assert_eq!(
        desk.judge(&answer).map_err(|refused| refused.code),
        Err(Code::PermitFinished)
    );
    assert_eq!(
        desk.judge_change("Inspector@工信", &late),
        Ok(Verdict::Allowed)
    );
}

#[test]
fn who_administers_writes_no_history_whatever_other_posts() {
    let mut desk = Desk::finding(INSPECTOR, "official");
    let post = Post {
        person: person(INSPECTOR),
        unit: unit("区"),
        kind: PostKind::Administrator,
        title: String::new(),
        duties: String::new(),
    };
    desk.allowed(INSPECTOR, What::Puts(vec![text("text", "新的")]));
    desk.organisation
        .put(Table::Post, unit("one more post").to_string(), &post);
    desk.organisation.register = Register::new(&desk.organisation.rows, None);
    let refused = desk.refused(INSPECTOR, What::Puts(vec![text("text", "新的")]));
    assert_eq!(refused.code, Code::PermitNoRight);
    assert!(refused.details.people.contains(&person("Administrator@区")));
}

#[rstest]
#[case("Inspector@东", PRINCIPAL, true)]
#[case("Supervisor@工信", PRINCIPAL, true)]
#[case("Inspector@东", "Principal@邻厂", false)]
#[case("Inspector@东", "Worker@厂", false)]
#[case("Main@东", PRINCIPAL, false)]
#[case(PRINCIPAL, "Worker@厂", true)]
#[case("SafetyOfficer@集团", "Worker@厂", true)]
#[case(PRINCIPAL, "Worker@邻厂", false)]
#[case(PRINCIPAL, FINDER, false)]
#[case("Worker@厂", WORKER, false)]
#[case("Administrator@区", "Main@区", true)]
#[case("Administrator@区", "nobody yet", true)]
#[case(PRINCIPAL, "nobody yet", false)]
fn invitations(#[case] author: &str, #[case] invited: &str, #[case] allowed: bool) {
    let organisation = Organisation::new();
    let verdict = may_invite(&organisation.register, person(author), person(invited));
    assert_eq!(verdict.is_ok(), allowed, "{verdict:?}");
    let administers = may_administer(&organisation.register, person(author)).is_ok();
    assert_eq!(administers, author.starts_with("Administrator"));
}

/// Who may invite a worker must not hand out more through a second post of that person.
#[test]
fn an_invitation_covers_all_posts_of_the_invited() {
    let mut organisation = Organisation::new();
    let post = Post {
        person: person("Worker@厂"),
        unit: unit("区"),
        kind: PostKind::Main,
        title: String::new(),
        duties: String::new(),
    };
    organisation.put(Table::Post, unit("a second post").to_string(), &post);
    let register = Register::new(&organisation.rows, None);
    assert!(may_invite(&register, person(PRINCIPAL), person("Worker@厂")).is_err());
}

/// What the relay keeps of an inspection for its findings.
#[test]
fn the_facts_of_an_inspection_are_its_kind_and_present_team() {
    let mut desk = Desk::inspection(INSPECTOR, "routine");
    desk.allowed(INSPECTOR, desk.role(MATE, "member"));
    desk.allowed(MATE, desk.role(MATE, "left"));
    let facts = desk.log.inspection(desk.doc).unwrap();
    let team: Vec<PersonId> = vec![person(INSPECTOR)];
    assert_eq!(facts.team.iter().copied().collect::<Vec<_>>(), team);
    assert!(!facts.is_post_check());
    assert_eq!(
        InspectionFacts::of(&xunan_core::change::History::new(desk.doc, desk.kind)),
        None
    );
}
