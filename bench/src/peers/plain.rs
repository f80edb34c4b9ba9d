//! *Plain*: the floor. Final states as gzip JSON lines, posted into SQLite with a synced disk, and
//! pulled as rows after a number. No history, no merge, no rights.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::server::Server;
use super::{Poster, timed};
use crate::workload::{Record, Workload};
use crate::world::Traffic;

const SERVER_TABLE: &str = "CREATE TABLE IF NOT EXISTS record (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT";
const CLIENT_TABLE: &str = "CREATE TABLE IF NOT EXISTS record (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, site TEXT NOT NULL, status TEXT NOT NULL,
    title TEXT NOT NULL, words TEXT NOT NULL, deadline INTEGER NOT NULL, body TEXT NOT NULL) STRICT";

/// Opens a database with a table; `full`: every commit waits for the disk.
pub(super) fn open(path: &Path, table: &str, full: bool) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", if full { "FULL" } else { "NORMAL" })?;
    connection.execute_batch(table)?;
    Ok(connection)
}

fn zip(text: &str) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?)
}

fn unzip(bytes: &[u8]) -> Result<String> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text)?;
    Ok(text)
}

/// A record's final state as a line.
fn line(record: &Record) -> String {
    let mut state: serde_json::Map<String, Value> = record
        .state()
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.clone()))
        .collect();
    state.insert("id".to_owned(), json!(record.id));
    Value::Object(state).to_string()
}

#[derive(Clone)]
struct Shared {
    database: Arc<Mutex<Connection>>,
    newest: Arc<watch::Sender<i64>>,
}

/// The server with its database.
pub(crate) struct PlainServer {
    server: Server,
}

impl PlainServer {
    pub(crate) fn start(folder: &Path, runtime: &Handle) -> Result<Self> {
        let database = open(&folder.join("plain-server.db"), SERVER_TABLE, true)?;
        let shared = Shared {
            database: Arc::new(Mutex::new(database)),
            newest: Arc::new(watch::Sender::new(0)),
        };
        let routes = Router::new()
            .route("/push", post(push))
            .route("/pull", post(pull))
            .route("/wait", post(wait))
            .with_state(shared);
        let server = Server::start(runtime, routes)?;
        Ok(Self { server })
    }
}

async fn push(State(shared): State<Shared>, body: Bytes) -> Result<String, StatusCode> {
    let kept = tokio::task::spawn_blocking(move || keep(&shared, &body)).await;
    answer(kept)
}

async fn pull(State(shared): State<Shared>, body: Bytes) -> Result<Vec<u8>, StatusCode> {
    let rows = tokio::task::spawn_blocking(move || rows_after(&shared, &body)).await;
    answer(rows)
}

/// Holds the request until there are rows after a number.
async fn wait(State(shared): State<Shared>, body: Bytes) -> Result<Vec<u8>, StatusCode> {
    let after = number(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut newest = shared.newest.subscribe();
    // Its sender lives as long as the server.
    let _ = newest.wait_for(|seq| *seq > after).await;
    pull(State(shared), body).await
}

fn answer<T>(done: Result<Result<T>, tokio::task::JoinError>) -> Result<T, StatusCode> {
    match done {
        Ok(Ok(answer)) => Ok(answer),
        _ => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn keep(shared: &Shared, body: &[u8]) -> Result<String> {
    let text = unzip(body)?;
    let mut database = shared
        .database
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let transaction = database.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO record (body) VALUES (?1)")?;
        for line in text.lines() {
            insert.execute([line])?;
        }
    }
    let seq = transaction.last_insert_rowid();
    transaction.commit()?;
    shared.newest.send_replace(seq);
    Ok(seq.to_string())
}

fn number(body: &[u8]) -> Result<i64> {
    Ok(std::str::from_utf8(body)?.parse()?)
}

/// The newest row's number, then the rows.
fn rows_after(shared: &Shared, body: &[u8]) -> Result<Vec<u8>> {
    let after = number(body)?;
    let database = shared
        .database
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let mut select =
        database.prepare("SELECT seq, body FROM record WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = select.query([after])?;
    let (mut newest, mut lines) = (after, String::new());
    while let Some(row) = rows.next()? {
        newest = row.get(0)?;
        lines.push_str(row.get_ref(1)?.as_str()?);
        lines.push('\n');
    }
    zip(&format!("{newest}\n{lines}"))
}

/// A client with its database, which its lists read.
pub(crate) struct PlainClient {
    poster: Poster,
    database: Connection,
    after: i64,
}

impl PlainClient {
    pub(crate) fn new(
        folder: &Path,
        server: &PlainServer,
        (http, runtime): (&reqwest::Client, &Handle),
    ) -> Result<Self> {
        let client = Self {
            poster: Poster {
                http: http.clone(),
                runtime: runtime.clone(),
                url: server.server.url.clone(),
            },
            database: open(&folder.join("plain-client.db"), CLIENT_TABLE, false)?,
            after: 0,
        };
        client.poster.warm()?;
        Ok(client)
    }
    /// Posts the final states of all records.
    pub(crate) fn push(&mut self, workload: &Workload) -> Result<Traffic> {
        let mut traffic = Traffic::default();
        let began = Instant::now();
        let mut lines = String::new();
        for record in &workload.0 {
            lines.push_str(&line(record));
            lines.push('\n');
        }
        self.poster.post("push", zip(&lines)?, &mut traffic)?;
        timed(&mut traffic, began);
        Ok(traffic)
    }
    /// Pulls what is new, and puts it where lists read.
    pub(crate) fn pull(&mut self) -> Result<Traffic> {
        self.take("pull")
    }
    /// The same, as soon as there is something new.
    pub(crate) fn wait(&mut self) -> Result<Traffic> {
        self.take("wait")
    }

    fn take(&mut self, path: &str) -> Result<Traffic> {
        let mut traffic = Traffic::default();
        let began = Instant::now();
        let asked = self.after.to_string().into_bytes();
        let answer = unzip(&self.poster.post(path, asked, &mut traffic)?)?;
        let (newest, lines) = answer.split_once('\n').context("the newest number")?;
        self.keep(lines)?;
        self.after = newest.parse()?;
        timed(&mut traffic, began);
        Ok(traffic)
    }

    fn keep(&mut self, lines: &str) -> Result<()> {
        let transaction = self.database.transaction()?;
        {
            let mut insert = transaction.prepare(
                "INSERT OR REPLACE INTO record
                 (id, kind, site, status, title, words, deadline, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for line in lines.lines() {
                let state: Value = serde_json::from_str(line)?;
                let word = |key: &str| state.get(key).and_then(Value::as_str).unwrap_or_default();
                let deadline = state.get("deadline").and_then(Value::as_i64).unwrap_or(0);
                insert.execute(params![
                    word("id"),
                    word("kind"),
                    word("site"),
                    word("status"),
                    word("title"),
                    word("desc"),
                    deadline,
                    line
                ])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}
