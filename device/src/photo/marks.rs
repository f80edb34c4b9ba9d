//! What a camera wrote into a picture: EXIF.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use xunan_core::record::Location;
use xunan_core::timestamp::{Date, Timestamp, Zone};

/// What a picture says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// EXIF's number, 1–8: which way is up.
    pub orientation: u8,
    /// When it was taken, by the camera's clock.
    pub taken: Option<Timestamp>,
    /// Where it was taken.
    pub loc: Option<Location>,
}

/// Reads them; a picture without any is upright and says nothing. Local times are taken as the
/// organisation's, unless the camera wrote its own offset.
#[must_use]
pub fn read_marks(bytes: &[u8], zone: &Zone) -> Marks {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes));
    let Ok(exif) = exif else {
        return Marks {
            orientation: 1,
            taken: None,
            loc: None,
        };
    };
    let orientation = exif
        .get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|number| u8::try_from(number).ok())
        .filter(|number| (1..=8).contains(number))
        .unwrap_or(1);
    let taken = taken(&exif, zone);
    let loc = place(&exif, taken);
    Marks {
        orientation,
        taken,
        loc,
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&str> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}

/// `2026:11:24 09:30:00`, and perhaps `+08:00` in a field of its own.
fn taken(exif: &Exif, zone: &Zone) -> Option<Timestamp> {
    let (day, clock) = ascii(exif, Tag::DateTimeOriginal)?.trim().split_once(' ')?;
    let day: Date = day.replace(':', "-").parse().ok()?;
    let ms = clock_ms(clock)?;
    let local = |zone: &Zone| zone.start_of(day).plus(ms);
    let at = match ascii(exif, Tag::OffsetTimeOriginal).and_then(offset_seconds) {
        Some(seconds) => local(&Zone {
            name: String::new(),
            offsets: vec![(Timestamp(0), seconds)],
        }),
        None => local(zone),
    };
    (Timestamp::EARLIEST..Timestamp::LATEST)
        .contains(&at)
        .then_some(at)
}

fn clock_ms(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, ':').map(str::parse::<u8>);
    let (h, m, s) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let fits = h < 24 && m < 60 && s < 61;
    let seconds = i64::from(h) * 3600 + i64::from(m) * 60 + i64::from(s);
    fits.then_some(seconds * 1000)
}

fn offset_seconds(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (h, m) = rest.split_once(':')?;
    let (h, m): (u8, u8) = (h.parse().ok()?, m.parse().ok()?);
    (h <= 14 && m < 60).then(|| sign * (i32::from(h) * 3600 + i32::from(m) * 60))
}

fn place(exif: &Exif, taken: Option<Timestamp>) -> Option<Location> {
    let lat = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90.0)?;
    let lon = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180.0)?;
    let accuracy = rationals(exif, Tag::GPSHPositioningError)
        .and_then(|values| values.first().copied())
        .filter(|metres| metres.is_finite() && *metres >= 0.0);
    Some(Location {
        lat,
        lon,
        // Cameras that don't say are phones: some tens of metres.
        accuracy: accuracy.unwrap_or(50.0),
        source: "exif".to_owned(),
        time: taken?,
    })
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: &str, most: f64) -> Option<f64> {
    let values = rationals(exif, tag)?;
    let part = |n: usize| values.get(n).copied().unwrap_or(0.0);
    let size = part(0) + part(1) / 60.0 + part(2) / 3600.0;
    let signed = if ascii(exif, side)?.trim() == negative {
        -size
    } else {
        size
    };
    (signed.is_finite() && signed.abs() <= most).then_some(signed)
}

fn rationals(exif: &Exif, tag: Tag) -> Option<Vec<f64>> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => Some(values.iter().map(exif::Rational::to_f64).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
