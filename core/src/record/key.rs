//! The key grammar of records (protocol.md, section 2): keys read from text and written as text,
//! in one place, so that what is written can always be read.
//!
//! `Display` writes a key and `read` reads it; one is the other's inverse. A key that this version
//! doesn't know is `None`: devices keep such a key and don't show it, the relay refuses what it
//! can't judge.

use std::fmt;
use std::str::FromStr;

use crate::id::{EventId, PersonId, RowId, Sha256};

/// Stands for "no checklist" and "no item" in the key of a photo that belongs to none.
const NONE: &str = "-";

/// An item of a checklist as answers, notes and photos name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemRef<'a> {
    /// The checklist's code, for example `k3`.
    pub list: &'a str,
    /// The item's code in it, for example `12`.
    pub item: &'a str,
}

impl<'a> ItemRef<'a> {
    /// An item, if both codes may stand in a key.
    #[must_use]
    pub fn new(list: &'a str, item: &'a str) -> Option<Self> {
        (is_code(list) && is_code(item)).then_some(Self { list, item })
    }
    /// From `<checklist>/<item>`, the form of a finding's key `item`.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (list, item) = text.split_once('/')?;
        Self::new(list, item)
    }
    /// Both codes as text of their own.
    #[must_use]
    pub fn to_owned_pair(self) -> (String, String) {
        (self.list.to_owned(), self.item.to_owned())
    }
}

impl fmt::Display for ItemRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.list, self.item)
    }
}

/// A short code given by the relay: it stands in keys, so it keeps to their letters, without `/`.
fn is_code(text: &str) -> bool {
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    !text.is_empty() && text != NONE && text.bytes().all(letters)
}

/// A key of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InspectionKey<'a> {
    /// `id`: the document's own id, in every root.
    Id,
    /// `v`: kind and version, in every root.
    Version,
    /// `site`: the inspected unit.
    Site,
    /// `place`: words for a place that is not in the register.
    Place,
    /// `kind`: see [`crate::register::InspectionKind`].
    Kind,
    /// `loc`: where it began.
    Location,
    /// `basis`: plan, action, report or recheck.
    Basis,
    /// `plan/<row>`: a planned visit that it fulfils.
    Plan(RowId),
    /// `list/<checklist>`: a checklist in use; the value is its version.
    List(&'a str),
    /// `team/<person>`: a person's role in the team.
    Team(PersonId),
    /// `a/<checklist>/<item>`
    Answer(ItemRef<'a>),
    /// `n/<checklist>/<item>`
    Note(ItemRef<'a>),
    /// `p/<checklist>/<item>/<sha256>`, or `p/-/-/<sha256>` for a photo of no item.
    Photo(Option<ItemRef<'a>>, Sha256),
    /// `end`: the conclusion.
    End,
    /// `ended`: the end's time on paper.
    Ended,
    /// `rep`: name of the site's representative.
    Representative,
    /// `rep_post`: post of the site's representative.
    RepresentativePost,
    /// `ev/<event>`
    Event(EventId),
}

impl<'a> InspectionKey<'a> {
    /// From a key's text; none for a key that this version doesn't know.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let Some((head, rest)) = text.split_once('/') else {
            return Self::read_plain(text);
        };
        match head {
            "plan" => id(rest).map(Self::Plan),
            "list" => is_code(rest).then_some(Self::List(rest)),
            "team" => id(rest).map(Self::Team),
            "a" => ItemRef::read(rest).map(Self::Answer),
            "n" => ItemRef::read(rest).map(Self::Note),
            "p" => {
                let (item, hash) = rest.rsplit_once('/')?;
                let hash = id(hash)?;
                if item == "-/-" {
                    Some(Self::Photo(None, hash))
                } else {
                    Some(Self::Photo(Some(ItemRef::read(item)?), hash))
                }
            }
            "ev" => id(rest).map(Self::Event),
            _ => None,
        }
    }
    fn read_plain(text: &str) -> Option<Self> {
        Some(match text {
            "id" => Self::Id,
            "v" => Self::Version,
            "site" => Self::Site,
            "place" => Self::Place,
            "kind" => Self::Kind,
            "loc" => Self::Location,
            "basis" => Self::Basis,
            "end" => Self::End,
            "ended" => Self::Ended,
            "rep" => Self::Representative,
            "rep_post" => Self::RepresentativePost,
            _ => return None,
        })
    }
    /// Stands in root changes only.
    #[must_use]
    pub const fn is_root_only(&self) -> bool {
        matches!(
            self,
            Self::Id | Self::Version | Self::Site | Self::Place | Self::Kind
        )
    }
}

impl fmt::Display for InspectionKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id => f.write_str("id"),
            Self::Version => f.write_str("v"),
            Self::Site => f.write_str("site"),
            Self::Place => f.write_str("place"),
            Self::Kind => f.write_str("kind"),
            Self::Location => f.write_str("loc"),
            Self::Basis => f.write_str("basis"),
            Self::Plan(row) => write!(f, "plan/{row}"),
            Self::List(list) => write!(f, "list/{list}"),
            Self::Team(person) => write!(f, "team/{person}"),
            Self::Answer(item) => write!(f, "a/{item}"),
            Self::Note(item) => write!(f, "n/{item}"),
            Self::Photo(Some(item), hash) => write!(f, "p/{item}/{hash}"),
            Self::Photo(None, hash) => write!(f, "p/-/-/{hash}"),
            Self::End => f.write_str("end"),
            Self::Ended => f.write_str("ended"),
            Self::Representative => f.write_str("rep"),
            Self::RepresentativePost => f.write_str("rep_post"),
            Self::Event(event) => write!(f, "ev/{event}"),
        }
    }
}

