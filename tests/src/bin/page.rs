//! The screens in an ordinary browser, on a real native device behind the page's own origin: how
//! tests click through them and how their pictures are taken. Not part of the product.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser;
use serde_json::{Value, json};
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use tower_http::services::{ServeDir, ServeFile};
use xunan_core::code::{Code, Problem};
use xunan_device::native::{Running, start};
use xunan_device::request::{Notice, Request};

#[derive(Parser)]
struct Arguments {
    /// The device's folder.
    #[arg(long)]
    data: PathBuf,
    /// The built screens.
    #[arg(long)]
    web: PathBuf,
    /// Where to listen; prints the address.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Handle::current();
    let device = start(&arguments.data, std::env::consts::OS, runtime).context("device")?;
    let index = ServeFile::new(arguments.web.join("index.html"));
    let app = Router::new()
        .route("/__call", post(call))
        .route("/__notices", get(notices))
        .fallback_service(ServeDir::new(&arguments.web).fallback(index))
        .with_state(Arc::new(device));
    let listener = tokio::net::TcpListener::bind(&arguments.listen)
        .await
        .context("listen")?;
    let address = listener.local_addr()?;
    {
        use std::io::Write;
        writeln!(std::io::stdout(), "http://{address}")?;
    }
    axum::serve(listener, app).await.context("serve")
}

async fn call(State(device): State<Arc<Running>>, Json(request): Json<Value>) -> Json<Value> {
    let answer = match serde_json::from_value::<Request>(request) {
        Ok(request) => device.call(request).await,
        Err(error) => {
            let mut problem = Problem::new(Code::InputInvalid);
            problem.trace = error.to_string();
            Err(problem)
        }
    };
    Json(match answer {
        Ok(reply) => json!({ "reply": reply }),
        Err(problem) => json!({ "error": problem }),
    })
}

async fn notices(
    State(device): State<Arc<Running>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let told = BroadcastStream::new(device.notices()).map(|notice| {
        // A page that fell behind asks for everything anew.
        let notice = notice.unwrap_or(Notice::Register {});
        let text = serde_json::to_string(&notice).unwrap_or_default();
        Ok(Event::default().data(text))
    });
    Sse::new(told).keep_alive(KeepAlive::default())
}
