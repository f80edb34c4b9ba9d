//! Who sees a record: each sentence of architecture.md's "Visibility", by hand.

use std::collections::BTreeSet;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::json;
use xunan_core::change::Scalar;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;
use xunan_core::register::{Post, PostKind, Register, Table};
use xunan_core::rule::audience::{Audience, audience, may_see};
use xunan_core::testing::rights::{
    Log, Organisation, Step, What, doc, finding_event, person, root, text, unit,
};
use xunan_core::timestamp::Timestamp;

const INSPECTOR: &str = "Inspector@东-reporter";
const SUPERVISOR: &str = "Supervisor@东";
const FINDER: &str = "SafetyOfficer@厂-finder";
const WORKER: &str = "Worker@厂-named";

/// A record told step by step.
struct Told {
    organisation: Organisation,
    doc: DocId,
    kind: RecordKind,
    steps: Vec<Step>,
}

impl Told {
    fn new(kind: RecordKind, author: &str, fields: &[(&str, &str)]) -> Self {
        let doc = doc("told");
        let told = Self {
            organisation: Organisation::new(),
            doc,
            kind,
            steps: Vec::new(),
        };
        told.then(author, root(doc, kind, fields))
    }
    fn finding(author: &str, origin: &str) -> Self {
        let site = unit("厂").to_string();
        let fields = [
            ("site", site.as_str()),
            ("origin", origin),
            ("text", "无盖"),
        ];
        Self::new(RecordKind::Finding, author, &fields)
    }
    fn inspection(author: &str, kind: &str) -> Self {
        let site = unit("厂").to_string();
        let fields = [("site", site.as_str()), ("kind", kind)];
        Self::new(RecordKind::Inspection, author, &fields).joined(author, author)
    }
    fn then(mut self, author: &str, what: What) -> Self {
        self.steps.push(Step {
            doc: self.doc,
            kind: self.kind,
            author: author.to_owned(),
            what,
        });
        self
    }
    fn event(self, author: &str, kind: &str) -> Self {
        let of = author.split('@').nth(1).unwrap();
        self.then(author, What::Event(finding_event(kind, of)))
    }
    fn joined(self, author: &str, member: &str) -> Self {
        let put = text(&format!("team/{}", person(member)), "member");
        self.then(author, What::Puts(vec![put]))
    }
    fn audience(&self) -> Audience {
        let log = Log::of(&self.steps);
        audience(&self.organisation.register, &log.0[&self.doc], &log)
    }
    fn units(&self) -> BTreeSet<String> {
        let audience = self.audience();
        let names = [
            "区",
            "东",
            "西",
            "工信",
            "应急",
            "消防队",
            "交通",
            "住建",
            "集团",
            "厂",
        ];
        let seen = names
            .into_iter()
            .filter(|name| audience.units.contains(&unit(name)));
        seen.map(str::to_owned).collect()
    }
    fn sees(&self, name: &str) -> bool {
        may_see(&self.organisation.register, person(name), &self.audience())
    }
}

fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn territory_regulators_and_remits_see_it() {
    let told = Told::finding(INSPECTOR, "official");
    assert_eq!(told.units(), set("区 东 工信 应急 消防队"));
    assert!(told.sees("Main@区") && told.sees("Inspector@工信") && told.sees("DualDuty@消防队"));
    assert!(!told.sees("Supervisor@交通") && !told.sees("Principal@邻厂"));
}

#[test]
fn units_of_the_team_and_those_above_see_it() {
    let told = Told::inspection(INSPECTOR, "special").joined(INSPECTOR, "Inspector@住建-mate");
    assert_eq!(told.units(), set("区 东 工信 应急 消防队 住建"));
    assert!(told.sees("Inspector@住建-mate"));
}

#[test]
fn the_team_of_an_inspection_sees_its_findings() {
    let inspection =
        Told::inspection(INSPECTOR, "special").joined(INSPECTOR, "Inspector@住建-mate");
    let (site, from) = (unit("厂").to_string(), inspection.doc.to_string());
    let id = doc("found");
    let fields = [
        ("site", site.as_str()),
        ("origin", "official"),
        ("from", from.as_str()),
    ];
    let mut steps = inspection.steps.clone();
    steps.push(Step {
        doc: id,
        kind: RecordKind::Finding,
        author: INSPECTOR.to_owned(),
        what: root(id, RecordKind::Finding, &fields),
    });
    let log = Log::of(&steps);
    let register = &inspection.organisation.register;
    let audience = audience(register, &log.0[&id], &log);
    assert!(may_see(register, person("Inspector@住建-mate"), &audience));
}

#[test]
fn a_unit_that_is_to_decide_sees_it() {
    for kind in ["proposed", "transferred"] {
        let mut event = finding_event(kind, "东");
        event["to"] = json!(unit("西"));
        let told = Told::finding(INSPECTOR, "official").then(SUPERVISOR, What::Event(event));
        assert!(told.units().contains("西"), "{kind}");
    }
}

#[test]
fn a_worker_sees_what_names_him_and_his_fellows_do_not() {
    let told = Told::finding(INSPECTOR, "official").event(SUPERVISOR, "ordered");
    assert!(told.sees(WORKER) && !told.sees("Worker@厂"));
    let mut other = finding_event("reassigned", "东");
    other["who"] = json!(person("Worker@厂"));
    let told = told.then(SUPERVISOR, What::Event(other));
    assert!(!told.sees(WORKER) && told.sees("Worker@厂"));
}

