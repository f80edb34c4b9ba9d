//! People with devices, one relay, and the line between them.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use serde_json::json;
use sha2::Digest;
use xunan_core::change::Scalar;
use xunan_core::code::Problem;
use xunan_core::id::{DeviceId, DocId, PersonId, RowId, Sha256, UnitId};
use xunan_core::record::RecordKind;
use xunan_core::register::{
    Certificate, Person, Post, PostKind, Power, Row, Table, Unit, UnitLevel,
};
use xunan_core::timestamp::{Date, Timestamp};
use xunan_device::app::App;
use xunan_device::device::{Draft, Written};
use xunan_device::host::{Blobs, Clock, Host, Random, Scaled};
use xunan_device::request::{NewPhoto, Reply, Request};
use xunan_device::sync::{Effect, HttpRequest, Input};

use super::place::Place;
use super::relay::Relay;

pub(crate) fn bytes_of(name: &str) -> [u8; 16] {
    sha2::Sha256::digest(name.as_bytes())[..16]
        .try_into()
        .unwrap()
}
pub(crate) fn unit(name: &str) -> UnitId {
    UnitId::from_bytes(bytes_of(name))
}
pub(crate) fn person(name: &str) -> PersonId {
    PersonId::from_bytes(bytes_of(name))
}

/// As a screen hands it over.
pub(crate) fn new_photo(bytes: &[u8]) -> NewPhoto {
    NewPhoto {
        base64: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes),
        kept: None,
        loc: None,
        taken: None,
    }
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives and so does its answer.
    Arrives,
    /// It never arrives.
    Lost,
    /// It arrives; its answer doesn't.
    AnswerLost,
    /// It arrives twice.
    Twice,
    /// The answer comes cut in the middle.
    Cut,
}

type Line = Box<dyn FnMut(&HttpRequest) -> Fate>;

#[derive(Clone)]
struct TestClock {
    now: Arc<AtomicI64>,
    look: Arc<AtomicI64>,
}
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let look = self.look.load(Ordering::Relaxed);
        Timestamp(self.now.fetch_add(look, Ordering::Relaxed))
    }
}

/// Reproducible: each draw is the hash of a counter.
struct Counted(u64, String);
impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            self.0 += 1;
            let drawn = sha2::Sha256::digest(format!("{} {}", self.1, self.0));
            piece.copy_from_slice(&drawn[..piece.len()]);
        }
    }
}

#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<BTreeMap<Sha256, Vec<u8>>>>);
impl Blobs for Shelf {
    fn put(&mut self, hash: &Sha256, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().insert(*hash, bytes.to_vec());
        Ok(())
    }
    fn read(&self, hash: &Sha256, offset: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let shelf = self.0.lock().unwrap();
        let piece = |bytes: &Vec<u8>| {
            bytes
                .iter()
                .skip(offset as usize)
                .take(limit)
                .copied()
                .collect()
        };
        Ok(shelf.get(hash).map(piece))
    }
    fn remove(&mut self, hash: &Sha256) -> io::Result<()> {
        self.0.lock().unwrap().remove(hash);
        Ok(())
    }
}

/// A host for which every picture is ready as it is.
fn ready(bytes: &[u8]) -> Scaled {
    Scaled {
        picture: bytes.to_vec(),
        thumb: bytes[..bytes.len() / 8].to_vec(),
    }
}

/// Somebody's device.
pub(crate) struct Phone {
    name: String,
    app: Option<App>,
    key: SigningKey,
    place: Place,
    shelf: Shelf,
    opened: u64,
    waiter: Option<HttpRequest>,
    pub(crate) wake_at: Option<Timestamp>,
    pub(crate) replies: Vec<(u64, Result<Reply, Problem>)>,
    calls: u64,
}

