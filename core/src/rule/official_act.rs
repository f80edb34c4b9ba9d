//! Whether an official act is done by two officers with valid certificates (行政处罚法 第四十二条).
//! What is missing never stops work: the act is marked, and not complete.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::record::{Event, FindingAct};
use crate::register::{Register, Unit};
use crate::timestamp::Timestamp;

/// What an official act lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum ActLack {
    /// Two different officers.
    Officers,
    /// A certificate of this officer.
    Certificate {
        /// Whose.
        person: PersonId,
    },
    /// A certificate of this officer that was valid on the day.
    CertificateExpired {
        /// Whose.
        person: PersonId,
    },
}

/// What an act by right of order lacks, done for a government unit; an enterprise's own lacks
/// nothing. Certificates are judged by the newest rows and the local day of the act's counted time.
#[must_use]
pub fn act_lacks(
    event: &Event<FindingAct>,
    counted: Timestamp,
    register: &Register,
) -> Vec<ActLack> {
    let unit: Option<&Unit> = event.unit.and_then(|unit| register.unit(unit));
    let is_official = unit.is_some_and(|unit| unit.level.is_government());
    if !is_official || !event.act.is_by_order() {
        return Vec::new();
    }
    let Some([first, second]) = event.officers.filter(|[first, second]| first != second) else {
        return vec![ActLack::Officers];
    };
    let day = register.settings().zone.day(counted);
    let lack = |person: PersonId| {
        let certificate = register.person(person).and_then(|p| p.certificate.as_ref());
        match certificate {
            None => Some(ActLack::Certificate { person }),
            Some(held) if held.expires < day => Some(ActLack::CertificateExpired { person }),
            Some(_) => None,
        }
    };
    [first, second].into_iter().filter_map(lack).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Cast, Story};
    use crate::timestamp::DAY_MS;

    fn lacks(cast: &Cast, unit: &str, officers: [&str; 2], years: i64) -> Vec<ActLack> {
        let event = cast.official(unit, officers, FindingAct::Passed);
        let at = Story::begin_time().plus(years * 366 * DAY_MS);
        act_lacks(&event, at, &cast.register())
    }

    #[test]
    fn an_official_act_names_two_officers_with_valid_certificates() {
        let cast = Cast::new();
        let person = cast.person("李强");
        assert_eq!(lacks(&cast, "东关", ["周敏", "李强"], 0), []);
        assert_eq!(
            lacks(&cast, "东关", ["李强", "李强"], 0),
            [ActLack::Officers]
        );
        let person_without = cast.person("吴主任");
        assert_eq!(
            lacks(&cast, "东关", ["周敏", "吴主任"], 0),
            [ActLack::Certificate {
                person: person_without
            }]
        );
        let expired = lacks(&cast, "东关", ["周敏", "李强"], 2);
        assert_eq!(expired.len(), 2);
        assert!(expired.contains(&ActLack::CertificateExpired { person }));
        // An enterprise's own acts, and acts that need no power, ask for no officers.
        assert_eq!(lacks(&cast, "宏达", ["李娜", "李娜"], 0), []);
        let comment = cast.official("东关", ["吴主任", "吴主任"], FindingAct::Commented);
        let none = act_lacks(&comment, Story::begin_time(), &cast.register());
        assert_eq!(none, []);
    }
}
