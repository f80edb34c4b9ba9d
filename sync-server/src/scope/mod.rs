//! Who gets what: audiences kept beside the log, and what a device gets from its cursor on. The
//! rules are core's; here they are asked at the right moments.

mod cursor;
mod last_syncs;
mod page;
mod pull;
mod rows;

use std::collections::BTreeSet;
use std::sync::PoisonError;

use xunan_core::change::History;
use xunan_core::permit::Records;
use xunan_core::register::Register;
use xunan_core::rule::audience::audience;

use crate::accept::Desk;
use crate::registers::subjects_in;
use crate::relay::Relay;
use crate::store::{Result, StoreError};

pub(crate) use pull::{Asked, PullError, pull};

/// The subjects that see a record, as register and record stand.
pub(crate) fn subjects_of_record(
    register: &Register,
    history: &History,
    records: &dyn Records,
) -> BTreeSet<String> {
    subjects_in(&audience(register, history, records))
}

/// Works out all audiences anew if the register moved: units, posts and people decide them. Devices
/// learn of it as arrivals and departures.
pub(crate) fn refresh(relay: &Relay) -> Result<()> {
    let known = relay.registers.newest();
    let revision = known.register.revision();
    // No push is judged meanwhile: it would work out audiences by another register.
    let mut histories = relay
        .histories
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let done = relay.store.read(|ask| ask.audience_revision())?;
    if done == revision {
        return Ok(());
    }
    let mut desk = Desk::new(&relay.store, &mut histories);
    relay.store.write(|edit| {
        let documents = edit.documents()?;
        if !documents.is_empty() && known.rights_changed_after(done) {
            let position = edit.next_position()?;
            for (id, kind) in documents {
                desk.open(id, kind)?;
                if let Some(history) = desk.open.get(&id) {
                    let subjects = subjects_of_record(&known.register, history, &desk);
                    desk.failed()?;
                    edit.set_audience(id, &subjects, position)?;
                }
                desk.close(id);
            }
        }
        edit.set_audience_revision(revision)?;
        Ok::<_, StoreError>(())
    })
}
