//! What a command puts, in a form that can be put again on another history. Beside each change the
//! outbox keeps its draft: a change can't be moved, a draft can.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xunan_core::change::{History, Scalar};
use xunan_core::id::EventId;

/// The puts of one change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Puts {
    /// Keys with their values.
    #[serde(with = "puts_text", default)]
    pub(crate) values: Vec<(String, Scalar)>,
    /// The event's JSON, if there is one; its key is known only when the change is composed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
}

impl Puts {
    /// What of this changes something in a record. Its names stand in the first change and only
    /// there. A value that stands alone isn't put again, as that would make a change out of nothing;
    /// one in conflict is: putting it settles.
    pub(crate) fn fitted(&self, history: &History) -> Self {
        let stands = |key: &str, value: &Scalar| match history.visible(key).as_slice() {
            [only] => only.value == *value,
            // Clearing what was never there says nothing.
            [] => *value == Scalar::Null,
            _ => false,
        };
        let mut values: Vec<(String, Scalar)> = self
            .values
            .iter()
            .filter(|(key, value)| key != "id" && key != "v" && !stands(key, value))
            .cloned()
            .collect();
        if history.is_empty() && !(values.is_empty() && self.event.is_none()) {
            let id = Scalar::Bytes(history.id().as_bytes().to_vec());
            let version = Scalar::from(history.kind().version());
            values.extend([("id".to_owned(), id), ("v".to_owned(), version)]);
        }
        Self {
            values,
            event: self.event.clone(),
        }
    }
    /// All puts, the event under its name.
    pub(crate) fn at(&self, event: EventId) -> Vec<(String, Scalar)> {
        let named = self
            .event
            .as_ref()
            .map(|text| (format!("ev/{event}"), Scalar::Text(text.clone())));
        self.values.iter().cloned().chain(named).collect()
    }
    /// Whether nothing is put.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.event.is_none()
    }
    /// The same with the names of events changed: an event that is done again has another name.
    pub(crate) fn renamed(&self, names: &BTreeMap<EventId, EventId>) -> Self {
        let event = self.event.as_ref().map(|text| rename_events(text, names));
        Self {
            values: self.values.clone(),
            event,
        }
    }
}

/// Events are named in `re` and `not` only.
fn rename_events(text: &str, names: &BTreeMap<EventId, EventId>) -> String {
    let Ok(mut event) = serde_json::from_str::<serde_json::Value>(text) else {
        return text.to_owned();
    };
    let mut changed = false;
    for list in ["re", "not"] {
        let Some(ids) = event.get_mut(list).and_then(|ids| ids.as_array_mut()) else {
            continue;
        };
        for id in ids {
            let old = id.as_str().and_then(|text| text.parse().ok());
            if let Some(new) = old.and_then(|old: EventId| names.get(&old)) {
                *id = new.to_string().into();
                changed = true;
            }
        }
    }
    // Untouched words stay as they are, byte for byte.
    if changed {
        event.to_string()
    } else {
        text.to_owned()
    }
}

mod puts_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
    use xunan_core::change::Scalar;

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Spelled {
        Null,
        Bool(bool),
        Int(i64),
        Uint(u64),
        Time(i64),
        Text(String),
        Bytes(String),
    }

    pub(super) fn serialize<S: Serializer>(
        values: &[(String, Scalar)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let spelled = values.iter().map(|(key, value)| {
            let value = match value {
                Scalar::Null => Spelled::Null,
                Scalar::Bool(is) => Spelled::Bool(*is),
                Scalar::Int(number) => Spelled::Int(*number),
                Scalar::Uint(number) => Spelled::Uint(*number),
                Scalar::Time(ms) => Spelled::Time(*ms),
                Scalar::Text(text) => Spelled::Text(text.clone()),
                Scalar::Bytes(bytes) => Spelled::Bytes(hex::encode(bytes)),
            };
            (key, value)
        });
        spelled.collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(String, Scalar)>, D::Error> {
        let spelled = Vec::<(String, Spelled)>::deserialize(deserializer)?;
        let read = |(key, value)| {
            let value = match value {
                Spelled::Null => Scalar::Null,
                Spelled::Bool(is) => Scalar::Bool(is),
                Spelled::Int(number) => Scalar::Int(number),
                Spelled::Uint(number) => Scalar::Uint(number),
                Spelled::Time(ms) => Scalar::Time(ms),
                Spelled::Text(text) => Scalar::Text(text),
                Spelled::Bytes(text) => {
                    Scalar::Bytes(hex::decode(text).map_err(de::Error::custom)?)
                }
            };
            Ok((key, value))
        };
        spelled.into_iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_come_back_as_they_were() {
        let puts = Puts {
            values: vec![
                ("id".into(), Scalar::Bytes(vec![1, 255])),
                ("a/k3/12".into(), Scalar::Text("ok".into())),
                ("n/k3/12".into(), Scalar::Null),
                ("ended".into(), Scalar::Time(-5)),
                ("list/k3".into(), Scalar::Int(2)),
                ("plan/x".into(), Scalar::Uint(u64::MAX)),
                ("b".into(), Scalar::Bool(true)),
            ],
            event: Some(r#"{"k":"finished"}"#.into()),
        };
        let text = serde_json::to_string(&puts).unwrap();
        assert_eq!(serde_json::from_str::<Puts>(&text).unwrap(), puts);
    }

    #[test]
    fn an_event_done_again_names_its_own_by_their_new_names() {
        let old: EventId = "0a0b0c0d.2".parse().unwrap();
        let new: EventId = "11111111.1".parse().unwrap();
        let names = BTreeMap::from([(old, new)]);
        let event = |text: &str| Puts {
            values: vec![],
            event: Some(text.into()),
        };
        assert_eq!(
            event(r#"{"k":"settled","not":["0a0b0c0d.2","ffffffff.1"]}"#).renamed(&names),
            event(r#"{"k":"settled","not":["11111111.1","ffffffff.1"]}"#)
        );
        let untouched = event(r#"{ "k": "commented", "text": "0a0b0c0d.2" }"#);
        assert_eq!(untouched.renamed(&names), untouched);
    }
}
