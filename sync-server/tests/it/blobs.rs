//! Blobs: resumed, checked, and hidden from those who may not see them.

use sha2::{Digest as _, Sha256};
use xunan_core::code::{Code, Problem};
use xunan_core::record::{Photo, RecordKind};

use crate::line::{Response, send};
use crate::phone::{NOW, Phone, World, doc, text};

const PHOTO: &[u8] = b"a photograph of a blocked exit, as the device scaled it";

fn hash(bytes: &[u8]) -> xunan_core::id::Sha256 {
    xunan_core::id::Sha256::from_bytes(Sha256::digest(bytes).into())
}

/// A finding with a photo of the bytes.
async fn named(world: &World) -> Phone {
    let mut zhou = world.phone("周敏").await;
    zhou.report(doc(1), world.cast.unit("宏达"));
    let photo = Photo {
        h: hash(PHOTO),
        size: u32::try_from(PHOTO.len()).unwrap(),
        thumb: hash(b"small"),
        taken: NOW,
        loc: None,
    };
    let key = format!("p/{}", photo.h);
    let value = text(serde_json::to_string(&photo).unwrap());
    zhou.put(doc(1), RecordKind::Finding, &[(&key, value)]);
    assert_eq!(zhou.sync().await.verdicts, []);
    zhou
}

async fn ask(
    phone: &Phone,
    method: &str,
    name: impl ToString,
    headers: &[(&str, String)],
    body: &[u8],
) -> Response {
    let path = format!("/v1/blobs/{}", name.to_string());
    let headers: Vec<_> = phone
        .bearer()
        .into_iter()
        .chain(headers.iter().cloned())
        .collect();
    send(&phone.address, (method, &path), &headers, body).await
}

async fn patch(phone: &Phone, offset: usize, bytes: &[u8]) -> Response {
    let headers = [
        ("Upload-Offset", offset.to_string()),
        ("Upload-Length", PHOTO.len().to_string()),
    ];
    ask(phone, "PATCH", hash(PHOTO), &headers, bytes).await
}

fn offset(response: &Response) -> &str {
    response.header("upload-offset")
}

fn problem(response: &Response) -> Problem {
    serde_json::from_slice(&response.body).unwrap()
}

#[tokio::test]
async fn a_photo_goes_up_in_pieces_and_comes_down_in_ranges() {
    let world = World::new().await;
    let zhou = named(&world).await;
    let head = ask(&zhou, "HEAD", hash(PHOTO), &[], b"").await;
    assert_eq!((head.status, offset(&head)), (200, "0"));
    let first = patch(&zhou, 0, &PHOTO[..20]).await;
    assert_eq!(first.status, 204);
    // The line broke; the phone asks where it stands and goes on.
    let head = ask(&zhou, "HEAD", hash(PHOTO), &[], b"").await;
    assert_eq!(offset(&head), "20");
    let elsewhere = problem(&patch(&zhou, 10, &PHOTO[10..]).await);
    assert_eq!(elsewhere.code, Code::BlobOffset);
    assert_eq!(elsewhere.details["offset"], "20");
    let last = patch(&zhou, 20, &PHOTO[20..]).await;
    assert_eq!(offset(&last), PHOTO.len().to_string());

    let whole = ask(&zhou, "GET", hash(PHOTO), &[], b"").await;
    assert_eq!(whole.body, PHOTO);
    let range = [("Range", "bytes=2-11".to_owned())];
    let part = ask(&zhou, "GET", hash(PHOTO), &range, b"").await;
    assert_eq!(part.status, 206);
    assert_eq!(part.body, PHOTO[2..=11]);
}

#[tokio::test]
async fn bytes_of_another_hash_are_refused_and_forgotten() {
    let world = World::new().await;
    let zhou = named(&world).await;
    let wrong = patch(&zhou, 0, &vec![7; PHOTO.len()]).await;
    assert_eq!(problem(&wrong).code, Code::BlobHash);
    let head = ask(&zhou, "HEAD", hash(PHOTO), &[], b"").await;
    assert_eq!(offset(&head), "0");
}

#[tokio::test]
async fn absent_and_invisible_are_one() {
    let world = World::new().await;
    let zhou = named(&world).await;
    patch(&zhou, 0, PHOTO).await;
    let mut stranger = world.phone("郑检").await;
    stranger.sync().await;
    let nowhere = hash(b"never named");
    for method in ["GET", "PATCH"] {
        let headers = [
            ("Upload-Offset", "0".to_owned()),
            ("Upload-Length", "5".to_owned()),
        ];
        let mut answers = Vec::new();
        for name in [hash(PHOTO).to_string(), nowhere.to_string(), "x".to_owned()] {
            let response = ask(&stranger, method, name, &headers, b"bytes").await;
            assert_eq!(response.status, 404);
            answers.push(response.body);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
    }
}

#[tokio::test]
async fn a_blob_too_large_is_refused_before_it_is_sent() {
    let world = World::new().await;
    let zhou = named(&world).await;
    let headers = [
        ("Upload-Offset", "0".to_owned()),
        ("Upload-Length", (17 << 20).to_string()),
    ];
    let response = ask(&zhou, "PATCH", hash(PHOTO), &headers, b"x").await;
    assert_eq!(problem(&response).code, Code::BlobTooLarge);
}