#[test]
fn the_site_sees_a_finding_from_what_serves_it() {
    let site = ["Principal@厂", "SafetyOfficer@厂", "Principal@集团"];
    let unserved = || Told::finding(INSPECTOR, "official");
    assert!(site.iter().all(|name| !unserved().sees(name)));
    for kind in ["graded", "listed", "proposed", "commented", "withdrawn"] {
        let told = unserved().event(SUPERVISOR, kind);
        assert!(site.iter().all(|name| !told.sees(name)), "{kind}");
    }
    for kind in ["ordered", "corrected_on_spot", "halted"] {
        let told = unserved().event(SUPERVISOR, kind);
        assert!(site.iter().all(|name| told.sees(name)), "{kind}");
        assert!(
            !told.sees("Principal@邻厂") && !told.sees("Principal@分厂"),
            "{kind}"
        );
    }
}

#[test]
fn the_site_sees_an_inspection_from_its_end() {
    let told = Told::inspection(INSPECTOR, "routine");
    assert!(!told.sees("Principal@厂"));
    let told = told.then(INSPECTOR, What::Event(json!({"k": "finished"})));
    assert!(told.sees("Principal@厂") && !told.sees("Worker@厂"));
    let reopened = What::Event(json!({"k": "reopened", "reason": "漏项"}));
    assert!(told.then(INSPECTOR, reopened).sees("Principal@厂"));
}

#[test]
fn what_an_enterprise_found_is_its_own_until_shared_or_closed() {
    let own = || Told::finding(FINDER, "self");
    assert_eq!(own().units(), set("厂"));
    assert!(own().sees("Principal@厂") && own().sees("Principal@集团"));
    assert!(!own().sees(SUPERVISOR) && !own().sees("Main@区"));
    let ordered = || {
        own()
            .event("Principal@厂", "ordered")
            .event(FINDER, "rectified")
    };
    assert!(!ordered().sees(SUPERVISOR));
    assert!(ordered().event("Principal@厂", "passed").sees(SUPERVISOR));
    assert!(own().event(FINDER, "proposed").sees(SUPERVISOR));
    let level = |puts| own().then(FINDER, What::Puts(puts));
    let suspected = vec![text("level", "major")];
    assert!(!level(suspected.clone()).sees(SUPERVISOR));
    let cleared = ("clause".to_owned(), Scalar::Null);
    assert!(!level([suspected.clone(), vec![cleared]].concat()).sees(SUPERVISOR));
    assert!(level([suspected, vec![text("clause", "{}")]].concat()).sees(SUPERVISOR));
}

#[test]
fn self_inspections_are_seen_from_their_end() {
    for (author, kind) in [(FINDER, "self"), (WORKER, "post")] {
        let told = Told::inspection(author, kind);
        assert!(told.sees("Principal@厂") && told.sees(author), "{kind}");
        assert!(!told.sees(SUPERVISOR) && !told.sees("Worker@厂"), "{kind}");
        let told = told.then(author, What::Event(json!({"k": "finished"})));
        assert!(
            told.sees(SUPERVISOR) && told.sees("Inspector@工信"),
            "{kind}"
        );
    }
}

#[test]
fn a_place_belongs_to_the_units_of_its_author_and_to_district_wide_remits() {
    let fields = [
        ("place", "河边工棚"),
        ("origin", "official"),
        ("text", "无证动火"),
    ];
    let told = Told::new(RecordKind::Finding, INSPECTOR, &fields);
    assert_eq!(told.units(), set("区 东 应急 消防队"));
    assert_eq!(told.audience().site, None);
    let told = told.event(SUPERVISOR, "sited");
    assert_eq!(told.units(), set("区 东 西 应急 消防队 交通"));
    assert_eq!(told.audience().site, Some(unit("邻厂")));
    assert!(!told.sees("Principal@邻厂"));
    assert!(told.event(SUPERVISOR, "ordered").sees("Principal@邻厂"));
}

#[test]
fn administrators_and_posts_that_give_nothing_see_no_record() {
    let told = Told::finding(INSPECTOR, "official").event(SUPERVISOR, "ordered");
    for name in [
        "Administrator@区",
        "Administrator@厂",
        "Inspector@厂",
        "Principal@东",
    ] {
        assert!(!told.sees(name), "{name}");
    }
    assert!(!told.sees("nobody at all"));
}

#[test]
fn who_moves_leaves_the_records_of_the_old_unit_there() {
    let mut told = Told::finding(INSPECTOR, "official");
    let before = told.audience();
    let post =
        told.organisation.rows.iter().find(|row| {
            row.table == Table::Post && row.fields["person"] == json!(person(INSPECTOR))
        });
    let mut retired = post.unwrap().clone();
    retired.revision = 900;
    retired.valid_to = Some(Timestamp(1_796_000_000_000));
    told.organisation.rows.push(retired);
    let moved = Post {
        person: person(INSPECTOR),
        unit: unit("交通"),
        kind: PostKind::Inspector,
        title: String::new(),
        duties: String::new(),
    };
    told.organisation
        .put(Table::Post, unit("a new post").to_string(), &moved);
    told.organisation.rows.last_mut().unwrap().revision = 901;
    told.organisation.register = Register::new(&told.organisation.rows, None);
    assert!(told.audience().units.is_superset(&before.units));
    assert!(told.sees(SUPERVISOR));
}
