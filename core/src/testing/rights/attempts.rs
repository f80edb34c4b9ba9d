//! Attempts: everybody tries everything in every phase, with whether product.md lets them. The
//! expectation is worked out from [`super::matrix`] alone.

use crate::change::Scalar;
use crate::record::RecordKind;
use crate::register::PostKind;
use serde_json::json;

use super::cast::{Organisation, Player, Relation, person, unit};
use super::matrix::{FINDING, INSPECTION, POSTS, rows};
use super::scenes::{
    FINDER, LEADER, NAMED, Of, Scene, Step, What, doc, finding_event, findings, inspections, root,
    text,
};

/// Somebody's attempt to write something into a record.
pub struct Attempt {
    /// In words.
    pub name: String,
    /// What is tried.
    pub step: Step,
    /// Whether product.md lets them.
    pub allowed: bool,
}

/// Records in a phase, and what everybody tries then, each by itself.
pub struct Stage {
    /// The records.
    pub scene: Scene,
    /// What everybody tries.
    pub attempts: Vec<Attempt>,
}

/// All of them.
#[must_use]
pub fn stages(cast: &Organisation) -> Vec<Stage> {
    let all = |scene: Scene, tries: fn(&Player, &Scene) -> Vec<Attempt>| Stage {
        attempts: cast
            .players
            .iter()
            .flat_map(|player| tries(player, &scene))
            .collect(),
        scene,
    };
    let findings = findings().into_iter().map(|scene| all(scene, in_finding));
    let inspections = inspections()
        .into_iter()
        .map(|scene| all(scene, in_inspection));
    let nothing = Scene {
        name: "nothing".to_owned(),
        kind: RecordKind::Finding,
        of: Of::Officials,
        doc: doc("nothing"),
        steps: Vec::new(),
        past: Vec::new(),
        major: false,
    };
    let beginnings = all(nothing, |player, _| beginnings(player));
    findings.chain(inspections).chain([beginnings]).collect()
}

fn attempt(player: &Player, scene: &Scene, what: &str, puts: What, allowed: bool) -> Attempt {
    Attempt {
        name: format!("{} in {}: {what}", player.name, scene.name),
        step: Step {
            doc: scene.doc,
            kind: scene.kind,
            author: player.name.clone(),
            what: puts,
        },
        allowed,
    }
}

fn in_finding(player: &Player, scene: &Scene) -> Vec<Attempt> {
    let tries = rows(FINDING).map(|row| {
        let (what, right, past) = (row[0], row[1], row[2]);
        let allowed = Case { player, scene }.may_in_finding(right)
            && (past.is_empty() || scene.past.contains(&past));
        let photo = format!("p/{}", "ab".repeat(32));
        let puts = match what {
            "text" | "loc" => What::Puts(vec![text(what, "新的")]),
            "level" => What::Puts(vec![text("level", "major")]),
            "due" => What::Puts(vec![text("due", "2026-12-02")]),
            "photo" => What::Puts(vec![text(&photo, "{}")]),
            "site" => What::Puts(vec![text("site", unit("邻厂"))]),
            "origin" => What::Puts(vec![text("origin", "self")]),
            event => What::Event(finding_event(event, player.unit)),
        };
        attempt(player, scene, what, puts, allowed)
    });
    tries.collect()
}

fn in_inspection(player: &Player, scene: &Scene) -> Vec<Attempt> {
    let tries = rows(INSPECTION).map(|row| {
        let (what, right, past) = (row[0], row[1], *row.get(2).unwrap_or(&""));
        let allowed = Case { player, scene }.may_in_inspection(right)
            && (past.is_empty() || scene.past.contains(&past));
        attempt(player, scene, what, inspection_puts(player, what), allowed)
    });
    tries.collect()
}

