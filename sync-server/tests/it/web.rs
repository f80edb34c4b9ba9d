//! The app's files as a browser gets them.

use std::fs;

use xunan_relay::app::app;
use xunan_relay::clock::Clock;
use xunan_relay::relay::Relay;

use crate::line::{Response, send};
use crate::phone::NOW;

/// A relay with an app of four files; gives its address and the folder that it lives in.
async fn relay() -> (String, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let web = dir.path().join("web");
    fs::create_dir_all(web.join("assets")).unwrap();
    fs::write(web.join("index.html"), "a page").unwrap();
    fs::write(web.join("sw.js"), "a worker").unwrap();
    fs::write(web.join("assets/core-1a2b.wasm"), "a core").unwrap();
    fs::write(web.join("assets/core-1a2b.wasm.br"), "packed").unwrap();
    let clock = Clock::from_fn(|| NOW);
    let relay = Relay::open(&dir.path().join("relay"), Some(web), clock).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let service = app(relay);
    tokio::spawn(async move { axum::serve(listener, service).await });
    (address, dir)
}

async fn get(address: &str, path: &str) -> Response {
    let packed = [("Accept-Encoding", "gzip, br".to_owned())];
    send(address, ("GET", path), &packed, b"").await
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_the_page_is_asked_for_again() {
    let (address, _dir) = relay().await;
    let core = get(&address, "/assets/core-1a2b.wasm").await;
    assert_eq!((core.status, &core.body[..]), (200, &b"packed"[..]));
    assert_eq!(core.header("content-encoding"), "br");
    assert_eq!(core.header("content-type"), "application/wasm");
    assert!(core.header("cache-control").contains("immutable"));
    for path in ["/", "/sw.js"] {
        let file = get(&address, path).await;
        assert_eq!(
            (file.status, file.header("cache-control")),
            (200, "no-cache")
        );
    }
    let gone = get(&address, "/assets/core-0000.wasm").await;
    assert_eq!(
        (gone.status, gone.header("cache-control")),
        (404, "no-store")
    );
    assert_eq!(get(&address, "/icon.png").await.status, 404);
}

#[tokio::test]
async fn a_link_without_a_hash_leads_to_its_page() {
    let (address, _dir) = relay().await;
    let typed = get(&address, "/enrol?code=7KQ2M-9ABCD").await;
    assert_eq!(typed.status, 307);
    assert_eq!(typed.header("location"), "/#/enrol?code=7KQ2M-9ABCD");
    assert_eq!(get(&address, "/v1/nothing").await.status, 400);
}

#[tokio::test]
async fn scripts_run_from_the_relay_alone_and_none_inline() {
    let (address, _dir) = relay().await;
    let page = get(&address, "/").await;
    let policy = page.header("content-security-policy");
    let scripts = policy
        .split("; ")
        .find(|part| part.starts_with("script-src"));
    assert_eq!(scripts, Some("script-src 'self' 'wasm-unsafe-eval'"));
}
