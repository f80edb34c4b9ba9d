//! What is under way, and what comes next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use xunan_core::code::{Code, Problem, Retry};
use xunan_core::id::DocId;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::body;
use xunan_core::wire::sync::{ANSWER_BYTES, Cursor, Push, SyncAnswer, SyncRequest, WAIT_AT_MOST};

use super::backoff::Backoff;
use super::enrol::Enrolling;
use super::photos::Photos;
use super::pull::Absorb;
use super::push::{Limits, Sending};
use super::question::{Asking, unreachable_now};
use super::transfer::Transfer;
use super::{Effect, HttpAnswer, HttpRequest, Input, Method};
use crate::device::{Device, VERSION};
use crate::request::{Notice, Reply, Request, SyncLogLine};
use crate::store;

/// A device in the background looks for news this often.
const PULL_EVERY_MS: i64 = 15 * 60_000;
/// An answer that carries records takes its time on a slow line.
const SYNC_TIMEOUT_MS: u64 = 120_000;
/// Records that can be asked for whole in one request.
const WHOLE_AT_MOST: usize = 100;
/// Above the seconds that the relay may hold a request.
const WAIT_SLACK_MS: u64 = 20_000;

/// The one exchange that may push, or what it waits for.
#[derive(Debug)]
pub(super) enum Main {
    /// A push waits for its signature.
    Signing { sign: u64, sending: Box<Sending> },
    /// A request is out.
    Sent {
        asked: Asked,
        sending: Option<Box<Sending>>,
    },
    /// A new session waits for its proof.
    Proving { sign: u64, nonce: String },
    /// A new session is asked for.
    Session { id: u64 },
}

/// A sync request that is out, with the cursor that it carried.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) id: u64,
    cursor: Option<Cursor>,
}

/// See the module.
#[derive(Default)]
pub struct Engine {
    last_number: u64,
    pub(super) main: Option<Main>,
    /// The request that the relay holds until there is news.
    waiter: Option<Asked>,
    pub(super) transfer: Option<Transfer>,
    pub(super) enrolling: Option<Enrolling>,
    /// What only the relay can answer.
    pub(super) questions: Vec<Asking>,
    absorbing: VecDeque<Absorb>,
    /// Commands whose photos are being made ready.
    pub(super) pictures: Photos,
    pub(super) offline: bool,
    background: bool,
    /// The log was not read to its end.
    more: bool,
    /// At least one exchange went well since the app started.
    heard: bool,
    /// The relay's time of the answer whose cursor was kept last.
    pub(super) last_answer: Timestamp,
    /// Calls of `Sync` that are not answered, with whether an exchange began since.
    asked: Vec<(u64, bool)>,
    backoff: Backoff,
    not_before: Timestamp,
    next_pull: Timestamp,
    /// Records that the relay held, and when to send them again.
    pub(super) held: BTreeMap<DocId, Timestamp>,
    /// Records to be asked for whole, because a part couldn't be rebuilt.
    pub(super) whole: BTreeSet<DocId>,
    /// Records that were asked for whole already: if that doesn't help, nothing will.
    pub(super) asked_whole: BTreeSet<DocId>,
    /// Records whose part the relay couldn't rebuild: sent with whole hashes.
    pub(super) spelled: BTreeSet<DocId>,
    pub(super) limits: Limits,
    /// Trying again is no use until something else happens: an update, a new enrolment.
    stopped: bool,
    /// Blobs sent since the last line of the log.
    pub(super) photos: u32,
}

pub(super) type Effects = Vec<Effect>;

impl Engine {
    /// Takes in what happened and does whatever comes next.
    pub fn step(&mut self, device: &mut Device, input: Input) -> Vec<Effect> {
        let mut out = Effects::new();
        if let Err(problem) = self.take_in(device, input, &mut out) {
            self.failed(device, problem, &mut out);
        }
        if let Err(problem) = self.go_on(device, &mut out) {
            self.failed(device, problem, &mut out);
        }
        self.show(device);
        out
    }