/// See the module.
pub(crate) struct World {
    pub(crate) relay: Relay,
    pub(crate) clock: Arc<AtomicI64>,
    /// Milliseconds that pass with each look at the clock: a slow phone.
    pub(crate) look: Arc<AtomicI64>,
    pub(crate) line: Line,
    /// Ends an app before its n-th effect is carried out, once.
    pub(crate) crash_at: Option<usize>,
    pub(crate) effects: usize,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut world = Self {
            relay: Relay::new(),
            clock: Arc::new(AtomicI64::new(1_800_000_000_000)),
            look: Arc::default(),
            line: Box::new(|_| Fate::Arrives),
            crash_at: None,
            effects: 0,
        };
        world.unit("区", UnitLevel::District, None, false);
        world.unit("东", UnitLevel::Township, Some("区"), true);
        world.unit("厂", UnitLevel::Enterprise, Some("东"), false);
        world
    }

    fn unit(&mut self, name: &str, level: UnitLevel, parent: Option<&str>, power: bool) {
        let row = Unit {
            name: name.to_owned(),
            level,
            key: name.to_owned(),
            parent: parent.map(unit),
            industry: None,
            regulators: Vec::new(),
            remit: None,
            power: power.then_some(Power::Delegated),
            address: None,
            place: None,
            risk: None,
            workers: None,
        };
        self.row(
            Table::Unit,
            unit(name).to_string(),
            serde_json::to_value(row).unwrap(),
        );
    }
    pub(crate) fn row(&mut self, table: Table, id: String, fields: serde_json::Value) {
        let revision = self.relay.rows.len() as u64 + 1;
        self.relay.rows.push(Row {
            table,
            id,
            revision,
            valid_from: Timestamp(1_790_000_000_000),
            valid_to: None,
            fields,
        });
    }

    /// The checklist `k1`: section 电 with 1, 2 and 3 conform, 4 text.
    pub(crate) fn checklist(&mut self) {
        let item = |code: &str, answer: &str| json!({ "code": code, "number": 1, "section": "电", "text": code, "answer": { "type": answer } });
        let items = [
            ("1", "conform"),
            ("2", "conform"),
            ("3", "conform"),
            ("4", "text"),
        ];
        let items = items.map(|(code, answer)| item(code, answer));
        let list = json!({ "name": "用电", "industries": ["通用"], "version": 1, "items": items });
        self.row(Table::Checklist, "k1".to_owned(), list);
    }

    /// A person of 东 with a device that isn't enrolled yet.
    pub(crate) fn phone(&mut self, name: &str) -> Phone {
        self.phone_of(name, PostKind::Inspector, "东")
    }
    pub(crate) fn phone_of(&mut self, name: &str, kind: PostKind, of: &str) -> Phone {
        let who = person(name);
        let key = SigningKey::from_bytes(&sha2::Sha256::digest(name.as_bytes()).into());
        let row = Person {
            name: name.to_owned(),
            phone: None,
            certificate: Some(Certificate {
                number: "1".to_owned(),
                expires: Date::from_ymd(2040, 1, 1).unwrap(),
            }),
        };
        self.row(
            Table::Person,
            who.to_string(),
            serde_json::to_value(row).unwrap(),
        );
        let post = Post {
            person: who,
            unit: unit(of),
            kind,
            title: String::new(),
            duties: String::new(),
        };
        let post_id = RowId::from_bytes(bytes_of(&format!("post {name}")));
        self.row(
            Table::Post,
            post_id.to_string(),
            serde_json::to_value(post).unwrap(),
        );
        let device = DeviceId::from_bytes(bytes_of(&format!("device {name}")));
        let fields = json!({
            "person": who,
            "public_key": hex::encode(key.verifying_key().to_bytes()),
            "platform": "test",
        });
        self.row(Table::Device, device.to_string(), fields);
        self.relay.invite(&format!("code-{name}"), who, device);
        let mut phone = Phone {
            name: name.to_owned(),
            app: None,
            key,
            place: Place::new(),
            shelf: Shelf::default(),
            opened: 0,
            waiter: None,
            wake_at: None,
            replies: Vec::new(),
            calls: 0,
        };
        phone.open(self);
        phone
    }

    /// A phone that is enrolled and has read everything.
    pub(crate) fn joined(&mut self, name: &str) -> Phone {
        let mut phone = self.phone(name);
        self.enrol(&mut phone);
        self.sync(&mut phone).unwrap();
        phone
    }
    pub(crate) fn enrol(&mut self, phone: &mut Phone) {
        let code = format!("code-{}", phone.name);
        let relay = "https://relay.example".to_owned();
        self.call(phone, Request::Enrol { relay, code }).unwrap();
    }

    /// A request of a screen, and what is answered once everything has settled.
    pub(crate) fn call(&mut self, phone: &mut Phone, request: Request) -> Result<Reply, Problem> {
        phone.calls += 1;
        let id = phone.calls;
        self.drive(
            phone,
            Input::Call {
                id,
                request: Box::new(request),
            },
        );
        let place = phone.replies.iter().position(|(of, _)| *of == id);
        let place = place.unwrap_or_else(|| panic!("{}: no reply", phone.name));
        phone.replies.remove(place).1
    }
    pub(crate) fn sync(&mut self, phone: &mut Phone) -> Result<(), Problem> {
        self.call(phone, Request::Sync {}).map(|_| ())
    }
    /// Syncs as often as it takes on a bad line; time passes in between.
    pub(crate) fn sync_through(&mut self, phone: &mut Phone) {
        for _ in 0..200 {
            phone.calls += 1;
            let id = phone.calls;
            self.drive(
                phone,
                Input::Call {
                    id,
                    request: Box::new(Request::Sync {}),
                },
            );
            let done = phone
                .replies
                .iter()
                .any(|(of, result)| *of == id && result.is_ok());
            if done {
                return;
            }
            self.pass(200_000);
        }
        panic!("{} never came through", phone.name);
    }
    pub(crate) fn pass(&mut self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
        self.relay.now = self.relay.now.plus(ms);
    }
    pub(crate) fn tick(&mut self, phone: &mut Phone) {
        self.drive(phone, Input::Tick);
    }

    /// Steps an app until it waits for nothing but time and news.
    pub(crate) fn drive(&mut self, phone: &mut Phone, input: Input) {
        let mut inputs = vec![input];
        let mut rounds = 0;
        loop {
            if inputs.is_empty() {
                match phone.waiter.take_if(|request| self.relay.has_news(request)) {
                    Some(request) => inputs.extend(self.carry(&request)),
                    None => break,
                }
            }
            rounds += 1;
            assert!(rounds < 20_000, "{} goes in circles", phone.name);
            let input = inputs.remove(0);
            let effects = phone.app.as_mut().unwrap().step(input);
            for effect in effects {
                self.effects += 1;
                if self.crash_at == Some(self.effects) {
                    self.crash_at = None;
                    phone.open(self);
                    inputs = vec![Input::Tick];
                    break;
                }
                inputs.extend(self.carry_out(phone, effect));
            }
        }
    }

    fn carry_out(&mut self, phone: &mut Phone, effect: Effect) -> Vec<Input> {
        match effect {
            Effect::Send(request) if request.timeout_ms < 100_000 && waits(&request) => {
                phone.waiter = Some(request);
                Vec::new()
            }
            Effect::Send(request) => self.carry(&request),
            Effect::Cancel { id } => {
                phone.waiter.take_if(|request| request.id == id);
                Vec::new()
            }
            Effect::Sign { id, message } => {
                let signature = phone.key.sign(&message).to_bytes();
                vec![Input::Signed { id, signature }]
            }
            Effect::Scale { id, bytes, .. } => {
                let scaled = Some(ready(&bytes));
                vec![Input::Scaled { id, scaled }]
            }
            Effect::Continue => vec![Input::Tick],
            Effect::WakeAt(at) => {
                phone.wake_at = Some(at);
                Vec::new()
            }
            Effect::Reply { id, result } => {
                phone.replies.push((id, result));
                Vec::new()
            }
            Effect::Notice(_) => Vec::new(),
        }
    }

    fn carry(&mut self, request: &HttpRequest) -> Vec<Input> {
        let id = request.id;
        let fate = (self.line)(request);
        let failed = || vec![Input::Failed { id }];
        match fate {
            Fate::Lost => failed(),
            Fate::AnswerLost => {
                self.relay.answer(request);
                failed()
            }
            Fate::Arrives => vec![Input::Answered {
                id,
                answer: self.relay.answer(request),
            }],
            Fate::Twice => {
                self.relay.answer(request);
                let answer = self.relay.answer(request);
                vec![
                    Input::Answered {
                        id,
                        answer: answer.clone(),
                    },
                    Input::Answered { id, answer },
                ]
            }
            Fate::Cut => {
                let mut answer = self.relay.answer(request);
                answer.body.truncate(answer.body.len() / 2);
                vec![Input::Answered { id, answer }]
            }
        }
    }
}

