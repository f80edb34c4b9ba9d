//! Lists of findings.

use xunan_core::id::DocId;
use xunan_core::order::Order;
use xunan_core::record::Level;
use xunan_core::timestamp::Date;

use super::View;
use super::search::Search;
use crate::projection::FindingRecord;
use crate::request::{FindingFilter, FindingRow, Page};

/// Rows on a page unless asked otherwise.
pub(crate) const PAGE: u32 = 50;

impl View<'_> {
    /// The findings that fit a filter: open ones by due date, then the rest, newest first.
    pub(crate) fn findings(&self, filter: &FindingFilter) -> Page<FindingRow> {
        let search = Search::of(self.register, &filter.query);
        let fitting = self
            .records
            .findings
            .iter()
            .filter(|(_, f)| self.finding_fits(f, filter, search.as_ref()));
        let mut found: Vec<(DocId, &FindingRecord)> = fitting.map(|(id, f)| (*id, f)).collect();
        // Cached: with ten thousand rows a key would be worked out a hundred thousand times.
        found.order_by_key(|(id, f)| self.order_of(*id, f));
        page(&found, filter.offset, filter.limit, |(id, f)| {
            self.finding_row(*id, f)
        })
    }

    fn finding_fits(
        &self,
        finding: &FindingRecord,
        filter: &FindingFilter,
        search: Option<&Search<'_>>,
    ) -> bool {
        let mine = || {
            finding.reporter == Some(self.me)
                || finding.responsible.contains(&self.me)
                || finding.officers.contains(&self.me)
        };
        (filter.states.is_empty() || filter.states.contains(&finding.state))
            && filter.site.is_none_or(|site| finding.site == Some(site))
            && (!filter.overdue || finding.is_overdue(self.today))
            && (!filter.major || finding.level == Level::Major || finding.suspected)
            && (!filter.mine || mine())
            && search.is_none_or(|search| search.finds(finding))
    }

    /// Sort key of findings: open before closed, soonest due first, then newest.
    pub(crate) fn order_of(
        &self,
        id: DocId,
        f: &FindingRecord,
    ) -> (bool, Option<Date>, i64, DocId) {
        let due = self.finding_due(f);
        let far = Date::from_ymd(9999, 12, 31).ok();
        (!f.is_open(), due.or(far), f.reported.0.saturating_neg(), id)
    }

    /// The day that matters now: the deadline, the re-check's last day, or by when it is to be
    /// ordered.
    pub(crate) fn finding_due(&self, finding: &FindingRecord) -> Option<Date> {
        use xunan_core::record::FindingState as State;
        let settings = self.register.settings();
        let zone = &settings.zone;
        match finding.state {
            State::Reported => {
                let days = i64::from(settings.not_ordered_days);
                Some(zone.day(finding.reported).plus_days(days))
            }
            State::Ordered | State::Accepted | State::ExtensionAsked => finding.deadline,
            State::Rectified => self.recheck_due(finding),
            State::Withdrawn | State::Closed => None,
        }
    }

    /// The re-check's last day: so many days after the report of rectification or the deadline, the
    /// earlier one.
    pub(crate) fn recheck_due(&self, finding: &FindingRecord) -> Option<Date> {
        let settings = self.register.settings();
        let rectified = finding.rectified.map(|at| settings.zone.day(at));
        let trigger = [rectified, finding.deadline].into_iter().flatten().min()?;
        Some(trigger.plus_days(i64::from(settings.recheck_days)))
    }

    /// A finding in a list.
    pub(crate) fn finding_row(&self, id: DocId, finding: &FindingRecord) -> FindingRow {
        FindingRow {
            id,
            site: finding.site.map(|site| self.unit(site)),
            place: finding.place.clone(),
            text: finding.text.clone(),
            location: finding.location.clone(),
            level: finding.level,
            suspected: finding.suspected,
            state: finding.state,
            due: self.finding_due(finding).map(|date| self.due(date)),
            thumb: finding.thumb.map(|hash| hash.to_string()),
            halted: finding.halted,
            listed: finding.listed,
            disputed: finding.disputed,
            overdue: finding.is_overdue(self.today),
            item: finding.item.clone(),
            kept: self.kept(id),
            new: !self.opened.contains(&id) && finding.reporter != Some(self.me),
        }
    }

    /// The findings recorded in an inspection, oldest first.
    pub(crate) fn findings_of(&self, inspection: DocId) -> Vec<FindingRow> {
        let mut found: Vec<_> = self
            .records
            .findings
            .iter()
            .filter(|(_, f)| f.from == Some(inspection))
            .collect();
        found.order_by_key(|(id, f)| (f.reported, **id));
        found
            .into_iter()
            .map(|(id, f)| self.finding_row(*id, f))
            .collect()
    }
}

/// One page of what was found.
pub(crate) fn page<T, R>(found: &[T], offset: u32, limit: u32, row: impl Fn(&T) -> R) -> Page<R> {
    let limit = if limit == 0 { PAGE } else { limit };
    let rows = found
        .iter()
        .skip(offset as usize)
        .take(limit as usize)
        .map(row)
        .collect();
    Page {
        rows,
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
    }
}
