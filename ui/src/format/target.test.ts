import { describe, expect, it } from "vitest";
import type { TargetRow } from "@/api/types";
import { speak } from "@/i18n";
import { targetLine } from "./target";

const base: TargetRow = {
  id: "t",
  name: "年度检查计划完成率",
  metric: "plan_completion",
  period: "quarter",
  label: "2026-Q4",
  standing: { is: "running" },
  value: [1, 4],
  goal: 100,
  percent: true,
  progress: 0.25,
  fewer: false,
  weight: 20,
  points: null,
  veto: false,
  left: [],
  missing: 3,
  provisional: false,
};
const at = (site: string, days: number, month: number | null) => ({ place: null, site, due: { date: "2026-11-24", days }, month });

describe("a target's line", () => {
  it("says what is left by month", () => {
    const left = [at("恒源化工", 6, 11), at("东关小学扩建", 6, 11), at("东关百货", 37, 12)];
    expect(targetLine({ ...base, left })).toMatchObject({ period: "本季", number: "1/4", words: "还差 3 家：11 月 2 家，12 月 1 家", progress: 0.25 });
  });

  it("leaves the unit to the number", () => {
    expect(targetLine({ ...base, name: "按期复查率（%）" }).name).toBe("按期复查率");
    expect(targetLine({ ...base, name: "一般隐患（未销号的）" }).name).toBe("一般隐患（未销号的）");
  });

  it("calls a measure by its name where the letter's words aren't spoken", async () => {
    await speak("en");
    expect(targetLine({ ...base, name: "年度监督检查计划完成率（%）" }).name).toBe("Planned visits done");
    expect(targetLine({ ...base, metric: null, name: "安全积分（分）" }).name).toBe("安全积分");
    await speak("zh-CN");
  });

  it("says the soonest where months don't matter", () => {
    const line = targetLine({ ...base, metric: "rechecked_on_time", missing: 1, left: [at("东关加油站", 0, null)] });
    expect(line.words).toBe("还差 1 条，今天到期：东关加油站");
  });

  it("never shows 0 or a number for what can't be counted, and says why", () => {
    const line = targetLine({ ...base, value: [0, 0], standing: { is: "not_counted", why: "training" } });
    expect(line).toEqual({ name: base.name, period: "本季", words: "未计数：缺少培训记录" });
  });

  it("has words for a reason that this app doesn't know yet", () => {
    expect(targetLine({ ...base, standing: { is: "not_counted", why: "something_new" } }).words).toBe("未计数");
  });

  it("counts nothing to count as met, in words", () => {
    expect(targetLine({ ...base, value: null, standing: { is: "met_by_nothing" } })).toMatchObject({ number: "没有", reached: "按达到计" });
  });

  it("says so when a finished period missed the goal", () => {
    expect(targetLine({ ...base, standing: { is: "missed" } }).words).toBe("本期没有达到");
  });

  it("says so when the goal is out of reach", () => {
    expect(targetLine({ ...base, standing: { is: "out_of_reach" } }).words).toBe("本期已达不到");
  });
});
