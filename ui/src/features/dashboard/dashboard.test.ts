import { afterAll, describe, expect, it } from "vitest";
import type { Dashboard } from "@/api/types";
import { speak } from "@/i18n";
import { barsOf, behindWords, rateTitle, rateWords, tableOf, toneOf, underNumber } from "./words";

const unit = (short: string) => ({ id: short, name: short, short, risk: null });
const dashboard: Dashboard = {
  unit: unit("东关街道"),
  period: "2026-11",
  running: true,
  numbers: [],
  rate: { good: 61, of: 67 },
  before: { good: 95, of: 100 },
  left_out: 5,
  goal: 98,
  months: [],
  parts: [{ unit: unit("南坡镇"), rate: { good: 8, of: 11 }, overdue: 1, not_rechecked: 0, major: 0 }],
  kinds: [],
  overdue: [],
  unsynced: [],
};

describe("the rate in a sentence", () => {
  it("says how it is, against before, and what holds it back", () => {
    expect(rateTitle(dashboard)).toBe("按期整改率 91%，比上月低 4 个百分点");
    expect(behindWords(dashboard)).toBe("拖后的是南坡镇：11 条里 3 条过期，其余 56 条过期 3 条。");
  });

  it("compares with nothing where there was nothing", () => {
    expect(rateTitle({ ...dashboard, before: null })).toBe("按期整改率 91%");
    expect(rateTitle({ ...dashboard, before: { good: 0, of: 0 } })).toBe("按期整改率 91%");
    expect(rateTitle({ ...dashboard, rate: { good: 0, of: 0 } })).toBe("2026 年 11 月 没有到期的隐患");
    expect(rateTitle({ ...dashboard, period: "2026-Q4", before: { good: 61, of: 67 } })).toBe("按期整改率 91%，和上季持平");
  });

  it("never says all of what is nearly all", () => {
    expect(rateWords({ good: 999, of: 1000 })).toBe("99%");
    expect(rateWords({ good: 3, of: 3 })).toBe("100%");
    expect(behindWords({ ...dashboard, rate: { good: 3, of: 3 } })).toBe("到期的 3 条都按期整改了。");
  });

  it("draws no bar where there was nothing to count, and marks the months of the period", () => {
    const months = [
      { month: 9, rate: null, running: false },
      { month: 10, rate: { good: 0, of: 0 }, running: false },
      { month: 11, rate: { good: 1, of: 2 }, running: true },
    ];
    expect(barsOf(months, "2026-11").map((bar) => [bar.share, bar.value, bar.current, bar.running])).toEqual([
      [null, "", false, false],
      [null, "–", false, false],
      [0.5, "50%", true, true],
    ]);
    expect(barsOf(months, "2026-Q4").map((bar) => bar.current)).toEqual([false, true, true]);
    expect(barsOf(months, "2026").some((bar) => bar.current)).toBe(false);
  });
});

describe("in English", () => {
  afterAll(() => speak("zh-CN"));

  it("one is one and not several", async () => {
    await speak("en");
    expect(underNumber({ measure: "overdue", count: 1, late: 1, longest: ["Yonggu", 1] })).toBe("Longest 1 day, Yonggu");
    expect(underNumber({ measure: "overdue", count: 2, late: 2, longest: ["Yonggu", 9] })).toBe("Longest 9 days, Yonggu");
    expect(rateTitle({ ...dashboard, rate: { good: 94, of: 100 } })).toContain("1 point below");
  });
});

describe("a number", () => {
  it("has a colour only for risk and deadlines, and only while there is any", () => {
    const number = { measure: "overdue" as const, count: 3, late: 3, longest: ["永固铸造", 9] as [string, number] };
    expect(toneOf(number)).toBe("red");
    expect(toneOf({ ...number, count: 0 })).toBe("none");
    expect(toneOf({ ...number, measure: "not_rechecked", late: 0 })).toBe("none");
    expect(toneOf({ ...number, measure: "not_rechecked", late: 1 })).toBe("orange");
    expect(underNumber(number)).toBe("最久 9 天，永固铸造");
    expect(underNumber({ ...number, longest: null })).toBe("没有");
  });

  it("opens its own records, of its unit and period", () => {
    expect(tableOf("overdue", { unit: "u1", period: "2026-11" }, { section: "用电安全" })).toBe("/tables/findings?measure=overdue&period=2026-11&unit=u1&section=%E7%94%A8%E7%94%B5%E5%AE%89%E5%85%A8");
  });
});
