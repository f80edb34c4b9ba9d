//! Questions that only the relay can answer: what administrators see and do, and changes of the
//! year's plan. They go beside sync, wait for nothing, and nothing waits for them; without a network
//! they are refused at once, because an invitation or a revocation that is kept for later would be a
//! false promise.

use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::code::{Code, Problem, Retry};
use xunan_core::wire::admin::{InviteRequest, PlanRequest, SetRequest};
use xunan_core::wire::read_json;

use super::engine::{Effects, Engine};
use super::{Effect, HttpAnswer, HttpRequest, Method};
use crate::device::Device;
use crate::request::{Reply, Request};

const TIMEOUT_MS: u64 = 30_000;
/// Spreadsheets on a slow line.
const IMPORT_TIMEOUT_MS: u64 = 180_000;

/// What is said while the network is cut.
pub(super) fn unreachable_now() -> Problem {
    Problem::new(Code::NetUnreachable).retry(Retry::Later)
}

type Read = fn(&Device, &[u8]) -> Result<Reply, Problem>;

/// What is asked, and how the answer is read.
#[derive(Debug)]
pub(super) struct Question {
    path: String,
    /// None: GET.
    body: Option<Vec<u8>>,
    read: Read,
}

/// A question under way.
#[derive(Debug)]
pub(super) struct Asking {
    call: u64,
    question: Question,
    /// Its request's number and the token that it carries, while it is out.
    out: Option<(u64, String)>,
    /// The token whose session was over, and the nonce for the next one.
    over: Option<(String, String)>,
}

