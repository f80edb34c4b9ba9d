//! May this change be written by this person? The same function answers the phone before it writes
//! and the relay before it appends (rule 13 of protocol.md, section 3).
//!
//! Each op is judged by its key, the record's site, the author's posts as the given register has
//! them, and by what the author had seen. Officers and certificates of an act are never judged
//! here: readers mark what they lack.

use crate::change::{Change, History, Scalar};
use crate::id::{DocId, PersonId};
use crate::permit::attempt::{Attempt, held};
use crate::permit::finding::Report;
use crate::permit::inspection::{InspectionFacts, Visit};
use crate::permit::past::Past;
use crate::permit::refused::{Refused, Stop};
use crate::record::RecordKind;
use crate::register::Register;

/// The other records that a judgement needs, as the log stands.
pub trait Records {
    /// An inspection that a finding is from; none if it isn't known (yet).
    fn inspection(&self, id: DocId) -> Option<InspectionFacts>;
}

/// What became of a change that wasn't refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its author has the right.
    Allowed,
    /// It can't be judged before this inspection is known.
    Held(DocId),
}

/// Judges a change against the document as it was before it.
pub fn may(
    register: &Register,
    author: PersonId,
    history: &History,
    change: &Change,
    records: &dyn Records,
) -> Result<Verdict, Refused> {
    let puts: Vec<(&str, &Scalar)> = change
        .ops
        .iter()
        .map(|op| (op.key.as_str(), &op.value))
        .collect();
    judge(&Attempt {
        register,
        author,
        held: held(register, author),
        history,
        past: Past::new(history, &change.deps),
        puts: &puts,
        records,
    })
}

pub(crate) fn judge(attempt: &Attempt<'_>) -> Result<Verdict, Refused> {
    let (key, stop) = match first_stop(attempt) {
        Ok(()) => return Ok(Verdict::Allowed),
        Err(stopped) => stopped,
    };
    match stop {
        Stop::Held(inspection) => Ok(Verdict::Held(inspection)),
        Stop::Refused(code, details) => Err(Refused {
            code,
            key: key.to_owned(),
            details,
        }),
    }
}

/// The first op that may not be written, and why; a refusal comes before a wait.
fn first_stop<'a>(attempt: &Attempt<'a>) -> Result<(), (&'a str, Stop)> {
    let first = attempt.puts.first().map_or("", |(key, _)| *key);
    let at_first = |stop| (first, stop);
    attempt.writes_records().map_err(at_first)?;
    let mut held = Ok(());
    let mut judge = |key: &'a str, judged: Result<(), Stop>| match judged {
        Err(Stop::Held(inspection)) => {
            held = Err((key, Stop::Held(inspection)));
            Ok(())
        }
        other => other.map_err(|stop| (key, stop)),
    };
    match attempt.history.kind() {
        RecordKind::Finding => {
            let report = Report::new(attempt).map_err(at_first)?;
            if attempt.is_root() {
                judge(first, report.may_begin())?;
            }
            for (key, value) in attempt.puts {
                judge(key, report.may_put(key, value))?;
            }
        }
        RecordKind::Inspection => {
            let visit = Visit::new(attempt).map_err(at_first)?;
            if attempt.is_root() {
                judge(first, visit.may_begin())?;
            }
            for (key, value) in attempt.puts {
                judge(key, visit.may_put(key, value))?;
            }
        }
    }
    held
}
