//! A refusal and the way out of it. Refusals are facts to be shown, not failures.

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem, Retry};
use crate::id::{DocId, PersonId, UnitId};

/// What would help: who may do it instead, what must come before, or what else one may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WayOut {
    /// The units that may do it, or in whose name one may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// The people who may do it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The kind of event that must be there first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The kind of event, or key, that one may write instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The field that is missing or wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl WayOut {
    pub(crate) fn units(units: impl IntoIterator<Item = UnitId>) -> Self {
        Self {
            units: units.into_iter().collect(),
            ..Self::default()
        }
    }
    pub(crate) fn people(people: impl IntoIterator<Item = PersonId>) -> Self {
        Self {
            people: people.into_iter().collect(),
            ..Self::default()
        }
    }
    pub(crate) fn first(kind: &str) -> Self {
        Self {
            first: Some(kind.to_owned()),
            ..Self::default()
        }
    }
    pub(crate) fn instead(kind: &str) -> Self {
        Self::default().or_instead(kind)
    }
    pub(crate) fn field(name: &str) -> Self {
        Self {
            field: Some(name.to_owned()),
            ..Self::default()
        }
    }
    pub(crate) fn or_instead(self, kind: &str) -> Self {
        Self {
            instead: Some(kind.to_owned()),
            ..self
        }
    }
    pub(crate) fn or_people(self, people: impl IntoIterator<Item = PersonId>) -> Self {
        Self {
            people: people.into_iter().collect(),
            ..self
        }
    }
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A change that its author had no right to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[error("{code} at {key}")]
pub struct Refused {
    /// Why.
    pub code: Code,
    /// The key of the op that is refused.
    pub key: String,
    /// What would help.
    pub details: Box<WayOut>,
}

impl Refused {
    /// When it makes sense to try the same again.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        match self.code {
            Code::NewerThanRelay => Retry::AfterUpdate,
            _ => Retry::Never,
        }
    }
    /// As it crosses to a screen; several ids are separated by spaces.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let WayOut {
            units,
            people,
            first,
            instead,
            field,
        } = &*self.details;
        let named = [
            ("units", join(units)),
            ("people", join(people)),
            ("first", first.clone().unwrap_or_default()),
            ("instead", instead.clone().unwrap_or_default()),
            ("field", field.clone().unwrap_or_default()),
        ];
        let problem = Problem::new(self.code)
            .retry(self.retry())
            .with("key", &self.key);
        let said = named.into_iter().filter(|(_, value)| !value.is_empty());
        said.fold(problem, |problem, (name, value)| problem.with(name, value))
    }
}

fn join<T: ToString>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(T::to_string).collect();
    ids.join(" ")
}

/// Why judging an op stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// No right.
    Refused(Code, Box<WayOut>),
    /// It hangs on an inspection that isn't known yet.
    Held(DocId),
}

impl Stop {
    pub(crate) fn refused(code: Code, details: WayOut) -> Self {
        Self::Refused(code, Box::new(details))
    }
    /// An op that this version is too old to judge.
    pub(crate) fn unknown() -> Self {
        Self::refused(Code::NewerThanRelay, WayOut::default())
    }
    /// An event without a field of its own.
    pub(crate) fn shape(field: &str) -> Self {
        Self::refused(Code::EventShape, WayOut::field(field))
    }
}
