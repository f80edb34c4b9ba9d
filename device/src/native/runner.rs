//! The loop that drives a device: one thread owns it, because its storage has one writer. Requests
//! to the relay run beside it. What a screen asks comes before whatever else waits.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, oneshot};
use tokio::task::AbortHandle;
use xunan_core::code::{Code, Problem};
use xunan_core::timestamp::Timestamp;

use super::client::Client;
use super::{FileBlobs, KeyError, KeyFile, SystemRandom, WallClock};
use crate::app::App;
use crate::host::{Clock, Host};
use crate::photo::scale;
use crate::request::{Notice, Reply, Request};
use crate::store::StoreError;
use crate::sync::{Effect, Input};

/// Notices that a slow listener may be behind; then it reads everything anew.
const NOTICES: usize = 1024;

/// The device can't be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its folder can't be made or read.
    #[error("the data folder can't be used")]
    Folder(#[from] std::io::Error),
    /// Its key can't be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its storage can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The network client can't be made.
    #[error("the network client can't be made")]
    Client(#[from] reqwest::Error),
}

impl StartError {
    /// As it crosses to a screen.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let code = match self {
            Self::Store(error) => error.code(),
            Self::Folder(_) | Self::Key(_) => Code::StoreFailed,
            Self::Client(_) => Code::Internal,
        };
        let mut problem = Problem::new(code);
        problem.trace = self.to_string();
        problem
    }
}

type Answer = oneshot::Sender<Result<Reply, Problem>>;

enum Message {
    Call(Box<Request>, Answer),
    Input(Input),
    Stop,
}

/// A device that runs. Dropping it stops it and gives its storage back.
pub struct Running {
    messages: Sender<Message>,
    notices: broadcast::Sender<Notice>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the device whose storage, key and blobs are in a folder. `platform`: what it runs on, for
/// showing. Its requests run on `runtime`.
///
/// # Errors
/// `store.in_use` if another process has the folder, and whatever else keeps it from opening.
pub fn start(folder: &Path, platform: &str, runtime: Handle) -> Result<Running, StartError> {
    std::fs::create_dir_all(folder)?;
    let connection = Connection::open(folder.join("device.db")).map_err(StoreError::Sqlite)?;
    let key = KeyFile::open(&folder.join("device.key"))?;
    let host = Host {
        clock: Box::new(WallClock),
        random: Box::new(SystemRandom),
        blobs: Box::new(FileBlobs::open(&folder.join("blobs"))?),
        public_key: key.public_key(),
        platform: platform.to_owned(),
    };
    let app = App::open(connection, host)?;
    let client = Client::new()?;
    let (messages, inbox) = channel();
    let (notices, _) = broadcast::channel(NOTICES);
    let driver = Driver {
        app,
        key,
        client,
        runtime,
        outbox: messages.clone(),
        notices: notices.clone(),
        calls: BTreeMap::new(),
        last_call: 0,
        requests: BTreeMap::new(),
        wake_at: None,
        busy: true,
    };
    let thread = std::thread::Builder::new()
        .name("xunan-device".to_owned())
        .spawn(move || driver.run(&inbox))?;
    Ok(Running {
        messages,
        notices,
        thread: Some(thread),
    })
}

impl Running {
    /// Asks a question or gives a command.
    ///
    /// # Errors
    /// What is wrong, with a code that the screens have words for.
    pub async fn call(&self, request: Request) -> Result<Reply, Problem> {
        self.ask(request).await
    }
    /// As [`Self::call`], but the request has its turn already when this returns, before anybody
    /// waits for the reply.
    pub fn ask(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Problem>> + Send + 'static + use<> {
        let (answer, reply) = oneshot::channel();
        // A device that has stopped drops the answer's sender, which the reply then tells.
        let _ = self.messages.send(Message::Call(Box::new(request), answer));
        async {
            let stopped = |_| Problem::new(Code::Internal).with("stopped", true);
            reply.await.map_err(stopped)?
        }
    }
    /// What changes from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }
    /// The app came to the front or left it.
    pub fn set_front(&self, front: bool) {
        // A device that has stopped has no front.
        let _ = self.messages.send(Message::Input(Input::Front(front)));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.messages.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Driver {
    app: App,
    key: KeyFile,
    client: Client,
    runtime: Handle,
    outbox: Sender<Message>,
    notices: broadcast::Sender<Notice>,
    calls: BTreeMap<u64, Answer>,
    last_call: u64,
    requests: BTreeMap<u64, AbortHandle>,
    wake_at: Option<Timestamp>,
    /// There is local work to go on with as soon as nobody asks.
    busy: bool,
}

impl Driver {
    fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let input = match self.next(inbox) {
                None => break,
                Some(Message::Stop) => break,
                Some(Message::Input(input)) => input,
                Some(Message::Call(request, answer)) => {
                    self.last_call += 1;
                    let id = self.last_call;
                    self.calls.insert(id, answer);
                    Input::Call { id, request }
                }
            };
            self.step(input);
        }
        for request in self.requests.values() {
            request.abort();
        }
    }

    /// The next message; a tick when it is time for one. None: nobody is left.
    fn next(&self, inbox: &Receiver<Message>) -> Option<Message> {
        let tick = || Some(Message::Input(Input::Tick));
        if self.busy {
            return match inbox.try_recv() {
                Ok(message) => Some(message),
                Err(TryRecvError::Empty) => tick(),
                Err(TryRecvError::Disconnected) => None,
            };
        }
        let Some(wake_at) = self.wake_at else {
            return inbox.recv().ok();
        };
        let left = wake_at.since(WallClock.now()).max(0).unsigned_abs();
        match inbox.recv_timeout(Duration::from_millis(left)) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => tick(),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn step(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            if let Input::Answered { id, .. } | Input::Failed { id } = &input {
                self.requests.remove(id);
            }
            self.busy = false;
            self.wake_at = None;
            for effect in self.app.step(input) {
                inputs.extend(self.carry_out(effect));
            }
        }
    }

    /// Carries out an effect; a signature comes back at once.
    fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Send(request) => {
                let (client, outbox, id) = (self.client.clone(), self.outbox.clone(), request.id);
                let task = self.runtime.spawn(async move {
                    let input = match client.send(request).await {
                        Some(answer) => Input::Answered { id, answer },
                        None => Input::Failed { id },
                    };
                    // Nobody listens any more when the device has stopped.
                    let _ = outbox.send(Message::Input(input));
                });
                self.requests.insert(id, task.abort_handle());
            }
            Effect::Cancel { id } => {
                if let Some(task) = self.requests.remove(&id) {
                    task.abort();
                }
            }
            Effect::Sign { id, message } => {
                let signature = self.key.sign(&message);
                return Some(Input::Signed { id, signature });
            }
            Effect::Scale {
                id,
                bytes,
                orientation,
            } => {
                let outbox = self.outbox.clone();
                // Decoding takes a while: screens are answered meanwhile.
                self.runtime.spawn_blocking(move || {
                    let scaled = scale(&bytes, orientation);
                    let _ = outbox.send(Message::Input(Input::Scaled { id, scaled }));
                });
            }
            Effect::Continue => self.busy = true,
            Effect::WakeAt(at) => self.wake_at = Some(at),
            Effect::Reply { id, result } => {
                if let Some(answer) = self.calls.remove(&id) {
                    // Whoever asked may have gone.
                    let _ = answer.send(result);
                }
            }
            Effect::Notice(notice) => {
                let _ = self.notices.send(notice);
            }
        }
        None
    }
}
