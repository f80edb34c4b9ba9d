//! Who may see which record, from which position to which: so it can be asked what somebody saw at
//! a cursor, and what arrived or left since.

use std::collections::BTreeSet;

use rusqlite::params;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;

use super::log::read_kind;
use super::{Reading, Result, Writing, count, fixed, integer};

/// Where somebody stands: a position, and the subjects through which they see then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standpoint {
    /// The position.
    pub position: u64,
    /// As `audience.subject` spells them.
    pub subjects: BTreeSet<String>,
}

impl Standpoint {
    fn json(&self) -> String {
        serde_json::json!(self.subjects).to_string()
    }
}

/// A record that came into sight or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sight {
    /// Whether it is the person's own task or site: those go first.
    pub own: bool,
    /// Position of its first change: newer records go first.
    pub first: u64,
    /// The record.
    pub document: DocId,
    /// Its kind.
    pub kind: RecordKind,
}

/// Row `a` of audience is valid at the position given by a parameter.
macro_rules! valid_at {
    ($position:literal) => {
        concat!(
            "a.since <= ",
            $position,
            " AND (a.until IS NULL OR a.until > ",
            $position,
            ")"
        )
    };
}

pub(super) const SEES: &str = concat!(
    "SELECT EXISTS (SELECT 1 FROM audience AS a
                WHERE a.document = (SELECT n FROM documents WHERE id = ?1)
                  AND a.subject IN (SELECT value FROM json_each(?2)) AND ",
    valid_at!("?3"),
    ")"
);

pub(super) const SEEN: &str = concat!(
    "SELECT d.id, d.kind, d.first, max(a.subject >= 'p' AND a.subject < 't')
             FROM audience AS a JOIN documents AS d ON d.n = a.document
             WHERE a.subject IN (SELECT value FROM json_each(?1)) AND ",
    valid_at!("?2"),
    " GROUP BY d.n"
);

pub(super) const TOUCHED: &str = "WITH touched (document, subject) AS (
                 SELECT document, subject FROM audience
                 WHERE subject IN (SELECT value FROM json_each(?1)) AND since > ?3 AND since <= ?4
                 UNION
                 SELECT document, subject FROM audience
                 WHERE subject IN (SELECT value FROM json_each(?1))
                   AND until IS NOT NULL AND until > ?3 AND until <= ?4
                 UNION
                 SELECT document, subject FROM audience
                 WHERE subject IN (SELECT value FROM json_each(?2))
             )
             SELECT d.id, d.kind, d.first, max(t.subject >= 'p' AND t.subject < 't')
             FROM touched AS t JOIN documents AS d ON d.n = t.document GROUP BY d.n";

impl Reading<'_> {
    /// Whether a record is seen from a standpoint.
    pub fn sees(&self, from: &Standpoint, document: DocId) -> Result<bool> {
        let mut ask = self.sql.prepare_cached(SEES)?;
        let values = params![document.as_bytes(), from.json(), integer(from.position)];
        Ok(ask.query_row(values, |row| row.get(0))?)
    }

    /// The records that come into sight between two standpoints (none: from nothing), and those
    /// that leave it: own ones first, then newer ones first.
    pub fn turns(
        &self,
        before: Option<&Standpoint>,
        after: &Standpoint,
    ) -> Result<(Vec<Sight>, Vec<Sight>)> {
        let (mut arrivals, mut departures) = (Vec::new(), Vec::new());
        match before {
            None => arrivals = self.seen(after)?,
            Some(before) => {
                for sight in self.touched(before, after)? {
                    let was = self.sees(before, sight.document)?;
                    match (was, self.sees(after, sight.document)?) {
                        (false, true) => arrivals.push(sight),
                        (true, false) => departures.push(sight),
                        _ => {}
                    }
                }
            }
        }
        arrivals.sort_unstable_by(|a, b| b.cmp(a));
        Ok((arrivals, departures))
    }

    /// All that is seen from a standpoint.
    fn seen(&self, from: &Standpoint) -> Result<Vec<Sight>> {
        let mut ask = self.sql.prepare_cached(SEEN)?;
        sights(ask.query(params![from.json(), integer(from.position)])?)
    }

    /// The records whose audience turned between two standpoints, as far as it concerns them; all
    /// records of a subject that is in only one of them.
    fn touched(&self, before: &Standpoint, after: &Standpoint) -> Result<Vec<Sight>> {
        let either: BTreeSet<&String> = before.subjects.union(&after.subjects).collect();
        let changed: BTreeSet<&String> = before
            .subjects
            .symmetric_difference(&after.subjects)
            .collect();
        let mut ask = self.sql.prepare_cached(TOUCHED)?;
        sights(ask.query(params![
            serde_json::json!(either).to_string(),
            serde_json::json!(changed).to_string(),
            integer(before.position),
            integer(after.position),
        ])?)
    }

    /// The subjects that see a record by the newest word.
    pub fn audience(&self, document: DocId) -> Result<BTreeSet<String>> {
        let mut ask = self.sql.prepare_cached(
            "SELECT subject FROM audience
             WHERE document = (SELECT n FROM documents WHERE id = ?) AND until IS NULL",
        )?;
        let subjects = ask.query_map([document.as_bytes()], |row| row.get(0))?;
        Ok(subjects.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writing<'_> {
    /// Notes who sees a record from a position on; gives those for whom that is new or over.
    pub fn set_audience(
        &self,
        document: DocId,
        subjects: &BTreeSet<String>,
        position: u64,
    ) -> Result<BTreeSet<String>> {
        let held = self.audience(document)?;
        let mut end = self.sql.prepare_cached(
            "UPDATE audience SET until = ?
             WHERE document = (SELECT n FROM documents WHERE id = ?) AND subject = ?
               AND until IS NULL",
        )?;
        for gone in held.difference(subjects) {
            end.execute(params![integer(position), document.as_bytes(), gone])?;
        }
        let mut begin = self.sql.prepare_cached(
            "INSERT INTO audience (document, subject, since)
             VALUES ((SELECT n FROM documents WHERE id = ?), ?, ?)",
        )?;
        for new in subjects.difference(&held) {
            begin.execute(params![document.as_bytes(), new, integer(position)])?;
        }
        Ok(held.symmetric_difference(subjects).cloned().collect())
    }
}

fn sights(mut found: rusqlite::Rows<'_>) -> Result<Vec<Sight>> {
    let mut sights = Vec::new();
    while let Some(row) = found.next()? {
        sights.push(Sight {
            document: DocId::from_bytes(fixed(&row.get::<_, Vec<u8>>(0)?)?),
            kind: read_kind(row.get(1)?)?,
            first: count(row.get(2)?),
            own: row.get(3)?,
        });
    }
    Ok(sights)
}
