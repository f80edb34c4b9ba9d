import { beforeAll, describe, expect, it } from "vitest";
import type { DeviceRow, ImportAnswer, ImportProblem, ChecklistItem, PersonShown } from "@/api/types";
import { speak } from "@/i18n";
import { answered, changeWords, countOf, headline, importOf, noChoices, placeOf, problemsCsv } from "./import";
import { actOf, lastOf, sectionsOf, shownOf, valueOf } from "./words";

beforeAll(() => speak("zh-CN"));

const TODAY = "2026-12-10";
const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`);
const person: PersonShown = { id: "p", name: "王立新", unit: "东关街道", title: "科员", kind: "inspector", phone: null };
const device: DeviceRow = { id: "d", person, platform: "android", enrolled: at("2026-11-01"), last_sync: at("2026-12-09"), revoked: null, this: false };

describe("a device", () => {
  it("says how long it has been silent, which tells a lost one", () => {
    expect(lastOf(device, TODAY)).toBe("最近同步 昨天 10:00");
    expect(lastOf({ ...device, last_sync: at("2026-11-20") }, TODAY)).toBe("20 天没有同步");
    expect(lastOf({ ...device, last_sync: null }, TODAY)).toBe("还没有同步过");
    expect(lastOf({ ...device, revoked: at("2026-12-10") }, TODAY)).toBe("已停用，10:00");
  });
});

describe("what was done", () => {
  it("names the person, the setting or the revision", () => {
    const act = { at: 0, by: null, what: "revoke", person, about: "d" };
    expect(actOf(act)).toBe("停用 王立新 的设备");
    expect(actOf({ ...act, what: "setting", person: null, about: "recheck_days" })).toBe("改设置：复查期限（天）");
    expect(actOf({ ...act, what: "import", person: null, about: "88" })).toBe("导入台账（第 88 版）");
    // What a newer relay notes is shown rather than hidden.
    expect(actOf({ ...act, what: "merge", person: null, about: "" })).toBe("merge");
  });
});

describe("a setting", () => {
  it("has words for what the relay writes in English", () => {
    expect(["yes", "no", "none", "10"].map(valueOf)).toEqual(["是", "否", "未设", "10"]);
    expect(shownOf({ name: "zone", value: "Asia/Shanghai", default: "Asia/Shanghai" })).toBe("中国标准时间");
  });
});

const problem: ImportProblem = { blocks: true, file: "人员.csv", sheet: "人员", row: 64, column: "手机号", found: "1990000063", fault: "phone_wrong", details: { digits: "10" }, advice: "请补成 11 位", phones: null };
const answer: ImportAnswer = { seal: "s", written: false, blocked: false, rows: 3, counts: [], problems: [], changes: [] };

describe("an import", () => {
  it("says first whether anything is written", () => {
    expect(headline({ ...answer, blocked: true, rows: 0, problems: [problem, { ...problem, blocks: false }] })).toBe("先改 1 处，再导入。现在还没有写入任何内容");
    expect(headline(answer)).toBe("会写入 3 行。现在还没有写入任何内容");
    expect(headline({ ...answer, rows: 0 })).toBe("和登记的完全一样，导入不会改任何内容");
    expect(headline({ ...answer, written: true })).toBe("已导入，写入 3 行");
  });

  it("names a problem's place as people find it", () => {
    expect(placeOf(problem)).toBe("人员，第 64 行，手机号");
    expect(placeOf({ ...problem, sheet: "", row: null, column: null })).toBe("人员.csv");
  });

  it("counts what changes, and nothing while something is to be mended", () => {
    const count = { kind: "people", read: 180, new: 0, changed: 3, retired: 0, missing: 2 };
    expect(countOf(count, false)).toBe("180 行，改 3，表里没有了 2，保留");
    expect(countOf(count, true)).toBe("180 行");
    expect(countOf({ ...count, kind: "checklists", read: 8, changed: 0, missing: 0 }, false)).toBe("8 张，不变");
  });

  it("shows what was and what becomes", () => {
    const fields = [{ column: "证件有效期", before: "", after: "2029-06-30" }];
    expect(changeWords({ action: "changed", table: "person", row: "谢红旗", fields })).toBe("证件有效期：空 → 2029-06-30");
  });

  it("asks whose a changed number is, one answer at a time, and takes it back", () => {
    const phones = ["13800000018", "13800000081"] as const;
    const same = answered(noChoices(), phones, true);
    expect(importOf([], same, null).same_person).toEqual({ "13800000081": "13800000018" });
    const other = answered(same, phones, false);
    expect([other.same, other.others]).toEqual([{}, ["13800000081"]]);
    expect(answered(other, phones, false)).toEqual(noChoices());
    expect(answered(same, phones, true)).toEqual(noChoices());
  });

  it("gives its problems as a spreadsheet in which no cell is a formula", () => {
    const csv = problemsCsv([{ ...problem, found: '=cmd("x")' }]);
    expect(csv.startsWith("\uFEFF")).toBe(true);
    expect(csv).toContain(`"'=cmd(""x"")"`);
    expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
  });
});

const item = (number: number, section: string): ChecklistItem => ({ number, section, text: "", english: "", basis: "", suspected_major: false, photo: false });

describe("a checklist", () => {
  it("stands by section, in the list's order", () => {
    const sections = sectionsOf([item(1, "制度"), item(2, "制度"), item(3, "现场")]);
    expect(sections.map((one) => [one.name, one.items.length])).toEqual([["制度", 2], ["现场", 1]]);
  });
});
