import { describe, expect, it } from "vitest";
import { barPlaces, PLACES } from "./tabs";

describe("the desk's bar", () => {
  it("of who looks after others leads to hazards and one's own letters, too", () => {
    const keys = barPlaces(true).map((place) => place.key);
    expect(keys).toEqual(["today", "supervise", "plan", "dashboard", "tables", "units", "letters", "inspect", "findings", "responsibility"]);
  });

  it("of everybody else is the phone's", () => expect(barPlaces(false)).toBe(PLACES));
});
