//! Who is suggested as responsible for a finding. Whoever reports or orders it may name another.

use crate::record::Level;
use crate::register::{Post, PostKind};

/// Of a site's posts, those who answer first in front: the safety officer's, for a major finding the
/// principal's; where the site has none such, the first.
#[must_use]
pub fn suggested<'a>(posts: &[&'a Post], level: Level) -> Option<&'a Post> {
    let wanted = match level {
        Level::Major => PostKind::Principal,
        Level::General => PostKind::SafetyOfficer,
    };
    let found = posts.iter().find(|post| post.kind == wanted);
    found.or_else(|| posts.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PersonId, UnitId};

    #[test]
    fn the_safety_officer_and_for_a_major_one_the_principal() {
        let post = |number: u8, kind| Post {
            person: PersonId::from_bytes([number; 16]),
            unit: UnitId::from_bytes([9; 16]),
            kind,
            title: String::new(),
            duties: String::new(),
        };
        let principal = post(1, PostKind::Principal);
        let officer = post(2, PostKind::SafetyOfficer);
        let worker = post(3, PostKind::Worker);
        let both = [&principal, &officer, &worker];
        assert_eq!(suggested(&both, Level::General), Some(&officer));
        assert_eq!(suggested(&both, Level::Major), Some(&principal));
        let no_officer = [&principal, &worker];
        assert_eq!(suggested(&no_officer, Level::General), Some(&principal));
        assert_eq!(suggested(&[&worker], Level::Major), Some(&worker));
        assert_eq!(suggested(&[], Level::General), None);
    }
}