impl Question {
    /// Any other request is given back.
    fn new(device: &Device, request: Request) -> Result<Self, Box<Request>> {
        Ok(match request {
            Request::Invite { people, hours } => {
                let body = InviteRequest { people, hours };
                Self::post("invitations".to_owned(), &body, |device, bytes| {
                    let all = parse(bytes)?;
                    let relay = device.relay().to_owned();
                    device.look(|view| Reply::Invite(view.invitations(all, &relay)))
                })
            }
            Request::AllDevices {} => Self::get("devices", |device, bytes| {
                let (all, this) = (parse(bytes)?, device.device_id());
                device.look(|view| Reply::AllDevices(view.all_devices(all, this)))
            }),
            Request::Revoke { device } => {
                let path = format!("devices/{device}/revoke");
                Self::post(path, &(), |_, _| Ok(Reply::None {}))
            }
            Request::Acts {} => Self::get("acts", |device, bytes| {
                let all = parse(bytes)?;
                device.look(|view| Reply::Acts(view.acts(all)))
            }),
            Request::Settings {} => {
                Self::get("settings", |_, bytes| parse(bytes).map(Reply::Settings))
            }
            Request::SetSetting { name, value } => {
                let body = SetRequest { name, value };
                Self::post("settings".to_owned(), &body, |_, bytes| {
                    parse(bytes).map(Reply::SetSetting)
                })
            }
            Request::ChangePlanned {
                row,
                month,
                officers,
                reason,
            } => {
                let body = PlanRequest {
                    row,
                    // A device that nobody enrolled has none, and asks nothing.
                    revision: device.look(|view| view.plan_revision(row)).unwrap_or(0),
                    month,
                    officers,
                    reason,
                };
                Self::post("plan".to_owned(), &body, |_, _| Ok(Reply::None {}))
            }
            Request::Import(import) => Self::post("import".to_owned(), &*import, |_, bytes| {
                parse(bytes).map(|answer| Reply::Import(Box::new(answer)))
            }),
            other => return Err(Box::new(other)),
        })
    }
    fn get(path: &str, read: Read) -> Self {
        Self {
            path: path.to_owned(),
            body: None,
            read,
        }
    }
    fn post(path: String, body: &impl Serialize, read: Read) -> Self {
        Self {
            path,
            // Structs of texts and ids always have a JSON.
            body: Some(serde_json::to_vec(body).unwrap_or_default()),
            read,
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    read_json(bytes).ok_or_else(|| Problem::new(Code::NetAnswer).retry(Retry::Later))
}

impl Engine {
    /// Takes a request that only the relay can answer; any other is given back.
    pub(super) fn take_question(
        &mut self,
        device: &Device,
        call: u64,
        request: Request,
        out: &mut Effects,
    ) -> Option<Request> {
        let question = match Question::new(device, request) {
            Ok(question) => question,
            Err(other) => return Some(*other),
        };
        let refused = if device.me().is_none() {
            Some(Problem::new(Code::DeviceNotEnrolled))
        } else {
            self.offline.then(unreachable_now)
        };
        match refused {
            Some(problem) => out.push(Effect::Reply {
                id: call,
                result: Err(problem),
            }),
            None => self.questions.push(Asking {
                call,
                question,
                out: None,
                over: None,
            }),
        }
        None
    }

    /// Sends what is not out; where the session is over, a new one comes first.
    pub(super) fn send_questions(
        &mut self,
        device: &Device,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let token = &device.row.token;
        let mut nonce = None;
        let mut questions = std::mem::take(&mut self.questions);
        for asking in questions.iter_mut().filter(|asking| asking.out.is_none()) {
            match &asking.over {
                Some((old, next)) if old == token => nonce = Some(next.clone()),
                _ => {
                    let id = self.number();
                    out.push(Effect::Send(asking.question.request(id, device)));
                    asking.out = Some((id, token.clone()));
                }
            }
        }
        self.questions = questions;
        match nonce {
            Some(nonce) if self.main.is_none() => self.prove(device, nonce, out),
            _ => Ok(()),
        }
    }

    /// Whether it was the answer to a question.
    pub(super) fn question_answered(
        &mut self,
        device: &Device,
        id: u64,
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> bool {
        let is_it = |asking: &Asking| asking.out.as_ref().is_some_and(|(sent, _)| *sent == id);
        let Some(at) = self.questions.iter().position(is_it) else {
            return false;
        };
        let mut asking = self.questions.swap_remove(at);
        let result = if answer.is_ok() {
            (asking.question.read)(device, &answer.body)
        } else {
            Err(answer.problem())
        };
        match (result, asking.out.take()) {
            (Err(problem), Some((_, token)))
                if problem.code == Code::SessionInvalid && asking.over.is_none() =>
            {
                let nonce = problem.details.get("nonce").cloned();
                asking.over = Some((token, nonce.unwrap_or_default()));
                self.questions.push(asking);
            }
            (result, _) => out.push(Effect::Reply {
                id: asking.call,
                result,
            }),
        }
        true
    }

    /// Answers those that wait for a session which didn't come.
    pub(super) fn give_up_questions(&mut self, problem: &Problem, out: &mut Effects) {
        let waits = |asking: &mut Asking| asking.out.is_none() && asking.over.is_some();
        out.extend(self.questions.extract_if(.., waits).map(|asking| {
            let result = Err(problem.clone());
            Effect::Reply {
                id: asking.call,
                result,
            }
        }));
    }

    /// The network is cut: answers all, and forgets what is out.
    pub(super) fn drop_questions(&mut self, out: &mut Effects) {
        for asking in self.questions.drain(..) {
            out.extend(asking.out.map(|(id, _)| Effect::Cancel { id }));
            out.push(Effect::Reply {
                id: asking.call,
                result: Err(unreachable_now()),
            });
        }
    }
}

impl Question {
    fn request(&self, id: u64, device: &Device) -> HttpRequest {
        let is_import = self.path == "import";
        HttpRequest {
            id,
            method: self.body.as_ref().map_or(Method::Get, |_| Method::Post),
            url: format!("{}/v1/admin/{}", device.row.relay, self.path),
            token: Some(device.row.token.clone()),
            offset: None,
            length: None,
            json: true,
            body: self.body.clone().unwrap_or_default(),
            timeout_ms: if is_import {
                IMPORT_TIMEOUT_MS
            } else {
                TIMEOUT_MS
            },
        }
    }
}
