//! The log: raw changes in the relay's order, the pushes that they came in, and what was refused.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, RangeInclusive};

use rusqlite::{OptionalExtension as _, Row as SqlRow};
use xunan_core::code::Code;
use xunan_core::id::{DeviceId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Seal;

use super::{Reading, Result, StoreError, Writing, count, fixed, integer};

/// A change as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedChange {
    /// Its place in the relay's order.
    pub position: u64,
    /// The document's number in this file.
    pub(crate) n: i64,
    /// The document.
    pub document: DocId,
    /// The document's kind.
    pub kind: RecordKind,
    /// The number of the push that it came in.
    pub push: i64,
    /// When that was received.
    pub received: Timestamp,
    /// Allowed by the register as the device knew it, but not by that day's.
    pub marked: bool,
    /// The bytes.
    pub raw: Vec<u8>,
}

/// A push: whose, when, by which register it was judged, and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRecord {
    /// Its number in this file; 0 before it is stored.
    pub n: i64,
    /// Who sent it.
    pub device: DeviceId,
    /// When it was received.
    pub received: Timestamp,
    /// The register's revision that it was judged by.
    pub revision: u64,
    /// The Merkle root that was signed.
    pub root: [u8; 32],
    /// The device's signature.
    pub signature: [u8; 64],
    /// What the root is over: 48 bytes for each document.
    pub leaves: Vec<u8>,
    /// Something of it was held, so that the same root may come again.
    pub held: bool,
}

/// A change that was not appended, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The part of the push, counted from 0.
    pub part: u32,
    /// The change in the part, counted from 0.
    pub position: u32,
    /// The document.
    pub document: DocId,
    /// Why; none if an ancestor was refused.
    pub code: Option<Code>,
    /// The rule that refused.
    pub rule: u8,
    /// The key that it is about.
    pub key: Option<String>,
    /// Parameters of the code's text.
    pub details: BTreeMap<String, String>,
    /// The bytes.
    pub raw: Vec<u8>,
}

const CHANGE: &str = "SELECT log.position, documents.n, documents.id, documents.kind, log.push, \
                      pushes.received, log.marked, log.raw
                      FROM log
                      JOIN documents ON documents.n = log.document
                      JOIN pushes ON pushes.n = log.push";

fn read_change(row: &SqlRow<'_>) -> Result<LoggedChange> {
    Ok(LoggedChange {
        position: count(row.get(0)?),
        n: row.get(1)?,
        document: DocId::from_bytes(fixed(&row.get::<_, Vec<u8>>(2)?)?),
        kind: read_kind(row.get(3)?)?,
        push: row.get(4)?,
        received: Timestamp(row.get(5)?),
        marked: row.get(6)?,
        raw: row.get(7)?,
    })
}

pub(super) fn read_kind(number: u8) -> Result<RecordKind> {
    RecordKind::from_number(number).ok_or(StoreError::Unreadable("a record of an unknown kind"))
}

impl Reading<'_> {
    /// The changes of a document up to a position (none: all), in order of arrival.
    pub fn changes_of(&self, document: DocId, upto: Option<u64>) -> Result<Vec<LoggedChange>> {
        let mut ask = self.sql.prepare_cached(&format!(
            "{CHANGE} WHERE log.document = (SELECT n FROM documents WHERE id = ?)
                 AND log.position <= ?
             ORDER BY log.position"
        ))?;
        let upto = upto.map_or(i64::MAX, integer);
        let mut found = ask.query((document.as_bytes(), upto))?;
        let mut changes = Vec::new();
        while let Some(row) = found.next()? {
            changes.push(read_change(row)?);
        }
        Ok(changes)
    }
    /// Gives the log's changes at these positions one by one, in order, until told to stop.
    pub fn each_change<E: From<StoreError>>(
        &self,
        positions: RangeInclusive<u64>,
        mut each: impl FnMut(LoggedChange) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut ask = self
            .sql
            .prepare_cached(&format!(
                "{CHANGE} WHERE log.position BETWEEN ? AND ? ORDER BY log.position"
            ))
            .map_err(StoreError::from)?;
        let mut found = ask
            .query((integer(*positions.start()), integer(*positions.end())))
            .map_err(StoreError::from)?;
        while let Some(row) = found.next().map_err(StoreError::from)? {
            if each(read_change(row)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }
    /// All documents, as they began.
    pub fn documents(&self) -> Result<Vec<(DocId, RecordKind)>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT id, kind FROM documents ORDER BY n")?;
        documents(ask.query([])?)
    }
    /// The findings of an inspection.
    pub fn findings_of(&self, inspection: DocId) -> Result<Vec<(DocId, RecordKind)>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT id, kind FROM documents WHERE inspection = ?")?;
        documents(ask.query([inspection.as_bytes()])?)
    }
    /// The push of a device with this signed root, if it was judged whole before.
    pub fn push_with_root(&self, device: i64, root: &[u8; 32]) -> Result<Option<PushRecord>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT n FROM pushes WHERE device = ? AND root = ? AND held = 0")?;
        let n = ask.query_row((device, root), |row| row.get(0)).optional()?;
        n.map(|n| self.push(n)).transpose()
    }
    /// A push by its number.
    pub fn push(&self, n: i64) -> Result<PushRecord> {
        let mut ask = self.sql.prepare_cached(
            "SELECT devices.id, pushes.received, pushes.revision, pushes.root, pushes.signature,
                    pushes.leaves, pushes.held
             FROM pushes JOIN devices ON devices.n = pushes.device WHERE pushes.n = ?",
        )?;
        let mut found = ask.query([n])?;
        let row = found
            .next()?
            .ok_or(StoreError::Unreadable("a change without its push"))?;
        let bytes = |n| row.get::<_, Vec<u8>>(n);
        Ok(PushRecord {
            n,
            device: DeviceId::from_bytes(fixed(&bytes(0)?)?),
            received: Timestamp(row.get(1)?),
            revision: count(row.get(2)?),
            root: fixed(&bytes(3)?)?,
            signature: fixed(&bytes(4)?)?,
            leaves: bytes(5)?,
            held: row.get(6)?,
        })
    }
    /// The numbers of all pushes, as they came.
    pub fn pushes(&self) -> Result<Vec<i64>> {
        let mut ask = self.sql.prepare_cached("SELECT n FROM pushes ORDER BY n")?;
        let numbers = ask.query_map([], |row| row.get(0))?;
        Ok(numbers.collect::<rusqlite::Result<_>>()?)
    }
    /// What of a push was refused.
    pub fn refusals(&self, push: i64) -> Result<Vec<Refusal>> {
        let mut ask = self.sql.prepare_cached(
            "SELECT part, position, document, code, rule, key, details, raw FROM refusals
             WHERE push = ? ORDER BY part, position",
        )?;
        let mut found = ask.query([push])?;
        let mut refusals = Vec::new();
        while let Some(row) = found.next()? {
            let (code, key): (String, String) = (row.get(3)?, row.get(5)?);
            let details: String = row.get(6)?;
            refusals.push(Refusal {
                part: row.get(0)?,
                position: row.get(1)?,
                document: DocId::from_bytes(fixed(&row.get::<_, Vec<u8>>(2)?)?),
                code: read_code(&code)?,
                rule: row.get(4)?,
                key: Some(key).filter(|key| !key.is_empty()),
                details: serde_json::from_str(&details)?,
                raw: row.get(7)?,
            });
        }
        Ok(refusals)
    }
}

