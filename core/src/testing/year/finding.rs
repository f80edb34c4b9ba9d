//! Findings, from the report through orders, extensions and what leaders do, up to the
//! rectification ([`super::rectification`]).

use super::dice::Dice;
use super::district::District;
use super::record::{Doc, MINUTE, text};
use crate::change::Scalar;
use crate::id::{DocId, EventId, PersonId, UnitId};
use crate::record::{Clause, Event, FindingAct, Five, Level, RecordKind};
use crate::timestamp::{Date, Timestamp, Zone};

/// Where, when and by whom something was found.
#[derive(Clone)]
pub(super) struct Found {
    /// On which inspection.
    pub(super) from: DocId,
    pub(super) site: UnitId,
    pub(super) by: PersonId,
    /// By the enterprise itself.
    pub(super) own: bool,
    pub(super) at: Timestamp,
}

/// An act with words.
#[must_use]
pub fn act(act: FindingAct) -> Event<FindingAct> {
    Event {
        text: Some("见照片".to_owned()),
        ..Event::new(act)
    }
}
/// The five in place 五落实.
#[must_use]
pub fn five(due: Date) -> Five {
    let word = || "落实".to_owned();
    Five {
        measure: word(),
        funds: word(),
        due,
        who: word(),
        plan: word(),
    }
}
/// Of a judging standard.
#[must_use]
pub fn clause() -> Clause {
    Clause {
        standard: "工贸企业重大事故隐患判定标准".to_owned(),
        article: "第三条".to_owned(),
    }
}

pub(super) fn local_day(at: Timestamp) -> Date {
    Zone::default().day(at)
}

/// A finding while it is being written.
pub(super) struct Case<'a> {
    district: &'a District,
    pub(super) dice: &'a mut Dice,
    pub(super) doc: Doc,
    pub(super) found: Found,
    /// The unit that orders: one that oversees the site, or the site itself.
    pub(super) unit: UnitId,
    pub(super) officers: Vec<PersonId>,
    pub(super) now: Timestamp,
    pub(super) is_major: bool,
}

pub(super) fn write(district: &District, dice: &mut Dice, name: &str, found: Found) -> Doc {
    let is_major = dice.chance(10);
    let now = found.at.plus(dice.between(0, 40) * MINUTE);
    let root = report(dice, &found, is_major);
    let pen = dice.pen(found.by, now);
    let doc = Doc::begin(RecordKind::Finding, name, pen, root);
    let (unit, people) = if found.own {
        (found.site, district.site_people(found.site))
    } else {
        let unit = dice.pick(&district.overseers(found.site));
        (unit, district.officials(unit))
    };
    let officers = dice.some(&people, 2);
    let mut case = Case {
        district,
        dice,
        doc,
        found,
        unit,
        officers,
        now,
        is_major,
    };
    case.go_on();
    case.doc
}

/// What the reporter puts.
fn report(dice: &mut Dice, found: &Found, is_major: bool) -> Vec<(String, Scalar)> {
    let origin = match (found.own, dice.chance(8)) {
        (true, _) => "self",
        (false, true) => "report",
        (false, false) => "official",
    };
    let level = if is_major || dice.chance(4) {
        "major"
    } else {
        "general"
    };
    let mut root = vec![
        text("origin", origin),
        text("text", "配电箱门缺失"),
        text("level", level),
        text("from", found.from),
    ];
    root.push(if !found.own && dice.chance(4) {
        text("place", "河边小作坊")
    } else {
        text("site", found.site)
    });
    if is_major {
        root.push(text("clause", serde_json::to_string(&clause()).unwrap()));
    }
    root
}

