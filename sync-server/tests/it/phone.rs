//! A relay on a free port, and the barest device: keys, histories and a cursor.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ed25519_dalek::{Signer as _, SigningKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::author::{self, Leaf};
use xunan_core::change::{Change, History, Scalar};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ActorId, DocId, PersonId, UnitId};
use xunan_core::record::{Event, FindingAct, RecordKind};
use xunan_core::register::{PostKind, Row, Table};
use xunan_core::testing::Cast;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::batch::{Batch, PartOut, pack};
use xunan_core::wire::body;
use xunan_core::wire::enrol::{
    EnrolAnswer, EnrolRequest, SessionAnswer, SessionRequest, enrol_message, session_message,
};
use xunan_core::wire::sync::{ANSWER_BYTES, Cursor, Push, SyncAnswer, SyncRequest};
use xunan_relay::app::app;
use xunan_relay::clock::Clock;
use xunan_relay::relay::Relay;
use xunan_relay::store::{NewRow, StoreError};

use crate::line::{send, try_send};

/// 2026-12-01, eight in the morning in Shanghai.
pub(crate) const NOW: Timestamp = Timestamp(1_796_083_200_000);

/// A relay that is served, with the district of core's stories.
pub(crate) struct World {
    pub(crate) cast: Cast,
    pub(crate) relay: Relay,
    pub(crate) dir: tempfile::TempDir,
    pub(crate) address: String,
    clock: Arc<AtomicI64>,
}

impl World {
    pub(crate) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(NOW.0));
        let tell = Arc::clone(&clock);
        let clock_of_relay = Clock::from_fn(move || Timestamp(tell.load(Ordering::SeqCst)));
        let relay = Relay::open(dir.path(), None, clock_of_relay).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let service = app(relay.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let world = Self {
            cast: Cast::new(),
            relay,
            dir,
            address,
            clock,
        };
        let rows: Vec<NewRow> = world.cast.rows().iter().filter_map(new_row).collect();
        world.write_rows(&rows);
        world
    }

    /// Rows that an administrator writes.
    pub(crate) fn write_rows(&self, rows: &[NewRow]) {
        let now = self.now();
        let store = self.relay.store();
        store
            .write(|edit| edit.append_rows(rows, now).map(drop))
            .unwrap();
        self.relay.catch_up().unwrap();
    }
    /// One more person with a post.
    pub(crate) fn add_person(&mut self, name: &'static str, unit: &str, kind: PostKind) {
        let before = self.cast.rows().len();
        self.cast.add_person(name, unit, kind);
        let rows: Vec<NewRow> = self.cast.rows()[before..]
            .iter()
            .filter_map(new_row)
            .collect();
        self.write_rows(&rows);
    }
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }
    pub(crate) fn pass(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn invite(&self, person: PersonId, hours: i64) -> String {
        // A person may get several at one moment.
        static COUNT: AtomicI64 = AtomicI64::new(0);
        let nth = COUNT.fetch_add(1, Ordering::SeqCst);
        let code = format!("CODE-{person}-{nth}-{}", self.now().0);
        let expires = self.now().plus(hours * 3_600_000);
        let store = self.relay.store();
        store
            .write(|edit| edit.add_invitation(&code, person, self.now(), expires))
            .unwrap();
        code
    }

    /// One more device of a person, enrolled.
    pub(crate) async fn phone(&self, name: &str) -> Phone {
        let code = self.invite(self.cast.person(name), 1);
        let devices = self.relay.store().read(|ask| ask.devices()).unwrap().len();
        let mut phone = Phone::enrol(&self.address, u8::try_from(devices).unwrap(), &code).await;
        phone.clock = Arc::clone(&self.clock);
        phone
    }
    pub(crate) async fn enrol(&self, key: &SigningKey, code: &str) -> Result<EnrolAnswer, Problem> {
        self.post("enrol", &enrolment(key, code)).await
    }
    /// As a proxy beside the relay passes it on that was called from an address.
    pub(crate) async fn enrol_from(
        &self,
        address: &str,
        key: &SigningKey,
        code: &str,
    ) -> Result<EnrolAnswer, Code> {
        let body = serde_json::to_vec(&enrolment(key, code)).unwrap();
        let headers = [("X-Forwarded-For", format!("203.0.113.9, {address}"))];
        let response = send(&self.address, ("POST", "/v1/enrol"), &headers, &body).await;
        let problem = |body| serde_json::from_slice::<Problem>(body).unwrap();
        match response.status {
            200 => Ok(serde_json::from_slice(&response.body).unwrap()),
            _ => Err(problem(&response.body).code),
        }
    }
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        endpoint: &str,
        request: &impl Serialize,
    ) -> Result<T, Problem> {
        post(&self.address, endpoint, request).await
    }
}

