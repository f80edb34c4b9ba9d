//! The network client: carries out the engine's requests.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, RANGE};

use crate::sync::{HttpAnswer, HttpRequest, Method};

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Larger answers aren't the relay's.
const ANSWER_AT_MOST: usize = 16 << 20;

/// A client with its pool of connections.
#[derive(Debug, Clone)]
pub(super) struct Client(reqwest::Client);

impl Client {
    pub(super) fn new() -> reqwest::Result<Self> {
        // Chosen here and once; that it was chosen already is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self(client))
    }

    /// Sends a request; none if no whole answer came.
    pub(super) async fn send(&self, request: HttpRequest) -> Option<HttpAnswer> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
        };
        let mut call = self
            .0
            .request(method, &request.url)
            .timeout(Duration::from_millis(request.timeout_ms));
        if let Some(token) = &request.token {
            call = call.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(offset) = request.offset {
            call = match request.method {
                Method::Get => call.header(RANGE, format!("bytes={offset}-")),
                _ => call.header(UPLOAD_OFFSET, offset),
            };
        }
        if let Some(length) = request.length {
            call = call.header(UPLOAD_LENGTH, length);
        }
        if !request.body.is_empty() {
            let kind = if request.json {
                "application/json"
            } else {
                "application/octet-stream"
            };
            call = call.header(CONTENT_TYPE, kind).body(request.body);
        }
        let mut response = call.send().await.ok()?;
        let (status, offset) = (response.status().as_u16(), offset_of(response.headers()));
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.ok()? {
            if body.len() + piece.len() > ANSWER_AT_MOST {
                return None;
            }
            body.extend_from_slice(&piece);
        }
        Some(HttpAnswer {
            status,
            offset,
            body,
        })
    }
}

fn offset_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(UPLOAD_OFFSET)?.to_str().ok()?.parse().ok()
}
