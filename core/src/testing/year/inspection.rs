//! Inspections as they are filled, signed and finished: with what is forgotten, refused, reopened,
//! withdrawn, or put by a team-mate who had not seen the end.

use super::dice::Dice;
use super::plan::Plan;
use super::record::{Doc, MINUTE, Pen, text};
use crate::change::Scalar;
use crate::id::{PersonId, Sha256};
use crate::record::{InspectionAct, RecordKind, SignedAs};
use crate::timestamp::Timestamp;

/// A signature; of the representative, one that agrees.
#[must_use]
pub fn signed(role: SignedAs) -> InspectionAct {
    InspectionAct::Signed {
        role,
        name: "签名".to_owned(),
        drawing: Sha256::from_bytes([7; 32]),
        opinion: (role == SignedAs::Representative).then(|| "agreed".to_owned()),
    }
}

/// An inspection while it is being written.
struct Writing<'a> {
    dice: &'a mut Dice,
    plan: &'a Plan,
    doc: Doc,
    now: Timestamp,
}

pub(super) fn write(dice: &mut Dice, name: &str, plan: &Plan) -> Doc {
    let root = vec![text("site", plan.site), text("kind", plan.kind.as_str())];
    let pen = dice.pen(plan.team[0].0, plan.start);
    let doc = Doc::begin(RecordKind::Inspection, name, pen, root);
    let now = plan.start;
    let mut writing = Writing {
        dice,
        plan,
        doc,
        now,
    };
    writing.fill();
    writing.end();
    writing.doc
}

impl Writing<'_> {
    fn first(&self) -> PersonId {
        self.plan.team[0].0
    }
    fn last(&self) -> PersonId {
        self.plan.team[self.plan.team.len() - 1].0
    }
    /// So many minutes later.
    fn pen(&mut self, who: PersonId, low: i64, high: i64) -> Pen {
        self.now = self.now.plus(self.dice.between(low, high) * MINUTE);
        self.dice.pen(who, self.now)
    }
    fn put(&mut self, who: PersonId, key: &str, value: impl ToString) {
        let pen = self.pen(who, 0, 3);
        self.doc.put(pen, vec![text(key, value)]);
    }
    fn act(&mut self, low: i64, high: i64, act: InspectionAct) {
        let pen = self.pen(self.first(), low, high);
        self.doc.inspection_event(pen, act);
    }

    fn fill(&mut self) {
        let (first, last) = (self.first(), self.last());
        for (person, role) in &self.plan.team {
            self.put(first, &format!("team/{person}"), role);
        }
        if self.dice.chance(95) {
            let basis = if self.plan.rows.is_empty() {
                "action"
            } else {
                "plan"
            };
            self.put(first, "basis", basis);
        }
        for row in &self.plan.rows {
            let pen = self.pen(first, 0, 1);
            self.doc
                .put(pen, vec![(format!("plan/{row}"), Scalar::Int(1))]);
        }
        for item in 0..3 {
            let who = self.dice.pick(&self.plan.team).0;
            self.put(who, &format!("a/k1/{item}"), "ok");
        }
        if self.plan.team.len() > 2 && self.dice.chance(6) {
            self.put(last, &format!("team/{last}"), "left");
        }
    }

    /// It is finished, or not; with signatures before or after, and what may come after the end.
    fn end(&mut self) {
        let (first, last) = (self.first(), self.last());
        let seen = self.doc.changes.len();
        match self.dice.below(50) {
            0..2 => return,
            2 => {
                let reason = "去错了".to_owned();
                return self.act(1, 9, InspectionAct::Withdrawn { reason });
            }
            _ => {}
        }
        let sign_first = self.dice.chance(50);
        if sign_first {
            self.sign();
        }
        if self.dice.chance(5) {
            // Something is put after the signatures.
            self.put(first, "end", "整改后复查");
        }
        self.act(1, 2, InspectionAct::Finished);
        if last != first && self.dice.chance(10) {
            // A team-mate goes on without having seen the end, or left before it, or after.
            let pen = self.pen(last, -10, 20);
            let put = match self.dice.below(3) {
                0 => text(&format!("team/{last}"), "left"),
                _ => text("a/k1/1", "fail"),
            };
            self.doc.put_blind(pen, seen, vec![put]);
        }
        if !sign_first {
            let high = if self.dice.chance(20) { 24 * 60 } else { 5 };
            self.now = self.now.plus(self.dice.between(1, high) * MINUTE);
            self.sign();
        }
        if self.dice.chance(5) {
            self.reopen();
        }
        if self.dice.chance(3) {
            let reason = "重复".to_owned();
            self.act(60, 4000, InspectionAct::Withdrawn { reason });
        }
    }

    fn reopen(&mut self) {
        let reason = "补充".to_owned();
        self.act(60, 4000, InspectionAct::Reopened { reason });
        if self.dice.chance(30) {
            return;
        }
        self.put(self.first(), "a/k1/2", "fail");
        if self.dice.chance(60) {
            self.sign();
        }
        self.act(1, 60, InspectionAct::Finished);
    }

    fn sign(&mut self) {
        for (person, role) in &self.plan.team {
            if self.dice.chance(6) {
                continue;
            }
            let role = if *role == "leader" {
                SignedAs::Leader
            } else {
                SignedAs::Officer
            };
            let pen = self.pen(*person, 0, 1);
            self.doc.inspection_event(pen, signed(role));
        }
        let (reason, witness) = ("不认可".to_owned(), "王建".to_owned());
        match self.dice.below(20) {
            0 => {}
            1..3 => self.act(0, 2, InspectionAct::Refused { reason, witness }),
            _ => self.act(0, 2, signed(SignedAs::Representative)),
        }
    }
}