    pub(super) const fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    fn take_in(
        &mut self,
        device: &mut Device,
        input: Input,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        match input {
            Input::Tick => Ok(()),
            Input::Front(front) => {
                self.background = !front;
                if front {
                    // Whoever takes the phone out wants news now.
                    self.not_before = Timestamp::default();
                }
                Ok(())
            }
            Input::Call { id, request } => {
                self.call(device, id, *request, out);
                Ok(())
            }
            Input::Signed { id, signature } => self.signed(device, id, signature, out),
            Input::Scaled { id, scaled } => {
                self.scaled(device, id, scaled, out);
                Ok(())
            }
            Input::Answered { id, answer } => self.answered(device, id, &answer, out),
            Input::Failed { id } => {
                let answer = HttpAnswer {
                    status: 503,
                    ..HttpAnswer::default()
                };
                self.answered(device, id, &answer, out)
            }
        }
    }

    fn call(&mut self, device: &mut Device, id: u64, request: Request, out: &mut Effects) {
        let Some(request) = self.take_question(device, id, request, out) else {
            return;
        };
        let result = match request {
            Request::Sync {} if device.me().is_none() => Err(Problem::new(Code::DeviceNotEnrolled)),
            Request::Sync {} if self.offline => Err(unreachable_now()),
            Request::Sync {} => match device.promote_all() {
                Ok(()) => {
                    self.asked.push((id, false));
                    self.not_before = Timestamp::default();
                    return;
                }
                Err(problem) => Err(problem),
            },
            Request::GoOffline {} => {
                self.go_offline(out);
                Ok(Reply::None {})
            }
            Request::GoOnline {} => {
                self.offline = false;
                self.not_before = Timestamp::default();
                Ok(Reply::None {})
            }
            Request::Enrol { relay, code } => match self.enrol(device, id, &relay, &code, out) {
                Ok(()) => return,
                Err(problem) => Err(problem),
            },
            Request::FetchPhoto { hash } => device.want_blob(&hash).map(|()| Reply::None {}),
            local => match device.own_question(local) {
                Ok(reply) => reply,
                Err(other) => match self.with_photos(device, id, *other, out) {
                    Some(plain) => device.call(plain, Vec::new()),
                    None => return,
                },
            },
        };
        out.push(Effect::Reply { id, result });
    }

    fn go_offline(&mut self, out: &mut Effects) {
        self.offline = true;
        let main = match self.main.take() {
            Some(Main::Sent { asked, .. }) => Some(asked.id),
            Some(Main::Session { id }) => Some(id),
            _ => None,
        };
        let transfer = self.transfer.take().map(|transfer| transfer.id);
        let waiter = self.waiter.take().map(|asked| asked.id);
        let ids = [main, transfer, waiter];
        out.extend(ids.into_iter().flatten().map(|id| Effect::Cancel { id }));
        self.drop_questions(out);
        self.answer_asked(&Err(unreachable_now()), out);
    }

    fn signed(
        &mut self,
        device: &mut Device,
        id: u64,
        signature: [u8; 64],
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if self.enrol_signed(device, id, signature, out) {
            return Ok(());
        }
        match self.main.take() {
            Some(Main::Signing { sign, sending }) if sign == id => {
                self.send_sync(device, Some((sending, signature)), out);
            }
            Some(Main::Proving { sign, nonce }) if sign == id => {
                self.send_session(device, nonce, signature, out)?;
            }
            // Of a push that was given up meanwhile.
            other => self.main = other,
        }
        Ok(())
    }

    fn answered(
        &mut self,
        device: &mut Device,
        id: u64,
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if self.enrol_answered(device, id, answer, out)
            || self.question_answered(device, id, answer, out)
        {
            return Ok(());
        }
        if self
            .transfer
            .as_ref()
            .is_some_and(|transfer| transfer.id == id)
        {
            return self.transferred(device, answer, out);
        }
        if let Some(asked) = self.waiter.take_if(|asked| asked.id == id) {
            return self.heard_from_relay(device, (asked, None), answer, out);
        }
        match self.main.take() {
            Some(Main::Sent { asked, sending }) if asked.id == id => {
                self.heard_from_relay(device, (asked, sending), answer, out)
            }
            Some(Main::Session { id: sent }) if sent == id => self.session_answered(device, answer),
            other => {
                self.main = other;
                Ok(())
            }
        }
    }

    /// An answer to a sync request.
    fn heard_from_relay(
        &mut self,
        device: &mut Device,
        (asked, sending): (Asked, Option<Box<Sending>>),
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if !answer.is_ok() {
            return self.refused(device, sending.as_deref(), &answer.problem(), out);
        }
        crate::halt::at("answer.before");
        let unreadable = || Problem::new(Code::NetAnswer).retry(Retry::Later);
        let plain = body::unpack(&answer.body).map_err(|_| unreadable())?;
        let read = SyncAnswer::decode(&plain).map_err(|_| unreadable())?;
        self.absorbing
            .push_back(Absorb::new(device, read, asked.cursor, sending)?);
        Ok(())
    }

