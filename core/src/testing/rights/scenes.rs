//! Records in every phase that rights tell apart, each as the steps that lead to it.

use std::collections::BTreeMap;

use crate::change::{Change, History, Scalar};
use crate::id::DocId;
use crate::permit::{InspectionFacts, Records};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;
use serde_json::{Value, json};

use super::cast::{actor_of, bytes_of, person, unit};

pub(super) const REPORTER: &str = "Inspector@东-reporter";
pub(super) const MATE: &str = "Inspector@住建-mate";
pub(super) const LEADER: &str = "Main@东-leader";
pub(super) const FINDER: &str = "SafetyOfficer@厂-finder";
pub(super) const ORDERER: &str = "Principal@厂-orderer";
pub(super) const NAMED: &str = "Worker@厂-named";

/// What somebody puts into a record.
#[derive(Debug, Clone)]
pub enum What {
    /// Keys and values.
    Puts(Vec<(String, Scalar)>),
    /// An event, under the key that its author's next change gives it.
    Event(Value),
}

/// One change, before it has a history.
#[derive(Debug, Clone)]
pub struct Step {
    /// The record.
    pub doc: DocId,
    /// Its kind.
    pub kind: RecordKind,
    /// Who writes.
    pub author: String,
    /// What.
    pub what: What,
}

/// Whose record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Of government units.
    Officials,
    /// Of the site's principal and safety officers.
    SelfInspection,
    /// Of a worker of the site.
    PostCheck,
}

/// A record as it stands.
#[derive(Debug, Clone)]
pub struct Scene {
    /// In words.
    pub name: String,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub of: Of,
    /// The record.
    pub doc: DocId,
    /// What happened, in all records concerned.
    pub steps: Vec<Step>,
    /// Kinds of events that happened.
    pub past: Vec<&'static str>,
    /// It is major, by its fields.
    pub major: bool,
}

/// A record by a name.
#[must_use]
pub fn doc(name: &str) -> DocId {
    DocId::from_bytes(bytes_of(name))
}

/// The text of a put.
pub fn text(key: &str, value: impl std::fmt::Display) -> (String, Scalar) {
    (key.to_owned(), Scalar::Text(value.to_string()))
}

/// The first change of a record at 厂, or at a place in words.
pub fn root(doc: DocId, kind: RecordKind, fields: &[(&str, &str)]) -> What {
    let mut puts = vec![
        ("id".to_owned(), Scalar::Bytes(doc.as_bytes().to_vec())),
        text("v", kind.version()),
    ];
    puts.extend(fields.iter().map(|(key, value)| text(key, value)));
    What::Puts(puts)
}

fn step(doc: DocId, kind: RecordKind, author: &str, what: What) -> Step {
    Step {
        doc,
        kind,
        author: author.to_owned(),
        what,
    }
}

impl Of {
    pub(super) const ALL: [Self; 3] = [Self::Officials, Self::SelfInspection, Self::PostCheck];
    /// Who began it.
    #[must_use]
    pub fn began_by(self) -> &'static str {
        match self {
            Self::Officials => REPORTER,
            Self::SelfInspection => FINDER,
            Self::PostCheck => NAMED,
        }
    }
    /// Who is in its team.
    #[must_use]
    pub fn team(self) -> &'static [&'static str] {
        match self {
            Self::Officials => &[REPORTER, MATE, LEADER],
            Self::SelfInspection => &[FINDER],
            Self::PostCheck => &[NAMED],
        }
    }
    /// The inspection.
    #[must_use]
    pub fn inspection(self) -> DocId {
        doc(&format!("inspection {self:?}"))
    }
    fn begin(self) -> Step {
        let site = unit("厂").to_string();
        let kind = match self {
            Self::Officials => "routine",
            Self::SelfInspection => "self",
            Self::PostCheck => "post",
        };
        let What::Puts(mut puts) = root(
            self.inspection(),
            RecordKind::Inspection,
            &[("site", &site), ("kind", kind)],
        ) else {
            unreachable!()
        };
        for name in self.team() {
            let role = if *name == LEADER { "leader" } else { "member" };
            puts.push(text(&format!("team/{}", person(name)), role));
        }
        let what = What::Puts(puts);
        step(
            self.inspection(),
            RecordKind::Inspection,
            self.began_by(),
            what,
        )
    }
    fn report(self, doc: DocId) -> Step {
        let site = unit("厂").to_string();
        let from = self.inspection().to_string();
        let origin = if self == Self::Officials {
            "official"
        } else {
            "self"
        };
        let fields = [
            ("site", site.as_str()),
            ("from", &from),
            ("origin", origin),
            ("text", "配电箱无盖"),
            ("level", "general"),
        ];
        step(
            doc,
            RecordKind::Finding,
            self.began_by(),
            root(doc, RecordKind::Finding, &fields),
        )
    }
}

/// All inspections: begun, finished, reopened, finished again.
pub(super) fn inspections() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for of in Of::ALL {
        let doc = of.inspection();
        let kind = RecordKind::Inspection;
        let act = |says: Value| step(doc, kind, of.began_by(), What::Event(says));
        let mut scene = Scene {
            name: format!("inspection of {of:?}, begun"),
            kind,
            of,
            doc,
            steps: vec![of.begin()],
            past: Vec::new(),
            major: false,
        };
        scenes.push(scene.clone());
        for (phase, event) in [
            ("finished", json!({"k": "finished"})),
            ("reopened", json!({"k": "reopened", "reason": "漏项"})),
            ("finished", json!({"k": "finished"})),
        ] {
            scene.name = format!("inspection of {of:?}, {phase}");
            scene.steps.push(act(event));
            scene.past.push(phase);
            scenes.push(scene.clone());
        }
    }
    scenes
}

