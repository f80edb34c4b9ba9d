//! Whether an official inspection's record is complete (安全生产法 第六十八条).

use super::{Inspection, TeamRole};
use crate::id::PersonId;
use crate::record::SignedAs;
use crate::register::Register;
use crate::timestamp::Timestamp;

/// What an official inspection's record lacks.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum Lack {
    /// The ground of the inspection.
    Basis,
    /// Two officers with certificates valid on the day.
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

/// What completeness is judged by, besides the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The end; unfinished, the beginning.
    pub at: Timestamp,
    /// It says on what basis it was made.
    pub has_basis: bool,
    /// Those of the team who may be its officers: leaders and members, no experts.
    pub officers: Vec<PersonId>,
    /// Those whose own signature, as officer or leader, counts.
    pub signed: Vec<PersonId>,
    /// The representative's signature or a refusal counts.
    pub is_represented: bool,
}

impl From<&Inspection> for Evidence {
    fn from(inspection: &Inspection) -> Self {
        let counting = || inspection.signatures.iter().filter(|s| s.counts);
        let is_own = |role: SignedAs| matches!(role, SignedAs::Officer | SignedAs::Leader);
        let own = counting().filter(|signature| is_own(signature.role));
        let may_be_officer = inspection
            .present()
            .filter(|member| member.role != TeamRole::Expert);
        Self {
            at: inspection.finished.unwrap_or(inspection.began),
            has_basis: inspection.basis.is_some(),
            officers: may_be_officer.map(|member| member.person).collect(),
            signed: own.filter_map(|signature| signature.person).collect(),
            is_represented: counting().any(|s| s.role == SignedAs::Representative)
                || inspection.refusals.iter().any(|refusal| refusal.counts),
        }
    }
}

impl Evidence {
    /// What the record lacks; nothing = complete. Certificates are judged by the newest rows of the
    /// people and the local day.
    #[must_use]
    pub fn lacks(&self, register: &Register) -> Vec<Lack> {
        let day = register.settings().zone.day(self.at);
        let is_certified = |person: &PersonId| {
            let certificate = register
                .person(*person)
                .and_then(|p| p.certificate.as_ref());
            certificate.is_some_and(|certificate| certificate.expires >= day)
        };
        let officers = self.officers.iter().copied();
        let certified: Vec<PersonId> = officers.filter(is_certified).collect();
        let has_signed = |person: &PersonId| self.signed.contains(person);
        let signed: Vec<PersonId> = certified.iter().copied().filter(has_signed).collect();

        let mut lacks = Vec::new();
        if !self.has_basis {
            lacks.push(Lack::Basis);
        }
        if certified.len() < 2 {
            lacks.push(Lack::Officers { certified });
        }
        if signed.len() < 2 {
            lacks.push(Lack::OfficerSignatures { signed });
        }
        if !self.is_represented {
            lacks.push(Lack::Representative);
        }
        lacks
    }
}

/// What an official inspection's record lacks; nothing = complete.
#[must_use]
pub fn completeness(inspection: &Inspection, register: &Register) -> Vec<Lack> {
    Evidence::from(inspection).lacks(register)
}
