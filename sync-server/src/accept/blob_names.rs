//! The blobs that a change names: photos and thumbnails in `p/…` keys and in events, and drawn
//! signatures.

use serde_json::Value;
use xunan_core::change::{Change, Scalar};
use xunan_core::id::Sha256;

/// All blobs named in a change.
pub(crate) fn blobs_named(change: &Change) -> Vec<Sha256> {
    let mut names = Vec::new();
    for op in &change.ops {
        let Scalar::Text(text) = &op.value else {
            continue;
        };
        if op.key.starts_with("p/") {
            let name = op.key.rsplit('/').next();
            names.extend(name.and_then(|name| name.parse::<Sha256>().ok()));
            names.extend(json(text).as_ref().and_then(|photo| hash(photo, "thumb")));
        } else if op.key.starts_with("ev/") {
            names.extend(json(text).iter().flat_map(of_event));
        }
    }
    names
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn hash(value: &Value, field: &str) -> Option<Sha256> {
    value.get(field)?.as_str()?.parse().ok()
}

fn of_event(event: &Value) -> Vec<Sha256> {
    let photos = event.get("photos").and_then(Value::as_array);
    let of_photos = photos.into_iter().flatten().flat_map(|photo| {
        let both = [hash(photo, "h"), hash(photo, "thumb")];
        both.into_iter().flatten()
    });
    of_photos.chain(hash(event, "drawing")).collect()
}
