//! Papers: the record of an inspection, and the orders, measures and re-check opinions of a finding.

use xunan_core::change::{ChangeNo, History};
use xunan_core::id::{PersonId, UnitId};
use xunan_core::order::Order;
use xunan_core::record::{
    EventAt, Finding, FindingAct, Inspection, InspectionAct, SignedAs, TeamRole, read_finding,
    read_inspection, report_then,
};
use xunan_core::register::PostKind;
use xunan_core::timestamp::Date;

use super::View;
use super::inspection::word;
use super::shown::rank;
use crate::request::{
    FindingPaper, PaperKind, PersonShown, PhotoShown, ProblemOnPaper, RecheckOnPaper, RecordPaper,
    SignatureShown, SiteOnPaper,
};

/// So much of a hash is read aloud and compared by eye.
const FINGERPRINT: usize = 16;

impl View<'_> {
    /// 现场检查记录, with the findings that were recorded in it.
    pub(crate) fn record_paper(
        &self,
        history: &History,
        findings: &[std::sync::Arc<History>],
    ) -> Option<RecordPaper> {
        let inspection = read_inspection(history, self.register, self.register)?;
        let visits = inspection.plan.iter();
        let visits = visits.filter_map(|row| self.register.planned_visit(*row));
        let lists = inspection.lists.iter();
        let lists =
            lists.filter_map(|(code, version)| self.register.checklist(code, Some(*version)));
        let mut members: Vec<_> = inspection.present().collect();
        members.order_by_key(|member| member.role != TeamRole::Leader);
        let officers = members.into_iter().map(|member| self.member(member));
        let (own, representative) = self.signed(history, &inspection);
        let opinions = self.opinions(history, &inspection).into_iter().rev();
        let refusal = inspection.refusals.last().filter(|refusal| refusal.counts);
        Some(RecordPaper {
            id: inspection.id,
            unit: self.full_unit_of(inspection.began_by),
            site: self.site_on_paper(inspection.site, inspection.place.as_deref()),
            official: inspection.is_official(),
            kind: inspection.kind,
            basis: inspection.basis.map(|basis| word(&basis)),
            months: visits.map(|visit| visit.month).collect(),
            began: inspection.began,
            ended: inspection.ended,
            finished: inspection.finished.is_some(),
            withdrawn: inspection.withdrawn,
            officers: officers.collect(),
            lists: lists.map(|list| list.name.clone()).collect(),
            counts: self.tally(&inspection).0,
            conclusion: inspection.end.clone(),
            problems: findings
                .iter()
                .filter_map(|history| self.problem(history))
                .collect(),
            signatures: own,
            opinions: opinions.collect(),
            rep_post: inspection.representative_post.clone(),
            rep_signature: representative,
            refusal: refusal.map(|said| (said.reason.clone(), said.witness.clone())),
            lacking: self.lacking(&inspection),
            fingerprint: finish_of(&inspection).and_then(|change| fingerprint(history, change)),
        })
    }

    /// The signatures that count: of officers and leader, and the representative's.
    fn signed(
        &self,
        history: &History,
        inspection: &Inspection,
    ) -> (Vec<SignatureShown>, Option<SignatureShown>) {
        let counting = inspection.signatures.iter().filter(|s| s.counts);
        let (own, others): (Vec<_>, Vec<_>) =
            counting.partition(|s| matches!(s.role, SignedAs::Officer | SignedAs::Leader));
        let representative = others
            .into_iter()
            .rev()
            .find(|s| s.role == SignedAs::Representative);
        (
            own.into_iter()
                .map(|s| self.signature(history, s))
                .collect(),
            representative.map(|s| self.signature(history, s)),
        )
    }

    fn problem(&self, history: &History) -> Option<ProblemOnPaper> {
        let finding = read_finding(history, self.register)?;
        let dealt = |event: &&EventAt<FindingAct>| {
            matches!(
                event.event.act,
                FindingAct::Ordered { .. } | FindingAct::Halted { .. }
            )
        };
        let first = finding.events.iter().find(dealt);
        let newest = history.entries().next_back().map(|(no, _)| no);
        let then = report_then(history, first.map_or(newest?, |event| event.change));
        let due = finding.events.iter().find_map(|e| match &e.event.act {
            FindingAct::Ordered { due, .. } => Some(*due),
            _ => None,
        });
        let measure = finding.events.iter().find_map(|e| match &e.event.act {
            FindingAct::Halted { measure, .. } => Some(measure.clone()),
            _ => None,
        });
        Some(ProblemOnPaper {
            id: finding.id,
            photos: u32::try_from(then.photos.len()).unwrap_or(u32::MAX),
            text: then.text,
            location: then.location_words,
            basis: then.basis,
            level: finding.level,
            suspected: finding.suspected,
            clause: finding.clause.clone(),
            corrected: finding.corrected_on_spot,
            due,
            measure,
            to: finding
                .proposed_to
                .first()
                .map(|unit| self.unit(*unit).name),
        })
    }

    /// The official papers of a finding, newest first. An enterprise's own orders are none.
    pub(crate) fn finding_papers(&self, history: &History) -> Option<Vec<FindingPaper>> {
        let finding = read_finding(history, self.register)?;
        let events = finding.events.iter().rev();
        Some(
            events
                .filter_map(|event| self.finding_paper(history, &finding, event))
                .collect(),
        )
    }

    fn finding_paper(
        &self,
        history: &History,
        finding: &Finding,
        event: &EventAt<FindingAct>,
    ) -> Option<FindingPaper> {
        let issuer = event.event.unit?;
        let unit = self.register.unit(issuer)?;
        if !unit.level.is_government() {
            return None;
        }
        let said = Said::of(&event.event.act, self.day(event))?;
        let then = report_then(history, event.change);
        let author = || self.by(history, event.change);
        let photos = then.photos.iter().map(|photo| {
            let reported = finding.photos.iter().find(|said| said.value.h == photo.h);
            let by = reported.map_or_else(author, |said| self.by(history, said.change));
            self.photo(photo, by)
        });
        let two = event.event.officers.as_ref().map(<[PersonId; 2]>::as_slice);
        let officers = two.into_iter().flatten();
        Some(FindingPaper {
            id: finding.id,
            event: event.id,
            kind: said.kind,
            unit: unit.name.clone(),
            site: self.site_on_paper(finding.site, finding.place.as_deref()),
            officers: officers.map(|who| self.officer(*who, "member")).collect(),
            at: event.counted,
            photos: photos.collect(),
            text: then.text,
            location: then.location_words,
            basis: then.basis,
            due: said.due,
            who: said.who.map(|who| self.person(who)),
            ground: said.ground,
            measure: said.measure,
            words: event.event.text.clone().unwrap_or_default(),
            recheck: said
                .passed
                .map(|passed| self.rechecked(history, finding, event, passed)),
            void: finding.no_effect.get(&event.id).map(word),
            marked: self.is_marked(event, two.unwrap_or_default()),
            fingerprint: fingerprint(history, event.change)?,
        })
    }

    /// What a re-check answers: the last order or failure that its author had seen, and the last
    /// report of rectification.
    fn rechecked(
        &self,
        history: &History,
        finding: &Finding,
        recheck: &EventAt<FindingAct>,
        passed: bool,
    ) -> RecheckOnPaper {
        let mut seen = finding
            .events
            .iter()
            .rev()
            .filter(|e| e.id != recheck.id && history.saw(recheck.change, e.change));
        let mut found = seen.clone().filter_map(|e| match &e.event.act {
            FindingAct::Ordered { due, .. } | FindingAct::Failed { due } => Some((e, *due)),
            _ => None,
        });
        let order = found.next();
        let extended = seen.clone().find_map(|e| match &e.event.act {
            FindingAct::Granted { due } if finding.holds(&e.id) => Some(*due),
            _ => None,
        });
        // More time belongs to the duty that it was asked for.
        let extended = extended.filter(|day| order.is_some_and(|(_, due)| *day > due));
        let done = seen.find(|e| matches!(e.event.act, FindingAct::Rectified { .. }));
        let mut photos: Vec<PhotoShown> = done
            .map(|event| self.event_photos(history, event))
            .unwrap_or_default();
        photos.extend(self.event_photos(history, recheck));
        RecheckOnPaper {
            passed,
            ordered: order.map(|(event, _)| self.day(event)),
            ordered_by: order.and_then(|(e, _)| Some(self.unit(e.event.unit?).name)),
            due: order.map(|(_, due)| due),
            extended,
            rectified: done.map(|event| event.event.text.clone().unwrap_or_default()),
            rectified_at: done.map(|event| event.counted),
            photos,
        }
    }

    fn day(&self, event: &EventAt<FindingAct>) -> Date {
        self.register.settings().zone.day(event.counted)
    }

    fn site_on_paper(&self, site: Option<UnitId>, place: Option<&str>) -> SiteOnPaper {
        let unit = site.and_then(|site| self.register.unit(site));
        let principal: Option<PersonShown> =
            site.and_then(|site| self.somebody(site, &[PostKind::Principal]));
        SiteOnPaper {
            name: unit
                .map_or(place.unwrap_or_default(), |u| &u.name)
                .to_owned(),
            // The import finds a site without a credit code by its name.
            code: unit.filter(|u| u.key != u.name).map(|u| u.key.clone()),
            address: unit.and_then(|u| u.address.clone()),
            principal,
        }
    }

    /// The full name of the unit that somebody mainly works for.
    fn full_unit_of(&self, person: Option<PersonId>) -> String {
        let posts = person.into_iter().flat_map(|p| self.register.posts_of(p));
        let post = posts.min_by_key(|post| rank(post.kind));
        post.map(|post| self.unit(post.unit).name)
            .unwrap_or_default()
    }
}

