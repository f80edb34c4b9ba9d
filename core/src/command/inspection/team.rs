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

/// Says on what ground it is made, and which planned visits it fulfils.
#[must_use]
pub fn set_basis(basis: Basis, plan: &[RowId]) -> Puts {
    let rows = plan
        .iter()
        .map(|row| (InspectionKey::Plan(*row).to_string(), Scalar::Int(1)));
    let basis = (InspectionKey::Basis.to_string(), basis_word(basis));
    std::iter::once(basis).chain(rows).collect()
}
