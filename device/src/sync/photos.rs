//! Commands that carry photos: the host makes the pictures ready, one after the other (a phone has
//! memory for one), and others are answered meanwhile. Then the command goes on.

use std::collections::VecDeque;

use xunan_core::code::Problem;
use xunan_core::record::Photo;

use super::Effect;
use super::engine::{Effects, Engine};
use crate::device::Device;
use crate::host::Scaled;
use crate::photo::Marks;
use crate::request::{NewPhoto, Request};

/// The commands that wait, oldest first; the first one's next picture is with the host.
#[derive(Default)]
pub(super) struct Photos {
    waiting: VecDeque<Waiting>,
    scaling: Option<Scaling>,
}

struct Waiting {
    call: u64,
    request: Request,
    left: VecDeque<NewPhoto>,
    ready: Vec<Photo>,
}

struct Scaling {
    id: u64,
    photo: NewPhoto,
    marks: Marks,
}

impl Engine {
    /// Lets a command with photos wait for them; gives any other request back.
    pub(super) fn with_photos(
        &mut self,
        device: &mut Device,
        call: u64,
        mut request: Request,
        out: &mut Effects,
    ) -> Option<Request> {
        let left: VecDeque<_> = request.take_photos().into();
        if left.is_empty() {
            return Some(request);
        }
        self.pictures.waiting.push_back(Waiting {
            call,
            request,
            left,
            ready: Vec::new(),
        });
        self.next_photo(device, out);
        None
    }

    /// A picture came back from the host.
    pub(super) fn scaled(
        &mut self,
        device: &mut Device,
        id: u64,
        scaled: Option<Scaled>,
        out: &mut Effects,
    ) {
        let Some(Scaling { photo, marks, .. }) = self.pictures.scaling.take_if(|s| s.id == id)
        else {
            return;
        };
        let kept = device.keep_photo(photo, marks, scaled);
        if let Some(first) = self.pictures.waiting.front_mut() {
            match kept {
                Ok(photo) => first.ready.push(photo),
                Err(problem) => self.give_up(problem, out),
            }
        }
        self.next_photo(device, out);
    }

    /// Gives the next picture to the host; carries out the commands that have all of theirs.
    fn next_photo(&mut self, device: &mut Device, out: &mut Effects) {
        while self.pictures.scaling.is_none()
            && let Some(first) = self.pictures.waiting.front_mut()
        {
            let Some(photo) = first.left.pop_front() else {
                if let Some(done) = self.pictures.waiting.pop_front() {
                    let result = device.call(done.request, done.ready);
                    out.push(Effect::Reply {
                        id: done.call,
                        result,
                    });
                }
                continue;
            };
            if let Some(kept) = photo.kept {
                match device.taken_photo(kept) {
                    Ok(photo) => first.ready.push(photo),
                    Err(problem) => self.give_up(problem, out),
                }
                continue;
            }
            match device.read_photo(&photo) {
                Ok((bytes, marks)) => {
                    let id = self.number();
                    out.push(Effect::Scale {
                        id,
                        bytes,
                        orientation: marks.orientation,
                    });
                    self.pictures.scaling = Some(Scaling { id, photo, marks });
                }
                Err(problem) => self.give_up(problem, out),
            }
        }
    }

    /// The first command can't go on.
    fn give_up(&mut self, problem: Problem, out: &mut Effects) {
        if let Some(first) = self.pictures.waiting.pop_front() {
            out.push(Effect::Reply {
                id: first.call,
                result: Err(problem),
            });
        }
    }
}
