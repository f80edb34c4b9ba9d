//! The supervisor's queue: what needs a decision, and what is watched.

use xunan_core::id::DocId;
use xunan_core::record::Level;

use super::View;
use crate::projection::{FindingRecord, InspectionRecord};
use crate::request::{Queue, QueueGroup, TaskKind};

const GROUPS: [QueueGroup; 10] = [
    QueueGroup::Recheck,
    QueueGroup::Extension,
    QueueGroup::Order,
    QueueGroup::Overdue,
    QueueGroup::Major,
    QueueGroup::DueToday,
    QueueGroup::Conflict,
    QueueGroup::RefusedSignature,
    QueueGroup::NewInspection,
    QueueGroup::NotAccepted,
];

impl View<'_> {
    /// Counts of all groups and the rows of one; without a choice the first that has any.
    pub(crate) fn queue(&self, group: Option<QueueGroup>, limit: u32, not_accepted: u32) -> Queue {
        let groups: Vec<(QueueGroup, u32)> = GROUPS
            .iter()
            .map(|group| {
                let count = match group {
                    QueueGroup::NotAccepted => not_accepted,
                    _ => {
                        let n = self.findings_in(*group).len() + self.inspections_in(*group).len();
                        u32::try_from(n).unwrap_or(u32::MAX)
                    }
                };
                (*group, count)
            })
            .collect();
        let first = groups
            .iter()
            .find(|(_, count)| *count > 0)
            .map(|(group, _)| *group);
        let group = group.or(first).unwrap_or(QueueGroup::Recheck);
        let limit = if limit == 0 { 200 } else { limit as usize };
        let mut findings = self.findings_in(group);
        findings.sort_by_key(|(id, f)| self.order_of(*id, f));
        let mut inspections = self.inspections_in(group);
        inspections.sort_by_key(|(id, i)| (i.began.0.saturating_neg(), *id));
        Queue {
            groups,
            group,
            findings: findings
                .into_iter()
                .take(limit)
                .map(|(id, f)| self.finding_row(id, f))
                .collect(),
            inspections: inspections
                .into_iter()
                .take(limit)
                .map(|(id, i)| self.inspection_row(id, i))
                .collect(),
        }
    }

    fn findings_in(&self, group: QueueGroup) -> Vec<(DocId, &FindingRecord)> {
        let fits = |f: &FindingRecord| {
            let duty = || self.duty_of(f).map(|(kind, _)| kind);
            let overdue = f.is_overdue(self.today);
            match group {
                QueueGroup::Order => duty() == Some(TaskKind::Order),
                QueueGroup::Recheck => !overdue && duty() == Some(TaskKind::Recheck),
                QueueGroup::Extension => duty() == Some(TaskKind::Extension),
                QueueGroup::Overdue => overdue,
                QueueGroup::Major => f.is_open() && (f.level == Level::Major || f.suspected),
                QueueGroup::DueToday => f.is_waiting() && f.deadline == Some(self.today),
                _ => false,
            }
        };
        let found = self.records.findings.iter().filter(|(_, f)| fits(f));
        found.map(|(id, f)| (*id, f)).collect()
    }

    fn inspections_in(&self, group: QueueGroup) -> Vec<(DocId, &InspectionRecord)> {
        let fits = |id: &DocId, i: &InspectionRecord| match group {
            QueueGroup::Conflict => i.conflicts > 0 && !i.withdrawn,
            QueueGroup::RefusedSignature => i.refused && !self.opened.contains(id),
            QueueGroup::NewInspection => {
                i.finished.is_some() && !self.opened.contains(id) && !i.has(self.me)
            }
            _ => false,
        };
        let found = self
            .records
            .inspections
            .iter()
            .filter(|(id, i)| fits(id, i));
        found.map(|(id, i)| (*id, i)).collect()
    }
}
