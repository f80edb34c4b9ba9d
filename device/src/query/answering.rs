//! Who answers for a site, and on what ground: its principal, its territory, the regulators of its
//! industry (安全生产法 第五条、第九条、第十条).

use xunan_core::id::UnitId;
use xunan_core::register::PostKind;

use super::View;
use crate::request::ResponsibleShown;

impl View<'_> {
    /// The site's principal, then the in-charge leaders of its territory and of its regulators.
    pub(crate) fn answering(&self, site: UnitId) -> Vec<ResponsibleShown> {
        let Some(unit) = self.register.unit(site) else {
            return Vec::new();
        };
        let principal = self.somebody(site, &[PostKind::Principal]);
        let principal = principal.map(|person| ResponsibleShown {
            ground: "principal".to_owned(),
            person: Some(person),
            unit: None,
        });
        let territory = unit.parent.iter().map(|parent| ("territory", *parent));
        let regulators = unit.regulators.iter();
        let industry = regulators.map(|regulator| ("industry", *regulator));
        let above = territory
            .chain(industry)
            .map(|(ground, id)| ResponsibleShown {
                ground: ground.to_owned(),
                person: self.somebody(id, &[PostKind::InCharge, PostKind::Main]),
                unit: Some(self.unit(id)),
            });
        principal.into_iter().chain(above).collect()
    }
}
