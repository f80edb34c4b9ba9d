//! Findings of a generated year, from the report to whatever becomes of them.

use xunan_core::id::{DocId, PersonId, UnitId};
use xunan_core::record::{Clause, Event, FindingAct, Five, Level, RecordKind};
use xunan_core::register::PostKind;
use xunan_core::timestamp::{Date, Timestamp, Zone};

use super::sample::Sample;
use super::world::{Doc, HOUR, MINUTE, at, text};
use super::year::{Dice, days_later, leaders, officials, other, overseers, site_people};

/// Where, when and by whom something was found.
#[derive(Clone)]
pub(crate) struct Found {
    pub from: Option<DocId>,
    pub site: Option<UnitId>,
    pub by: PersonId,
    pub own: bool,
    pub at: Timestamp,
}

pub(crate) fn act(act: FindingAct) -> Event<FindingAct> {
    Event {
        text: Some("见照片".to_owned()),
        ..Event::new(act)
    }
}
pub(crate) fn five(due: Date) -> Five {
    let word = || "落实".to_owned();
    Five {
        measure: word(),
        funds: word(),
        due,
        who: word(),
        plan: word(),
    }
}
pub(crate) fn clause() -> Clause {
    Clause {
        standard: "工贸企业重大事故隐患判定标准".to_owned(),
        article: "第三条".to_owned(),
    }
}

fn local_day(at: Timestamp) -> Date {
    Zone::default().day(at)
}

struct Case<'a> {
    sample: &'a Sample,
    dice: &'a mut Dice,
    doc: Doc,
    found: Found,
    site: UnitId,
    unit: UnitId,
    officers: Vec<PersonId>,
    now: Timestamp,
    is_major: bool,
}

pub(crate) fn write_finding(sample: &Sample, dice: &mut Dice, name: &str, found: Found) -> Doc {
    let site = found.site.unwrap();
    let is_major = dice.chance(10);
    let mut root = vec![
        text(
            "origin",
            match (found.own, dice.chance(8)) {
                (true, _) => "self",
                (false, true) => "report",
                (false, false) => "official",
            },
        ),
        text("text", "配电箱门缺失"),
        text(
            "level",
            if is_major || dice.chance(4) {
                "major"
            } else {
                "general"
            },
        ),
    ];
    if !found.own && dice.chance(4) {
        root.push(text("place", "河边小作坊"));
    } else {
        root.push(text("site", site));
    }
    if is_major {
        root.push(text("clause", serde_json::to_string(&clause()).unwrap()));
    }
    root.extend(found.from.map(|id| text("from", id)));
    let now = found.at.plus(dice.between(0, 40) * MINUTE);
    let pen = dice.pen(found.by, now);
    let doc = Doc::begin(RecordKind::Finding, name, pen, root);
    let unit = if found.own {
        site
    } else {
        dice.pick(&overseers(sample, site))
    };
    let of_unit = if found.own {
        site_people(sample, site)
    } else {
        officials(sample, unit)
    };
    let officers = dice.some(&of_unit, 2);
    let mut case = Case {
        sample,
        dice,
        doc,
        site,
        unit,
        officers,
        now,
        is_major,
        found,
    };
    case.go_on();
    case.doc
}

