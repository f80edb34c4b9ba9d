//! A relay built on core alone: the log, rules 1–12, and verdicts that a test gives. It answers as
//! protocol.md says, and nothing more.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use sha2::Digest;
use xunan_core::author;
use xunan_core::change::{Change, History};
use xunan_core::code::{Code, Problem, Retry};
use xunan_core::id::{ChangeHash, DeviceId, DocId, Epoch, OrganisationId, PersonId, Sha256};
use xunan_core::record::RecordKind;
use xunan_core::register::Row;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::batch::{Batch, PartOut, pack};
use xunan_core::wire::body;
use xunan_core::wire::enrol::{EnrolAnswer, EnrolRequest, SessionRequest, session_message};
use xunan_core::wire::sync::{Cursor, News, Outcome, Run, Seal, SyncAnswer, SyncRequest, Verdict};
use xunan_device::sync::{HttpAnswer, HttpRequest, Method};

pub(crate) const ORGANISATION: OrganisationId = OrganisationId::from_bytes([9; 16]);

struct Entry {
    doc: DocId,
    change: Change,
    seal: usize,
}

struct Member {
    person: PersonId,
    key: [u8; 32],
    token: String,
}

/// What a test says of a change; none: it is appended.
pub(crate) type Rights = Box<dyn Fn(DocId, &Change) -> Option<Outcome>>;

/// See the module.
pub(crate) struct Relay {
    pub(crate) now: Timestamp,
    pub(crate) rows: Vec<Row>,
    /// Revisions that the next answer says are gone from sight.
    pub(crate) gone: Vec<RangeInclusive<u64>>,
    pub(crate) rights: Rights,
    /// Records that a person may not see (any more).
    pub(crate) hidden: BTreeSet<(PersonId, DocId)>,
    /// Records of an answer at most.
    pub(crate) page: usize,
    pub(crate) requests: usize,
    pub(crate) pushes: usize,
    epoch: Epoch,
    log: Vec<Entry>,
    seals: Vec<Seal>,
    docs: BTreeMap<DocId, History>,
    members: BTreeMap<DeviceId, Member>,
    told: BTreeMap<[u8; 32], (Option<Timestamp>, Vec<Verdict>)>,
    blobs: BTreeMap<Sha256, (u64, Vec<u8>)>,
    codes: BTreeMap<String, (PersonId, DeviceId)>,
    seen: BTreeMap<DeviceId, BTreeSet<DocId>>,
    nonce: u32,
}

impl Relay {
    pub(crate) fn new() -> Self {
        Self {
            now: Timestamp(1_800_000_000_000),
            rows: Vec::new(),
            gone: Vec::new(),
            rights: Box::new(|_, _| None),
            hidden: BTreeSet::new(),
            page: 100,
            requests: 0,
            pushes: 0,
            epoch: Epoch::from_bytes([1; 8]),
            log: Vec::new(),
            seals: Vec::new(),
            docs: BTreeMap::new(),
            members: BTreeMap::new(),
            told: BTreeMap::new(),
            blobs: BTreeMap::new(),
            codes: BTreeMap::new(),
            seen: BTreeMap::new(),
            nonce: 0,
        }
    }

    pub(crate) fn invite(&mut self, code: &str, person: PersonId, device: DeviceId) {
        self.codes.insert(code.to_owned(), (person, device));
    }
    /// All sessions end.
    pub(crate) fn end_sessions(&mut self) {
        for member in self.members.values_mut() {
            member.token.push_str("-ended");
        }
    }
    pub(crate) fn log_len(&self) -> usize {
        self.log.len()
    }
    pub(crate) fn heads(&self, doc: DocId) -> Vec<ChangeHash> {
        self.docs.get(&doc).map(History::heads).unwrap_or_default()
    }
    pub(crate) fn blob(&self, hash: &Sha256) -> Option<&[u8]> {
        let (length, bytes) = self.blobs.get(hash)?;
        (*length == bytes.len() as u64).then_some(bytes)
    }
    /// Whether a held request has something to hear.
    pub(crate) fn has_news(&self, request: &HttpRequest) -> bool {
        let body = body::unpack(&request.body).unwrap();
        let asked = SyncRequest::decode(&body).unwrap();
        position(asked.cursor.as_ref()) < self.log.len()
    }