    /// The relay said no to a whole request.
    pub(super) fn refused(
        &mut self,
        device: &mut Device,
        sending: Option<&Sending>,
        problem: &Problem,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        match problem.code {
            Code::SessionInvalid => {
                let nonce = problem.details.get("nonce").cloned();
                return self.prove(device, nonce.unwrap_or_default(), out);
            }
            Code::WireTooLarge if sending.is_some() && self.limits.halve() => {
                return device.give_up_push();
            }
            Code::WireCursor if device.row.cursor.is_some() => {
                return device.forget_cursor();
            }
            _ => {}
        }
        if problem.retry != Retry::Later {
            // The same push would meet the same answer.
            device.give_up_push()?;
        }
        Err(problem.clone())
    }

    /// Something went wrong: note it, and wait a while.
    pub(super) fn failed(&mut self, device: &mut Device, problem: Problem, out: &mut Effects) {
        self.absorbing.clear();
        let pause = self.backoff.next(&mut *device.host.random);
        self.not_before = device.now().plus(pause);
        self.stopped = matches!(problem.retry, Retry::AfterUpdate | Retry::AfterSignIn);
        if device.net.problem.as_ref().map(|known| known.code) != Some(problem.code) {
            device.log_sync(&SyncLogLine::failed(device.now(), problem.clone()));
        }
        device.net.online = !matches!(problem.code, Code::NetUnreachable | Code::NetAnswer);
        device.net.problem = Some(problem.clone());
        self.give_up_questions(&problem, out);
        self.answer_asked(&Err(problem), out);
    }

    fn answer_asked(&mut self, result: &Result<Reply, Problem>, out: &mut Effects) {
        for (id, _) in self.asked.drain(..) {
            out.push(Effect::Reply {
                id,
                result: result.clone(),
            });
        }
    }

    fn go_on(&mut self, device: &mut Device, out: &mut Effects) -> Result<(), Problem> {
        // What falls due while this step works is not done by it, and must wake the next one.
        let began = device.now();
        device.promote_due()?;
        self.send_questions(device, out)?;
        if let Some(mut absorb) = self.absorbing.pop_front() {
            if absorb.slice(self, device)? {
                self.absorbed(device, &absorb, out)?;
            } else {
                self.absorbing.push_front(absorb);
            }
            out.push(Effect::Continue);
            return Ok(());
        }
        let now = device.now();
        if self.not_before.since(now) > Backoff::longest() {
            self.not_before = now;
        }
        if self.may_talk(device) && now >= self.not_before {
            self.talk(device, out)?;
        }
        out.extend(self.alarm(device, began)?.map(Effect::WakeAt));
        Ok(())
    }

    fn may_talk(&self, device: &Device) -> bool {
        !self.offline && !self.stopped && self.enrolling.is_none() && device.me().is_some()
    }

    /// Begins whatever is due: words first, then pictures, then waiting for news.
    fn talk(&mut self, device: &mut Device, out: &mut Effects) -> Result<(), Problem> {
        if self.main.is_none() {
            self.begin_main(device, out)?;
        }
        if self.main.is_some() {
            return Ok(());
        }
        if self.transfer.is_none() {
            self.begin_transfer(device, out)?;
        }
        self.finish_asked(device, out)?;
        if self.waiter.is_none() && !self.background {
            let (asked, request) = self.sync_request(device, None, WAIT_AT_MOST);
            self.waiter = Some(asked);
            out.push(Effect::Send(request));
        }
        Ok(())
    }

    fn begin_main(&mut self, device: &mut Device, out: &mut Effects) -> Result<(), Problem> {
        let now = device.now();
        self.held.retain(|_, until| *until > now);
        let sending = Sending::build(device, self)?;
        for (_, begun) in &mut self.asked {
            let first = !std::mem::replace(begun, true);
            self.more |= first;
        }
        if let Some(sending) = sending {
            let sign = self.number();
            out.push(Effect::Sign {
                id: sign,
                message: sending.message(device)?,
            });
            self.main = Some(Main::Signing {
                sign,
                sending: Box::new(sending),
            });
        } else if self.more || !self.heard || !self.whole.is_empty() || now >= self.next_pull {
            self.send_sync(device, None, out);
        }
        Ok(())
    }

