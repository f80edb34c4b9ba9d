/** Where the device is, if the person lets it say so; never waited for longer than a moment. */
import type { Location, Position } from "./types";

const WAIT_MS = 4000;

export function position(): Promise<Position | null> {
  return new Promise((done) => {
    if (!navigator.geolocation) {
      done(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      () => done(null),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}

export function asLocation(at: Position | null): Location | null {
  return at && { ...at, source: "gps", time: Date.now() };
}