impl Case<'_> {
    pub(super) fn soon(&mut self) -> Timestamp {
        self.now = self.now.plus(self.dice.between(1, 90) * MINUTE);
        self.now
    }
    pub(super) fn put(&mut self, who: PersonId, event: &Event<FindingAct>) {
        self.put_blind(who, self.doc.changes.len(), event);
    }
    /// By somebody who had seen only the first changes.
    pub(super) fn put_blind(
        &mut self,
        who: PersonId,
        seen: usize,
        event: &Event<FindingAct>,
    ) -> EventId {
        let at = self.soon();
        let pen = self.dice.pen(who, at);
        self.doc.finding_event_blind(pen, seen, event)
    }
    /// By right of order: with the unit and its officers.
    pub(super) fn by_order(&self, of: FindingAct) -> Event<FindingAct> {
        let officers = self.officers.first_chunk::<2>().copied();
        Event {
            unit: Some(self.unit),
            officers: officers.filter(|_| !self.found.own),
            ..act(of)
        }
    }
    fn orderer(&mut self) -> PersonId {
        match self.district.main_leader(self.unit) {
            Some(main) if self.is_major && self.dice.chance(40) => main,
            _ => self.officers[0],
        }
    }
    pub(super) fn rechecker(&mut self) -> PersonId {
        match self.district.main_leader(self.unit) {
            Some(main) if self.is_major && self.dice.chance(25) => main,
            _ => self.dice.pick(&self.officers),
        }
    }
    pub(super) fn responsible(&mut self) -> PersonId {
        let people = self.district.site_people(self.found.site);
        self.dice.pick(&people)
    }
    /// Somebody of the unit, not necessarily one of the two.
    pub(super) fn colleague(&mut self) -> PersonId {
        let mut people = self.district.officials(self.unit);
        if people.is_empty() {
            people.clone_from(&self.officers);
        }
        self.dice.pick(&people)
    }

    fn go_on(&mut self) {
        match self.dice.below(100) {
            0..8 => return,
            8..12 => {
                let reason = "看错了".to_owned();
                return self.put(self.found.by, &act(FindingAct::Withdrawn { reason }));
            }
            12..14 => {
                let of = DocId::from_bytes([9; 16]);
                return self.put(self.found.by, &act(FindingAct::Duplicate { of }));
            }
            14..22 => self.put(self.found.by, &act(FindingAct::CorrectedOnSpot)),
            22..25 => {
                let (level, clause) = (Level::Major, Some(clause()));
                self.is_major = true;
                let graded = self.by_order(FindingAct::Graded { level, clause });
                self.put(self.officers[0], &graded);
            }
            _ => {}
        }
        if self.doc.changes.len() > 1 && !self.is_major && self.dice.chance(85) {
            return;
        }
        self.now = self.dice.days_later(self.now, 0, 3);
        let due = self.order();
        self.in_between(due);
        self.rectify(due);
    }

    fn order(&mut self) -> Date {
        let (by, who) = (self.orderer(), self.responsible());
        let due = local_day(self.now).plus_days(self.dice.between(1, 30));
        let ordered = |due| FindingAct::Ordered {
            due,
            who,
            ground: "法".to_owned(),
        };
        let before = self.doc.changes.len();
        let event = self.by_order(ordered(due));
        self.put(by, &event);
        if self.found.own {
            return due;
        }
        if self.dice.chance(5) {
            // Another department orders without having seen it.
            let unit = self.dice.pick(&self.district.overseers(self.found.site));
            let by = self.dice.pick(&self.district.officials(unit));
            let due = due.plus_days(self.dice.between(-3, 5));
            let event = Event {
                unit: Some(unit),
                ..act(ordered(due))
            };
            self.put_blind(by, before, &event);
        } else if self.dice.chance(3) {
            self.now = self.dice.days_later(self.now, 1, 3);
            let event = self.by_order(ordered(due.plus_days(4)));
            self.put(by, &event);
            return due.plus_days(4);
        }
        due
    }

    /// What may happen between the order and the rectification.
    fn in_between(&mut self, due: Date) {
        let who = self.responsible();
        if self.dice.chance(60) {
            self.put(who, &act(FindingAct::Accepted));
        }
        if self.dice.chance(10) {
            self.ask(who, due);
        }
        if self.dice.chance(4) && !self.found.own {
            let people = self.district.officials(self.unit);
            let mut moved = self.by_order(FindingAct::Reassigned { who });
            moved.officers = self.dice.some(&people, 2).first_chunk::<2>().copied();
            self.put(self.officers[0], &moved);
        }
        if self.is_major && !self.found.own {
            self.lead(who);
        }
        if self.dice.chance(4) {
            self.halt();
        }
        if self.dice.chance(2) {
            let reason = "误报".to_owned();
            let withdrawn = self.by_order(FindingAct::Withdrawn { reason });
            self.put(self.officers[0], &withdrawn);
        }
    }
    /// More time is asked for: granted, declined, or both by two who don't know of each other.
    fn ask(&mut self, who: PersonId, due: Date) {
        let later = due.plus_days(self.dice.between(3, 15));
        let reason = "配件未到".to_owned();
        self.put(who, &act(FindingAct::Asked { due: later, reason }));
        let before = self.doc.changes.len();
        let granted = self.by_order(FindingAct::Granted { due: later });
        let reason = "不同意".to_owned();
        let declined = self.by_order(FindingAct::Declined { reason });
        let first = self.officers[0];
        match self.dice.below(10) {
            0..6 => self.put(first, &granted),
            6..9 => self.put(first, &declined),
            _ => {
                self.put(first, &granted);
                self.put_blind(self.officers[1], before, &declined);
            }
        }
    }
    fn halt(&mut self) {
        let (measure, ground) = ("停用".to_owned(), "法".to_owned());
        let halted = self.by_order(FindingAct::Halted { measure, ground });
        self.put(self.officers[0], &halted);
        if self.dice.chance(60) {
            self.now = self.dice.days_later(self.now, 0, 5);
            let resumed = self.by_order(FindingAct::Resumed);
            self.put(self.officers[0], &resumed);
        }
    }
    /// What leaders do with a major one; at times another leader than the main one lists it.
    fn lead(&mut self, who: PersonId) {
        let leaders = self.district.leaders(self.unit);
        let main = self.district.main_leader(self.unit);
        let Some(by) = main.or(leaders.first().copied()) else {
            return;
        };
        let led = |case: &Self, of| Event {
            officers: None,
            ..case.by_order(of)
        };
        if self.dice.chance(50) {
            let level = "区级".to_owned();
            let listed = led(self, FindingAct::Listed { level, who });
            let by = if self.dice.chance(70) {
                by
            } else {
                self.dice.pick(&leaders)
            };
            self.put(by, &listed);
            if self.dice.chance(20) {
                let unlisted = self.by_order(FindingAct::Unlisted);
                self.put(by, &unlisted);
            }
        }
        if self.dice.chance(30) {
            let decided = led(self, FindingAct::Decided);
            self.put(by, &decided);
        }
    }
}
