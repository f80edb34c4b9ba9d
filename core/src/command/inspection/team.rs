//! Who is in the team, on what ground, with which checklists.

use crate::change::Scalar;
use crate::command::Puts;
use crate::id::{PersonId, RowId};
use crate::record::{Basis, InspectionKey, TeamRole};

pub(super) fn role_word(role: TeamRole) -> Scalar {
    let word = match role {
        TeamRole::Leader => "leader",
        TeamRole::Member => "member",
        TeamRole::Expert => "expert",
        TeamRole::Left => "left",
    };
    Scalar::Text(word.to_owned())
}

pub(super) fn basis_word(basis: Basis) -> Scalar {
    let word = match basis {
        Basis::Plan => "plan",
        Basis::Action => "action",
        Basis::Report => "report",
        Basis::Recheck => "recheck",
    };
    Scalar::Text(word.to_owned())
}

/// Names a person's role in the team; [`TeamRole::Left`] takes them out.
#[must_use]
pub fn name_member(person: PersonId, role: TeamRole) -> Puts {
    vec![(InspectionKey::Team(person).to_string(), role_word(role))]
}

/// Takes a checklist into the inspection.
#[must_use]
pub fn add_list(code: &str, version: u32) -> Puts {
    vec![(
        InspectionKey::List(code).to_string(),
        Scalar::Int(i64::from(version)),
    )]
}

/// Says on what ground it is made, and which planned visits it fulfils; those that it named before
/// and names no more are cleared.
#[must_use]
pub fn set_basis(basis: Basis, plan: &[RowId], before: &[RowId]) -> Puts {
    let put = |row: &RowId, value| (InspectionKey::Plan(*row).to_string(), value);
    let basis = (InspectionKey::Basis.to_string(), basis_word(basis));
    let named = plan.iter().map(|row| put(row, Scalar::Int(1)));
    let gone = before.iter().filter(|row| !plan.contains(row));
    let cleared = gone.map(|row| put(row, Scalar::Null));
    std::iter::once(basis).chain(named).chain(cleared).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_ground_clears_the_visits_that_it_names_no_more() {
        let [one, two, three] = [1, 2, 3].map(|n| RowId::from_bytes([n; 16]));
        let puts = set_basis(Basis::Plan, &[two, three], &[one, two]);
        let of = |row: RowId| {
            let key = InspectionKey::Plan(row).to_string();
            puts.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone())
        };
        assert_eq!(of(one), Some(Scalar::Null));
        assert_eq!(of(two), Some(Scalar::Int(1)));
        assert_eq!(of(three), Some(Scalar::Int(1)));
        assert_eq!(puts.len(), 4);
    }
}