async fn post<T: DeserializeOwned>(
    address: &str,
    endpoint: &str,
    request: &impl Serialize,
) -> Result<T, Problem> {
    let body = serde_json::to_vec(request).unwrap();
    let path = format!("/v1/{endpoint}");
    let response = send(address, ("POST", &path), &[], &body).await;
    if response.status == 200 {
        Ok(serde_json::from_slice(&response.body).unwrap())
    } else {
        Err(serde_json::from_slice(&response.body).unwrap())
    }
}

fn enrolment(key: &SigningKey, code: &str) -> EnrolRequest {
    let public = key.verifying_key().to_bytes();
    let proof = key.sign(&enrol_message(code, &public)).to_bytes();
    EnrolRequest {
        code: code.to_owned(),
        public_key: hex::encode(public),
        proof: hex::encode(proof),
        platform: "test".to_owned(),
    }
}

/// The rows of the cast, written into a data folder that no relay serves yet.
pub(crate) fn begin_organisation(dir: &std::path::Path, cast: &Cast) {
    let relay = Relay::open(dir, None, Clock::system()).unwrap();
    let rows: Vec<NewRow> = cast.rows().iter().filter_map(new_row).collect();
    let write = |edit: &xunan_relay::store::Writing<'_>| edit.append_rows(&rows, NOW);
    relay.store().write(write).unwrap();
}

/// The cast's devices have no keys that sign: phones enrol with their own.
fn new_row(row: &Row) -> Option<NewRow> {
    (row.table != Table::Device).then(|| NewRow {
        table: row.table,
        id: row.id.clone(),
        valid_to: None,
        fields: row.fields.clone(),
    })
}

/// The barest device.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) key: SigningKey,
    pub(crate) actor: ActorId,
    pub(crate) enrolled: EnrolAnswer,
    pub(crate) token: String,
    pub(crate) address: String,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) revision: u64,
    pub(crate) rows: Vec<Row>,
    pub(crate) histories: BTreeMap<DocId, History>,
    pub(crate) outbox: Vec<(DocId, Change)>,
    clock: Arc<AtomicI64>,
}

pub(crate) fn text(value: impl Into<String>) -> Scalar {
    Scalar::Text(value.into())
}

pub(crate) fn doc(n: u8) -> DocId {
    DocId::new(u64::try_from(NOW.0).unwrap(), &[n; 10])
}

/// Keys differ by number.
fn key(number: u8) -> SigningKey {
    let mut seed = [7; 32];
    seed[0] = number;
    SigningKey::from_bytes(&seed)
}

