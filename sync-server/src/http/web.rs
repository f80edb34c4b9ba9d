//! The web app's files, and what browsers may do with them.

use std::path::Path;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::relay::Relay;

/// The app's files, packed as the build left them; without them nothing is found.
pub(crate) fn files(web: Option<&Path>) -> Router<Relay> {
    let Some(web) = web else {
        return Router::new();
    };
    let folder = |path: &Path| ServeDir::new(path).precompressed_br().precompressed_gzip();
    // A name in there holds a hash of its content; everything else must be asked for again, or a
    // browser would stay with an old page.
    let hashed = Router::new()
        .fallback_service(folder(&web.join("assets")))
        .layer(caching("public, max-age=31536000, immutable"));
    let named = folder(web).fallback(get(page_of_app));
    Router::new()
        .nest("/assets", hashed)
        .fallback_service(
            Router::new()
                .fallback_service(named)
                .layer(caching("no-cache")),
        )
        .layer(SetResponseHeaderLayer::if_not_present(
            VARY,
            HeaderValue::from_static("accept-encoding"),
        ))
}

/// A path that is no file may be a page of the app, written without `#`: as people type an
/// invitation's link.
async fn page_of_app(uri: Uri) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    if uri.path().contains('.') {
        StatusCode::NOT_FOUND.into_response()
    } else {
        Redirect::temporary(&format!("/#{path}")).into_response()
    }
}

/// Only what was found is kept.
fn caching(
    value: &'static str,
) -> SetResponseHeaderLayer<impl Fn(&Response) -> Option<HeaderValue> + Clone> {
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, move |response: &Response| {
        let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        Some(HeaderValue::from_static(if found {
            value
        } else {
            "no-store"
        }))
    })
}

/// Scripts and connections from here alone, no inline scripts; wasm may be compiled.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                      style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; \
                      worker-src 'self'; object-src 'none'; base-uri 'none'; \
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
