//! The list of findings, a filter and a search for a two-character word, beside a bare SELECT on a
//! table of the same findings.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use rusqlite::{Connection, params};
use xunan_core::record::FindingState;
use xunan_device::request::{FindingFilter, Reply, Request};

use super::Bench;
use crate::measure::{Samples, time};
use crate::peers::plain::{PlainClient, PlainServer};
use crate::report::{Figure, Goal, Unit};
use crate::world::Device;

pub(super) const NAME: &str = "list, filter, search";

/// Rows of a page, soonest due first.
pub(super) const PAGE: &str = "SELECT id, site, title, words, status, deadline FROM record
    WHERE kind = 'finding' AND (title LIKE ?1 OR words LIKE ?1)
    ORDER BY deadline LIMIT 50";
/// Of one state.
const FILTERED: &str = "SELECT id, site, title, words, status, deadline FROM record
    WHERE kind = 'finding' AND status = 'closed' AND (title LIKE ?1 OR words LIKE ?1)
    ORDER BY deadline LIMIT 50";
/// In many texts, and in many more not.
const WORD: &str = "通道";

/// The records as rows of SQLite, as *plain* has them on its client.
pub(super) struct Table {
    folder: tempfile::TempDir,
}

impl Table {
    pub(super) fn new(bench: &Bench<'_>) -> Result<Self> {
        let folder = bench.empty()?;
        let server = PlainServer::start(folder.path(), bench.runtime)?;
        let mut client = PlainClient::new(folder.path(), &server, bench.network())?;
        client.push(bench.district)?;
        client.pull()?;
        Ok(Self { folder })
    }
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("plain-client.db")
    }
}

/// Runs a SELECT and reads its rows; how many.
pub(super) fn select(database: &Connection, sql: &str, like: &str) -> Result<usize> {
    let mut statement = database.prepare_cached(sql)?;
    let rows = statement.query_map(params![like], |row| {
        let deadline: i64 = row.get(5)?;
        let words: (String, String) = (row.get(2)?, row.get(3)?);
        let rest: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(4)?);
        Ok((deadline, words, rest))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.len())
}

struct Question {
    what: &'static str,
    filter: FindingFilter,
    sql: &'static str,
    like: String,
}

fn questions() -> [Question; 3] {
    let all = FindingFilter::default();
    [
        Question {
            what: "list",
            filter: all.clone(),
            sql: PAGE,
            like: "%".to_owned(),
        },
        Question {
            what: "filter by state",
            filter: FindingFilter {
                states: vec![FindingState::Closed],
                ..all.clone()
            },
            sql: FILTERED,
            like: "%".to_owned(),
        },
        Question {
            what: "search",
            filter: FindingFilter {
                query: WORD.to_owned(),
                ..all
            },
            sql: PAGE,
            like: format!("%{WORD}%"),
        },
    ]
}

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.copy(&bench.prepared.district_viewer())?;
    let mut device = Device::open(folder.path(), bench.http, bench.runtime)?;
    device.ask(Request::GoOffline {})?;
    let table = Table::new(bench)?;
    let database = Connection::open(table.path())?;
    questions()
        .into_iter()
        .map(|question| one(bench, &mut device, &database, &question))
        .collect()
}

fn one(
    bench: &Bench<'_>,
    device: &mut Device,
    database: &Connection,
    question: &Question,
) -> Result<Figure> {
    let (mut ours, mut plain) = (Samples::default(), Samples::default());
    let mut found = 0;
    for _ in 0..bench.repeat.often.div_ceil(5) {
        let filter = question.filter.clone();
        let (took, reply) = time(|| device.ask(Request::Findings { filter }))?;
        ours.add_ms(took);
        if let Reply::Findings(page) = reply {
            found = page.total;
        }
        let (took, rows) = time(|| select(database, question.sql, &question.like))?;
        plain.add_ms(took);
        ensure!(rows == usize::try_from(found)?.min(50), "{rows} of {found}");
    }
    Ok(Figure {
        scenario: NAME,
        what: question.what.to_owned(),
        unit: Unit::Ms,
        ours: ours.median(),
        beside: vec![("a bare SELECT".to_owned(), plain.median())],
        goal: Some(Goal::AtMost(30.0)),
        how: format!("median of {}; {found} fit, one page of 50", ours.count()),
    })
}