/// What an act says on its paper, if it has one.
struct Said {
    kind: PaperKind,
    due: Option<Date>,
    who: Option<PersonId>,
    ground: String,
    measure: String,
    passed: Option<bool>,
}

impl Said {
    fn of(act: &FindingAct, day: Date) -> Option<Self> {
        let said = |kind| Self {
            kind,
            due: None,
            who: None,
            ground: String::new(),
            measure: String::new(),
            passed: None,
        };
        Some(match act {
            // What is to be done at once is a measure on site, what has a term is an order.
            FindingAct::Ordered { due, who, ground } => Self {
                due: Some(*due),
                who: Some(*who),
                ground: ground.clone(),
                ..said(if *due <= day {
                    PaperKind::Measure
                } else {
                    PaperKind::Order
                })
            },
            FindingAct::Halted { measure, ground } => Self {
                ground: ground.clone(),
                measure: measure.clone(),
                ..said(PaperKind::Measure)
            },
            FindingAct::Passed => Self {
                passed: Some(true),
                ..said(PaperKind::Recheck)
            },
            FindingAct::Failed { due } => Self {
                due: Some(*due),
                passed: Some(false),
                ..said(PaperKind::Recheck)
            },
            _ => return None,
        })
    }
}

/// The change that ended an inspection, while it stands.
fn finish_of(inspection: &Inspection) -> Option<ChangeNo> {
    inspection.finished?;
    let mut events = inspection.events.iter().rev();
    events
        .find(|e| matches!(e.event.act, InspectionAct::Finished))
        .map(|e| e.change)
}

fn fingerprint(history: &History, change: ChangeNo) -> Option<String> {
    let hash = history.entry(change)?.hash.to_string();
    Some(hash.chars().take(FINGERPRINT).collect())
}
