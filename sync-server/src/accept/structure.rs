//! Rules 1–11: rebuilds each part of a batch against the index of its document.

use xunan_core::change::Change;
use xunan_core::code::Code;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;
use xunan_core::wire::batch::{Batch, PartError};
use xunan_core::wire::sync::{Outcome, Verdict};

use super::Desk;
use crate::store::Result;

/// A part's changes, all of them sound; some may be known already.
#[derive(Debug)]
pub(super) struct RebuiltPart {
    pub(super) id: DocId,
    pub(super) kind: RecordKind,
    pub(super) changes: Vec<Change>,
}

/// Rebuilds all parts, or says which could not be.
pub(super) fn rebuild(
    batch: &mut Batch<'_>,
    desk: &mut Desk<'_>,
) -> Result<Result<Vec<RebuiltPart>, Vec<Verdict>>> {
    let heads: Vec<_> = batch.parts().iter().map(|p| (p.id, p.kind)).collect();
    let (mut parts, mut verdicts) = (Vec::new(), Vec::new());
    for (n, (id, kind)) in heads.into_iter().enumerate() {
        // The index as it will be: rights are judged later, against the index as it was.
        let scratch = desk.scratch(id, kind)?;
        match batch.rebuild(n, scratch) {
            Ok(changes) => parts.push(RebuiltPart { id, kind, changes }),
            Err(error) => verdicts.push(verdict(n, error)),
        }
    }
    Ok(if verdicts.is_empty() {
        Ok(parts)
    } else {
        Err(verdicts)
    })
}

fn verdict(part: usize, error: PartError) -> Verdict {
    let outcome = match error.invalid.code {
        Code::ChangeHeld => Outcome::Held {
            missing: Vec::new(),
        },
        Code::ChangeFork => Outcome::Fork,
        Code::BatchAmbiguous | Code::BatchCheck => Outcome::Unclear,
        code => Outcome::Refused {
            code,
            rule: error.invalid.rule,
            key: error.invalid.key,
            details: std::collections::BTreeMap::new(),
        },
    };
    Verdict {
        part: u32::try_from(part).unwrap_or(u32::MAX),
        position: u32::try_from(error.position).unwrap_or(u32::MAX),
        outcome,
    }
}
