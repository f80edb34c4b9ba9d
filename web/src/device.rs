//! The device as the worker drives it.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use xunan_core::code::{Code, Problem, Retry};
use xunan_device::app::App;
use xunan_device::host::{Host, Scaled};
use xunan_device::sync::{Effect, HttpAnswer, Input};

use crate::blobs::BlobTable;
use crate::clock::{BrowserClock, BrowserRandom};
use crate::effect;
use crate::key::Key;
use crate::storage::{OpenError, Storage};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(words: &str);
}

/// One person's device. Each function tells it what happened and gives what to do.
#[wasm_bindgen]
pub struct Device {
    app: App,
    key: Key,
}

#[wasm_bindgen]
impl Device {
    /// Takes this origin's storage. `public_key`: of the key that the browser keeps, if it can.
    ///
    /// # Errors
    /// A problem as text of JSON.
    pub async fn open(public_key: Option<Vec<u8>>, platform: String) -> Result<Self, String> {
        std::panic::set_hook(Box::new(|panic| {
            // The place alone: words of a panic may hold what people wrote.
            let place = panic.location().map(ToString::to_string);
            console_error(&format!("panic at {}", place.unwrap_or_default()));
        }));
        let storage = Storage::open().await.map_err(unopened)?;
        let browser = public_key.and_then(|bytes| bytes.try_into().ok());
        let key = Key::open(&storage.host, browser).map_err(unopened)?;
        let host = Host {
            clock: Box::new(BrowserClock),
            random: Box::new(BrowserRandom),
            blobs: Box::new(BlobTable(storage.host)),
            public_key: key.public(),
            platform,
        };
        let app = App::open(storage.device, host).map_err(|error| text(&error.into()))?;
        Ok(Self { app, key })
    }

    /// Whether the key is one that nobody can read out.
    #[must_use]
    pub fn key_is_kept_by_browser(&self) -> bool {
        matches!(self.key, Key::Browser(_))
    }

    /// Time passed, or it is the first moment.
    #[must_use]
    pub fn tick(&mut self) -> Array {
        self.step(Input::Tick)
    }

    /// A screen asks; `request` is text of JSON.
    #[must_use]
    pub fn call(&mut self, id: f64, request: &str) -> Array {
        let id = whole(id);
        match serde_json::from_str(request) {
            Ok(request) => self.step(Input::Call { id, request }),
            Err(_) => {
                let result = Err(Problem::new(Code::InputInvalid).with("field", "request"));
                Array::of1(&effect::plain(Effect::Reply { id, result }))
            }
        }
    }

    /// The relay answered.
    #[must_use]
    pub fn answered(&mut self, id: f64, status: u16, offset: Option<f64>, body: Vec<u8>) -> Array {
        let answer = HttpAnswer {
            status,
            offset: offset.map(whole),
            body,
        };
        self.step(Input::Answered {
            id: whole(id),
            answer,
        })
    }

    /// No answer came.
    #[must_use]
    pub fn failed(&mut self, id: f64) -> Array {
        self.step(Input::Failed { id: whole(id) })
    }

    /// The browser signed.
    #[must_use]
    pub fn signed(&mut self, id: f64, signature: Vec<u8>) -> Array {
        match signature.try_into() {
            Ok(signature) => self.step(Input::Signed {
                id: whole(id),
                signature,
            }),
            Err(_) => Array::new(),
        }
    }

    /// A picture is ready; nothing: it can't be read.
    #[must_use]
    pub fn scaled(&mut self, id: f64, picture: Option<Vec<u8>>, thumb: Option<Vec<u8>>) -> Array {
        let scaled = picture
            .zip(thumb)
            .map(|(picture, thumb)| Scaled { picture, thumb });
        self.step(Input::Scaled {
            id: whole(id),
            scaled,
        })
    }

    /// The app came to the front or left it.
    #[must_use]
    pub fn front(&mut self, front: bool) -> Array {
        self.step(Input::Front(front))
    }
}

impl Device {
    fn step(&mut self, input: Input) -> Array {
        let effects = Array::new();
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for effect in self.app.step(input) {
                if let Effect::Sign { id, message } = &effect
                    && let Some(signature) = self.key.sign(message)
                {
                    inputs.push(Input::Signed { id: *id, signature });
                } else {
                    effects.push(&effect::plain(effect));
                }
            }
        }
        effects
    }
}

/// A number that was a whole one when it went out.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the core's own numbers come back"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

fn unopened(error: OpenError) -> String {
    let words = match error {
        OpenError::Files(error) => error.to_string(),
        OpenError::Sqlite(error) => error.to_string(),
        OpenError::KeyGone => "the browser forgot the device's key".to_owned(),
    };
    // So the browser says that another worker has a file open.
    let code = if words.contains("NoModificationAllowedError") {
        Code::StoreInUse
    } else {
        Code::StoreFailed
    };
    let mut problem = Problem::new(code).retry(Retry::Later);
    problem.trace = words;
    text(&problem)
}

fn text(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_default()
}
