//! The right to change the year's plan after it was imported: to move a planned visit, or to name a
//! stand-in. It reaches as far as looking after a unit's plan does: the own unit's and those of the
//! units below it in territory. What may become of a visit is judged in `rule::plan_change`.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::id::{PersonId, UnitId};
use crate::permit::attempt::{Held, held};
use crate::permit::oversight::above;
use crate::permit::refused::{Refused, WayOut};
use crate::permit::table::rights_of;
use crate::register::{PostKind, Register};

/// Whether a person may change rows of a unit's plan. Who holds an administrator's post may not,
/// whatever else he or she holds: the plan comes in by import, and from then on it is work.
pub fn may_plan(register: &Register, author: PersonId, unit: UnitId) -> Result<(), Refused> {
    let held = held(register, author);
    let administers = |held: &Held| held.rights.kind == PostKind::Administrator;
    let chain = with_above(register, unit);
    let plans = |held: &Held| held.rights.plan && chain.contains(&held.unit);
    if held.iter().any(plans) && !held.iter().any(administers) {
        return Ok(());
    }
    Err(Refused {
        code: Code::PermitNoRight,
        key: String::new(),
        details: Box::new(WayOut::units([unit]).or_people(planners(register, &chain))),
    })
}

/// The people of the unit who may; if it has none, those of the nearest unit above that has some.
fn planners(register: &Register, chain: &[UnitId]) -> BTreeSet<PersonId> {
    let of_unit = |unit: &UnitId| -> BTreeSet<PersonId> {
        let posts = register.posts_in(*unit);
        posts
            .filter(|post| rights_of(post.kind).plan)
            .map(|post| post.person)
            .collect()
    };
    let mut all = chain.iter().map(of_unit);
    all.find(|people| !people.is_empty()).unwrap_or_default()
}

fn with_above(register: &Register, unit: UnitId) -> Vec<UnitId> {
    std::iter::once(unit).chain(above(register, unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Cast;

    #[test]
    fn who_looks_after_a_plan_may_change_it_and_nobody_else() {
        let mut cast = Cast::new();
        cast.add_person("王监", "东关", PostKind::Supervisor);
        cast.add_person("钱书记", "东关", PostKind::Party);
        cast.add_person("冯主任", "西关", PostKind::Main);
        cast.add_person("郭洋", "区", PostKind::Administrator);
        let register = cast.register();
        for (who, whose, may) in [
            ("王监", "东关", true),     // a supervisor
            ("吴主任", "东关", true),   // the in-charge leader
            ("冯主任", "西关", true),   // the main leader
            ("王区长", "东关", true),   // the main leader of the unit above
            ("王区长", "应急局", true), // departments are below the district, too
            ("王监", "西关", false),    // another unit's plan
            ("孙监", "东关", false),    // a department is above nobody
            ("周敏", "东关", false),    // an inspector
            ("钱书记", "东关", false),  // the committee leads, the unit plans
            ("李娜", "东关", false),
            ("郭洋", "东关", false), // brings the plan in, and changes none
        ] {
            let outcome = may_plan(&register, cast.person(who), cast.unit(whose));
            assert_eq!(outcome.is_ok(), may, "{who} {whose}");
            let Err(refused) = outcome else { continue };
            assert_eq!(refused.code, Code::PermitNoRight);
            assert_eq!(refused.details.units, [cast.unit(whose)]);
            assert!(
                !refused.details.people.is_empty(),
                "{who} is told whom to ask"
            );
        }
    }

    #[test]
    fn the_way_out_is_the_nearest_who_may() {
        let cast = Cast::new();
        let register = cast.register();
        let ask = |whose: &str| {
            let refused = may_plan(&register, cast.person("郑检"), cast.unit(whose));
            refused.unwrap_err().details.people
        };
        assert_eq!(ask("东关"), [cast.person("吴主任")]);
        // 西关 has an inspector alone: the district's main leader.
        assert_eq!(ask("西关"), [cast.person("王区长")]);
    }

    #[test]
    fn an_administrator_with_another_post_changes_no_plan() {
        let mut cast = Cast::new();
        cast.add_person("王监", "东关", PostKind::Supervisor);
        let post = crate::register::Post {
            person: cast.person("王监"),
            unit: cast.unit("东关"),
            kind: PostKind::Administrator,
            title: String::new(),
            duties: String::new(),
        };
        let id = crate::id::RowId::from_bytes([0x77; 16]).to_string();
        cast.add_row(crate::register::Table::Post, id, 0, &post);
        let outcome = may_plan(&cast.register(), cast.person("王监"), cast.unit("东关"));
        assert_eq!(outcome.unwrap_err().code, Code::PermitNoRight);
    }
}
