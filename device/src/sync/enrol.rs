//! Joining with an invitation, and new sessions for a device that joined.

use xunan_core::code::{Code, Problem, Retry};
use xunan_core::wire::enrol::{
    EnrolAnswer, EnrolRequest, SessionAnswer, SessionRequest, enrol_message, session_message,
};
use xunan_core::wire::read_json;

use super::engine::{Effects, Engine, Main};
use super::{Effect, HttpAnswer, HttpRequest, Method};
use crate::device::Device;
use crate::request::{Notice, Reply};
use crate::store::sync_state::Enrolment;

const TIMEOUT_MS: u64 = 30_000;

/// An enrolment under way.
#[derive(Debug)]
pub(super) struct Enrolling {
    call: u64,
    relay: String,
    code: String,
    /// The message's number, then the request's.
    id: u64,
}

impl Engine {
    #[allow(
        clippy::too_many_arguments,
        reason = "the engine lends its device and its effects"
    )]
    pub(super) fn enrol(
        &mut self,
        device: &Device,
        call: u64,
        relay: &str,
        code: &str,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        if device.me().is_some() || self.enrolling.is_some() {
            return Err(Problem::new(Code::DeviceEnrolled));
        }
        let relay =
            base_address(relay).ok_or(Problem::new(Code::InputInvalid).with("field", "relay"))?;
        let id = self.number();
        out.push(Effect::Sign {
            id,
            message: enrol_message(code, &device.host.public_key),
        });
        self.enrolling = Some(Enrolling {
            call,
            relay,
            code: code.to_owned(),
            id,
        });
        Ok(())
    }

    /// Whether it was the proof of an enrolment.
    pub(super) fn enrol_signed(
        &mut self,
        device: &Device,
        id: u64,
        signature: [u8; 64],
        out: &mut Effects,
    ) -> bool {
        let number = self.number();
        let Some(enrolling) = self
            .enrolling
            .as_mut()
            .filter(|under_way| under_way.id == id)
        else {
            return false;
        };
        enrolling.id = number;
        let body = EnrolRequest {
            code: enrolling.code.clone(),
            public_key: hex::encode(device.host.public_key),
            proof: hex::encode(signature),
            platform: device.host.platform.clone(),
        };
        let url = format!("{}/v1/enrol", enrolling.relay);
        out.push(Effect::Send(post_json(number, url, &body)));
        true
    }

    /// Whether it was the answer to an enrolment.
    pub(super) fn enrol_answered(
        &mut self,
        device: &mut Device,
        id: u64,
        answer: &HttpAnswer,
        out: &mut Effects,
    ) -> bool {
        let Some(enrolling) = self.enrolling.take_if(|under_way| under_way.id == id) else {
            return false;
        };
        let result = read::<EnrolAnswer>(answer)
            .and_then(|answer| device.enrolled(enrolling.relay, answer))
            .map(|()| Reply::None {});
        out.push(Effect::Reply {
            id: enrolling.call,
            result,
        });
        true
    }

    /// The session is over: asks for a proof.
    pub(super) fn prove(
        &mut self,
        device: &Device,
        nonce: String,
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let enrolment = device.enrolment()?;
        if nonce.is_empty() {
            return Err(Problem::new(Code::SessionInvalid).retry(Retry::Later));
        }
        let sign = self.number();
        out.push(Effect::Sign {
            id: sign,
            message: session_message(enrolment.organisation, enrolment.device, &nonce),
        });
        self.main = Some(Main::Proving { sign, nonce });
        Ok(())
    }

    pub(super) fn send_session(
        &mut self,
        device: &Device,
        nonce: String,
        signature: [u8; 64],
        out: &mut Effects,
    ) -> Result<(), Problem> {
        let body = SessionRequest {
            device: device.enrolment()?.device,
            nonce,
            proof: hex::encode(signature),
        };
        let id = self.number();
        let url = format!("{}/v1/session", device.row.relay);
        out.push(Effect::Send(post_json(id, url, &body)));
        self.main = Some(Main::Session { id });
        Ok(())
    }

    pub(super) fn session_answered(
        &mut self,
        device: &mut Device,
        answer: &HttpAnswer,
    ) -> Result<(), Problem> {
        let answer = read::<SessionAnswer>(answer).map_err(|problem| match problem.code {
            // A proof that isn't accepted is no reason to ask for the next nonce at once.
            Code::SessionInvalid => problem.retry(Retry::Later),
            _ => problem,
        })?;
        device.set_token(answer.token)
    }
}

impl Device {
    pub(super) fn enrolment(&self) -> Result<Enrolment, Problem> {
        self.row
            .enrolment
            .ok_or(Problem::new(Code::DeviceNotEnrolled))
    }
    fn enrolled(&mut self, relay: String, answer: EnrolAnswer) -> Result<(), Problem> {
        self.row.relay = relay;
        self.row.enrolment = Some(Enrolment {
            organisation: answer.organisation,
            person: answer.person,
            device: answer.device,
        });
        self.row.token = answer.token;
        self.row.epoch = Some(answer.epoch);
        self.save_row(crate::store::Durable::Full)?;
        self.notice(Notice::Enrolled {});
        Ok(())
    }
    pub(super) fn set_token(&mut self, token: String) -> Result<(), Problem> {
        self.row.token = token;
        self.save_row(crate::store::Durable::Normal)
    }
}

fn read<T: serde::de::DeserializeOwned>(answer: &HttpAnswer) -> Result<T, Problem> {
    if !answer.is_ok() {
        return Err(answer.problem());
    }
    read_json(&answer.body).ok_or_else(|| Problem::new(Code::NetAnswer).retry(Retry::Later))
}

fn post_json(id: u64, url: String, body: &impl serde::Serialize) -> HttpRequest {
    HttpRequest {
        id,
        method: Method::Post,
        url,
        token: None,
        offset: None,
        length: None,
        json: true,
        // These are structs of texts: they always have a JSON.
        body: serde_json::to_vec(body).unwrap_or_default(),
        timeout_ms: TIMEOUT_MS,
    }
}

/// `relay.example`, `https://relay.example/` and the like; without a scheme it is https.
fn base_address(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_end_matches('/');
    let address = if typed.starts_with("https://") || typed.starts_with("http://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let (_, host) = address.split_once("://")?;
    let fits = !host.is_empty() && !host.contains(char::is_whitespace);
    fits.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::base_address;

    #[test]
    fn an_address_may_be_typed_as_people_type_it() {
        for typed in [
            "relay.example",
            " https://relay.example/ ",
            "https://relay.example",
        ] {
            assert_eq!(base_address(typed).unwrap(), "https://relay.example");
        }
        assert_eq!(
            base_address("http://127.0.0.1:8080").unwrap(),
            "http://127.0.0.1:8080"
        );
        assert_eq!(base_address("  "), None);
        assert_eq!(base_address("two words"), None);
    }
}
