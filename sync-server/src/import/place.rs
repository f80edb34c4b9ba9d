//! Where a site is: map programs in China show shifted coordinates, records keep WGS-84.
//!
//! GCJ-02 ("Mars", AMap, Tencent) has no published definition. The shift used here is the one that
//! became known with the open-source projects `eviltransform` and `coordtransform`: a sum of sines
//! on the Krasovsky 1940 ellipsoid. BD-09 (Baidu) turns and moves GCJ-02 once more; its formula is
//! from the same sources. Both are exact to well under a metre.

use std::f64::consts::PI;

use super::problem::Fault;
use super::value::Words;

/// A position in degrees: (latitude, longitude).
pub(crate) type Place = (f64, f64);

/// What coordinates are measured in (坐标系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Wgs84,
    Gcj02,
    Bd09,
}

static SYSTEMS: Words<System> = Words(&[
    ("WGS-84", System::Wgs84),
    ("GCJ-02", System::Gcj02),
    ("BD-09", System::Bd09),
    ("WGS84", System::Wgs84),
    ("GCJ02", System::Gcj02),
    ("BD09", System::Bd09),
    ("CGCS2000", System::Wgs84),
]);

/// WGS-84 unless the cell says otherwise; CGCS2000 differs from it by centimetres.
pub(crate) fn system(text: &str) -> Result<System, Fault> {
    if text.is_empty() {
        return Ok(System::Wgs84);
    }
    SYSTEMS.read(&text.to_uppercase())
}

/// To WGS-84, rounded to 0.1 m, so that the same cell always gives the same row.
pub(crate) fn to_wgs84(place: Place, system: System) -> Place {
    let exact = match system {
        System::Wgs84 => return place,
        System::Gcj02 => from_gcj02(place),
        System::Bd09 => from_gcj02(from_bd09(place)),
    };
    (round(exact.0), round(exact.1))
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// The shift is applied in a rectangle around China only.
fn is_shifted((latitude, longitude): Place) -> bool {
    (0.8293..=55.8271).contains(&latitude) && (72.004..=137.8347).contains(&longitude)
}

/// Semi-major axis of Krasovsky 1940 in metres, and its first eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

fn to_gcj02((latitude, longitude): Place) -> Place {
    if !is_shifted((latitude, longitude)) {
        return (latitude, longitude);
    }
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let ripple = 20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin();
    let wave = |v: f64, a: f64, b: f64, c: f64, d: f64| {
        a * (v * PI).sin()
            + b * (v / 3.0 * PI).sin()
            + c * (v / 12.0 * PI).sin()
            + d * (v / 30.0 * PI).sin()
    };
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + (ripple + wave(y, 20.0, 40.0, 160.0, 320.0)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + (ripple + wave(x, 20.0, 40.0, 150.0, 300.0)) * 2.0 / 3.0;
    let (sine, cosine) = latitude.to_radians().sin_cos();
    let w = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
    let meridian_radius = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (w * w.sqrt());
    let parallel_radius = AXIS / w.sqrt() * cosine;
    (
        latitude + (north / meridian_radius).to_degrees(),
        longitude + (east / parallel_radius).to_degrees(),
    )
}

/// The shift has no inverse in closed form; it changes so slowly that three rounds suffice.
fn from_gcj02(place: Place) -> Place {
    let mut guess = place;
    for _ in 0..3 {
        let shifted = to_gcj02(guess);
        guess = (
            guess.0 - (shifted.0 - place.0),
            guess.1 - (shifted.1 - place.1),
        );
    }
    guess
}

fn from_bd09((latitude, longitude): Place) -> Place {
    let (x, y) = (longitude - 0.0065, latitude - 0.006);
    let turns = PI * 3000.0 / 180.0;
    let radius = x.hypot(y) - 0.000_02 * (y * turns).sin();
    let angle = y.atan2(x) - 0.000_003 * (x * turns).cos();
    (radius * angle.sin(), radius * angle.cos())
}
