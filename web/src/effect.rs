//! Effects as the worker reads them: plain objects whose `do` names what to do
//! (`web/worker/core.d.ts`).

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use xunan_core::code::Problem;
use xunan_device::host::{PICTURE_EDGE, THUMB_EDGE};
use xunan_device::request::Reply;
use xunan_device::sync::{Effect, HttpRequest};

/// One effect.
pub(crate) fn plain(effect: Effect) -> JsValue {
    match effect {
        Effect::Send(request) => send(&request),
        Effect::Cancel { id } => object("cancel", [("id", number(id))]),
        Effect::Sign { id, message } => {
            object("sign", [("id", number(id)), ("message", bytes(&message))])
        }
        Effect::Scale {
            id,
            bytes: picture,
            orientation,
        } => object(
            "scale",
            [
                ("id", number(id)),
                ("bytes", bytes(&picture)),
                ("orientation", orientation.into()),
                ("edge", PICTURE_EDGE.into()),
                ("thumb", THUMB_EDGE.into()),
            ],
        ),
        Effect::Continue => object("continue", []),
        #[allow(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53")]
        Effect::WakeAt(at) => object("wake", [("at", (at.0 as f64).into())]),
        Effect::Reply { id, result } => object(
            "reply",
            [("id", number(id)), ("answer", answer(&result).into())],
        ),
        Effect::Notice(notice) => object(
            "notice",
            [(
                "notice",
                serde_json::to_string(&notice).unwrap_or_default().into(),
            )],
        ),
    }
}

fn send(request: &HttpRequest) -> JsValue {
    let headers: Array = request
        .headers()
        .into_iter()
        .map(|(name, value)| Array::of2(&name.into(), &value.into()))
        .collect();
    object(
        "send",
        [
            ("id", number(request.id)),
            ("method", request.method.name().into()),
            ("url", request.url.as_str().into()),
            ("headers", headers.into()),
            ("body", bytes(&request.body)),
            ("timeout", number(request.timeout_ms)),
        ],
    )
}

/// `{"reply": …}` or `{"error": …}`, as screens read it from every host that speaks in text.
fn answer(result: &Result<Reply, Problem>) -> String {
    let plain = match result {
        Ok(reply) => serde_json::to_string(reply).map(|text| format!("{{\"reply\":{text}}}")),
        Err(problem) => serde_json::to_string(problem).map(|text| format!("{{\"error\":{text}}}")),
    };
    plain.unwrap_or_default()
}

fn object<const N: usize>(name: &str, fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    // Setting a field of a new plain object can't fail.
    let _ = Reflect::set(&object, &"do".into(), &name.into());
    for (name, value) in fields {
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// Numbers of requests, and times to wait: far below 2^53.
#[allow(clippy::cast_precision_loss, reason = "see above")]
fn number(number: u64) -> JsValue {
    (number as f64).into()
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}
