//! A client without a device's checks: it writes what it is told and pushes it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use ed25519_dalek::Signer;
use serde_json::json;
use tempfile::TempDir;
use xunan_core::author;
use xunan_core::change::Change;
use xunan_core::id::DocId;
use xunan_core::record::RecordKind;
use xunan_core::register::Table;
use xunan_core::testing::rights::{Organisation, key_of, person};
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::batch::{PartOut, pack};
use xunan_core::wire::body;
use xunan_core::wire::enrol::{EnrolAnswer, EnrolRequest, enrol_message};
use xunan_core::wire::sync::{ANSWER_BYTES, Cursor, Outcome, Push, SyncAnswer, SyncRequest};
use xunan_relay::clock::Clock;
use xunan_relay::store::NewRow;
use xunan_tests::Relay;

/// A relay process with an organisation, and sessions of its people.
pub(super) struct Place {
    _folder: TempDir,
    relay: Relay,
    http: reqwest::Client,
    sessions: BTreeMap<String, Session>,
}

struct Session {
    enrolled: EnrolAnswer,
    cursor: Option<Cursor>,
    revision: u64,
}

fn now() -> Result<Timestamp> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(Timestamp(i64::try_from(since.as_millis())?))
}

fn code_of(name: &str) -> String {
    format!("CODE-{}", person(name))
}

/// Writes the organisation and an invitation for everybody, before the relay's process runs.
fn found(folder: &TempDir, cast: &Organisation) -> Result<()> {
    let relay = xunan_relay::relay::Relay::open(folder.path(), None, Clock::system())?;
    // Devices enrol.
    let rows = cast.rows.iter().filter(|row| row.table != Table::Device);
    let rows: Vec<NewRow> = rows
        .map(|row| NewRow {
            table: row.table,
            id: row.id.clone(),
            valid_to: None,
            fields: row.fields.clone(),
        })
        .collect();
    let at = now()?;
    relay.store().write(|edit| {
        edit.append_rows(&rows, at)?;
        for player in &cast.players {
            let (code, until) = (code_of(&player.name), at.plus(3_600_000));
            edit.add_invitation(&code, person(&player.name), at, until)?;
        }
        Ok::<_, xunan_relay::store::StoreError>(())
    })?;
    Ok(())
}

impl Place {
    /// A relay with the organisation.
    pub(super) fn new(cast: &Organisation) -> Result<Self> {
        crate::support::let_clients_begin();
        let folder = TempDir::new()?;
        found(&folder, cast)?;
        let relay = Relay::start(folder.path(), None)?;
        let (http, sessions) = Default::default();
        Ok(Self {
            _folder: folder,
            relay,
            http,
            sessions,
        })
    }

    /// The relay's log holds together.
    pub(super) fn verify(&self) -> Result<()> {
        self.relay.command(&["verify"]).map(drop)
    }

    async fn post(&self, path: &str, token: &str, body: Vec<u8>) -> Result<Vec<u8>> {
        let request = self.http.post(format!("{}/v1/{path}", self.relay.url()));
        let request = match path {
            "sync" => request.bearer_auth(token),
            _ => request.header("Content-Type", "application/json"),
        };
        let response = request.body(body).send().await?;
        let (status, body) = (response.status(), response.bytes().await?);
        if !status.is_success() {
            bail!("{path}: {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body.to_vec())
    }

    async fn enrol(&mut self, name: &str) -> Result<()> {
        if self.sessions.contains_key(name) {
            return Ok(());
        }
        let (key, code) = (key_of(name), code_of(name));
        let public = key.verifying_key().to_bytes();
        let request = EnrolRequest {
            proof: hex::encode(key.sign(&enrol_message(&code, &public)).to_bytes()),
            public_key: hex::encode(public),
            platform: "test".to_owned(),
            code,
        };
        let answer = self
            .post("enrol", "", json!(request).to_string().into_bytes())
            .await?;
        let enrolled = serde_json::from_slice(&answer)?;
        self.sessions.insert(
            name.to_owned(),
            Session {
                enrolled,
                cursor: None,
                revision: 0,
            },
        );
        Ok(())
    }

    /// Pushes one change in its author's name. None: it is appended; else the relay's word.
    pub(super) async fn push(
        &mut self,
        name: &str,
        id: DocId,
        kind: RecordKind,
        change: &Change,
    ) -> Result<Option<Outcome>> {
        self.enrol(name).await?;
        let session = self.sessions.get(name).context("its session")?;
        let changes = std::slice::from_ref(change);
        let root = author::root(&[(id, change.hash)]);
        let message = author::push_message(session.enrolled.organisation, &root);
        let request = SyncRequest {
            app: "test".to_owned(),
            cursor: session.cursor.clone(),
            revision: session.revision,
            clock: now()?,
            wait: 0,
            size: ANSWER_BYTES,
            whole: Vec::new(),
            push: Some(Push {
                batch: pack(&[PartOut {
                    id,
                    kind,
                    changes,
                    whole_hashes: false,
                }]),
                signature: key_of(name).sign(&message).to_bytes(),
            }),
        };
        let token = session.enrolled.token.clone();
        let bytes = self
            .post("sync", &token, body::pack(&request.encode()))
            .await?;
        let answer = body::unpack(&bytes).context("the answer's body")?;
        let answer = SyncAnswer::decode(&answer).context("the answer")?;
        let session = self.sessions.get_mut(name).context("its session")?;
        session.cursor = Some(answer.cursor);
        session.revision = answer.revision;
        let word = answer
            .verdicts
            .into_iter()
            .next()
            .map(|verdict| verdict.outcome);
        ensure!(
            word.is_some() || answer.receipt.is_some(),
            "silence without a receipt"
        );
        Ok(word)
    }
}
