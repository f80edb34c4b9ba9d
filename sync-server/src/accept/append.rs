//! The last step: changes, refusals, audiences and names of blobs in one transaction; then those
//! whom it concerns are woken.

use std::collections::BTreeSet;

use xunan_core::change::Scalar;
use xunan_core::id::DocId;

use super::blobs_named;
use super::permit::{Desk, Judged, Permitted};
use crate::halt;
use crate::relay::Relay;
use crate::scope;
use crate::store::{PushRecord, StoreError, Writing};

/// Writes what was judged, and gives the push's number, if anything of it is kept. When this returns
/// well, it is on disk.
pub(super) fn append(
    relay: &Relay,
    mut desk: Desk<'_>,
    mut push: PushRecord,
    judged: &Judged,
) -> Result<Option<i64>, StoreError> {
    push.held = !judged.held.is_empty();
    if judged.permitted.is_empty() && judged.refusals.is_empty() && push.held {
        // All of it waits: the relay keeps nothing.
        return Ok(None);
    }
    halt::at("append.before");
    let (n, woken) = relay.store.write(|edit| {
        let n = edit.add_push(&push)?;
        for refusal in &judged.refusals {
            edit.add_refusal(n, refusal)?;
        }
        for (id, kind, permitted) in &judged.permitted {
            let document = edit.document(*id, *kind)?;
            for one in permitted {
                edit.append(document, n, one.marked, one.change.raw())?;
                for hash in blobs_named(&one.change) {
                    edit.name_blob(hash, *id)?;
                }
            }
            if let Some(inspection) = permitted.iter().find_map(inspection_of) {
                edit.set_inspection(*id, inspection)?;
            }
        }
        let woken = turn_audiences(relay, edit, &mut desk, judged)?;
        halt::at("append.after");
        Ok::<_, StoreError>((n, woken))
    })?;
    halt::at("commit.after");
    desk.put_back();
    relay.waiting.news_for(&woken);
    Ok(Some(n))
}

/// The inspection that a finding's first change names.
fn inspection_of(one: &Permitted) -> Option<DocId> {
    let from = one.change.ops.iter().find(|op| op.key == "from")?;
    match &from.value {
        Scalar::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// Works out anew who sees the documents of this push, and the findings of an inspection whose team
/// changed. Gives all whom it concerns: those who see them, and those who no longer do.
fn turn_audiences(
    relay: &Relay,
    edit: &Writing<'_>,
    desk: &mut Desk<'_>,
    judged: &Judged,
) -> Result<BTreeSet<String>, StoreError> {
    let known = relay.registers.newest();
    let mut documents: BTreeSet<(DocId, _)> = BTreeSet::new();
    for (id, kind, permitted) in &judged.permitted {
        documents.insert((*id, *kind));
        let team = permitted.iter().any(|one| {
            let mut ops = one.change.ops.iter();
            ops.any(|op| op.key.starts_with("team/"))
        });
        if team {
            documents.extend(edit.findings_of(*id)?);
        }
    }
    let position = edit.head()?;
    let mut concerned = BTreeSet::new();
    for (id, kind) in documents {
        desk.open(id, kind)?;
        let Some(history) = desk.open.get(&id) else {
            continue;
        };
        let subjects = scope::subjects_of_record(&known.register, history, desk);
        desk.failed()?;
        concerned.extend(edit.set_audience(id, &subjects, position)?);
        concerned.extend(subjects);
    }
    Ok(concerned)
}
