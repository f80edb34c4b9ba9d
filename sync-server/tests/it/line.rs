//! The barest HTTP/1.1: one request, one connection.

use std::fmt::Write as _;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A header by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(held, _)| held == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Sends a request to `host:port` and reads the answer to its end.
pub(crate) async fn send(
    address: &str,
    what: (&str, &str),
    headers: &[(&str, String)],
    body: &[u8],
) -> Response {
    let answer = try_send(address, what, headers, body).await;
    answer.expect("the relay answers")
}

/// The same; none if the relay dies before it has answered.
pub(crate) async fn try_send(
    address: &str,
    (method, path): (&str, &str),
    headers: &[(&str, String)],
    body: &[u8],
) -> Option<Response> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n");
    let length = ("Content-Length", body.len().to_string());
    let close = ("Connection", "close".to_owned());
    for (name, value) in headers.iter().chain([&length, &close]) {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head.push_str("\r\n");
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(head.as_bytes()).await.unwrap();
    // A relay that refuses by the head alone may hang up before it has read the body.
    let _ = line.write_all(body).await;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.ok()?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    Some(Response {
        status: status.parse().unwrap(),
        headers: lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
        body: answer[end + 4..].to_vec(),
    })
}
