//! One finding: state, photos, who is responsible, what happened, and what I may do now.

use xunan_core::change::{ChangeNo, History};
use xunan_core::id::{EventId, PersonId, UnitId};
use xunan_core::order::Order;
use xunan_core::permit::oversight::{overseers, with_power};
use xunan_core::permit::{self, Action};
use xunan_core::record::{
    EventAt, FieldConflict as Contradiction, Finding, FindingAct, FindingState, Level, Origin,
    read_finding,
};
use xunan_core::register::PostKind;
use xunan_core::rule::deadline::first_day_to_ask;
use xunan_core::timestamp::{DAY_MS, Date};

use super::View;
use super::inspection::word;
use crate::request::{
    ActionOffer, FieldConflict, FieldSaid, FindingEdit, FindingView, PersonShown, PhotoShown,
    ResponsibleShown, TimelineEntry, UnitShown,
};

impl View<'_> {
    /// The whole finding.
    pub(crate) fn finding(&self, history: &History) -> Option<FindingView> {
        let finding = read_finding(history, self.register)?;
        let record = self.records.findings.get(&finding.id)?;
        let conflicts = finding.conflicts.iter();
        let actions = permit::actions(self.register, self.me, history, self.others);
        let may = |act: &str| actions.iter().any(|a| a.act == act && a.refused.is_none());
        Some(FindingView {
            row: self.finding_row(finding.id, record),
            origin: finding.origin,
            from: finding.from,
            item_text: self.item_text(&finding),
            clause: finding.clause.clone(),
            basis: finding.basis.clone(),
            proposed_due: finding.proposed_due,
            proposed_who: finding.proposed_who.map(|who| self.person(who)),
            deadline: finding.deadline.map(|date| self.due(date)),
            recheck_due: self.recheck_due(record).map(|date| self.due(date)),
            ask_from: self.ask_from(&finding, &actions),
            before: self.before(history, &finding),
            after: self.after(history, &finding),
            responsible: self.responsible(&finding),
            timeline: self.timeline(history, &finding),
            actions: self.finding_actions(&finding, actions.clone()),
            conflicts: conflicts.map(|c| self.conflict(history, c)).collect(),
            disputes: disputes(&finding),
            by: self.by(history, finding.root),
            may_edit: may("report"),
            loc: finding.loc.clone(),
        })
    }

    /// The first day to ask for more time, for whom it is to come: said, as asking early is for the
    /// other side to judge.
    fn ask_from(&self, finding: &Finding, actions: &[Action]) -> Option<Date> {
        let mut asked = actions.iter().filter(|action| action.act == "asked");
        let may = asked.any(|action| action.fits && action.refused.is_none());
        let first = first_day_to_ask(finding.deadline?, self.register.settings());
        (may && first > self.today).then_some(first)
    }

    fn conflict(&self, history: &History, conflict: &Contradiction) -> FieldConflict {
        let said = conflict.said.iter().map(|said| {
            let edit = edit_of(&conflict.key, &said.value);
            let clause = edit.clause.as_ref();
            FieldSaid {
                words: match (edit.who, clause) {
                    (Some(who), _) => self.name(who),
                    (None, Some(clause)) => format!("{} {}", clause.standard, clause.article),
                    (None, None) => said.value.clone(),
                },
                by: self.by(history, said.change),
                edit,
            }
        });
        FieldConflict {
            field: conflict.key.clone(),
            said: said.collect(),
        }
    }

    fn item_text(&self, finding: &Finding) -> Option<String> {
        let (list, item) = finding.item.as_ref()?;
        let list = self.register.checklist(list, None)?;
        Some(list.items.iter().find(|i| i.code == *item)?.text.clone())
    }

    fn before(&self, history: &History, finding: &Finding) -> Vec<PhotoShown> {
        let photos = finding.photos.iter();
        photos
            .map(|said| self.photo(&said.value, self.by(history, said.change)))
            .collect()
    }

    /// The photos of the newest rectification, or of the correction on the spot.
    fn after(&self, history: &History, finding: &Finding) -> Vec<PhotoShown> {
        let shows = |act: &FindingAct| {
            matches!(
                act,
                FindingAct::Rectified { .. } | FindingAct::CorrectedOnSpot
            )
        };
        let newest = finding.events.iter().rev().find(|e| shows(&e.event.act));
        newest
            .map(|event| self.event_photos(history, event))
            .unwrap_or_default()
    }

    pub(crate) fn event_photos(
        &self,
        history: &History,
        event: &EventAt<FindingAct>,
    ) -> Vec<PhotoShown> {
        let photos = event.event.photos.iter();
        photos
            .map(|photo| self.photo(photo, self.by(history, event.change)))
            .collect()
    }

    /// Who rectifies, then who answers for the site.
    fn responsible(&self, finding: &Finding) -> Vec<ResponsibleShown> {
        let named = finding.responsible.iter().map(|who| ResponsibleShown {
            ground: "rectify".to_owned(),
            person: Some(self.person(*who)),
            unit: None,
        });
        let site = finding.site.map(|site| self.answering(site));
        named.chain(site.into_iter().flatten()).collect()
    }

    fn timeline(&self, history: &History, finding: &Finding) -> Vec<TimelineEntry> {
        let reported = TimelineEntry {
            kind: "reported".to_owned(),
            text: finding.text.clone(),
            due: finding.proposed_due,
            who: finding.proposed_who.map(|who| self.name(who)),
            ..TimelineEntry::of(self.by(history, finding.root))
        };
        let events = finding
            .events
            .iter()
            .map(|event| self.entry(history, finding, event));
        let mut timeline: Vec<TimelineEntry> = std::iter::once(reported).chain(events).collect();
        timeline.reverse();
        timeline
    }

    fn entry(
        &self,
        history: &History,
        finding: &Finding,
        event: &EventAt<FindingAct>,
    ) -> TimelineEntry {
        let said = Saying::of(&event.event.act);
        let own = event.event.text.clone().unwrap_or_default();
        let apart = event
            .received
            .map_or(0, |received| received.since(event.claimed).saturating_abs());
        let officers = event
            .event
            .officers
            .map(|two| two.to_vec())
            .unwrap_or_default();
        TimelineEntry {
            event: Some(event.id),
            kind: word_of(&event.event.act),
            unit: event.event.unit.map(|unit| self.unit_name(unit)),
            officers: officers.iter().map(|officer| self.name(*officer)).collect(),
            text: [said.text, own]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            due: said.due,
            who: said.who.map(|who| self.name(who)),
            to: said.to.map(|to| self.unit_name(to)),
            photos: self.event_photos(history, event),
            void: finding.no_effect.get(&event.id).map(word),
            marked: finding.origin != Origin::SelfFound && self.is_marked(event, &officers),
            clock: apart > DAY_MS,
            ..TimelineEntry::of(self.by(history, event.change))
        }
    }

    /// An official act without two officers whose certificates were valid that day.
    pub(crate) fn is_marked(&self, event: &EventAt<FindingAct>, officers: &[PersonId]) -> bool {
        if event.event.unit.is_none() {
            return false;
        }
        let day = self.register.settings().zone.day(event.counted);
        let valid = officers.iter().filter(|officer| {
            let certificate = self
                .register
                .person(**officer)
                .and_then(|p| p.certificate.as_ref());
            certificate.is_some_and(|c| c.expires >= day)
        });
        valid.count() < 2
    }

    /// What I may do now, the likely first; and what I may not, where there is a way out to offer.
    fn finding_actions(&self, finding: &Finding, actions: Vec<Action>) -> Vec<ActionOffer> {
        let shown = actions.into_iter().filter(|action| {
            let fields = matches!(action.act.as_str(), "report" | "settled");
            let settles = action.act == "settled" && finding.disputed;
            let way_out = |refused: &permit::Refused| !refused.details.units.is_empty();
            let offered = action.refused.as_ref().is_none_or(|refused| {
                action.act == "ordered" && finding.duties.is_empty() && way_out(refused)
            });
            action.fits && (!fields || settles) && offered
        });
        let mut offers: Vec<ActionOffer> =
            shown.map(|action| self.offer(finding, action)).collect();
        let order = likely(finding);
        offers.order_by_key(|offer| {
            let place = order.iter().position(|kind| *kind == offer.kind);
            (offer.refused.is_some(), place.unwrap_or(order.len()))
        });
        offers
    }

    fn offer(&self, finding: &Finding, action: Action) -> ActionOffer {
        let kind = action.act.as_str();
        ActionOffer {
            units: action
                .unit
                .into_iter()
                .map(|unit| self.unit(unit))
                .collect(),
            officers: self.proposed_officers(action.unit),
            people: self.choosable(kind, finding.site, finding),
            to: self.handed_to(kind, finding),
            due: self.proposed_date(kind, finding),
            refused: action.refused.map(|refused| refused.problem()),
            kind: action.act,
        }
    }

    /// Me, then colleagues of the issuing unit: those with a valid certificate first, and of them the
    /// one whom I named last.
    fn proposed_officers(&self, unit: Option<UnitId>) -> Vec<crate::request::OfficerShown> {
        let Some(unit) = unit else { return Vec::new() };
        let mut people: Vec<PersonId> = self.register.posts_in(unit).map(|p| p.person).collect();
        people.retain(|person| *person != self.me);
        people.dedup();
        let mut officers = vec![self.officer(self.me, "member")];
        let others = people
            .into_iter()
            .map(|person| self.officer(person, "member"));
        officers.extend(others.filter(|officer| officer.certificate.is_some()));
        let usual = self.usual_partner();
        officers.order_by_key(|officer| {
            let person = officer.person.id;
            (person != self.me, !officer.valid, Some(person) != usual)
        });
        officers
    }

    /// The second officer of the newest order that I am an officer of.
    fn usual_partner(&self) -> Option<PersonId> {
        let mine = self.records.findings.values();
        let mine = mine.filter(|f| f.officers.len() == 2 && f.officers.contains(&self.me));
        let newest = mine.max_by_key(|finding| finding.changed)?;
        let mut partners = newest.officers.iter().copied();
        partners.find(|person| *person != self.me)
    }

    fn choosable(&self, kind: &str, site: Option<UnitId>, finding: &Finding) -> Vec<PersonShown> {
        match (kind, site) {
            ("ordered" | "assigned" | "reassigned", Some(site)) => {
                let mut people = self.people_of(site);
                let first = self.suggested(site, finding.level);
                people.order_by_key(|person| Some(person.id) != first);
                people
            }
            ("listed", Some(site)) => {
                let above = self
                    .register
                    .unit(site)
                    .and_then(|unit| unit.parent)
                    .into_iter();
                let units: Vec<UnitId> = above.chain(finding.units.iter().copied()).collect();
                let leaders = [PostKind::Main, PostKind::Party];
                units
                    .iter()
                    .filter_map(|unit| self.somebody(*unit, &leaders))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn handed_to(&self, kind: &str, finding: &Finding) -> Vec<UnitShown> {
        let Some(site) = finding.site else {
            return Vec::new();
        };
        let units = match kind {
            "proposed" => with_power(self.register, site),
            "transferred" => overseers(self.register, site),
            _ => return Vec::new(),
        };
        let others = units
            .into_iter()
            .filter(|unit| !finding.units.contains(unit));
        others.map(|unit| self.unit(unit)).collect()
    }

    fn proposed_date(&self, kind: &str, finding: &Finding) -> Option<Date> {
        let week = self.today.plus_days(7);
        match kind {
            "ordered" => Some(
                finding
                    .proposed_due
                    .filter(|due| *due >= self.today)
                    .unwrap_or(week),
            ),
            "failed" => Some(week),
            "asked" => finding.deadline.map(|deadline| deadline.plus_days(7)),
            "granted" => finding
                .events
                .iter()
                .rev()
                .find_map(|e| match &e.event.act {
                    FindingAct::Asked { due, .. } => Some(*due),
                    _ => None,
                }),
            _ => None,
        }
    }

    /// The change that carries an event.
    pub(crate) fn event_change(&self, history: &History, event: EventId) -> Option<ChangeNo> {
        history
            .writes(&format!("ev/{event}"))
            .first()
            .map(|write| write.change)
    }
}

/// What an act names, for a line of the timeline.
#[derive(Default)]
struct Saying {
    text: String,
    due: Option<Date>,
    who: Option<PersonId>,
    to: Option<UnitId>,
}

impl Saying {
    fn of(act: &FindingAct) -> Self {
        let text = |text: &str| Self {
            text: text.to_owned(),
            ..Self::default()
        };
        match act {
            FindingAct::Ordered { due, who, ground } => Self {
                due: Some(*due),
                who: Some(*who),
                ..text(ground)
            },
            FindingAct::Asked { due, reason } => Self {
                due: Some(*due),
                ..text(reason)
            },
            FindingAct::Granted { due } | FindingAct::Failed { due } => Self {
                due: Some(*due),
                ..Self::default()
            },
            FindingAct::Assigned { who } | FindingAct::Reassigned { who } => Self {
                who: Some(*who),
                ..Self::default()
            },
            FindingAct::Proposed { to } | FindingAct::Transferred { to } => Self {
                to: Some(*to),
                ..Self::default()
            },
            FindingAct::Sited { site } => Self {
                to: Some(*site),
                ..Self::default()
            },
            FindingAct::Declined { reason } | FindingAct::Withdrawn { reason } => text(reason),
            FindingAct::Halted { measure, ground } => text(&format!("{measure}\n{ground}")),
            FindingAct::Listed { level, who } => Self {
                who: Some(*who),
                ..text(level)
            },
            FindingAct::Graded { clause, .. } => {
                let named = clause
                    .as_ref()
                    .map(|c| format!("{} {}", c.standard, c.article));
                text(&named.unwrap_or_default())
            }
            _ => Self::default(),
        }
    }
}

/// The event's kind as it stands in the record.
fn word_of(act: &FindingAct) -> String {
    let value = serde_json::to_value(act).unwrap_or_default();
    value
        .get("k")
        .and_then(|k| k.as_str())
        .unwrap_or_default()
        .to_owned()
}

/// The acts that somebody is likely to want in a state, the likeliest first.
fn likely(finding: &Finding) -> &'static [&'static str] {
    match finding.state {
        FindingState::Reported => &[
            "ordered",
            "corrected_on_spot",
            "proposed",
            "graded",
            "halted",
        ],
        FindingState::Ordered => &[
            "accepted",
            "rectified",
            "failed",
            "assigned",
            "asked",
            "reassigned",
            "halted",
        ],
        FindingState::Accepted => &["rectified", "assigned", "asked", "failed", "reassigned"],
        FindingState::ExtensionAsked => &["granted", "declined", "rectified"],
        FindingState::Rectified => &["passed", "failed", "resumed", "reassigned"],
        FindingState::Withdrawn | FindingState::Closed => &["commented", "failed"],
    }
}

/// The edit that chooses a value of a field in conflict.
fn edit_of(key: &str, value: &str) -> FindingEdit {
    let text = || Some(value.to_owned());
    let mut edit = FindingEdit::default();
    match key {
        "text" => edit.text = text(),
        "where" => edit.location = text(),
        "basis" => edit.basis = text(),
        "level" if value == "major" => edit.level = Some(Level::Major),
        "level" => edit.level = Some(Level::General),
        "clause" => edit.clause = serde_json::from_str(value).ok(),
        "due" => edit.due = value.parse().ok(),
        "who" => edit.who = value.parse().ok(),
        _ => {}
    }
    edit
}

/// The events that contradict each other.
fn disputes(finding: &Finding) -> Vec<EventId> {
    if !finding.disputed {
        return Vec::new();
    }
    let contradicts = |act: &FindingAct| {
        matches!(
            act,
            FindingAct::Ordered { .. }
                | FindingAct::Failed { .. }
                | FindingAct::Passed
                | FindingAct::Withdrawn { .. }
                | FindingAct::Duplicate { .. }
                | FindingAct::Granted { .. }
                | FindingAct::Declined { .. }
                | FindingAct::CorrectedOnSpot
                | FindingAct::Settled { .. }
        )
    };
    finding
        .events
        .iter()
        .filter(|e| contradicts(&e.event.act))
        .map(|e| e.id)
        .collect()
}