fn waits(request: &HttpRequest) -> bool {
    request.url.ends_with("/sync")
}

impl Phone {
    /// Opens the app on its storage, as after it was ended.
    pub(crate) fn open(&mut self, world: &World) {
        self.app = None;
        self.waiter = None;
        self.opened += 1;
        let host = Host {
            clock: Box::new(TestClock {
                now: Arc::clone(&world.clock),
                look: Arc::clone(&world.look),
            }),
            random: Box::new(Counted(0, format!("{} {}", self.name, self.opened))),
            blobs: Box::new(self.shelf.clone()),
            public_key: self.key.verifying_key().to_bytes(),
            platform: "test".to_owned(),
        };
        let connection = Connection::open(self.place.database()).unwrap();
        self.app = Some(App::open(connection, host).unwrap());
    }
    pub(crate) fn app(&mut self) -> &mut App {
        self.app.as_mut().unwrap()
    }
    pub(crate) fn database(&self) -> PathBuf {
        self.place.database()
    }
    /// Ends the app without opening it again.
    pub(crate) fn close(&mut self) {
        self.app = None;
        self.waiter = None;
    }

    pub(crate) fn write(
        &mut self,
        id: DocId,
        kind: RecordKind,
        puts: &[(&str, &str)],
    ) -> Result<Written, Problem> {
        self.app().device().write(draft(id, kind, puts))
    }
    /// Begins an inspection of 厂.
    pub(crate) fn begin(&mut self) -> DocId {
        let id = self.app().device().new_document();
        let site = unit("厂").to_string();
        let puts = [
            ("site", site.as_str()),
            ("kind", "routine"),
            ("list/k1", "1"),
        ];
        self.write(id, RecordKind::Inspection, &puts).unwrap();
        id
    }
    pub(crate) fn answer_item(&mut self, id: DocId, item: &str, value: &str) {
        let key = format!("a/k1/{item}");
        self.write(id, RecordKind::Inspection, &[(&key, value)])
            .unwrap();
    }
    /// What stands under a key: all values that are visible, sorted.
    pub(crate) fn values(&mut self, id: DocId, key: &str) -> Vec<String> {
        let Ok(history) = self.app().device().history(id) else {
            return Vec::new();
        };
        let visible = history.visible(key);
        let text = |value: &Scalar| value.as_text().unwrap_or("-").to_owned();
        let mut values: Vec<String> = visible.iter().map(|write| text(&write.value)).collect();
        values.sort();
        values
    }
    pub(crate) fn count(&mut self, sql: &str) -> i64 {
        let device = self.app().device();
        device
            .connection()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }
}

pub(crate) fn draft(id: DocId, kind: RecordKind, puts: &[(&str, &str)]) -> Draft {
    let value = |key: &str, text: &str| match key {
        "list/k1" => Scalar::Int(text.parse().unwrap()),
        _ => Scalar::Text(text.to_owned()),
    };
    Draft {
        id,
        kind,
        puts: puts
            .iter()
            .map(|(key, text)| ((*key).to_owned(), value(key, text)))
            .collect(),
        event: None,
        command: json!({ "test": puts }),
        undo: None,
    }
}