    fn send_sync(
        &mut self,
        device: &Device,
        push: Option<(Box<Sending>, [u8; 64])>,
        out: &mut Effects,
    ) {
        let (sending, push) = match push {
            Some((mut sending, signature)) => {
                sending.signature = signature;
                let push = sending.signed();
                (Some(sending), Some(push))
            }
            None => (None, None),
        };
        let (asked, request) = self.sync_request(device, push, 0);
        self.main = Some(Main::Sent { asked, sending });
        out.push(Effect::Send(request));
    }

    fn sync_request(
        &mut self,
        device: &Device,
        push: Option<Push>,
        wait: u32,
    ) -> (Asked, HttpRequest) {
        let mut whole = Vec::new();
        while wait == 0 && whole.len() < WHOLE_AT_MOST {
            let Some(id) = self.whole.pop_first() else {
                break;
            };
            self.asked_whole.insert(id);
            whole.push(id);
        }
        let request = SyncRequest {
            app: VERSION.to_owned(),
            cursor: device.row.cursor.clone(),
            revision: device.row.revision,
            clock: device.now(),
            wait,
            size: ANSWER_BYTES,
            whole,
            push,
        };
        let asked = Asked {
            id: self.number(),
            cursor: request.cursor.clone(),
        };
        let http = HttpRequest {
            id: asked.id,
            method: Method::Post,
            url: format!("{}/v1/sync", device.row.relay),
            token: Some(device.row.token.clone()),
            offset: None,
            length: None,
            json: false,
            body: body::pack(&request.encode()),
            timeout_ms: if wait == 0 {
                SYNC_TIMEOUT_MS
            } else {
                u64::from(wait) * 1000 + WAIT_SLACK_MS
            },
        };
        (asked, http)
    }

    /// An answer is kept, cursor and all.
    fn absorbed(
        &mut self,
        device: &mut Device,
        absorb: &Absorb,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if !self.heard {
            // This version of the app may hold what another one couldn't.
            let aside = store::quarantine::of_other_versions(device.store.connection(), VERSION)?;
            self.whole.extend(aside);
            self.heard = true;
        }
        self.more = absorb.more();
        self.backoff.reset();
        self.next_pull = device.now().plus(PULL_EVERY_MS);
        device.net.online = true;
        device.net.problem = None;
        let photos = std::mem::take(&mut self.photos);
        if absorb.sent > 0 || absorb.received > 0 || photos > 0 {
            device.log_sync(&SyncLogLine {
                at: device.now(),
                sent: absorb.sent,
                refused: absorb.refused,
                received: absorb.received,
                photos,
                problem: None,
            });
        }
        self.finish_asked(device, out)
    }

    /// Answers calls of `Sync` when nothing is left to send and the log is read to its end.
    fn finish_asked(&mut self, device: &Device, out: &mut Effects) -> Result<(), Problem> {
        let begun = self.asked.iter().all(|(_, begun)| *begun);
        let quiet = self.main.is_none() && self.transfer.is_none() && self.absorbing.is_empty();
        if self.asked.is_empty() || !begun || !quiet || self.more {
            return Ok(());
        }
        let connection = device.store.connection();
        let unsent = store::outbox::to_send(connection, 0)?;
        let photos = store::blobs::next_unsent(connection, device.now())?;
        if unsent.len() <= self.held.len() && photos.is_none() {
            self.answer_asked(&Ok(Reply::None {}), out);
        }
        Ok(())
    }

    /// When to look again if nothing happens: the first moment after this step began.
    fn alarm(&self, device: &Device, began: Timestamp) -> Result<Option<Timestamp>, Problem> {
        let connection = device.store.connection();
        let mut times: Vec<Timestamp> = store::outbox::next_due(connection)?.into_iter().collect();
        if self.may_talk(device) {
            times.extend(self.held.values());
            times.push(self.next_pull);
            times.extend(store::blobs::next_again(connection)?);
            times.push(self.not_before);
        }
        Ok(times.into_iter().filter(|at| *at > began).min())
    }

    /// Tells the screens how it stands.
    fn show(&self, device: &mut Device) {
        let busy = self.main.is_some() || self.transfer.is_some() || !self.absorbing.is_empty();
        if device.net.busy != busy || std::mem::take(&mut device.net.changed) {
            device.net.busy = busy;
            device.notice(Notice::Sync {});
        }
    }
}
