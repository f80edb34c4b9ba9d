//! The end of an inspection: what is unanswered, the conclusion, who signs.

use xunan_core::change::History;
use xunan_core::command::inspection::conclusion;
use xunan_core::id::PersonId;
use xunan_core::permit;
use xunan_core::record::{AnswerMeaning, FindingState, Inspection, SignedAs, TeamRole};

use super::View;
use crate::request::{EndCounts, EndView, FindingRow};

impl View<'_> {
    /// The end screen.
    pub(crate) fn end(&self, history: &History) -> Option<EndView> {
        let read = self.read(history)?;
        let inspection = &read.inspection;
        let record = self.records.inspections.get(&inspection.id)?;
        let (counts, unanswered) = self.tally(inspection);
        let signature = |role: SignedAs, person: Option<PersonId>| {
            let mut drawn = inspection.signatures.iter().rev();
            let found = drawn.find(|s| s.role == role && (person.is_none() || s.person == person));
            found.map(|s| self.signature(history, s))
        };
        let officers = inspection
            .present()
            .filter(|m| m.role != TeamRole::Expert)
            .map(|member| {
                let role = if member.role == TeamRole::Leader {
                    SignedAs::Leader
                } else {
                    SignedAs::Officer
                };
                (self.member(member), signature(role, Some(member.person)))
            });
        let written = inspection.end.clone();
        let actions = permit::actions(self.register, self.me, history, self.others);
        let may = |act: &str| actions.iter().any(|a| a.act == act && a.refused.is_none());
        Some(EndView {
            row: self.inspection_row(inspection.id, record),
            counts,
            unanswered,
            composed: written.is_none(),
            ordered: ordered(&read.findings),
            conclusion: written.unwrap_or_else(|| self.composed(inspection, &read.findings)),
            stand_ins: self.stand_ins(inspection),
            officers: officers.collect(),
            representatives: inspection
                .site
                .map(|site| self.people_of(site))
                .unwrap_or_default(),
            rep: inspection.representative.clone(),
            rep_post: inspection.representative_post.clone(),
            rep_signature: signature(SignedAs::Representative, None),
            refusal: inspection
                .refusals
                .last()
                .filter(|refusal| refusal.counts)
                .map(|refusal| (refusal.reason.clone(), refusal.witness.clone())),
            lacking: self.lacking(inspection),
            ended: inspection
                .ended
                .or_else(|| inspection.finished.is_none().then_some(self.now)),
            contradictions: self.contradictions(history, inspection),
            settles: may("fill") || may("settled"),
            opinions: self.opinions(history, inspection),
            leads: may("lead"),
            findings: read.findings,
        })
    }

    /// The answers counted, and what is unanswered.
    pub(crate) fn tally(
        &self,
        inspection: &Inspection,
    ) -> (EndCounts, Vec<(String, String, String)>) {
        let mut counts = EndCounts::default();
        let mut open = Vec::new();
        let lists = inspection.lists.iter();
        let items = lists.filter_map(|(code, version)| {
            Some((code, self.register.checklist(code, Some(*version))?))
        });
        for (code, item) in items.flat_map(|(code, list)| list.items.iter().map(move |i| (code, i)))
        {
            let answer = inspection.answers.get(&(code.clone(), item.code.clone()));
            let meaning = answer.map_or(AnswerMeaning::Unanswered, |a| a.meaning);
            counts.items = counts.items.saturating_add(1);
            let place = match meaning {
                AnswerMeaning::Good => &mut counts.ok,
                AnswerMeaning::Fail | AnswerMeaning::OutOfLimits => &mut counts.fail,
                AnswerMeaning::NotApplicable => &mut counts.na,
                AnswerMeaning::Unanswered => {
                    open.push((code.clone(), item.code.clone(), item.text.clone()));
                    &mut counts.unanswered
                }
            };
            *place = place.saturating_add(1);
        }
        (counts, open)
    }

    fn composed(&self, inspection: &Inspection, findings: &[FindingRow]) -> String {
        let (counts, _) = self.tally(inspection);
        let all = u32::try_from(findings.len()).unwrap_or(u32::MAX);
        conclusion(
            &[
                counts.items,
                counts.ok,
                counts.fail,
                counts.na,
                counts.unanswered,
            ],
            all,
            ordered(findings),
        )
    }

    /// Planned officers who aren't present, with who stands in.
    fn stand_ins(&self, inspection: &Inspection) -> Vec<(String, Option<String>)> {
        let visits = inspection
            .plan
            .iter()
            .filter_map(|row| self.register.planned_visit(*row));
        let planned: Vec<PersonId> = visits.flat_map(|visit| visit.officers.clone()).collect();
        let mut extra = inspection
            .present()
            .map(|member| member.person)
            .filter(|person| !planned.contains(person))
            .map(|person| self.name(person));
        let absent = planned
            .iter()
            .filter(|person| !inspection.is_in_team(**person));
        absent
            .map(|person| (self.name(*person), extra.next()))
            .collect()
    }
}

/// How many were ordered, or put right without an order.
fn ordered(findings: &[FindingRow]) -> u32 {
    let ordered = findings
        .iter()
        .filter(|f| f.state != FindingState::Reported);
    u32::try_from(ordered.count()).unwrap_or(u32::MAX)
}
