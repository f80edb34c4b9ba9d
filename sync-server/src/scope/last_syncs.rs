//! When the devices of a supervisor's area last synced: who has not been heard of.

use xunan_core::id::{DeviceId, PersonId, UnitId};
use xunan_core::permit::oversight::{above, oversees};
use xunan_core::register::{PostKind, Register};
use xunan_core::timestamp::Timestamp;

use crate::store::{Reading, Result};

/// The device's own polling must not make everybody's answers long: so often at most.
pub(crate) const EVERY_MS: i64 = 10 * 60 * 1000;

/// The devices in a person's area that synced after a moment; none for who supervises nobody.
pub(crate) fn last_syncs(
    ask: &Reading<'_>,
    register: &Register,
    person: PersonId,
    after: Timestamp,
) -> Result<Vec<(DeviceId, Timestamp)>> {
    let own: Vec<UnitId> = register
        .posts_of(person)
        .filter(|post| post.kind.is_leader() || post.kind == PostKind::Supervisor)
        .map(|post| post.unit)
        .collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let below = |unit: UnitId| {
        own.contains(&unit)
            || above(register, unit).iter().any(|it| own.contains(it))
            || own.iter().any(|mine| oversees(register, *mine, unit))
    };
    let mut syncs = Vec::new();
    for device in ask.devices()? {
        let is_new = device.last_sync > after && device.revoked.is_none();
        if is_new
            && register
                .posts_of(device.person)
                .any(|post| below(post.unit))
        {
            syncs.push((device.id, device.last_sync));
        }
    }
    Ok(syncs)
}
