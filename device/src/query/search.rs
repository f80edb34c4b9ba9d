//! What was typed into a search. What of it is the same for many rows is worked out once: initials
//! are looked for once a site, not once a row.

use std::collections::BTreeSet;

use xunan_core::id::UnitId;
use xunan_core::register::Register;

use super::names;
use crate::projection::{FindingRecord, InspectionRecord};

/// See the module. Initials are looked for in names alone: in sentences they would find anything.
#[derive(Clone)]
pub(crate) struct Search<'a> {
    words: Vec<&'a str>,
    register: &'a Register,
    /// Sites whose name it fits, initials included.
    sites: BTreeSet<UnitId>,
}

impl<'a> Search<'a> {
    /// None: nothing was typed.
    pub(crate) fn of(register: &'a Register, query: &'a str) -> Option<Self> {
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return None;
        }
        let units = register.units();
        let named = units.filter(|(_, versions)| {
            let newest = versions.newest();
            newest.is_some_and(|unit| names::fits(query, &[unit.value.name.as_str()]))
        });
        Some(Self {
            words,
            register,
            sites: named.map(|(id, _)| id).collect(),
        })
    }

    /// In text, location, place, or the site's name.
    pub(crate) fn finds(&self, finding: &FindingRecord) -> bool {
        let place = finding.place.as_deref().unwrap_or_default();
        self.fits(finding.site, &[&finding.text, &finding.location, place])
    }

    /// In the names of the team, the conclusion, the place, or the site's name.
    pub(crate) fn finds_inspection(&self, inspection: &InspectionRecord) -> bool {
        let team = inspection.present();
        let people = team.filter_map(|(person, _)| self.register.person(person));
        let mut texts: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        texts.push(&inspection.end);
        texts.push(inspection.place.as_deref().unwrap_or_default());
        self.fits(inspection.site, &texts)
    }

    fn fits(&self, site: Option<UnitId>, texts: &[&str]) -> bool {
        if site.is_some_and(|site| self.sites.contains(&site)) {
            return true;
        }
        let unit = site.and_then(|site| self.register.unit(site));
        let name = unit.map_or("", |unit| unit.name.as_str());
        let has = |word: &&str| name.contains(*word) || texts.iter().any(|it| it.contains(*word));
        self.words.iter().all(has)
    }
}
