//! Decoding and scaling by code, for hosts without a canvas.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageReader, Limits};

use crate::host::{PICTURE_EDGE, Scaled, THUMB_EDGE};

/// Longest edge that is decoded: beyond any phone's camera.
const EDGE_AT_MOST: u32 = 16_384;
/// Memory for decoding.
const MEMORY_AT_MOST: u64 = 512 << 20;
const PICTURE_QUALITY: u8 = 82;
const THUMB_QUALITY: u8 = 75;

/// Makes a picture (JPEG, PNG or WebP) ready. `orientation` is EXIF's number, 1–8. None: not a
/// picture.
#[must_use]
pub fn scale(bytes: &[u8], orientation: u8) -> Option<Scaled> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE_AT_MOST);
    limits.max_image_height = Some(EDGE_AT_MOST);
    limits.max_alloc = Some(MEMORY_AT_MOST);
    reader.limits(limits);
    let decoded = reader.decode().ok()?;
    // Scaled before it is turned: fewer pixels to turn.
    let mut picture = within(&decoded, PICTURE_EDGE);
    picture.apply_orientation(Orientation::from_exif(orientation)?);
    let thumb = within(&picture, THUMB_EDGE);
    Some(Scaled {
        picture: jpeg(&picture, PICTURE_QUALITY)?,
        thumb: jpeg(&thumb, THUMB_QUALITY)?,
    })
}

fn within(image: &DynamicImage, edge: u32) -> DynamicImage {
    // Never enlarged. JPEG has no transparency.
    let scaled = if image.width().max(image.height()) > edge {
        image.resize(edge, edge, FilterType::Triangle)
    } else {
        image.clone()
    };
    DynamicImage::ImageRgb8(scaled.into_rgb8())
}

fn jpeg(image: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(image)
        .ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let image = image::RgbaImage::from_fn(width, height, |x, _| {
            image::Rgba([if x < width / 2 { 255 } else { 0 }, 0, 0, 255])
        });
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }
    fn size(jpeg: &[u8]) -> (u32, u32) {
        let image = image::load_from_memory(jpeg).unwrap();
        (image.width(), image.height())
    }

    #[test]
    fn a_picture_is_scaled_down_and_turned_upright() {
        let scaled = scale(&png(3000, 1000), 6).unwrap();
        assert_eq!(size(&scaled.picture), (683, 2048));
        assert_eq!(size(&scaled.thumb), (107, 320));
        // Turned clockwise: what was left is up.
        let turned = image::load_from_memory(&scaled.thumb).unwrap().into_rgb8();
        assert!(turned.get_pixel(50, 20)[0] > 200 && turned.get_pixel(50, 300)[0] < 50);
    }

    #[test]
    fn a_small_picture_is_not_enlarged_and_nonsense_is_none() {
        let scaled = scale(&png(40, 30), 1).unwrap();
        assert_eq!(size(&scaled.picture), (40, 30));
        assert_eq!(size(&scaled.thumb), (40, 30));
        assert_eq!(scale(b"no picture", 1), None);
    }
}
