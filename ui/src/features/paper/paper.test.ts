import { afterAll, describe, expect, it } from "vitest";
import type { FindingPaper, ProblemOnPaper, RecordPaper } from "@/api/types";
import { unbroken } from "@/format/dates";
import { speak } from "@/i18n";
import { handling, hazardOf, orderOf, paperDay, paperPrint, paperSpan, problemWords, recheckOf, wayOf } from "./words";

/** Without the marks that keep days and clauses whole. */
const bare = (words: string) => words.replace(/\u2060/gu, "");
const problem: ProblemOnPaper = { id: "f", text: "罐区通道堆放物料桶", location: "泵房", basis: "《消防法》第二十八条", level: "general", suspected: false, clause: null, photos: 2, corrected: false, due: "2026-12-01", measure: null, to: null };
const paper = {
  kind: "order",
  unit: "青石区应急管理局",
  text: "罐区通道堆放物料桶。",
  location: "泵房",
  basis: "《消防法》第二十八条",
  due: "2026-12-01",
  ground: "《安全生产法》第六十五条",
  measure: "",
  words: "",
  recheck: null,
} as unknown as FindingPaper;

describe("a paper", () => {
  afterAll(() => speak("zh-CN"));

  it("says days and times as offices write them", () => {
    const from = Date.parse("2026-11-24T05:42:00Z");
    expect(bare(paperDay("2026-12-01"))).toBe("2026年12月1日");
    expect(bare(paperSpan(from, from + 98 * 60_000))).toBe("2026年11月24日 13时42分 至 15时20分");
    expect(bare(paperSpan(from, from + 86_400_000))).toBe("2026年11月24日 13时42分 至 2026年11月25日 13时42分");
    expect(paperPrint("6f3a91c02be7d458")).toBe("6f3a 91c0 2be7 d458");
  });

  it("breaks no line inside a day or the number of a clause", () => {
    expect(paperSpan(0, null)).toBe(`${unbroken("1970年1月1日")} ${unbroken("8时00分")}`);
    const clause = "《安全生产法》第\u2060六\u2060十\u2060五\u2060条";
    expect(orderOf(paper)).toContain(`${clause}，责令你单位于 ${unbroken("2026年12月1日")}前`);
    expect(problemWords({ ...problem, basis: "《消防法》第十六条第一款" })).toContain("《消防法》第\u2060十\u2060六\u2060条第\u2060一\u2060款");
  });

  it("names a problem with where, level, law and photos", () => {
    expect(bare(problemWords(problem))).toBe("罐区通道堆放物料桶（泵房）。一般隐患。《消防法》第二十八条。照片 2 张。");
    const clause = { standard: "《判定标准》", article: "第三条" };
    expect(bare(problemWords({ ...problem, level: "major", clause, photos: 0, location: "" }))).toBe("罐区通道堆放物料桶。重大事故隐患。《判定标准》第三条。");
  });

  it("says together what was handled alike", () => {
    const spot = { ...problem, corrected: true, due: null };
    expect(bare(handling([problem, spot, problem], "2026-11-24"))).toBe("第 1、3 项责令 2026年12月1日前整改完毕；第 2 项当场予以纠正。详见相应文书（待编号）。");
    expect(bare(handling([{ ...problem, due: null, to: "青石区应急管理局" }], "2026-11-24"))).toBe("第 1 项报 青石区应急管理局 处理。");
    expect(bare(handling([{ ...problem, due: "2026-11-24" }], "2026-11-24"))).toContain("责令当日（2026年11月24日）整改完毕");
    expect(bare(handling([], "2026-11-24"))).toBe("");
  });

  it("orders by a day, at once, or a measure on site", () => {
    expect(bare(hazardOf(paper))).toBe("罐区通道堆放物料桶（泵房）。违反《消防法》第二十八条。");
    expect(bare(orderOf(paper))).toContain("依据《安全生产法》第六十五条，责令你单位于 2026年12月1日前整改完毕");
    expect(bare(orderOf({ ...paper, kind: "measure" }))).toBe("依据《安全生产法》第六十五条，责令你单位立即排除，2026年12月1日内完成。");
    expect(bare(orderOf({ ...paper, kind: "measure", measure: "停止使用 2# 储罐", ground: "" }))).toBe("现作出以下现场处理措施决定：停止使用 2# 储罐。");
  });

  it("re-checks against the order and the report that were seen", () => {
    const seen = { passed: false, ordered: "2026-11-24", ordered_by: "东关街道办事处", due: "2026-12-01", extended: null, rectified: "桶已移走", rectified_at: Date.parse("2026-11-30T04:00:00Z"), photos: [] };
    const said = recheckOf({ ...paper, kind: "recheck", due: "2026-12-08", recheck: seen });
    expect(bare(said.about)).toBe("东关街道办事处于 2026年11月24日责令你单位于 2026年12月1日前整改下列问题：");
    expect(bare(recheckOf({ ...paper, recheck: { ...seen, extended: "2026-12-04" } }).about)).toContain("2026年12月1日前（经批准延期至 2026年12月4日）");
    expect(bare(said.report)).toBe("你单位于 2026年11月30日报告整改情况：桶已移走。");
    expect(bare(said.opinion)).toContain("责令于 2026年12月8日前整改完毕");
    expect(recheckOf({ ...paper, recheck: { ...seen, passed: true, rectified: null, rectified_at: null } }).report).toContain("没有收到");
  });

  it("is Chinese on an English screen, too", async () => {
    await speak("en");
    const record = { official: true, kind: "leader_led", basis: "plan", months: [11] } as unknown as RecordPaper;
    expect(wayOf(record)).toBe("领导带队，年度计划 11 月");
    expect(bare(paperDay("2026-12-01"))).toBe("2026年12月1日");
  });
});
