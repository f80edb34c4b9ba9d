//! Automerge's own sync protocol over the same documents: one document per record, one change per
//! edit, the messages of all documents together in one request per round. Both ends keep what came
//! in SQLite, the server with a synced disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use automerge::sync::{Message, State as SyncState, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, ROOT, ReadDoc};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use rusqlite::{Connection, params};
use serde_json::Value;
use tokio::runtime::Handle;

use super::plain::open;
use super::server::Server;
use super::{Poster, timed};
use crate::workload::{Record, Workload};
use crate::world::Traffic;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY, document BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS record (
    id BLOB PRIMARY KEY, status TEXT NOT NULL, title TEXT NOT NULL) STRICT";
/// Longer than this it isn't waited for.
const PATIENCE: Duration = Duration::from_secs(120);

type Id = [u8; 16];

/// Documents, each with the state of its talk with the other end.
struct Talks(BTreeMap<Id, (AutoCommit, SyncState)>);

impl Talks {
    /// What to send next of these documents, or of all.
    fn messages(&mut self, of: Option<&[Id]>) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        let mut add = |id: &Id, talk: &mut (AutoCommit, SyncState)| -> Result<()> {
            let (document, state) = talk;
            if let Some(message) = document.sync().generate_sync_message(state) {
                let message = message.encode();
                body.extend_from_slice(id);
                body.extend_from_slice(&u32::try_from(message.len())?.to_be_bytes());
                body.extend_from_slice(&message);
            }
            Ok(())
        };
        match of {
            None => {
                for (id, talk) in &mut self.0 {
                    add(id, talk)?;
                }
            }
            Some(ids) => {
                for id in ids {
                    let talk = self.0.get_mut(id).context("a document")?;
                    add(id, talk)?;
                }
            }
        }
        Ok(body)
    }

    /// Takes messages in and keeps what they brought; the documents that they were about.
    fn take(&mut self, mut body: &[u8], database: &mut Connection) -> Result<Vec<Id>> {
        let mut ids = Vec::new();
        let transaction = database.transaction()?;
        {
            let mut insert =
                transaction.prepare("INSERT INTO chunk (document, bytes) VALUES (?1, ?2)")?;
            while !body.is_empty() {
                let (id, rest) = body.split_first_chunk::<16>().context("an id")?;
                let (length, rest) = rest.split_first_chunk::<4>().context("a length")?;
                let length = usize::try_from(u32::from_be_bytes(*length))?;
                let (message, rest) = rest.split_at_checked(length).context("a message")?;
                body = rest;
                let (document, state) = self.0.entry(*id).or_default();
                let message = Message::decode(message)?;
                document.sync().receive_sync_message(state, message)?;
                let new = document.save_incremental();
                if !new.is_empty() {
                    insert.execute(params![id, new])?;
                }
                ids.push(*id);
            }
        }
        transaction.commit()?;
        Ok(ids)
    }
}

/// One document of a record, one change for each edit.
fn document(record: &Record) -> Result<(Id, AutoCommit)> {
    let id: Id = u128::from_str_radix(&record.id, 16)?.to_be_bytes();
    let mut actor = [0; 20];
    for (to, from) in actor.iter_mut().zip(record.author().bytes()) {
        *to = from;
    }
    let mut document = AutoCommit::new().with_actor(ActorId::from(actor.as_slice()));
    for edit in &record.edits {
        for (key, value) in &edit.set {
            match value {
                Value::String(text) => document.put(ROOT, key.as_str(), text.as_str())?,
                Value::Number(number) => {
                    document.put(ROOT, key.as_str(), number.as_i64().unwrap_or_default())?;
                }
                other => document.put(ROOT, key.as_str(), other.to_string())?,
            }
        }
        document.commit_with(CommitOptions::default().with_time(edit.at));
    }
    // What it has so far is kept already.
    document.save_incremental();
    Ok((id, document))
}

/// The documents of a workload as one end holds them; made once, then copied.
pub(crate) struct Documents(Vec<(Id, Vec<u8>)>);

