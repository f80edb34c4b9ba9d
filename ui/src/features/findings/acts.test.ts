import { describe, expect, it } from "vitest";
import { effectScope } from "vue";
import { useTransport } from "@/api/call";
import type { ActionOffer } from "@/api/types";
import { proposed } from "../inspect/hazard";
import { emptyDraft, reportLacks, staying } from "./useReport";
import { filterOf } from "./filters";
import { eventOf, fieldsOf, lacking, TAKING, needs, wayOut, type Given } from "./acts";
import { useFinding } from "./useFinding";
import { isUnseen } from "./words";
import { i18n } from "@/i18n";

const offer = (kind: string, units: ActionOffer["units"] = []): ActionOffer => ({ kind, units, officers: [], people: [], to: [], due: null, refused: null });
const given = (own: Partial<Given> = {}, words: Partial<Given["words"]> = {}): Given => ({
  due: null,
  who: null,
  to: null,
  unit: null,
  officers: [],
  level: "major",
  not: [],
  of: null,
  site: null,
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

  it("is on behalf of the site when an inspector records it for one without the app", () => {
    expect(eventOf("rectified_behalf", fieldsOf(offer("rectified_behalf"), false), given({}, { text: "已清理" }))).toEqual({ k: "rectified", behalf: true, text: "已清理" });
    expect(fieldsOf(offer("rectified_behalf"), true)).toContain("five");
  });

  it("grades with a clause, and back to general without one", () => {
    const fields = fieldsOf(offer("graded"), false);
    expect(lacking(fields, given())).toBe("level");
    expect(eventOf("graded", fields, given({}, { standard: "GB 35181", article: "5.2" }))).toEqual({ k: "graded", level: "major", clause: { standard: "GB 35181", article: "5.2" } });
    expect(eventOf("graded", fields, given({ level: "general" }))).toEqual({ k: "graded", level: "general" });
  });

  it("settles by naming what does not hold", () => {
    const fields = fieldsOf(offer("settled"), false);
    expect(lacking(fields, given())).toBe("not");
    expect(eventOf("settled", fields, given({ not: ["e1"] }))).toEqual({ k: "settled", not: ["e1"] });
  });

  it("that takes something away has a sheet, which says what it means", () => {
    for (const kind of TAKING) {
      expect(needs(offer(kind)), kind).toBe(true);
      expect(i18n.global.t(`findings.taking.${kind}`)).toContain("10 秒内可以撤销");
    }
  });

  it("has a way out where one may not order", () => {
    const ordered = offer("ordered");
    const handed = { ...offer("proposed"), to: [{ id: "u9", name: "北湖街道办事处", short: "北湖街道", risk: null }] };
    expect(wayOut(ordered, [handed])).toBe(handed);
    expect(wayOut(ordered, [offer("proposed")])).toBeUndefined();
    expect(wayOut(offer("passed"), [handed])).toBeUndefined();
  });
});

const person = (id: string, kind: "principal" | "safety_officer") => ({ id, name: id, unit: "", title: "", kind, phone: null });

describe("a report", () => {
  const site = { id: "u1", name: "恒源化工" };
  it("needs a photo or a sentence, and a place; nothing else", () => {
    expect(reportLacks(emptyDraft())).toBe("content");
    expect(reportLacks({ ...emptyDraft(), text: "通道被挡" })).toBe("where");
    expect(reportLacks({ ...emptyDraft(), text: "通道被挡", site })).toBeNull();
    expect(reportLacks({ ...emptyDraft(), text: "通道被挡", place: "北环路口" })).toBeNull();
  });

  const people = [person("a", "principal"), person("b", "safety_officer"), person("c", "safety_officer")];
  const known = { people, suggested: { general: "c", major: "a" } };
  const empty = { people: [], suggested: { general: null, major: null } };

  it("proposes whom the device suggests for its level", () => {
    expect(proposed(known, { level: "general", who: null })?.id).toBe("c");
    expect(proposed(known, { level: "major", who: null })?.id).toBe("a");
    expect(proposed(known, { level: "general", who: "a" })?.id).toBe("a");
    expect(proposed(known, { level: "general", who: "gone" })?.id).toBe("c");
    expect(proposed(empty, { level: "major", who: null })).toBeUndefined();
  });

  it("keeps the person who was chosen, as long as they are of the site", () => {
    expect(staying("a", known, "general")).toBe("a");
    expect(staying("z", known, "general")).toBe("c");
    expect(staying("z", empty, "general")).toBe("z");
    expect(staying("z", undefined, "general")).toBe("z");
  });
});

describe("a group of findings", () => {
  it("asks for its states and flags alone", () => {
    expect(filterOf("recheck", " 配电 ", 0, 100)).toMatchObject({ query: "配电", states: ["rectified"], overdue: false, limit: 100 });
    expect(filterOf("overdue", "", 0, 100)).toMatchObject({ states: [], overdue: true });
  });
});

const turn = () => new Promise((done) => setTimeout(done, 0));

describe("a picture of the report", () => {
  it("is taken off, and can come back for ten seconds", async () => {
    const asked: unknown[] = [];
    useTransport({
      async call(request) {
        asked.push(request);
        return "RemoveFindingPhoto" in (request as object) ? { Done: { id: "f1", command: 4, undo_until: Date.now() + 10_000 } } : { None: null };
      },
      listen: () => undefined,
    });
    const scope = effectScope();
    const finding = scope.run(() => useFinding(() => "f1"));
    await finding?.takeOff("aa");
    expect(asked).toContainEqual({ RemoveFindingPhoto: { id: "f1", hash: "aa" } });
    expect(finding?.undo.last.value).toMatchObject({ command: 4, words: "已拿掉 1 张照片" });
    scope.stop();
  });
});

describe("the picture from after", () => {
  it("is unseen as long as none of them is here", () => {
    expect(isUnseen([])).toBe(false);
    expect(isUnseen([{ here: false }, { here: false }])).toBe(true);
    expect(isUnseen([{ here: true }, { here: false }])).toBe(false);
  });

  it("that came while the finding is open is seen", async () => {
    const told: ((notice: unknown) => void)[] = [];
    let here = false;
    useTransport({
      call: async (request) => ({ Finding: "Finding" in (request as object) ? { row: { id: "f1" }, actions: [], after: [{ here, photo: { h: "aa" } }] } : null }),
      listen: (tell) => told.push(tell),
    });
    const scope = effectScope();
    const finding = scope.run(() => useFinding(() => "f1"));
    await turn();
    expect(isUnseen(finding?.view.value?.after ?? [])).toBe(true);
    here = true;
    for (const tell of told) tell({ Photo: { hash: "aa" } });
    await turn();
    expect(isUnseen(finding?.view.value?.after ?? [])).toBe(false);
    scope.stop();
  });
});
