//! The sync engine, without I/O: it is told what happened and says what to do. A host sends its
//! requests, signs its messages, wakes it, and hands back what came of it. So a test can run many
//! devices through every cut and crash, and two hosts share one engine.

mod accept;
mod backoff;
mod engine;
mod enrol;
mod photos;
mod pull;
mod push;
mod question;
mod transfer;

pub use engine::Engine;

use xunan_core::code::Problem;
use xunan_core::timestamp::Timestamp;

use crate::host::Scaled;
use crate::request::{Notice, Reply, Request};

/// What a host tells the engine.
#[derive(Debug)]
pub enum Input {
    /// Time passed, or the app started: see whether there is something to do.
    Tick,
    /// A screen asks.
    Call {
        /// The host's own number, given back with the reply.
        id: u64,
        /// What.
        request: Box<Request>,
    },
    /// The relay (or something before it) answered.
    Answered {
        /// The request's number.
        id: u64,
        /// What.
        answer: HttpAnswer,
    },
    /// No answer came.
    Failed {
        /// The request's number.
        id: u64,
    },
    /// A signature that was asked for.
    Signed {
        /// The message's number.
        id: u64,
        /// Ed25519.
        signature: [u8; 64],
    },
    /// A picture that was to be made ready.
    Scaled {
        /// The picture's number.
        id: u64,
        /// None: the host can't read it.
        scaled: Option<Scaled>,
    },
    /// The app came to the front or left it.
    Front(bool),
}

/// What a host is to do.
#[derive(Debug)]
pub enum Effect {
    /// Send this; answer with `Answered` or `Failed`.
    Send(HttpRequest),
    /// Forget this request; an answer is not wanted any more.
    Cancel {
        /// The request's number.
        id: u64,
    },
    /// Sign this with the device key; answer with `Signed`.
    Sign {
        /// The message's number.
        id: u64,
        /// What to sign.
        message: Vec<u8>,
    },
    /// Make this picture ready beside everything else; answer with `Scaled`.
    Scale {
        /// The picture's number.
        id: u64,
        /// As the camera wrote it.
        bytes: Vec<u8>,
        /// EXIF's number, 1–8: which way is up.
        orientation: u8,
    },
    /// Tick at once, after others had their turn: there is more local work.
    Continue,
    /// Tick at this time of the device's clock, if not before.
    WakeAt(Timestamp),
    /// The answer to a call.
    Reply {
        /// The host's number of the call.
        id: u64,
        /// What.
        result: Result<Reply, Problem>,
    },
    /// Something changed; for every screen.
    Notice(Notice),
}

/// The header that tells where an upload stands, in both directions.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// Larger answers aren't the relay's, in bytes.
pub const ANSWER_AT_MOST: usize = 16 << 20;

/// Of HTTP, what the relay's endpoints use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// HEAD
    Head,
    /// POST
    Post,
    /// PATCH
    Patch,
}

/// A request to the relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Its number.
    pub id: u64,
    /// Its method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// `Authorization: Bearer`
    pub token: Option<String>,
    /// `Upload-Offset` of a PATCH; the start of the `Range` of a GET.
    pub offset: Option<u64>,
    /// `Upload-Length` of a PATCH.
    pub length: Option<u64>,
    /// `application/json` rather than bytes.
    pub json: bool,
    /// Its body.
    pub body: Vec<u8>,
    /// How long to wait for the whole answer.
    pub timeout_ms: u64,
}

/// An answer from the relay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpAnswer {
    /// HTTP's.
    pub status: u16,
    /// `Upload-Offset`
    pub offset: Option<u64>,
    /// Its body.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// The headers that carry it.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(token) = &self.token {
            headers.push(("authorization", format!("Bearer {token}")));
        }
        if let Some(offset) = self.offset {
            headers.push(match self.method {
                Method::Get => ("range", format!("bytes={offset}-")),
                _ => (UPLOAD_OFFSET, offset.to_string()),
            });
        }
        if let Some(length) = self.length {
            headers.push(("upload-length", length.to_string()));
        }
        if !self.body.is_empty() {
            let kind = if self.json {
                "application/json"
            } else {
                "application/octet-stream"
            };
            headers.push(("content-type", kind.to_owned()));
        }
        headers
    }
}

impl Method {
    /// As HTTP writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

impl HttpAnswer {
    /// Whether it is what was asked for.
    pub(crate) const fn is_ok(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
    /// The problem that it tells. What isn't the relay's own words comes from something before it:
    /// a portal, a proxy.
    pub(crate) fn problem(&self) -> Problem {
        use xunan_core::code::{Code, Retry};
        xunan_core::wire::read_json(&self.body).unwrap_or_else(|| {
            let code = if self.status >= 500 {
                Code::NetUnreachable
            } else {
                Code::NetAnswer
            };
            Problem::new(code)
                .retry(Retry::Later)
                .with("status", self.status)
        })
    }
}
