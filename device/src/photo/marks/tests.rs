//! What cameras write into pictures.

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use xunan_core::timestamp::{Timestamp, Zone};

use super::{Marks, read_marks};

fn field(tag: Tag, value: Value) -> Field {
    Field {
        tag,
        ifd_num: In::PRIMARY,
        value,
    }
}
fn text(words: &str) -> Value {
    Value::Ascii(vec![words.as_bytes().to_vec()])
}
fn degrees(parts: [u32; 3]) -> Value {
    Value::Rational(parts.map(|num| Rational { num, denom: 1 }).to_vec())
}

/// A JPEG's beginning with these fields: enough for whoever reads marks.
fn jpeg(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = std::io::Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    let content = [b"Exif\0\0".as_slice(), tiff.get_ref()].concat();
    let len = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xe1], &len[..], &content, &[0xff, 0xd9]].concat()
}

#[test]
fn a_camera_says_which_way_is_up_when_and_where() {
    let marks = read_marks(
        &jpeg(&[
            field(Tag::Orientation, Value::Short(vec![6])),
            field(Tag::DateTimeOriginal, text("2026:11:24 09:30:00")),
            field(Tag::GPSLatitude, degrees([44, 6, 0])),
            field(Tag::GPSLatitudeRef, text("S")),
            field(Tag::GPSLongitude, degrees([87, 30, 36])),
            field(Tag::GPSLongitudeRef, text("E")),
        ]),
        &Zone::default(),
    );
    assert_eq!(marks.orientation, 6);
    // 09:30 in Shanghai.
    assert_eq!(marks.taken, Some(Timestamp(1_795_483_800_000)));
    let loc = marks.loc.unwrap();
    assert!((loc.lat + 44.1).abs() < 1e-9 && (loc.lon - 87.51).abs() < 1e-9);
    assert_eq!((loc.source.as_str(), Some(loc.time)), ("exif", marks.taken));
}

#[test]
fn an_offset_of_the_camera_goes_before_the_zone() {
    let marks = read_marks(
        &jpeg(&[
            field(Tag::DateTimeOriginal, text("2026:11:24 01:30:00")),
            field(Tag::OffsetTimeOriginal, text("+00:00")),
        ]),
        &Zone::default(),
    );
    assert_eq!(marks.taken, Some(Timestamp(1_795_483_800_000)));
}

#[test]
fn nonsense_says_nothing() {
    let silent = Marks {
        orientation: 1,
        taken: None,
        loc: None,
    };
    assert_eq!(read_marks(b"no picture", &Zone::default()), silent);
    let nonsense = jpeg(&[
        field(Tag::Orientation, Value::Short(vec![9])),
        field(Tag::DateTimeOriginal, text("2026:13:45 99:00:00")),
        field(Tag::GPSLatitude, degrees([444, 0, 0])),
        field(Tag::GPSLatitudeRef, text("N")),
    ]);
    assert_eq!(read_marks(&nonsense, &Zone::default()), silent);
}