    pub(crate) fn answer(&mut self, request: &HttpRequest) -> HttpAnswer {
        self.requests += 1;
        self.now = self.now.plus(7);
        let path = request.url.split("/v1/").nth(1).unwrap();
        match (request.method, path.split_once('/')) {
            (Method::Post, None) if path == "enrol" => self.enrol(&request.body),
            (Method::Post, None) if path == "session" => self.session(&request.body),
            _ => {
                let token = request.token.as_deref().unwrap_or_default();
                let found = self
                    .members
                    .iter()
                    .find(|(_, member)| member.token == token);
                let Some(device) = found.map(|(device, _)| *device) else {
                    self.nonce += 1;
                    let nonce = format!("nonce-{}", self.nonce);
                    return refuse(
                        401,
                        &Problem::new(Code::SessionInvalid)
                            .retry(Retry::AfterSignIn)
                            .with("nonce", nonce),
                    );
                };
                match path.split_once('/') {
                    Some(("admin", _)) => ok(b"[]".to_vec()),
                    Some(("blobs", hash)) => self.blob_request(request, hash.parse().unwrap()),
                    _ => self.sync(device, &request.body),
                }
            }
        }
    }

    fn enrol(&mut self, body: &[u8]) -> HttpAnswer {
        let request: EnrolRequest = serde_json::from_slice(body).unwrap();
        let Some((person, device)) = self.codes.remove(&request.code) else {
            return refuse(404, &Problem::new(Code::InvitationUnknown));
        };
        let mut key = [0; 32];
        hex::decode_to_slice(&request.public_key, &mut key).unwrap();
        let token = format!("token of {device}");
        self.members.insert(
            device,
            Member {
                person,
                key,
                token: token.clone(),
            },
        );
        ok(serde_json::to_vec(&EnrolAnswer {
            organisation: ORGANISATION,
            person,
            device,
            token,
            epoch: self.epoch,
        })
        .unwrap())
    }

    fn session(&mut self, body: &[u8]) -> HttpAnswer {
        let request: SessionRequest = serde_json::from_slice(body).unwrap();
        let member = self.members.get_mut(&request.device).unwrap();
        let message = session_message(ORGANISATION, request.device, &request.nonce);
        let mut proof = [0; 64];
        hex::decode_to_slice(&request.proof, &mut proof).unwrap();
        author::verify(&member.key, &message, &proof).unwrap();
        member.token = format!("renewed by {}", request.nonce);
        ok(serde_json::to_vec(&serde_json::json!({ "token": member.token })).unwrap())
    }

    fn blob_request(&mut self, request: &HttpRequest, hash: Sha256) -> HttpAnswer {
        let known = self
            .blobs
            .get(&hash)
            .map(|(length, bytes)| (*length, bytes.len() as u64));
        match request.method {
            Method::Patch => {
                let stands = known.map_or(0, |(_, len)| len);
                if request.offset != Some(stands) {
                    let mut answer = refuse(409, &Problem::new(Code::BlobOffset));
                    answer.offset = Some(stands);
                    return answer;
                }
                let length = request.length.unwrap();
                let (_, bytes) = self.blobs.entry(hash).or_insert((length, Vec::new()));
                bytes.extend_from_slice(&request.body);
                if bytes.len() as u64 == length {
                    let found: [u8; 32] = sha2::Sha256::digest(&bytes).into();
                    assert_eq!(found, *hash.as_bytes());
                }
                let offset = Some(bytes.len() as u64);
                HttpAnswer {
                    status: 204,
                    offset,
                    body: Vec::new(),
                }
            }
            Method::Head => match known {
                Some((_, len)) => HttpAnswer {
                    status: 200,
                    offset: Some(len),
                    body: Vec::new(),
                },
                None => refuse(404, &Problem::new(Code::BlobAbsent)),
            },
            _ => match self.blob(&hash) {
                Some(bytes) => ok(bytes.to_vec()),
                None => refuse(404, &Problem::new(Code::BlobAbsent)),
            },
        }
    }

