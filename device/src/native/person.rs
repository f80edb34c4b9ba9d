//! The headless person: requests as JSON lines in, replies and notices as JSON lines out. Tests
//! speak to it as the screens speak to a device.

use std::path::PathBuf;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use xunan_core::code::{Code, Problem};

use super::runner::{Running, StartError, start};
use crate::request::{Notice, Reply, Request};

/// How the headless person is started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Its data folder.
    pub data: PathBuf,
    /// The relay to enrol at, and the invitation's code.
    pub invitation: Option<(String, String)>,
    /// Without network from the start.
    pub offline: bool,
}

impl Options {
    /// From the words of a command line. None: they can't be understood.
    #[must_use]
    pub fn read(words: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut options = Self::default();
        let (mut relay, mut code) = (None, None);
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--data" => options.data = words.next()?.into(),
                "--relay" => relay = Some(words.next()?),
                "--code" => code = Some(words.next()?),
                "--offline" => options.offline = true,
                _ => return None,
            }
        }
        options.invitation = match (relay, code) {
            (Some(relay), Some(code)) => Some((relay, code)),
            (None, None) => None,
            _ => return None,
        };
        (!options.data.as_os_str().is_empty()).then_some(options)
    }
}

/// Speaks on standard input and output until the input ends.
///
/// # Errors
/// If the device can't be started.
pub async fn speak(options: Options) -> Result<(), StartError> {
    let runtime = tokio::runtime::Handle::current();
    let person = std::sync::Arc::new(start(&options.data, std::env::consts::OS, runtime)?);
    let (lines, mut to_print) = unbounded_channel::<Value>();
    let printing = tokio::spawn(async move {
        let mut out = tokio::io::stdout();
        while let Some(line) = to_print.recv().await {
            let text = format!("{line}\n");
            if out.write_all(text.as_bytes()).await.is_err() || out.flush().await.is_err() {
                break;
            }
        }
    });
    let listening = tokio::spawn(listen(person.notices(), lines.clone()));
    begin(&person, &options, &lines).await;
    let mut input = BufReader::new(tokio::io::stdin()).lines();
    while let Ok(Some(line)) = input.next_line().await {
        if line.trim().is_empty() {
            continue;
        }
        let (person, lines) = (std::sync::Arc::clone(&person), lines.clone());
        let (id, request) = read_line(&line);
        // Its turn is taken here, its answer may come later: a `Sync` holds up nobody.
        match request {
            Ok(request) => {
                let reply = person.ask(request);
                tokio::spawn(async move {
                    let _ = lines.send(answer(&id, reply.await));
                });
            }
            Err(problem) => drop(lines.send(answer(&id, Err(problem)))),
        }
    }
    listening.abort();
    drop((person, lines));
    let _ = printing.await;
    Ok(())
}

async fn begin(person: &Running, options: &Options, lines: &UnboundedSender<Value>) {
    if let Some((relay, code)) = options.invitation.clone() {
        let enrolled = person.call(Request::Enrol { relay, code }).await;
        match enrolled {
            // A person started again with the same words is the same person.
            Err(problem) if problem.code != Code::DeviceEnrolled => {
                let _ = lines.send(json!({ "error": problem }));
            }
            _ => {}
        }
    }
    if options.offline {
        let _ = person.call(Request::GoOffline {}).await;
    }
}

async fn listen(
    mut notices: tokio::sync::broadcast::Receiver<Notice>,
    lines: UnboundedSender<Value>,
) {
    loop {
        match notices.recv().await {
            Ok(notice) => {
                let _ = lines.send(json!({ "notice": notice }));
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => break,
        }
    }
}

/// The caller's id, and the request: the line without its id.
fn read_line(line: &str) -> (Value, Result<Request, Problem>) {
    let invalid = |error: &serde_json::Error| {
        let mut problem = Problem::new(Code::InputInvalid);
        problem.trace = error.to_string();
        problem
    };
    let mut value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => return (Value::Null, Err(invalid(&error))),
    };
    let id = value
        .as_object_mut()
        .and_then(|fields| fields.remove("id"))
        .unwrap_or_default();
    let request = serde_json::from_value(value);
    (id, request.map_err(|error| invalid(&error)))
}

fn answer(id: &Value, result: Result<Reply, Problem>) -> Value {
    match result {
        Ok(reply) => json!({ "id": id, "reply": reply }),
        Err(problem) => json!({ "id": id, "error": problem }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_request_with_an_id() {
        let (id, request) = read_line(r#"{"id":7,"Undo":{"command":3}}"#);
        assert_eq!(id, json!(7));
        assert!(matches!(request, Ok(Request::Undo { command: 3 })));
        let (id, request) = read_line(r#"{"id":"x","Nonsense":{}}"#);
        assert_eq!(id, json!("x"));
        assert_eq!(request.unwrap_err().code, Code::InputInvalid);
        assert_eq!(read_line("{").1.unwrap_err().code, Code::InputInvalid);
    }

    #[test]
    fn the_command_line_is_understood_or_not() {
        let read = |words: &str| Options::read(words.split(' ').map(str::to_owned));
        let options = read("--data d --relay r --code c --offline").unwrap();
        assert_eq!(options.invitation, Some(("r".into(), "c".into())));
        assert!(options.offline);
        for wrong in [
            "--relay r --code c",
            "--data",
            "--data d --relay r",
            "--data d x",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
