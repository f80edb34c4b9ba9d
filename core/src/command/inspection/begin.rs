//! Begins an inspection: its root.

use crate::change::Scalar;
use crate::command::input::{json, needed};
use crate::command::{InputError, Puts};
use crate::id::{PersonId, RowId, UnitId};
use crate::record::{Basis, InspectionKey, Location, TeamRole};
use crate::register::InspectionKind;

use super::team::{basis_word, role_word};

/// What a begun inspection says from its first change on.
#[derive(Debug, Clone)]
pub struct Begin<'a> {
    /// The site, or
    pub site: Option<UnitId>,
    /// words for a place that is not in the register.
    pub place: Option<&'a str>,
    /// Its kind.
    pub kind: InspectionKind,
    /// Where it begins.
    pub loc: Option<&'a Location>,
    /// On what ground.
    pub basis: Option<Basis>,
    /// The planned visits that it fulfils.
    pub plan: &'a [RowId],
    /// Checklists with their versions.
    pub lists: &'a [(String, u32)],
    /// Who is in the team.
    pub team: &'a [(PersonId, TeamRole)],
}

/// The puts of its root, without `id` and `v`.
///
/// # Errors
/// [`InputError::Invalid`] without a site or place.
pub fn begin(command: &Begin<'_>) -> Result<Puts, InputError> {
    let mut puts = Puts::new();
    match (command.site, command.place) {
        (Some(site), _) => {
            puts.push((
                InspectionKey::Site.to_string(),
                Scalar::Text(site.to_string()),
            ));
        }
        (None, Some(place)) => {
            let place = Scalar::Text(needed("place", place)?);
            puts.push((InspectionKey::Place.to_string(), place));
        }
        (None, None) => return Err(InputError::Invalid { field: "site" }),
    }
    let kind = Scalar::Text(command.kind.as_str().to_owned());
    puts.push((InspectionKey::Kind.to_string(), kind));
    if let Some(loc) = command.loc {
        puts.push((InspectionKey::Location.to_string(), json(loc)));
    }
    if let Some(basis) = command.basis {
        puts.push((InspectionKey::Basis.to_string(), basis_word(basis)));
    }
    for row in command.plan {
        puts.push((InspectionKey::Plan(*row).to_string(), Scalar::Int(1)));
    }
    for (code, version) in command.lists {
        let version = Scalar::Int(i64::from(*version));
        puts.push((InspectionKey::List(code).to_string(), version));
    }
    for (person, role) in command.team {
        puts.push((InspectionKey::Team(*person).to_string(), role_word(*role)));
    }
    Ok(puts)
}
