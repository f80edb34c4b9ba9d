//! The web app's files, and what browsers may do with them.

use std::path::Path;

use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The app's files; without them nothing is found.
pub(crate) fn files(web: Option<&Path>) -> ServeDir {
    // An empty path holds no file: every request is answered "not found".
    ServeDir::new(web.unwrap_or(Path::new("/nonexistent"))).precompressed_gzip()
}

/// Scripts and connections from here alone, no inline scripts; wasm may be compiled.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                      style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; \
                      worker-src 'self' blob:; object-src 'none'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'none'";

type Header = SetResponseHeaderLayer<HeaderValue>;

/// The headers of every answer.
pub(crate) fn policy() -> (Header, Header, Header) {
    let header = |name: HeaderName, value| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    (
        header(CONTENT_SECURITY_POLICY, POLICY),
        header(X_CONTENT_TYPE_OPTIONS, "nosniff"),
        header(REFERRER_POLICY, "no-referrer"),
    )
}
