//! The whole route table. Everything that isn't an endpoint is a file of the web app.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};
use xunan_core::wire::admin::IMPORT_BYTES;
use xunan_core::wire::limits::BODY_BYTES;

use crate::http::{admin, blobs, enrol, health, session, sync, web};
use crate::relay::Relay;

/// The relay as a service.
pub fn app(relay: Relay) -> Router {
    let v1 = Router::new()
        .route("/enrol", post(enrol::enrol))
        .route("/session", post(session::session))
        .route("/sync", post(sync::sync))
        .route(
            "/blobs/{sha256}",
            get(blobs::get).head(blobs::head).patch(blobs::patch),
        )
        .route("/admin/invitations", post(admin::invitations))
        .route("/admin/devices", get(admin::devices))
        .route("/admin/devices/{id}/revoke", post(admin::revoke))
        .route("/admin/acts", get(admin::acts))
        .route("/admin/settings", get(admin::settings).post(admin::set))
        .route("/admin/plan", post(admin::plan))
        .route(
            "/admin/import",
            post(admin::import_files).layer(DefaultBodyLimit::max(IMPORT_BYTES)),
        )
        .route("/health", get(health::health))
        .fallback(health::no_such_endpoint)
        .layer(DefaultBodyLimit::max(BODY_BYTES));
    Router::new()
        .nest("/v1", v1)
        .route("/v2/{*rest}", any(health::later_protocol))
        .merge(web::files(relay.web.as_deref()))
        .layer(web::policy())
        .with_state(relay)
}
