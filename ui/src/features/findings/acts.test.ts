import { describe, expect, it } from "vitest";
import type { ActionOffer } from "@/api/types";
import { eventOf, fieldsOf, lacking, needs, type Given } from "./acts";

const offer = (kind: string, units: ActionOffer["units"] = []): ActionOffer => ({ kind, units, officers: [], people: [], to: [], due: null, refused: null });
const given = (own: Partial<Given> = {}, words: Partial<Given["words"]> = {}): Given => ({
  due: null,
  who: null,
  to: null,
  unit: null,
  officers: [],
  behalf: false,
  ...own,
  words: { ground: "", measure: "", reason: "", text: "", standard: "", article: "", list: "", five_measure: "", five_funds: "", five_who: "", five_plan: "", ...words },
});

describe("an act", () => {
  it("that needs nothing is done at once", () => expect(needs(offer("accepted"))).toBe(false));

  it("carries unit and two officers when it is official", () => {
    const event = eventOf("ordered", fieldsOf(offer("ordered"), false), given({ due: "2026-12-01", who: "p1", unit: "u1", officers: ["a", "b"] }, { ground: "《消防法》第二十八条" }));
    expect(event).toEqual({ k: "ordered", due: "2026-12-01", who: "p1", ground: "《消防法》第二十八条", unit: "u1", officers: ["a", "b"] });
  });

  it("names no officers when there is only one, and goes on", () => {
    const fields = fieldsOf(offer("granted"), false);
    expect(lacking(fields, given({ due: "2026-12-01" }))).toBeNull();
    expect(eventOf("granted", fields, given({ due: "2026-12-01", officers: ["a"] }))).toEqual({ k: "granted", due: "2026-12-01" });
  });

  it("asks for the five in place for a major finding alone", () => {
    const fields = fieldsOf(offer("rectified"), true);
    expect(fieldsOf(offer("rectified"), false)).not.toContain("five");
    expect(lacking(fields, given())).toBe("five");
    const full = given({ due: "2026-12-01" }, { five_measure: "换表", five_funds: "200 元", five_who: "丁敏", five_plan: "已备案" });
    expect(lacking(fields, full)).toBeNull();
    expect(eventOf("rectified", fields, full)).toMatchObject({ five: { measure: "换表", funds: "200 元", due: "2026-12-01", who: "丁敏", plan: "已备案" } });
  });

  it("says which field is missing first", () => expect(lacking(fieldsOf(offer("asked"), false), given({ due: "2026-12-01" }))).toBe("reason"));

  it("is on behalf of the site when an inspector rectifies", () => {
    expect(eventOf("rectified", ["text"], given({ behalf: true }, { text: "已清理" }))).toEqual({ k: "rectified", text: "已清理", behalf: true });
  });
});
