//! What is replayed: records with their edits, oldest first. One JSON line is one record, so that
//! anyone's data can be measured beside ours; without a file [`generate`] makes the same kind.

mod dice;
pub(crate) mod generate;
mod words;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A record's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// An inspection.
    #[serde(rename = "i")]
    Inspection,
    /// A finding.
    #[serde(rename = "f")]
    Finding,
}

/// What one person changed at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Edit {
    /// Milliseconds since 1970.
    #[serde(default)]
    pub(crate) at: i64,
    /// The person's label.
    #[serde(default)]
    pub(crate) by: String,
    /// Keys with their new values.
    pub(crate) set: Vec<(String, Value)>,
}

impl Edit {
    /// The value that it gives a key, as a word.
    pub(crate) fn word(&self, key: &str) -> Option<&str> {
        let set = self.set.iter().find(|(name, _)| name == key);
        set.and_then(|(_, value)| value.as_str())
    }
}

/// A record with all its edits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Its kind.
    #[serde(rename = "t")]
    pub(crate) kind: Kind,
    /// 32 hexadecimal digits.
    pub(crate) id: String,
    /// Oldest first.
    pub(crate) edits: Vec<Edit>,
}

impl Record {
    /// Who began it.
    pub(crate) fn author(&self) -> &str {
        self.edits.first().map_or("", |edit| edit.by.as_str())
    }
    /// A word that its first edit gives.
    pub(crate) fn first_word(&self, key: &str) -> &str {
        let first = self.edits.first();
        first.and_then(|edit| edit.word(key)).unwrap_or_default()
    }
    /// What it is after all edits.
    pub(crate) fn state(&self) -> BTreeMap<&str, &Value> {
        let sets = self.edits.iter().flat_map(|edit| &edit.set);
        sets.map(|(key, value)| (key.as_str(), value)).collect()
    }
}

/// Records, in the order in which they were begun.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Workload(pub(crate) Vec<Record>);

impl Workload {
    /// Reads JSON lines.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let mut records = Vec::new();
        for (number, line) in (1_u32..).zip(BufReader::new(file).lines()) {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let at = || format!("{}:{number}", path.display());
            records.push(serde_json::from_str(&line).with_context(at)?);
        }
        Ok(Self(records))
    }
    /// As JSON lines.
    pub(crate) fn lines(&self) -> Result<String> {
        let mut text = String::new();
        for record in &self.0 {
            text.push_str(&serde_json::to_string(record)?);
            text.push('\n');
        }
        Ok(text)
    }
    /// Edits of all records.
    pub(crate) fn edits(&self) -> usize {
        self.0.iter().map(|record| record.edits.len()).sum()
    }
    /// Records of a kind.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.0.iter().filter(|record| record.kind == kind).count()
    }
    /// The newest edit's time.
    pub(crate) fn newest(&self) -> i64 {
        let edits = self.0.iter().flat_map(|record| &record.edits);
        edits.map(|edit| edit.at).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::generate::{Size, generate};
    use super::{Kind, Workload};

    #[test]
    fn a_field_day_has_350_records_and_5000_edits_and_reads_back() {
        let day = generate(&Size::FIELD_DAY);
        assert_eq!(day.count(Kind::Inspection), 50);
        assert_eq!(day.count(Kind::Finding), 300);
        assert_eq!(day.edits(), 5_000);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.jsonl");
        std::fs::write(&path, day.lines().unwrap()).unwrap();
        assert_eq!(Workload::read(&path).unwrap(), day);
        assert_eq!(
            generate(&Size::FIELD_DAY),
            day,
            "the same seed, the same day"
        );
    }
}