fn documents(mut found: rusqlite::Rows<'_>) -> Result<Vec<(DocId, RecordKind)>> {
    let mut documents = Vec::new();
    while let Some(row) = found.next()? {
        let id = DocId::from_bytes(fixed(&row.get::<_, Vec<u8>>(0)?)?);
        documents.push((id, read_kind(row.get(1)?)?));
    }
    Ok(documents)
}

fn read_code(word: &str) -> Result<Option<Code>> {
    if word.is_empty() {
        return Ok(None);
    }
    let known = Code::ALL.iter().find(|code| code.as_str() == word);
    known
        .copied()
        .map(Some)
        .ok_or(StoreError::Unreadable("a refusal's code"))
}

impl Writing<'_> {
    /// Stores a push and gives its number.
    pub fn add_push(&self, push: &PushRecord) -> Result<i64> {
        let mut put = self.sql.prepare_cached(
            "INSERT INTO pushes (device, received, revision, root, signature, leaves, held)
             VALUES ((SELECT n FROM devices WHERE id = ?), ?, ?, ?, ?, ?, ?)",
        )?;
        put.execute((
            push.device.as_bytes(),
            push.received.0,
            integer(push.revision),
            push.root,
            push.signature,
            &push.leaves,
            push.held,
        ))?;
        Ok(self.sql.last_insert_rowid())
    }
    /// The number of a document in this file; it is given one if it has none.
    pub fn document(&self, id: DocId, kind: RecordKind) -> Result<i64> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT n FROM documents WHERE id = ?")?;
        if let Some(n) = ask
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?
        {
            return Ok(n);
        }
        let first = self.head()?.saturating_add(1);
        self.sql
            .prepare_cached("INSERT INTO documents (id, kind, first) VALUES (?, ?, ?)")?
            .execute((id.as_bytes(), kind.number(), integer(first)))?;
        Ok(self.sql.last_insert_rowid())
    }
    /// Notes which inspection a finding is from.
    pub fn set_inspection(&self, finding: DocId, inspection: DocId) -> Result<()> {
        let mut put = self
            .sql
            .prepare_cached("UPDATE documents SET inspection = ? WHERE id = ?")?;
        put.execute((inspection.as_bytes(), finding.as_bytes()))?;
        Ok(())
    }
    /// Appends a change to the log and gives its position.
    pub fn append(&self, document: i64, push: i64, marked: bool, raw: &[u8]) -> Result<u64> {
        let position = self.next_position()?;
        let mut put = self.sql.prepare_cached(
            "INSERT INTO log (position, document, push, marked, raw) VALUES (?, ?, ?, ?, ?)",
        )?;
        put.execute((integer(position), document, push, marked, raw))?;
        Ok(position)
    }
    /// Keeps a change that was refused, and why.
    pub fn add_refusal(&self, push: i64, refusal: &Refusal) -> Result<()> {
        let mut put = self.sql.prepare_cached(
            "INSERT INTO refusals (push, part, position, document, code, rule, key, details, raw)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        put.execute((
            push,
            refusal.part,
            refusal.position,
            refusal.document.as_bytes(),
            refusal.code.map_or("", Code::as_str),
            refusal.rule,
            refusal.key.as_deref().unwrap_or_default(),
            serde_json::to_string(&refusal.details)?,
            &refusal.raw,
        ))?;
        Ok(())
    }
}

impl PushRecord {
    /// What devices get of it.
    #[must_use]
    pub const fn seal(&self) -> Seal {
        Seal {
            received: self.received,
            device: self.device,
            root: self.root,
            signature: self.signature,
        }
    }
}