impl Phone {
    /// Enrols a new device at a relay.
    pub(crate) async fn enrol(address: &str, number: u8, code: &str) -> Self {
        let key = key(number);
        let enrolled: EnrolAnswer = post(address, "enrol", &enrolment(&key, code))
            .await
            .unwrap();
        let public = key.verifying_key().to_bytes();
        Self {
            actor: author::actor(&public, [1, 2, 3, number]),
            key,
            token: enrolled.token.clone(),
            enrolled,
            address: address.to_owned(),
            cursor: None,
            revision: 0,
            rows: Vec::new(),
            histories: BTreeMap::new(),
            outbox: Vec::new(),
            clock: Arc::new(AtomicI64::new(NOW.0)),
        }
    }
    /// Whether the line breaks before an enrolment is answered.
    pub(crate) async fn enrolment_breaks(address: &str, number: u8, code: &str) -> bool {
        let body = serde_json::to_vec(&enrolment(&key(number), code)).unwrap();
        try_send(address, ("POST", "/v1/enrol"), &[], &body)
            .await
            .is_none()
    }
    /// Whether the line breaks before a request is answered.
    pub(crate) async fn line_breaks(&self, request: &SyncRequest) -> bool {
        let body = body::pack(&request.encode());
        let headers = self.bearer();
        let answer = try_send(&self.address, ("POST", "/v1/sync"), &headers, &body).await;
        answer.is_none()
    }
    /// Writes a change; it waits in the outbox.
    pub(crate) fn put(&mut self, id: DocId, kind: RecordKind, puts: &[(&str, Scalar)]) {
        let time = Timestamp(self.clock.load(Ordering::SeqCst));
        let history = self
            .histories
            .entry(id)
            .or_insert_with(|| History::new(id, kind));
        let puts = puts.iter().map(|(k, v)| ((*k).to_owned(), v.clone()));
        let change = history.compose(self.actor, time, puts.collect()).unwrap();
        history.append(&change);
        self.outbox.push((id, change));
    }
    /// Begins a record at a site.
    pub(crate) fn begin(
        &mut self,
        id: DocId,
        kind: RecordKind,
        site: UnitId,
        more: &[(&str, &str)],
    ) {
        let mut puts = vec![
            ("id", Scalar::Bytes(id.as_bytes().to_vec())),
            ("v", text(kind.version())),
            ("site", text(site.to_string())),
        ];
        puts.extend(more.iter().map(|(key, value)| (*key, text(*value))));
        self.put(id, kind, &puts);
    }
    /// Reports a hazard.
    pub(crate) fn report(&mut self, id: DocId, site: UnitId) {
        let more = [
            ("origin", "official"),
            ("text", "配电箱前堆放杂物"),
            ("level", "general"),
        ];
        self.begin(id, RecordKind::Finding, site, &more);
    }
    /// Does something with a finding.
    pub(crate) fn act(&mut self, id: DocId, event: &Event<FindingAct>) {
        let key = format!("ev/{}", self.histories[&id].next_event_id(self.actor));
        let value = text(serde_json::to_string(event).unwrap());
        self.put(id, RecordKind::Finding, &[(&key, value)]);
    }