const ORDERER_EAST: &str = "Supervisor@东";
const ORDERER_REMIT: &str = "Supervisor@应急";

/// What happens to findings: who does what, one thing after the other.
const LINES: [(Of, &[(&str, &str)]); 9] = [
    (
        Of::Officials,
        &[
            (ORDERER_EAST, "ordered"),
            (ORDERER, "asked"),
            (FINDER, "rectified"),
        ],
    ),
    (Of::Officials, &[(ORDERER_EAST, "halted")]),
    (Of::Officials, &[("Main@东", "listed")]),
    (Of::Officials, &[(REPORTER, "corrected_on_spot")]),
    (
        Of::Officials,
        &[
            (ORDERER_EAST, "ordered"),
            (FINDER, "rectified"),
            (ORDERER_EAST, "passed"),
        ],
    ),
    (
        Of::SelfInspection,
        &[
            (ORDERER, "ordered"),
            (FINDER, "rectified"),
            (ORDERER, "passed"),
            (ORDERER_REMIT, "failed"),
        ],
    ),
    (
        Of::SelfInspection,
        &[
            (FINDER, "proposed"),
            (ORDERER_REMIT, "ordered"),
            (FINDER, "rectified"),
        ],
    ),
    (Of::PostCheck, &[(ORDERER, "ordered")]),
    (Of::SelfInspection, &[(FINDER, "major")]),
];

/// All findings, phase by phase.
pub(super) fn findings() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for (of, line) in LINES {
        let doc = doc(&format!("finding of {of:?} {line:?}"));
        let mut scene = Scene {
            name: format!("finding of {of:?}, reported"),
            kind: RecordKind::Finding,
            of,
            doc,
            steps: vec![of.begin(), of.report(doc)],
            past: Vec::new(),
            major: false,
        };
        scenes.push(scene.clone());
        for (author, what) in line {
            scene.name = format!("{} → {what}", scene.name);
            let what = if *what == "major" {
                scene.major = true;
                What::Puts(vec![text("level", "major"), text("clause", "{}")])
            } else {
                scene.past.push(what);
                What::Event(finding_event(what, author.split('@').nth(1).unwrap()))
            };
            scene
                .steps
                .push(step(doc, RecordKind::Finding, author, what));
            scenes.push(scene.clone());
        }
    }
    scenes
}

/// An event of a finding as somebody of `of` would write it.
pub fn finding_event(kind: &str, of: &str) -> Value {
    let of = of.split('-').next().unwrap_or(of);
    let (who, due, reason) = (person(NAMED), "2026-12-01", "原因");
    let mut event = match kind {
        "rectified_behalf" => json!({"k": "rectified", "behalf": true}),
        "ordered" => json!({"due": due, "who": who, "ground": "安全生产法"}),
        "graded" => json!({"level": "general"}),
        "assigned" | "reassigned" => json!({"who": who}),
        "asked" => json!({"due": due, "reason": reason}),
        "granted" | "failed" => json!({"due": due}),
        "declined" | "withdrawn" => json!({"reason": reason}),
        "halted" => json!({"measure": "停止使用", "ground": "安全生产法"}),
        "proposed" | "transferred" => json!({"to": unit("应急")}),
        "listed" => json!({"level": "区级", "who": who}),
        "settled" => json!({"not": []}),
        "duplicate" => json!({"of": doc("another")}),
        "sited" => json!({"site": unit("邻厂")}),
        _ => json!({}),
    };
    let by_reporter = [
        "proposed",
        "accepted",
        "assigned",
        "asked",
        "rectified",
        "commented",
    ];
    let fields = event.as_object_mut().unwrap();
    fields.entry("k").or_insert_with(|| kind.into());
    fields.insert("text".to_owned(), "说明".into());
    if !by_reporter.contains(&kind) {
        // In what an enterprise found itself the issuing unit is the site, whoever's branch it is.
        let issuing = if of == "集团" { "厂" } else { of };
        fields.insert("unit".to_owned(), unit(issuing).to_string().into());
    }
    event
}

/// All records of a scene.
#[derive(Default)]
pub struct Log(
    /// By document.
    pub BTreeMap<DocId, History>,
);

impl Log {
    /// After these steps.
    #[must_use]
    pub fn of(steps: &[Step]) -> Self {
        let mut log = Self::default();
        for step in steps {
            let change = log.compose(step);
            log.history_mut(step).append(&change);
        }
        log
    }
    fn history_mut(&mut self, step: &Step) -> &mut History {
        let new = || History::new(step.doc, step.kind);
        self.0.entry(step.doc).or_insert_with(new)
    }
    /// The change that a step makes now.
    pub fn compose(&mut self, step: &Step) -> Change {
        let actor = actor_of(&step.author);
        let history = self.history_mut(step);
        let puts = match &step.what {
            What::Puts(puts) => puts.clone(),
            What::Event(event) => {
                vec![text(&history.next_event_id(actor).key(), event)]
            }
        };
        let time = Timestamp(1_795_000_000_000 + history.len() as i64);
        history.compose(actor, time, puts).unwrap()
    }
}

impl Records for Log {
    fn inspection(&self, id: DocId) -> Option<InspectionFacts> {
        InspectionFacts::of(self.0.get(&id)?)
    }
}
