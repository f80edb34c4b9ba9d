import { describe, expect, it } from "vitest";
import type { RefusedRow } from "@/api/types";
import { unbroken } from "@/format/dates";
import { saidWords } from "@/format/refused";
import { recordOf, resolvedWords, safeWords, wayOf, whatWord } from "./words";

const base: RefusedRow = {
  id: 1,
  record: { Finding: "f1" },
  doc: "f1",
  code: "permit.no_power",
  details: {},
  what: "ordered",
  words: "《消防法》第二十八条",
  due: "2026-11-29",
  photos: ["a", "b"],
  site: "老码头火锅城",
  written: 0,
  refused: 0,
  accepted_beside: 11,
  ways: [],
  resolved: null,
};

describe("a refusal", () => {
  it("names what had no effect, also what this app doesn't know", () => {
    expect(whatWord(base)).toBe("条责令");
    expect(whatWord({ ...base, what: "something_new" })).toBe("次修改");
  });

  it("says a deadline as a day", () => expect(saidWords(base, "2026-11-24")).toBe(`《消防法》第二十八条；期限 ${unbroken("11月29日")}`));

  it("says what is safe, and nothing about others when there are none", () => {
    expect(safeWords(base)).toBe("内容和 2 张照片原样留在本机。同时提交的其余 11 项已生效。");
    expect(safeWords({ ...base, photos: [], accepted_beside: 0 })).toBe("内容原样留在本机。");
  });

  it("has a button that names the way", () => {
    const way = wayOf({ Propose: { to: "u1", name: "北湖街道" } });
    expect(way).toMatchObject({ key: "propose-u1", title: "交给北湖街道处理", press: "交给北湖街道" });
    expect(wayOf({ Archive: {} }).press).toBe("存档");
    expect(resolvedWords({ Propose: { to: "u1", name: "北湖街道" } })).toBe("已交给北湖街道");
  });

  it("leads to its record while that is here", () => {
    expect(recordOf(base)).toBe("/findings/f1");
    expect(recordOf({ ...base, record: null })).toBeUndefined();
  });
});