fn inspection_puts(player: &Player, what: &str) -> What {
    let hash = "cd".repeat(32);
    let row = person("a planned visit");
    let put = |key: &str, value: &str| What::Puts(vec![text(key, value)]);
    match what {
        "plan" => What::Puts(vec![(format!("plan/{row}"), Scalar::Int(1))]),
        "list" => What::Puts(vec![("list/k1".to_owned(), Scalar::Int(3))]),
        "answer" => put("a/k1/7", "fail"),
        "note" => put("n/k1/7", "说明"),
        "photo" => put(&format!("p/k1/7/{hash}"), "{}"),
        "join" => put(&format!("team/{}", person(&player.name)), "member"),
        "name_other" => put(&format!("team/{}", person("somebody")), "expert"),
        "basis" | "end" | "ended" | "rep" | "rep_post" | "kind" | "loc" => put(what, "plan"),
        _ => What::Event(match what.split_once('_') {
            Some(("signed", role)) => {
                json!({"k": "signed", "as": role, "name": "周敏", "drawing": hash})
            }
            _ => json!({
                "k": what, "reason": "原因", "witness": "李强", "text": "说明",
                "key": "a/k1/7", "value": "ok", "unit": unit(player.unit),
            }),
        }),
    }
}

/// Beginning a record at 厂.
fn beginnings(player: &Player) -> Vec<Attempt> {
    let site = unit("厂").to_string();
    let mut attempts = Vec::new();
    let mut begin = |kind: RecordKind, field: (&str, &str), of: Of| {
        let id = doc(&format!("new {kind:?} {} {}", field.1, player.name));
        let scene = Scene {
            name: format!("a new {kind:?} {}", field.1),
            kind,
            of,
            doc: id,
            steps: Vec::new(),
            past: Vec::new(),
            major: false,
        };
        let What::Puts(mut puts) = root(id, kind, &[("site", &site), field]) else {
            unreachable!()
        };
        if kind == RecordKind::Inspection {
            let key = format!("team/{}", person(&player.name));
            puts.push(text(&key, "leader"));
        }
        let allowed = Case {
            player,
            scene: &scene,
        }
        .inspects();
        attempts.push(attempt(player, &scene, "begin", What::Puts(puts), allowed));
    };
    for kind in ["routine", "special", "leader_led", "recheck"] {
        begin(RecordKind::Inspection, ("kind", kind), Of::Officials);
    }
    begin(RecordKind::Inspection, ("kind", "self"), Of::SelfInspection);
    begin(RecordKind::Inspection, ("kind", "post"), Of::PostCheck);
    begin(RecordKind::Finding, ("origin", "official"), Of::Officials);
    begin(RecordKind::Finding, ("origin", "report"), Of::Officials);
    // Outside an inspection whoever works there reports what he or she came upon.
    begin(RecordKind::Finding, ("origin", "self"), Of::PostCheck);
    attempts
}

/// The matrix, read for one person and one scene.
struct Case<'a> {
    player: &'a Player,
    scene: &'a Scene,
}