/// A key of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKey {
    /// `id`: the document's own id, in the root.
    Id,
    /// `v`: kind and version, in the root.
    Version,
    /// `site`: the unit where it was found.
    Site,
    /// `place`: words for a place that is not in the register.
    Place,
    /// `from`: the inspection that found it.
    From,
    /// `item`: `<checklist>/<item>` that it was found at.
    Item,
    /// `origin`: official, self or report.
    Origin,
    /// `text`: what it is.
    Text,
    /// `where`: where on the site, in words.
    Where,
    /// `level`: general or major.
    Level,
    /// `clause`: the judging standard's clause; JSON.
    Clause,
    /// `basis`: the law or standard that it offends.
    Basis,
    /// `due`: the proposed deadline.
    Due,
    /// `who`: the proposed responsible person.
    Who,
    /// `p/<sha256>`: a photo from before.
    Photo(Sha256),
    /// `loc`: where it was recorded.
    Location,
    /// `ev/<event>`
    Event(EventId),
}

impl FindingKey {
    /// From a key's text; none for a key that this version doesn't know.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Some(match text.split_once('/') {
            Some(("p", hash)) => Self::Photo(id(hash)?),
            Some(("ev", event)) => Self::Event(id(event)?),
            Some(_) => return None,
            None => match text {
                "id" => Self::Id,
                "v" => Self::Version,
                "site" => Self::Site,
                "place" => Self::Place,
                "from" => Self::From,
                "item" => Self::Item,
                "origin" => Self::Origin,
                "text" => Self::Text,
                "where" => Self::Where,
                "level" => Self::Level,
                "clause" => Self::Clause,
                "basis" => Self::Basis,
                "due" => Self::Due,
                "who" => Self::Who,
                "loc" => Self::Location,
                _ => return None,
            },
        })
    }
    /// Stands in the root change only.
    #[must_use]
    pub const fn is_root_only(&self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Version
                | Self::Site
                | Self::Place
                | Self::From
                | Self::Item
                | Self::Origin
        )
    }
}

impl fmt::Display for FindingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = match self {
            Self::Photo(hash) => return write!(f, "p/{hash}"),
            Self::Event(event) => return write!(f, "ev/{event}"),
            Self::Id => "id",
            Self::Version => "v",
            Self::Site => "site",
            Self::Place => "place",
            Self::From => "from",
            Self::Item => "item",
            Self::Origin => "origin",
            Self::Text => "text",
            Self::Where => "where",
            Self::Level => "level",
            Self::Clause => "clause",
            Self::Basis => "basis",
            Self::Due => "due",
            Self::Who => "who",
            Self::Location => "loc",
        };
        f.write_str(plain)
    }
}

fn id<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const UUID: &str = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

    #[test]
    fn every_inspection_key_is_written_as_it_is_read() {
        let mut keys: Vec<String> = [
            "id",
            "v",
            "site",
            "place",
            "kind",
            "loc",
            "basis",
            "end",
            "ended",
            "rep",
            "rep_post",
            "list/k3",
            "a/k3/12",
            "n/k3/12",
            "ev/0a0b0c0d.7",
        ]
        .map(str::to_owned)
        .to_vec();
        keys.extend([
            format!("plan/{UUID}"),
            format!("team/{UUID}"),
            format!("p/k3/12/{HASH}"),
            format!("p/-/-/{HASH}"),
        ]);
        for key in keys {
            let read = InspectionKey::read(&key).unwrap_or_else(|| panic!("{key}"));
            assert_eq!(read.to_string(), key);
        }
    }

    #[test]
    fn every_finding_key_is_written_as_it_is_read() {
        let mut keys: Vec<String> = [
            "id",
            "v",
            "site",
            "place",
            "from",
            "item",
            "origin",
            "text",
            "where",
            "level",
            "clause",
            "basis",
            "due",
            "who",
            "loc",
            "ev/0a0b0c0d.7",
        ]
        .map(str::to_owned)
        .to_vec();
        keys.push(format!("p/{HASH}"));
        for key in keys {
            let read = FindingKey::read(&key).unwrap_or_else(|| panic!("{key}"));
            assert_eq!(read.to_string(), key);
        }
    }

    #[test]
    fn other_keys_are_unknown() {
        let upper = HASH.to_uppercase();
        for key in [
            "", "x", "a/k3", "a/k3/1/2", "a//1", "a/-/1", "list/", "list/-", "plan/1", "team/",
            "ev/1", "end/1", "a", "ID",
        ] {
            assert_eq!(InspectionKey::read(key), None, "{key}");
        }
        for key in [
            format!("p/k3/-/{HASH}"),
            format!("p/-/-/{upper}"),
            format!("p/{HASH}"),
        ] {
            assert_eq!(InspectionKey::read(&key), None, "{key}");
        }
        for key in ["", "a/k3/1", "p/", "ev/", "kind", "p/-/-", "text/1"] {
            assert_eq!(FindingKey::read(key), None, "{key}");
        }
        assert_eq!(FindingKey::read(&format!("p/{upper}")), None);
    }
}
