//! Lists of inspections.

use std::collections::BTreeMap;

use xunan_core::id::DocId;
use xunan_core::order::Order;

use super::findings::page;
use super::{View, names};
use crate::projection::InspectionRecord;
use crate::request::{InspectionFilter, InspectionRow, Page};

impl View<'_> {
    /// The inspections that fit a filter: unfinished ones first, then newest first.
    pub(crate) fn inspections(&self, filter: &InspectionFilter) -> Page<InspectionRow> {
        let fitting = self
            .records
            .inspections
            .iter()
            .filter(|(_, i)| self.inspection_fits(i, filter));
        let mut found: Vec<(DocId, &InspectionRecord)> = fitting.map(|(id, i)| (*id, i)).collect();
        found.order_by_key(|(id, i)| (!i.is_unfinished(), i.began.0.saturating_neg(), *id));
        let findings = self.findings_by_inspection();
        page(&found, filter.offset, filter.limit, |(id, i)| {
            self.inspection_row_with(*id, i, findings.get(id).copied().unwrap_or_default())
        })
    }

    fn inspection_fits(&self, inspection: &InspectionRecord, filter: &InspectionFilter) -> bool {
        let says = || {
            let site = inspection.site.and_then(|id| self.register.unit(id));
            let name = site.map_or("", |unit| unit.name.as_str());
            let place = inspection.place.as_deref().unwrap_or_default();
            names::fits(&filter.query, &[name, place]) || inspection.end.contains(&filter.query)
        };
        filter.site.is_none_or(|site| inspection.site == Some(site))
            && filter
                .finished
                .is_none_or(|wanted| inspection.finished.is_some() == wanted)
            && (!filter.mine || inspection.has(self.me) || inspection.began_by == Some(self.me))
            && (filter.query.trim().is_empty() || says())
    }

    /// An inspection in a list.
    pub(crate) fn inspection_row(&self, id: DocId, inspection: &InspectionRecord) -> InspectionRow {
        let findings = self.records.findings.values();
        let findings = findings.filter(|f| f.from == Some(id)).count();
        self.inspection_row_with(id, inspection, u32::try_from(findings).unwrap_or(u32::MAX))
    }

    /// How many findings were recorded in each inspection: for lists, which must not count anew for
    /// each row.
    pub(crate) fn findings_by_inspection(&self) -> BTreeMap<DocId, u32> {
        let mut counts: BTreeMap<DocId, u32> = BTreeMap::new();
        for inspection in self.records.findings.values().filter_map(|f| f.from) {
            let held = counts.entry(inspection).or_default();
            *held = held.saturating_add(1);
        }
        counts
    }

    /// An inspection in a list, with the number of its findings.
    pub(crate) fn inspection_row_with(
        &self,
        id: DocId,
        inspection: &InspectionRecord,
        findings: u32,
    ) -> InspectionRow {
        InspectionRow {
            id,
            site: inspection.site.map(|site| self.unit(site)),
            place: inspection.place.clone(),
            kind: inspection.kind,
            began: inspection.began,
            finished: inspection.finished,
            team: inspection
                .present()
                .map(|(person, _)| self.name(person))
                .collect(),
            answered: inspection.answered,
            findings,
            conflicts: inspection.conflicts,
            withdrawn: inspection.withdrawn,
            kept: self.kept(id),
            new: !self.opened.contains(&id) && !inspection.has(self.me),
        }
    }
}
