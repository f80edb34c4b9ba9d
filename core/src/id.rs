//! Names of things: every id is a type of its own, so that a person can't be passed for a unit.
//!
//! UUIDs travel as lower-case hyphenated text, hashes and actors as lower-case hex. Nothing here
//! draws ids: randomness belongs to hosts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::spelled;

/// A text that is not the id it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}")]
pub struct IdError {
    /// What was expected, for example `person id`.
    pub kind: &'static str,
}

fn has_capitals(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// From its sixteen bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
            /// Its sixteen bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
            /// UUIDv7 from a host's clock and ten random bytes.
            #[must_use]
            pub fn new(millis: u64, random: &[u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid().into_bytes())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).as_hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                // One spelling only: keys and JSON are compared as text.
                let parsed = Some(text).filter(|text| text.len() == 36 && !has_capitals(text));
                match parsed.map(uuid::Uuid::try_parse) {
                    Some(Ok(id)) => Ok(Self(id.into_bytes())),
                    _ => Err(IdError { kind: $kind }),
                }
            }
        }
        bytes_serde!($name);
    };
}

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// From its bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let error = IdError { kind: $kind };
                if has_capitals(text) {
                    return Err(error);
                }
                let mut bytes = [0; $len];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| error)?;
                Ok(Self(bytes))
            }
        }
        bytes_serde!($name);
    };
}

/// Text where people may read it, bytes elsewhere.
macro_rules! bytes_serde {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_bytes(&self.0)
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    spelled::text(deserializer)
                } else {
                    spelled::bytes(deserializer).map(Self)
                }
            }
        }
        text_ts!($name);
    };
}

macro_rules! text_serde {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                spelled::text(deserializer)
            }
        }
        text_ts!($name);
    };
}

macro_rules! text_ts {
    ($name:ident) => {
        #[cfg(feature = "ts")]
        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
            fn inline(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
        }
    };
}

uuid_id!(
    /// A record: an inspection or a finding, and the Automerge document that it is.
    DocId, "record id"
);
uuid_id!(
    /// A person of the organisation.
    PersonId, "person id"
);
uuid_id!(
    /// A unit of the organisation; a site is an enterprise unit.
    UnitId, "unit id"
);
uuid_id!(
    /// A person's device.
    DeviceId, "device id"
);
uuid_id!(
    /// The organisation that a relay serves.
    OrganisationId, "organisation id"
);
uuid_id!(
    /// A row of the register that has no type of its own: a post, letter, target or planned visit.
    RowId, "row id"
);
hex_id!(
    /// SHA-256 of an Automerge change chunk: its name.
    ChangeHash, 32, "change hash"
);
hex_id!(
    /// SHA-256 of a blob (photo, thumbnail, drawn signature): its name.
    Sha256, 32, "blob hash"
);
hex_id!(
    /// One writer of changes: 16 bytes of the device key's hash and a tail of 4 random bytes.
    ActorId, 20, "actor id"
);

hex_id!(
    /// A life of the relay's storage: drawn anew when it is restored from a backup, so that devices
    /// know to compare.
    Epoch, 8, "relay epoch"
);

impl ActorId {
    /// The last four bytes, which stand in the keys of events.
    #[must_use]
    pub const fn tail(&self) -> [u8; 4] {
        let b = &self.0;
        [b[16], b[17], b[18], b[19]]
    }
    /// The part that belongs to the device's key.
    #[must_use]
    pub fn belongs_to(&self, key_part: &[u8; 16]) -> bool {
        self.0.starts_with(key_part)
    }
}

/// An event's name: its author's tail and the sequence number of its change. One event per change,
/// so it needs no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// The actor's last four bytes.
    pub tail: [u8; 4],
    /// The sequence number of the change.
    pub seq: u32,
}

impl EventId {
    /// The event that the `seq`-th change of an actor carries, if it carries one.
    #[must_use]
    pub const fn of(actor: ActorId, seq: u32) -> Self {
        let tail = actor.tail();
        Self { tail, seq }
    }
    /// Its key in the document.
    #[must_use]
    pub fn key(&self) -> String {
        format!("ev/{self}")
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", hex::encode(self.tail), self.seq)
    }
}

impl FromStr for EventId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = IdError { kind: "event id" };
        let (tail_text, seq_text) = text.split_once('.').ok_or_else(|| error.clone())?;
        let mut tail = [0; 4];
        hex::decode_to_slice(tail_text, &mut tail).map_err(|_| error.clone())?;
        let seq = seq_text.parse().map_err(|_| error.clone())?;
        let id = Self { tail, seq };
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(error)
        }
    }
}
text_serde!(EventId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
        assert_eq!(text.parse::<PersonId>().unwrap().to_string(), text);
        assert!(text.to_uppercase().parse::<PersonId>().is_err());
        assert!(text.replace('-', "").parse::<PersonId>().is_err());
        let braced = format!("{{{}}}", text.replace('-', ""));
        for wrong in [braced, format!("{{{text}}}"), format!("urn:uuid:{text}")] {
            assert!(wrong.parse::<PersonId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_event_id_has_one_spelling() {
        assert_eq!(
            "0a0b0c0d.17".parse::<EventId>().unwrap().to_string(),
            "0a0b0c0d.17"
        );
        for wrong in [
            "0a0b0c0d.017",
            "0A0b0c0d.1",
            "0a0b0c0d",
            "0a0b0c0d.-1",
            "0a0b0c0d.+1",
        ] {
            assert!(wrong.parse::<EventId>().is_err(), "{wrong}");
        }
    }
}
