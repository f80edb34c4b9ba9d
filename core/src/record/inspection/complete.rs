//! Whether an official inspection's record is complete (安全生产法 第六十八条).

use super::Inspection;
use crate::id::PersonId;
use crate::record::SignedAs;
use crate::register::Register;

/// What an official inspection's record lacks.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum Lack {
    /// The ground of the inspection.
    Basis,
    /// Two people of the team with certificates valid on the day.
    Officers {
        /// Those who have one.
        certified: Vec<PersonId>,
    },
    /// The signatures of two such people.
    OfficerSignatures {
        /// Those of them who signed, having seen all.
        signed: Vec<PersonId>,
    },
    /// The representative's signature, or a refusal.
    Representative,
}

/// What an official inspection's record lacks; nothing = complete. Certificates are judged by the
/// newest rows of the people and the local day of the end (or, unfinished, of the beginning).
#[must_use]
pub fn completeness(inspection: &Inspection, register: &Register) -> Vec<Lack> {
    let at = inspection.finished.unwrap_or(inspection.began);
    let day = register.settings().zone.day(at);
    let is_certified = |person: &PersonId| {
        let certificate = register
            .person(*person)
            .and_then(|p| p.certificate.as_ref());
        certificate.is_some_and(|certificate| certificate.expires >= day)
    };
    let has_signed = |person: &PersonId| {
        inspection.signatures.iter().any(|signature| {
            let as_officer = matches!(signature.role, SignedAs::Officer | SignedAs::Leader);
            signature.counts && as_officer && signature.person == Some(*person)
        })
    };
    let certified: Vec<PersonId> = inspection
        .present()
        .map(|member| member.person)
        .filter(is_certified)
        .collect();
    let signed: Vec<PersonId> = certified.iter().copied().filter(has_signed).collect();
    let representative = inspection
        .signatures
        .iter()
        .any(|signature| signature.counts && signature.role == SignedAs::Representative);
    let refused = inspection.refusals.iter().any(|refusal| refusal.counts);

    let mut lacks = Vec::new();
    if inspection.basis.is_none() {
        lacks.push(Lack::Basis);
    }
    if certified.len() < 2 {
        lacks.push(Lack::Officers { certified });
    }
    if signed.len() < 2 {
        lacks.push(Lack::OfficerSignatures { signed });
    }
    if !representative && !refused {
        lacks.push(Lack::Representative);
    }
    lacks
}
