//! `serve`: the relay as a service, until SIGTERM or SIGINT.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum_server::Handle;
use clap::Args;
use tokio::net::TcpListener;
use tokio::time::MissedTickBehavior;

use super::https::Https;
use super::{CliError, DataDir, say};
use crate::app;
use crate::clock::Clock;
use crate::relay::Relay;

/// How soon the relay sees what a command wrote beside it.
const CATCH_UP_EVERY: Duration = Duration::from_secs(1);

/// Serve devices (begins an organisation if the folder is empty)
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    data: DataDir,
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where devices reach the relay, for links in invitations
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The web app's files
    #[arg(long, value_name = "DIR")]
    web: Option<PathBuf>,
    #[command(flatten)]
    https: Https,
}

impl Serve {
    pub(super) async fn run(self, clock: Clock) -> Result<(), CliError> {
        let relay = Relay::open(&self.data.dir, self.web, clock)?;
        let listener = TcpListener::bind(self.listen).await?;
        let https = match self.https.files() {
            Some(files) => Some((files.open().await?, files)),
            None => None,
        };
        let scheme = if https.is_some() { "https" } else { "http" };
        let address = format!("{scheme}://{}", listener.local_addr()?);
        let url = self.public_url.unwrap_or_else(|| address.clone());
        relay
            .store
            .write(|edit| edit.set_public_url(url.trim_end_matches('/')))?;
        say(format_args!("listening on {address}"))?;
        let watching = tokio::spawn(watch(relay.clone()));
        let stopping = relay.clone();
        let stopped = async move {
            stop_signal().await;
            tracing::info!("stopping");
            stopping.close();
        };
        let service = app::app(relay).into_make_service_with_connect_info::<SocketAddr>();
        match https {
            None => {
                let serving = axum::serve(listener, service);
                serving.with_graceful_shutdown(stopped).await?;
            }
            Some((config, files)) => {
                let handle = Handle::new();
                let ending = handle.clone();
                tokio::spawn(async move {
                    stopped.await;
                    ending.graceful_shutdown(None);
                });
                tokio::spawn(files.watch(config.clone()));
                let serving = axum_server::from_tcp_rustls(listener.into_std()?, config)?;
                serving.handle(handle).serve(service).await?;
            }
        }
        watching.abort();
        Ok(())
    }
}

/// Takes over what commands write beside the relay.
async fn watch(relay: Relay) {
    let mut ticks = tokio::time::interval(CATCH_UP_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stamp = None;
    loop {
        ticks.tick().await;
        let relay = relay.clone();
        let looked = tokio::task::spawn_blocking(move || look(&relay, stamp)).await;
        stamp = looked.unwrap_or(stamp);
    }
}

/// Catches up if the file's stamp is another; gives the stamp up to which the relay is.
fn look(relay: &Relay, held: Option<i64>) -> Option<i64> {
    let looked = relay.store.stamp().and_then(|stamp| {
        if held != Some(stamp) {
            relay.catch_up()?;
        }
        Ok(stamp)
    });
    match looked {
        Ok(stamp) => Some(stamp),
        Err(error) => {
            tracing::error!(code = %error.code(), "catching up failed: {error}");
            held
        }
    }
}

#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
