import { describe, expect, it } from "vitest";
import { changes, type Reported } from "./edit";

const before: Reported = { text: "通道被挡", location: "泵房", level: "general", clause: null, due: "2026-12-01", who: "p1" };

describe("an edit of a report", () => {
  it("says only what differs", () => {
    expect(changes(before, { ...before, text: " 通道被桶挡住 " })).toEqual({ text: "通道被桶挡住", location: null, level: null, clause: null, basis: null, due: null, who: null });
  });

  it("is nothing while nothing differs", () => expect(changes(before, { ...before, text: "通道被挡 " })).toBeNull());

  it("clears a place that was emptied", () => expect(changes(before, { ...before, location: "" })).toMatchObject({ location: "" }));

  it("names a clause of a major one alone", () => {
    const clause = { standard: "GB 35181", article: "5.2" };
    expect(changes(before, { ...before, clause })).toBeNull();
    expect(changes(before, { ...before, level: "major", clause })).toMatchObject({ level: "major", clause });
  });
});
