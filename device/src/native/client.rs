//! The network client: carries out the engine's requests.

use std::time::Duration;

use reqwest::header::HeaderMap;

use crate::sync::{ANSWER_AT_MOST, HttpAnswer, HttpRequest, Method, UPLOAD_OFFSET};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

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
        for (name, value) in request.headers() {
            call = call.header(name, value);
        }
        if !request.body.is_empty() {
            call = call.body(request.body);
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