impl Case<'_> {
    /// The cell of the table of rights.
    fn cell(&self, column: usize) -> &'static str {
        let kind = format!("{:?}", self.player.kind);
        let row = rows(POSTS).find(|row| row[0] == kind).unwrap();
        if self.player.misplaced {
            "-"
        } else {
            row[column]
        }
    }
    fn is(&self, name: &str) -> bool {
        self.player.name == name
    }
    fn happened(&self, kinds: &[&str]) -> bool {
        kinds.iter().any(|kind| self.scene.past.contains(kind))
    }
    fn oversees(&self) -> bool {
        self.player.relation == Relation::Overseen
    }
    fn is_of_site(&self) -> bool {
        matches!(self.player.relation, Relation::Own | Relation::Group)
    }
    fn in_team(&self) -> bool {
        self.scene.of.team().contains(&self.player.name.as_str())
    }
    /// Handed over, major, or an overseer acted.
    fn is_shared(&self) -> bool {
        self.scene.major || self.happened(&["proposed", "failed"])
    }
    /// … or closed: then overseers may sample it.
    fn is_open(&self) -> bool {
        self.scene.of == Of::Officials || self.is_shared() || self.happened(&["passed"])
    }

    fn inspects(&self) -> bool {
        let internal = self.scene.of != Of::Officials;
        match self.cell(2) {
            "official" => self.oversees() && !internal,
            "self-inspection" => self.is_of_site() && internal,
            "post check" => self.is_of_site() && self.scene.of == Of::PostCheck,
            _ => false,
        }
    }
    fn inspects_finding(&self) -> bool {
        let sampled = self.cell(2) == "official" && self.oversees() && self.is_open();
        self.inspects() || sampled
    }
    fn orders(&self) -> bool {
        let has_power = self.oversees() && self.player.power;
        match self.cell(3) {
            "power+certificate" => has_power && self.player.certificate,
            "power" => has_power,
            _ => false,
        }
    }
    fn orders_finding(&self) -> bool {
        let self_found = self.scene.of != Of::Officials;
        let own = self.cell(3) == "self-found" && self.is_of_site();
        own && self_found && !self.is_shared() || self.orders() && self.is_open()
    }
    fn answers(&self) -> bool {
        match self.cell(4) {
            "answer" => self.is_of_site(),
            "if named" => self.is(NAMED) && self.happened(&["ordered"]),
            _ => false,
        }
    }
    fn is_official(&self) -> bool {
        self.cell(2) == "official"
    }
    /// The audience rule of architecture.md.
    fn sees(&self) -> bool {
        let finding = self.scene.kind == RecordKind::Finding;
        let internal = self.scene.of != Of::Officials;
        let open = match finding {
            true => self.is_open(),
            false => !internal || self.happened(&["finished"]),
        };
        let served = match finding {
            true => self.happened(&["ordered", "corrected_on_spot", "halted"]),
            false => self.happened(&["finished"]),
        };
        let named = finding && self.happened(&["ordered"]) || self.scene.of == Of::PostCheck;
        match self.player.kind {
            PostKind::Administrator => false,
            _ if self.player.misplaced => false,
            PostKind::Worker => self.is(NAMED) && named,
            PostKind::Principal | PostKind::SafetyOfficer => {
                self.is_of_site() && (served || internal)
            }
            _ => open && (self.oversees() || !internal && self.player.unit == "住建"),
        }
    }

    fn may_in_finding(&self, right: &str) -> bool {
        let ordered = ["ordered", "halted", "failed", "passed"];
        let fixed = [
            "ordered",
            "corrected_on_spot",
            "halted",
            "passed",
            "withdrawn",
            "duplicate",
        ];
        let side = self.in_team();
        match right {
            "order" => self.orders_finding(),
            "order, not own work" => self.orders_finding() && !self.is(FINDER),
            "answer" => self.answers(),
            "lead" => self.cell(5) == "lead" && self.oversees() && self.is_open(),
            "inspect" => self.inspects_finding(),
            "inspect without power" => self.inspects_finding() && !self.player.power,
            "inspect officially" => self.is_official() && self.oversees() && self.is_open(),
            "reporter's side until ordered" => side && !self.happened(&fixed),
            "reporter's side, then order" if self.happened(&ordered) => self.orders_finding(),
            "reporter's side, then order" => side,
            "see" => self.sees(),
            "nobody" => false,
            other => panic!("{other}"),
        }
    }
    fn may_in_inspection(&self, right: &str) -> bool {
        let finished = self.scene.past.last() == Some(&"finished");
        let leads = self.is(LEADER) && self.scene.of == Of::Officials;
        match right {
            "inspect, unfinished" => self.inspects() && !finished,
            "inspect or team, unfinished" => (self.inspects() || self.in_team()) && !finished,
            "team, unfinished" => self.in_team() && !finished,
            "team" => self.in_team(),
            "team, after the end" => self.in_team() && finished,
            "leader's role" => leads,
            "representative" => self.in_team() || self.sees() && self.is_of_site(),
            "witness" => self.in_team() || self.sees(),
            "began or leads, then order" if finished => self.orders(),
            "began or leads, then order" => leads || self.is(self.scene.of.began_by()),
            "see" => self.sees(),
            "nobody" => false,
            other => panic!("{other}"),
        }
    }
}
