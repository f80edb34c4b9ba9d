//! A named person on a real device, in a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::program;

/// How long an answer may take before the test gives up: far above what is ever needed.
const PATIENCE: Duration = Duration::from_secs(90);

/// An answer: the reply's content, or the problem.
pub type Asked = std::result::Result<Value, Value>;

/// A person; the device's process is killed when dropped.
pub struct Person {
    /// 姓名
    pub name: String,
    folder: PathBuf,
    running: Option<Running>,
    asked: u64,
}

struct Running {
    child: Child,
    input: ChildStdin,
    lines: Receiver<Value>,
    /// Answers that came before somebody waited for them.
    early: BTreeMap<u64, Asked>,
}

impl Running {
    /// The next answer with its number; none if the device is gone.
    fn next(&mut self, patience: Duration) -> Result<Option<(u64, Asked)>> {
        loop {
            let mut line = match self.lines.recv_timeout(patience) {
                Ok(line) => line,
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => bail!("nothing in {patience:?}"),
            };
            // Notices have no number.
            let Some(id) = line.get("id").and_then(Value::as_u64) else {
                continue;
            };
            if let Some(problem) = line.get_mut("error") {
                return Ok(Some((id, Err(problem.take()))));
            }
            let reply = line.get_mut("reply").map(Value::take).unwrap_or_default();
            let content = reply.as_object().and_then(|fields| fields.values().next());
            return Ok(Some((id, Ok(content.cloned().unwrap_or(reply)))));
        }
    }
}

impl Person {
    /// Starts a device in a folder; with an invitation it enrols.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn start(name: &str, folder: &Path, invitation: Option<(&str, &str)>) -> Result<Self> {
        let mut person = Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            running: None,
            asked: 0,
        };
        person.spawn(invitation, &[])?;
        Ok(person)
    }

    fn spawn(
        &mut self,
        invitation: Option<(&str, &str)>,
        environment: &[(&str, &str)],
    ) -> Result<()> {
        let mut command = Command::new(program("xunan-person"));
        command
            .arg("--data")
            .arg(&self.folder)
            .envs(environment.iter().copied());
        if let Some((relay, code)) = invitation {
            command.args(["--relay", relay, "--code", code]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("xunan-person")?;
        let input = child.stdin.take().context("standard input")?;
        let out = child.stdout.take().context("standard output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out)
                .lines()
                .map_while(std::result::Result::ok)
            {
                let Ok(value) = serde_json::from_str(&line) else {
                    continue;
                };
                if sender.send(value).is_err() {
                    break;
                }
            }
        });
        self.running = Some(Running {
            child,
            input,
            lines,
            early: BTreeMap::new(),
        });
        Ok(())
    }

    /// Starts the device again on its folder, with an environment.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn restart(&mut self, environment: &[(&str, &str)]) -> Result<()> {
        self.kill();
        self.spawn(None, environment)
    }

    /// Kills the device with SIGKILL and waits until it is gone. What it answered before can still
    /// be read.
    pub fn kill(&mut self) {
        if let Some(running) = &mut self.running {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }

    /// Waits until the device ended by itself, for example at a halt point.
    ///
    /// # Errors
    /// If it goes on living.
    pub fn ended(&mut self) -> Result<ExitStatus> {
        let running = self.running.as_mut().context("the device is not running")?;
        while running.next(PATIENCE)?.is_some() {}
        running.child.wait().context("xunan-person")
    }

    /// Asks and waits for the answer: `Err` carries the problem.
    ///
    /// # Errors
    /// If the device is gone or doesn't answer.
    pub fn try_ask(&mut self, name: &str, fields: Value) -> Result<Asked> {
        let id = self.send(name, fields)?;
        self.answer(id)
    }

    /// Asks without waiting.
    ///
    /// # Errors
    /// If the device is gone.
    pub fn send(&mut self, name: &str, fields: Value) -> Result<u64> {
        self.asked += 1;
        let id = self.asked;
        let running = self.running.as_mut().context("the device is not running")?;
        let line = Value::from_iter([("id".to_owned(), id.into()), (name.to_owned(), fields)]);
        writeln!(running.input, "{line}").context("the device is gone")?;
        running.input.flush().context("the device is gone")?;
        Ok(id)
    }

    /// Waits for the answer to what was sent.
    ///
    /// # Errors
    /// If the device is gone or doesn't answer.
    pub fn answer(&mut self, id: u64) -> Result<Asked> {
        let answered = self.answer_before(id, Instant::now() + PATIENCE)?;
        answered.with_context(|| format!("{}: no answer", self.name))
    }

    /// The answer to what was sent, if it comes before a moment.
    ///
    /// # Errors
    /// If the device is gone.
    pub fn answer_before(&mut self, id: u64, moment: Instant) -> Result<Option<Asked>> {
        let running = self.running.as_mut().context("the device is not running")?;
        loop {
            if let Some(answer) = running.early.remove(&id) {
                return Ok(Some(answer));
            }
            let left = moment.saturating_duration_since(Instant::now());
            match running.next(left) {
                Ok(Some((id, answer))) => drop(running.early.insert(id, answer)),
                Ok(None) => bail!("{}: the device is gone", self.name),
                Err(_) => return Ok(None),
            }
        }
    }

    /// Asks for what must succeed.
    ///
    /// # Errors
    /// With the problem, if it does not.
    pub fn ask(&mut self, name: &str, fields: Value) -> Result<Value> {
        match self.try_ask(name, fields)? {
            Ok(reply) => Ok(reply),
            Err(problem) => bail!("{}: {name}: {problem}", self.name),
        }
    }

    /// A command's record.
    ///
    /// # Errors
    /// With the problem, if it is refused.
    pub fn record(&mut self, name: &str, fields: Value) -> Result<String> {
        let done = self.ask(name, fields)?;
        let id = done.get("id").and_then(Value::as_str);
        id.map(str::to_owned)
            .with_context(|| format!("{name} gave no record: {done}"))
    }

    /// Waits until nothing is left to send and the log is read to its end.
    ///
    /// # Errors
    /// If that fails.
    pub fn sync(&mut self) -> Result<()> {
        self.ask("Sync", json!({})).map(drop)
    }

    /// Cuts the network.
    ///
    /// # Errors
    /// If the device is gone.
    pub fn go_offline(&mut self) -> Result<()> {
        self.ask("GoOffline", json!({})).map(drop)
    }

    /// Mends the network.
    ///
    /// # Errors
    /// If the device is gone.
    pub fn go_online(&mut self) -> Result<()> {
        self.ask("GoOnline", json!({})).map(drop)
    }

    /// The person's id.
    ///
    /// # Errors
    /// If the device isn't enrolled.
    pub fn id(&mut self) -> Result<String> {
        let me = self.ask("Me", json!({}))?;
        let id = me.pointer("/person/id").and_then(Value::as_str);
        id.map(str::to_owned).context("not enrolled")
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.kill();
    }
}
