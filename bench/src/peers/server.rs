//! Serves a peer's endpoints on a free port until it is dropped.

use anyhow::Result;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// A server in this process.
pub(super) struct Server {
    task: JoinHandle<()>,
    /// `http://host:port`
    pub(super) url: String,
}

impl Server {
    pub(super) fn start(runtime: &Handle, routes: Router) -> Result<Self> {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = routes
            .route("/health", get(|| async {}))
            .layer(DefaultBodyLimit::disable());
        let task = runtime.spawn(async move {
            // It ends with the measurement.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { task, url })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
