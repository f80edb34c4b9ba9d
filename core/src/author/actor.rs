//! Actors: a device's key names sixteen of their twenty bytes, so nobody else's device can pass for
//! its writer.

use sha2::{Digest, Sha256};

use crate::id::ActorId;

const CONTEXT: &[u8] = b"xunan/actor/v1";

/// The part of an actor that all writers of a device have in common.
#[must_use]
pub fn key_part(public_key: &[u8; 32]) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(CONTEXT)
        .chain_update(public_key)
        .finalize();
    let mut part = [0; 16];
    part.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    part
}

/// The actor with a random tail, drawn anew at installation, after a restore or a copy, and
/// whenever the relay shows a fork.
#[must_use]
pub fn actor(public_key: &[u8; 32], tail: [u8; 4]) -> ActorId {
    let mut bytes = [0; 20];
    let both = key_part(public_key).into_iter().chain(tail);
    bytes.iter_mut().zip(both).for_each(|(to, from)| *to = from);
    ActorId::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_its_devices_and_nobody_elses() {
        let actor = actor(&[7; 32], [1, 2, 3, 4]);
        assert_eq!(
            actor.to_string(),
            "9c8431552d3e99fcaa515ab8eb00677a01020304"
        );
        assert_eq!(actor.tail(), [1, 2, 3, 4]);
        assert!(actor.belongs_to(&key_part(&[7; 32])));
        assert!(!actor.belongs_to(&key_part(&[8; 32])));
    }
}
