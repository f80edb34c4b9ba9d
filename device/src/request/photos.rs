//! The photos of a request, which the host makes ready before the command is carried out.

use super::{NewPhoto, Request};

impl Request {
    /// The photos that are to be made ready before the command can be carried out, in its order.
    /// Their bytes leave the request, their places stay. A drawn signature is kept as it is.
    pub(crate) fn take_photos(&mut self) -> Vec<NewPhoto> {
        let photos: Vec<&mut NewPhoto> = match self {
            Self::AddPhoto { photo, .. }
            | Self::AddFindingPhoto { photo, .. }
            | Self::KeepPhoto { photo } => vec![photo],
            Self::Act { photos, .. } => photos.iter_mut().collect(),
            Self::Report(report) => {
                let after = report.corrected.iter_mut().flatten();
                report.photos.iter_mut().chain(after).collect()
            }
            _ => Vec::new(),
        };
        let take = |photo: &mut NewPhoto| NewPhoto {
            base64: std::mem::take(&mut photo.base64),
            kept: photo.kept.clone(),
            loc: photo.loc.clone(),
            taken: photo.taken,
        };
        photos.into_iter().map(take).collect()
    }
}