impl Documents {
    pub(crate) fn of(workload: &Workload) -> Result<Self> {
        let made = workload.0.iter().map(|record| {
            let (id, mut document) = document(record)?;
            Ok((id, document.save()))
        });
        Ok(Self(made.collect::<Result<_>>()?))
    }
    fn talks(&self) -> Result<Talks> {
        let talks = self.0.iter().map(|(id, saved)| {
            let mut document = AutoCommit::load(saved)?;
            document.save_incremental();
            Ok((*id, (document, SyncState::new())))
        });
        Ok(Talks(talks.collect::<Result<_>>()?))
    }
}

type Shared = Arc<Mutex<(Talks, Connection)>>;

/// The end that has a synced disk.
pub(crate) struct AutomergeServer {
    server: Server,
}

impl AutomergeServer {
    /// With these documents, or none.
    pub(crate) fn start(
        folder: &Path,
        runtime: &Handle,
        documents: Option<&Documents>,
    ) -> Result<Self> {
        let database = open(&folder.join("automerge-server.db"), TABLE, true)?;
        let talks = match documents {
            Some(documents) => documents.talks()?,
            None => Talks(BTreeMap::new()),
        };
        let shared: Shared = Arc::new(Mutex::new((talks, database)));
        let routes = Router::new().route("/sync", post(sync)).with_state(shared);
        let server = Server::start(runtime, routes)?;
        Ok(Self { server })
    }
}

async fn sync(State(shared): State<Shared>, body: Bytes) -> Result<Vec<u8>, StatusCode> {
    let done = tokio::task::spawn_blocking(move || answer(&shared, &body)).await;
    match done {
        Ok(Ok(answer)) => Ok(answer),
        _ => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn answer(shared: &Shared, body: &[u8]) -> Result<Vec<u8>> {
    let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let (talks, database) = &mut *shared;
    if body.is_empty() {
        // Somebody new, who knows of no document: a talk from the beginning.
        for (_, state) in talks.0.values_mut() {
            *state = SyncState::new();
        }
        return talks.messages(None);
    }
    let ids = talks.take(body, database)?;
    talks.messages(Some(&ids))
}

/// The other end.
pub(crate) struct AutomergeClient {
    poster: Poster,
    talks: Talks,
    database: Connection,
}

impl AutomergeClient {
    /// With these documents, or none.
    pub(crate) fn new(
        folder: &Path,
        server: &AutomergeServer,
        (http, runtime): (&reqwest::Client, &Handle),
        documents: Option<&Documents>,
    ) -> Result<Self> {
        let client = Self {
            poster: Poster {
                http: http.clone(),
                runtime: runtime.clone(),
                url: server.server.url.clone(),
            },
            talks: match documents {
                Some(documents) => documents.talks()?,
                None => Talks(BTreeMap::new()),
            },
            database: open(&folder.join("automerge-client.db"), TABLE, false)?,
        };
        client.poster.warm()?;
        Ok(client)
    }

    /// Rounds until neither end has anything to say. Without documents of its own it asks for all.
    pub(crate) fn sync(&mut self) -> Result<Traffic> {
        let mut traffic = Traffic::default();
        let began = Instant::now();
        let mut body = self.talks.messages(None)?;
        loop {
            let answer = self.poster.post("sync", body, &mut traffic)?;
            let ids = self.talks.take(&answer, &mut self.database)?;
            body = self.talks.messages(Some(&ids))?;
            if body.is_empty() {
                break;
            }
            if began.elapsed() > PATIENCE {
                bail!("not done in {PATIENCE:?}");
            }
        }
        timed(&mut traffic, began);
        Ok(traffic)
    }

    /// The same, and puts each record where lists read.
    pub(crate) fn pull(&mut self) -> Result<Traffic> {
        let began = Instant::now();
        let mut traffic = self.sync()?;
        let transaction = self.database.transaction()?;
        {
            let mut insert = transaction
                .prepare("INSERT OR REPLACE INTO record (id, status, title) VALUES (?1, ?2, ?3)")?;
            for (id, (document, _)) in &self.talks.0 {
                let word = |key: &str| -> Result<String> {
                    let value = document.get(ROOT, key)?;
                    Ok(value.map_or_else(String::new, |(value, _)| value.to_string()))
                };
                insert.execute(params![id, word("status")?, word("title")?])?;
            }
        }
        transaction.commit()?;
        timed(&mut traffic, began);
        Ok(traffic)
    }
}