    fn sync(&mut self, device: DeviceId, body: &[u8]) -> HttpAnswer {
        let request = SyncRequest::decode(&body::unpack(body).unwrap()).unwrap();
        let mut answer = SyncAnswer::nothing(
            self.now,
            self.epoch,
            request.revision,
            request.cursor.clone().unwrap_or_default(),
        );
        if let Some(push) = &request.push {
            self.pushes += 1;
            let (receipt, verdicts) = self.push(device, &push.batch, push.signature);
            answer.receipt = receipt;
            answer.verdicts = verdicts;
        }
        let newest = self.rows.iter().map(|row| row.revision).max().unwrap_or(0);
        let rows = self
            .rows
            .iter()
            .filter(|row| row.revision > request.revision);
        answer.rows = rows.cloned().collect();
        answer.gone = std::mem::take(&mut self.gone);
        answer.revision = newest;
        self.news(device, &request, &mut answer);
        ok(body::pack(&answer.encode()))
    }

    fn push(
        &mut self,
        device: DeviceId,
        bytes: &[u8],
        signature: [u8; 64],
    ) -> (Option<Timestamp>, Vec<Verdict>) {
        let mut batch = Batch::read(bytes).unwrap();
        let parts = batch.parts().to_vec();
        let mut verdicts = Vec::new();
        let mut fresh = Vec::new();
        let mut leaves = Vec::new();
        for (n, part) in parts.iter().enumerate() {
            let before = self
                .docs
                .get(&part.id)
                .cloned()
                .unwrap_or_else(|| History::new(part.id, part.kind));
            let mut after = before.clone();
            let verdict = |position: usize, outcome| Verdict {
                part: n as u32,
                position: position as u32,
                outcome,
            };
            match batch.rebuild(n, &mut after) {
                Ok(changes) => {
                    let mut last = BTreeMap::new();
                    for change in &changes {
                        last.insert(change.actor, change.hash);
                    }
                    leaves.extend(last.into_values().map(|hash| (part.id, hash)));
                    let (kept, refused) = self.judge(device, &before, &changes);
                    let refused = refused.into_iter();
                    verdicts.extend(refused.map(|(position, outcome)| verdict(position, outcome)));
                    fresh.push((before, kept));
                }
                Err(error) => {
                    verdicts.push(verdict(0, unjudged(error.invalid.code)));
                    return (None, verdicts);
                }
            }
        }
        let root = author::root(&leaves);
        let member = &self.members[&device];
        let message = author::push_message(ORGANISATION, &root);
        author::verify(&member.key, &message, &signature).unwrap();
        if let Some(told) = self.told.get(&root) {
            return told.clone();
        }
        self.seals.push(Seal {
            received: self.now,
            device,
            root,
            signature,
        });
        self.append(fresh);
        let told = (Some(self.now), verdicts);
        self.told.insert(root, told.clone());
        told
    }

    /// Appends what came in the newest push.
    fn append(&mut self, fresh: Vec<(History, Vec<Change>)>) {
        let seal = self.seals.len() - 1;
        for (mut history, kept) in fresh {
            for change in kept {
                history.append(&change);
                self.log.push(Entry {
                    doc: history.id(),
                    change,
                    seal,
                });
            }
            if !history.is_empty() {
                self.docs.insert(history.id(), history);
            }
        }
    }

    /// The changes that are appended; a refused one takes its descendants with it.
    fn judge(
        &self,
        device: DeviceId,
        before: &History,
        changes: &[Change],
    ) -> (Vec<Change>, Vec<(usize, Outcome)>) {
        let mut gone = BTreeSet::new();
        let mut refused = Vec::new();
        let mut kept = Vec::new();
        let key_part = author::key_part(&self.members[&device].key);
        for (position, change) in changes.iter().enumerate() {
            assert!(change.actor.belongs_to(&key_part), "rule 12");
            if before.number_of(&change.hash).is_some() {
                continue;
            }
            let outcome = if change.deps.iter().any(|dep| gone.contains(dep)) {
                Some(Outcome::Descends)
            } else {
                (self.rights)(before.id(), change)
            };
            match outcome {
                None => kept.push(change.clone()),
                Some(outcome) => {
                    gone.insert(change.hash);
                    refused.push((position, outcome));
                }
            }
        }
        (kept, refused)
    }