impl Case<'_> {
    fn wait(&mut self, low: i64, high: i64) -> Timestamp {
        self.now = days_later(self.dice, self.now, low, high);
        self.now
    }
    fn soon(&mut self) -> Timestamp {
        self.now = self.now.plus(self.dice.between(1, 90) * MINUTE);
        self.now
    }
    fn put(&mut self, who: PersonId, event: &Event<FindingAct>) {
        let at = self.soon();
        let pen = self.dice.pen(who, at);
        self.doc.finding_event(pen, event);
    }
    /// By right of order: with the unit and its officers.
    fn by_order(&self, of: FindingAct) -> Event<FindingAct> {
        let officers = self.officers.as_slice();
        Event {
            unit: Some(self.unit),
            officers: officers
                .first_chunk::<2>()
                .copied()
                .filter(|_| !self.found.own),
            ..act(of)
        }
    }
    fn orderer(&mut self) -> PersonId {
        let main = self.sample.with_post(self.unit, &[PostKind::Main]);
        if self.is_major && self.dice.chance(40) && !main.is_empty() {
            return main[0];
        }
        self.officers[0]
    }
    fn responsible(&mut self) -> PersonId {
        let people = site_people(self.sample, self.site);
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
                let of = other(9);
                return self.put(self.found.by, &act(FindingAct::Duplicate { of }));
            }
            14..22 => self.put(self.found.by, &act(FindingAct::CorrectedOnSpot)),
            22..25 => {
                let level = Level::Major;
                self.is_major = true;
                let graded = self.by_order(FindingAct::Graded {
                    level,
                    clause: Some(clause()),
                });
                self.put(self.officers[0], &graded);
            }
            _ => {}
        }
        if self.doc.len() > 1 && !self.is_major && self.dice.chance(85) {
            return;
        }
        self.wait(0, 3);
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
        let before = self.doc.len();
        let event = self.by_order(ordered(due));
        self.put(by, &event);
        if self.found.own {
            return due;
        }
        if self.dice.chance(5) {
            // Another department orders without having seen it.
            let others = overseers(self.sample, self.site);
            let unit = self.dice.pick(&others);
            let people = officials(self.sample, unit);
            let by = self.dice.pick(&people);
            let due = due.plus_days(self.dice.between(-3, 5));
            let event = Event {
                unit: Some(unit),
                ..act(ordered(due))
            };
            let at = self.soon();
            let pen = self.dice.pen(by, at);
            self.doc.finding_event_blind(pen, before, &event);
        } else if self.dice.chance(3) {
            self.wait(1, 3);
            let event = self.by_order(ordered(due.plus_days(4)));
            self.put(by, &event);
            return due.plus_days(4);
        }
        due
    }

    fn in_between(&mut self, due: Date) {
        let who = self.responsible();
        if self.dice.chance(60) {
            self.put(who, &act(FindingAct::Accepted));
        }
        if self.dice.chance(10) {
            let later = due.plus_days(self.dice.between(3, 15));
            let reason = "配件未到".to_owned();
            self.put(who, &act(FindingAct::Asked { due: later, reason }));
            let before = self.doc.len();
            let granted = self.by_order(FindingAct::Granted { due: later });
            let reason = "不同意".to_owned();
            let declined = self.by_order(FindingAct::Declined { reason });
            match self.dice.below(10) {
                0..6 => self.put(self.officers[0], &granted),
                6..9 => self.put(self.officers[0], &declined),
                _ => {
                    self.put(self.officers[0], &granted);
                    let at = self.soon();
                    let pen = self.dice.pen(self.officers[1], at);
                    self.doc.finding_event_blind(pen, before, &declined);
                }
            }
        }
        if self.dice.chance(4) && !self.found.own {
            let people = officials(self.sample, self.unit);
            let mut moved = self.by_order(FindingAct::Reassigned { who });
            moved.officers = self.dice.some(&people, 2).first_chunk::<2>().copied();
            self.put(self.officers[0], &moved);
        }
        if self.is_major && !self.found.own {
            self.lead(who);
        }
        if self.dice.chance(4) {
            let (measure, ground) = ("停用".to_owned(), "法".to_owned());
            let halted = self.by_order(FindingAct::Halted { measure, ground });
            self.put(self.officers[0], &halted);
            if self.dice.chance(60) {
                self.wait(0, 5);
                let resumed = self.by_order(FindingAct::Resumed);
                self.put(self.officers[0], &resumed);
            }
        }
        if self.dice.chance(2) {
            let reason = "误报".to_owned();
            let withdrawn = self.by_order(FindingAct::Withdrawn { reason });
            self.put(self.officers[0], &withdrawn);
        }
    }

    fn lead(&mut self, who: PersonId) {
        let main = self.sample.with_post(self.unit, &[PostKind::Main]);
        let any = leaders(self.sample, self.unit);
        let Some(by) = main.first().or(any.first()).copied() else {
            return;
        };
        if self.dice.chance(50) {
            let level = "区级".to_owned();
            let mut listed = self.by_order(FindingAct::Listed { level, who });
            listed.officers = None;
            let by = if self.dice.chance(70) {
                by
            } else {
                self.dice.pick(&any)
            };
            self.put(by, &listed);
            if self.dice.chance(20) {
                let unlisted = self.by_order(FindingAct::Unlisted);
                self.put(by, &unlisted);
            }
        }
        if self.dice.chance(30) {
            let mut decided = self.by_order(FindingAct::Decided);
            decided.officers = None;
            self.put(by, &decided);
        }
    }

    /// Rectified early, at the very end of the last day, late, or never; then re-checked.
    fn rectify(&mut self, mut due: Date) {
        for _ in 0..3 {
            self.now = match self.dice.below(20) {
                0..10 => at(due, 9, 0)
                    .plus(-self.dice.between(0, 6) * 24 * HOUR)
                    .max(self.now),
                10..13 => at(due, 24, 0)
                    .plus(self.dice.between(-3, 2) * MINUTE)
                    .max(self.now),
                13..17 => at(due, 9, 0)
                    .plus(self.dice.between(1, 20) * 24 * HOUR)
                    .max(self.now),
                17 => return self.recheck_bare(),
                _ => return,
            };
            let before = self.doc.len();
            self.rectified();
            if self.dice.chance(10) {
                return;
            }
            let after_report = self.doc.len();
            self.now = if self.dice.chance(15) {
                at(local_day(self.now).plus_days(10), 24, 0).plus(self.dice.between(-3, 3) * MINUTE)
            } else {
                days_later(self.dice, self.now, 0, 12)
            };
            let by = self.rechecker();
            match self.dice.below(20) {
                0..3 => {
                    due = local_day(self.now).plus_days(self.dice.between(2, 15));
                    let failed = self.by_order(FindingAct::Failed { due });
                    self.put(by, &failed);
                    if self.dice.chance(20) {
                        // The site reports again without having seen the failure.
                        let who = self.responsible();
                        let at = self.soon();
                        let pen = self.dice.pen(who, at);
                        let again = self.rectification();
                        self.doc.finding_event_blind(pen, after_report, &again);
                    }
                }
                3 => return self.contradict(by, after_report),
                4 => {
                    let passed = self.by_order(FindingAct::Passed);
                    let at = self.soon();
                    let pen = self.dice.pen(by, at);
                    self.doc.finding_event_blind(pen, before, &passed);
                    return;
                }
                _ => {
                    let passed = self.by_order(FindingAct::Passed);
                    self.put(by, &passed);
                    if !self.dice.chance(6) {
                        return;
                    }
                    // It proves wrong.
                    self.wait(1, 20);
                    due = local_day(self.now).plus_days(self.dice.between(2, 15));
                    let failed = self.by_order(FindingAct::Failed { due });
                    self.put(by, &failed);
                }
            }
        }
    }
    fn rectification(&mut self) -> Event<FindingAct> {
        let five = (self.is_major && self.dice.chance(75)).then(|| five(local_day(self.now)));
        act(FindingAct::Rectified {
            five,
            behalf: false,
        })
    }
    fn rectified(&mut self) {
        let event = self.rectification();
        if self.dice.chance(10) && !self.found.own {
            let mut event = event;
            if let FindingAct::Rectified { behalf, .. } = &mut event.act {
                *behalf = true;
            }
            self.put(self.officers[0], &event);
        } else {
            let who = self.responsible();
            self.put(who, &event);
        }
    }
    fn rechecker(&mut self) -> PersonId {
        let main = self.sample.with_post(self.unit, &[PostKind::Main]);
        if self.is_major && self.dice.chance(25) && !main.is_empty() {
            return main[0];
        }
        let officers = self.officers.clone();
        self.dice.pick(&officers)
    }
    /// Seen done, and passed without a report.
    fn recheck_bare(&mut self) {
        let by = self.rechecker();
        self.now = self.now.plus(self.dice.between(1, 20) * 24 * HOUR);
        let passed = self.by_order(FindingAct::Passed);
        self.put(by, &passed);
    }
    /// One passes it, another fails it, neither having seen the other; at times somebody settles it.
    fn contradict(&mut self, by: PersonId, seen: usize) {
        let due = local_day(self.now).plus_days(self.dice.between(2, 15));
        let passed = self.by_order(FindingAct::Passed);
        self.put(by, &passed);
        let failed = self.by_order(FindingAct::Failed { due });
        let others = officials(self.sample, self.unit);
        let others = if others.is_empty() {
            self.officers.clone()
        } else {
            others
        };
        let other = self.dice.pick(&others);
        let at = self.soon();
        let pen = self.dice.pen(other, at);
        let failed = self.doc.finding_event_blind(pen, seen, &failed);
        if self.dice.chance(60) {
            let settled = self.by_order(FindingAct::Settled { not: vec![failed] });
            self.put(self.officers[0], &settled);
        }
    }
}
