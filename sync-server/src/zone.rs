//! Time zones by name: the relay works out the offsets, so that devices need no database of zones.

use jiff::Timestamp as Moment;
use jiff::tz::TimeZone;
use xunan_core::timestamp::{Timestamp, Zone};

/// A name that is no time zone's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is named {0:?} (such as Asia/Shanghai)")]
pub struct ZoneUnknown(String);

/// A zone with its offsets from 2017 up to 2100, outside of which no time is believed.
pub fn zone(name: &str) -> Result<Zone, ZoneUnknown> {
    let unknown = || ZoneUnknown(name.to_owned());
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    let moment = |at: Timestamp| Moment::from_millisecond(at.0).map_err(|_| unknown());
    let (first, last) = (moment(Timestamp::EARLIEST)?, moment(Timestamp::LATEST)?);
    let mut offsets = vec![(Timestamp::EARLIEST, zone.to_offset(first).seconds())];
    let transitions = zone.following(first);
    for transition in transitions.take_while(|transition| transition.timestamp() < last) {
        let offset = transition.offset().seconds();
        if offsets.last().is_none_or(|(_, held)| *held != offset) {
            let at = Timestamp(transition.timestamp().as_millisecond());
            offsets.push((at, offset));
        }
    }
    Ok(Zone {
        name: name.to_owned(),
        offsets,
    })
}

#[cfg(test)]
mod tests {
    use xunan_core::timestamp::Date;

    use super::*;

    #[test]
    fn shanghai_has_one_offset() {
        let shanghai = zone("Asia/Shanghai").unwrap();
        assert_eq!(shanghai.offsets, [(Timestamp::EARLIEST, 8 * 3600)]);
    }

    #[test]
    fn berlin_has_a_short_day_each_spring_until_the_end() {
        let berlin = zone("Europe/Berlin").unwrap();
        for (year, day) in [(2026, 29), (2099, 29)] {
            let day = Date::from_ymd(year, 3, day).unwrap();
            let hours = berlin.end_of(day).since(berlin.start_of(day)) / 3_600_000;
            assert_eq!(hours, 23, "{year}");
        }
    }

    #[test]
    fn what_is_no_zone_is_said() {
        assert_eq!(
            zone("Mars/Olympus"),
            Err(ZoneUnknown("Mars/Olympus".into()))
        );
    }
}