    fn news(&mut self, device: DeviceId, request: &SyncRequest, answer: &mut SyncAnswer) {
        let person = self.members[&device].person;
        let first = request.cursor.is_none();
        let from = position(request.cursor.as_ref());
        let seen = self.seen.entry(device).or_default();
        if first {
            seen.clear();
        }
        let hidden = |doc: DocId| self.hidden.contains(&(person, doc));
        let gone: Vec<DocId> = seen.iter().copied().filter(|doc| hidden(*doc)).collect();
        answer.departures.clone_from(&gone);
        for doc in gone {
            seen.remove(&doc);
        }
        // Records whole that the device doesn't have, then the log.
        let mut docs: Vec<DocId> = Vec::new();
        let mut to = from;
        for (n, entry) in self.log.iter().enumerate().skip(from) {
            if !docs.contains(&entry.doc) && !hidden(entry.doc) {
                if docs.len() == self.page {
                    answer.more = true;
                    break;
                }
                docs.push(entry.doc);
            }
            to = n + 1;
        }
        let also = request.whole.iter().filter(|doc| !docs.contains(doc));
        let also: Vec<DocId> = also.copied().collect();
        docs.extend(also);
        let mut parts = Vec::new();
        for doc in docs {
            let whole = seen.insert(doc) || request.whole.contains(&doc);
            let entries: Vec<&Entry> = self
                .log
                .iter()
                .enumerate()
                .filter(|(n, entry)| entry.doc == doc && (whole || (*n >= from && *n < to)))
                .map(|(_, entry)| entry)
                .collect();
            // What this request brought isn't news to the device; own work before it may be, as
            // after a restored backup.
            let brought = |entry: &&Entry| answer.receipt == Some(self.seals[entry.seal].received);
            if !entries.is_empty() && (whole || !entries.iter().all(brought)) {
                parts.push((doc, self.docs[&doc].kind(), entries, whole));
            }
        }
        answer.news = news_of(&parts, &self.seals);
        answer.cursor = Cursor((to as u64 + 1).to_be_bytes().to_vec());
    }
}

fn news_of(parts: &[(DocId, RecordKind, Vec<&Entry>, bool)], seals: &[Seal]) -> Option<News> {
    if parts.is_empty() {
        return None;
    }
    let changes: Vec<Vec<Change>> = parts
        .iter()
        .map(|(_, _, entries, _)| entries.iter().map(|entry| entry.change.clone()).collect())
        .collect();
    let out: Vec<PartOut<'_>> = parts
        .iter()
        .zip(&changes)
        .map(|((id, kind, _, whole), changes)| PartOut {
            id: *id,
            kind: *kind,
            changes,
            whole_hashes: *whole,
        })
        .collect();
    let mut news = News {
        batch: pack(&out),
        ..News::default()
    };
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    for (n, (_, _, entries, whole)) in parts.iter().enumerate() {
        let mut runs: Vec<Run> = Vec::new();
        for entry in entries {
            let seal = *numbers.entry(entry.seal).or_insert_with(|| {
                news.seals.push(seals[entry.seal].clone());
                news.seals.len() as u32 - 1
            });
            match runs.last_mut() {
                Some(run) if run.seal == seal => run.changes += 1,
                _ => runs.push(Run { changes: 1, seal }),
            }
        }
        news.runs.push(runs);
        if *whole {
            news.arrivals.push(n as u32);
        }
    }
    Some(news)
}

/// The cursor is the log's position, one higher, so that the beginning isn't empty.
fn position(cursor: Option<&Cursor>) -> usize {
    let bytes = cursor.map_or(&[][..], |cursor| &cursor.0);
    bytes
        .try_into()
        .map_or(0, |bytes| u64::from_be_bytes(bytes) as usize - 1)
}

fn ok(body: Vec<u8>) -> HttpAnswer {
    HttpAnswer {
        status: 200,
        offset: None,
        body,
    }
}

fn refuse(status: u16, problem: &Problem) -> HttpAnswer {
    HttpAnswer {
        status,
        offset: None,
        body: serde_json::to_vec(problem).unwrap(),
    }
}

/// What is said of a part that can't be judged.
fn unjudged(code: Code) -> Outcome {
    match code {
        Code::ChangeFork | Code::ChangeTailTaken => Outcome::Fork,
        Code::ChangeHeld => Outcome::Held {
            missing: Vec::new(),
        },
        _ => Outcome::Unclear,
    }
}
