//! What a person may intend, one file for each verb: checked input in, puts of one change out.
//!
//! A command says nothing of rights. The change that is composed from its puts is judged by
//! [`crate::permit`], the same as anybody's, so that a command and its change can't differ.

pub mod finding;
mod input;
pub mod inspection;

use crate::change::Scalar;
use crate::code::{Code, Problem};

pub use input::words;

/// Keys with their values, for one change. Values that stand already are not put again.
pub type Puts = Vec<(String, Scalar)>;

/// Why an input is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A field is missing, too long, or not of its form.
    #[error("{field} can't be what was given")]
    Invalid {
        /// Which field.
        field: &'static str,
    },
    /// A deadline before today.
    #[error("the deadline lies in the past")]
    DeadlineInPast,
    /// A hazard without photo and words.
    #[error("a hazard needs a photo or words")]
    Empty,
    /// Graded major without a clause.
    #[error("a major one needs the clause of a judging standard")]
    ClauseMissing,
    /// Corrected on the spot, with nothing to show for it.
    #[error("correcting on the spot needs a photo from after")]
    AfterMissing,
    /// A major one rectified without the five in place.
    #[error("rectifying a major one needs the five in place")]
    FiveMissing,
}

impl InputError {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Invalid { .. } => Code::InputInvalid,
            Self::DeadlineInPast => Code::DeadlineInPast,
            Self::Empty => Code::FindingEmpty,
            Self::ClauseMissing => Code::ClauseMissing,
            Self::AfterMissing => Code::AfterMissing,
            Self::FiveMissing => Code::FiveMissing,
        }
    }
}

impl From<InputError> for Problem {
    fn from(error: InputError) -> Self {
        let problem = Self::new(error.code());
        match error {
            InputError::Invalid { field } => problem.with("field", field),
            _ => problem,
        }
    }
}