    /// What the outbox holds, packed and signed.
    pub(crate) fn packed(&self) -> Option<Push> {
        let mut parts: BTreeMap<DocId, Vec<Change>> = BTreeMap::new();
        for (id, change) in &self.outbox {
            parts.entry(*id).or_default().push(change.clone());
        }
        if parts.is_empty() {
            return None;
        }
        let leaves: Vec<Leaf> = parts
            .iter()
            .map(|(id, changes)| (*id, changes.last().unwrap().hash))
            .collect();
        let root = author::root(&leaves);
        let message = author::push_message(self.enrolled.organisation, &root);
        // Inspections before findings.
        let mut out: Vec<PartOut<'_>> = parts
            .iter()
            .map(|(id, changes)| PartOut {
                id: *id,
                kind: self.histories[id].kind(),
                changes,
                whole_hashes: false,
            })
            .collect();
        out.sort_by_key(|part| part.kind);
        Some(Push {
            batch: pack(&out),
            signature: self.key.sign(&message).to_bytes(),
        })
    }
    pub(crate) fn request(&self) -> SyncRequest {
        SyncRequest {
            app: "test".to_owned(),
            cursor: self.cursor.clone(),
            revision: self.revision,
            clock: Timestamp(self.clock.load(Ordering::SeqCst)),
            wait: 0,
            size: ANSWER_BYTES,
            whole: Vec::new(),
            push: self.packed(),
        }
    }
    pub(crate) async fn send(&self, request: &SyncRequest) -> Result<SyncAnswer, Problem> {
        let bytes = self.send_bytes(body::pack(&request.encode())).await?;
        Ok(SyncAnswer::decode(&body::unpack(&bytes).unwrap()).unwrap())
    }
    pub(crate) async fn send_bytes(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
        let response = send(&self.address, ("POST", "/v1/sync"), &self.bearer(), &bytes).await;
        if response.status == 200 {
            Ok(response.body)
        } else {
            Err(serde_json::from_slice(&response.body).unwrap())
        }
    }
    /// Asks an endpoint for JSON; with a body it is a POST.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        endpoint: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<T, Problem> {
        let path = format!("/v1/{endpoint}");
        let method = if body.is_some() { "POST" } else { "GET" };
        let bytes = body.map(ToString::to_string).unwrap_or_default();
        let headers = self.bearer();
        let response = send(&self.address, (method, &path), &headers, bytes.as_bytes()).await;
        if response.status == 200 {
            Ok(serde_json::from_slice(&response.body).unwrap())
        } else {
            Err(serde_json::from_slice(&response.body).unwrap())
        }
    }
    pub(crate) fn bearer(&self) -> [(&'static str, String); 1] {
        [("Authorization", format!("Bearer {}", self.token))]
    }

    /// Takes in what came.
    pub(crate) fn take(&mut self, answer: &SyncAnswer) {
        self.cursor = Some(answer.cursor.clone());
        self.revision = answer.revision;
        let is_gone = |row: &Row| {
            answer
                .gone
                .iter()
                .any(|range| range.contains(&row.revision))
        };
        self.rows.retain(|row| !is_gone(row));
        for row in &answer.rows {
            let same = |held: &Row| {
                (held.table, &held.id, held.revision) == (row.table, &row.id, row.revision)
            };
            self.rows.retain(|held| !same(held));
            self.rows.push(row.clone());
        }
        for id in &answer.departures {
            self.histories.remove(id);
        }
        let Some(news) = &answer.news else { return };
        let mut batch = Batch::read(&news.batch).unwrap();
        let heads: Vec<_> = batch
            .parts()
            .iter()
            .map(|p| (p.id, p.kind, p.len))
            .collect();
        assert_eq!(heads.len(), news.runs.len());
        for (n, (id, kind, len)) in heads.into_iter().enumerate() {
            let counted: u32 = news.runs[n].iter().map(|run| run.changes).sum();
            assert_eq!(usize::try_from(counted).unwrap(), len);
            let history = self
                .histories
                .entry(id)
                .or_insert_with(|| History::new(id, kind));
            batch.rebuild(n, history).unwrap();
        }
    }
    /// Syncs until there is no more; what was pushed leaves the outbox.
    pub(crate) async fn sync(&mut self) -> SyncAnswer {
        let first = self.send(&self.request()).await.unwrap();
        self.outbox.clear();
        self.take(&first);
        let mut more = first.more;
        while more {
            let answer = self.send(&self.request()).await.unwrap();
            self.take(&answer);
            more = answer.more;
        }
        first
    }
    /// Syncs and gives the code that the relay answers with instead.
    pub(crate) async fn stopped(&self) -> Code {
        self.send(&self.request()).await.unwrap_err().code
    }
    pub(crate) fn has(&self, id: DocId) -> bool {
        self.histories.contains_key(&id)
    }
}

/// Signs in again, with the nonce of a refusal.
pub(crate) async fn sign_in(world: &World, phone: &mut Phone) -> Result<(), Problem> {
    let refused = phone.send(&phone.request()).await.unwrap_err();
    assert_eq!(refused.code, Code::SessionInvalid);
    let nonce = refused.details["nonce"].clone();
    let device = phone.enrolled.device;
    let message = session_message(phone.enrolled.organisation, device, &nonce);
    let request = SessionRequest {
        device,
        nonce,
        proof: hex::encode(phone.key.sign(&message).to_bytes()),
    };
    let answer: SessionAnswer = world.post("session", &request).await?;
    phone.token = answer.token;
    Ok(())
}

/// Runs a question or edit on the relay's storage.
pub(crate) fn revoke(world: &World, phone: &Phone) {
    let id = phone.enrolled.device;
    let write = |edit: &xunan_relay::store::Writing<'_>| edit.revoke_device(id, world.now());
    let outcome: Result<(), StoreError> = world.relay.store().write(write);
    outcome.unwrap();
}
