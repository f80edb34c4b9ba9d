import { describe, expect, it } from "vitest";
import type { PlanMatter, PlanView, PlanVisit } from "@/api/types";
import { aboutSite, isOver, markOf, matterWords, sumWords, wayOf } from "./words";

const visit: PlanVisit = { id: "r1", unit: "东关街道", tiny: "东关", own: true, month: 10, kind: "routine", officers: ["万春梅", "谢红旗"].map((name) => ({ id: name, name })), state: "due", fixed: null, was: null, inspection: null };
const site = { id: "s1", name: "青石区顺达物流有限公司", short: "顺达物流", risk: null };
const plan: PlanView = { unit: null, year: 2026, years: [2026], month: 11, days_left: 6, sum: { all: 0, done: 0, late: 0, missed: 0, due: 0, coming: 0, before: 0 }, rows: [], matters: [] };
const matter = (kind: PlanMatter["kind"], more: Partial<PlanMatter["sites"][number]> = {}): PlanMatter => ({ kind, sites: [{ site, visit: "r1", month: 10, names: ["万春梅", "谢红旗"], limit: null, ...more }] });

describe("the plan in words", () => {
  it("says the sum as a sentence, and red only what is past its month", () => {
    const parts = sumWords({ all: 23, done: 19, late: 1, missed: 0, due: 2, coming: 1, before: 0 });
    expect(parts).toEqual([
      { words: "查完 19 次", red: false },
      { words: "1 次过月没查", red: true },
      { words: "还有 3 次", red: false },
    ]);
    expect(sumWords({ all: 1, done: 1, late: 0, missed: 0, due: 0, coming: 0, before: 0 })).toHaveLength(1);
  });

  it("marks what was made without a complete record apart", () => {
    expect(markOf(visit)).toBe("○");
    expect(markOf({ ...visit, inspection: "i1" })).toBe("◐");
    expect(markOf({ ...visit, state: "done", inspection: "i1" })).toBe("✓");
    expect(isOver({ ...visit, state: "late" })).toBe(true);
  });

  it("opens the record of a visit that was made, else the start at its site", () => {
    expect(wayOf(visit, "s1")).toBe("/inspect/start?site=s1");
    expect(wayOf({ ...visit, inspection: "i1" }, "s1")).toBe("/inspect/i1/record");
  });

  it("says what hurries first, and who is to go", () => {
    expect(matterWords(matter("late"), plan)).toMatchObject({ urgent: "10 月没查", tone: "red", title: "1 家" });
    expect(matterWords(matter("due"), plan)).toMatchObject({ urgent: "还有 6 天", tone: "orange", title: "本月还差 1 家" });
    expect(matterWords(matter("gap"), plan)).toMatchObject({ urgent: "", tone: "none", title: "4 季度 1 家没人查" });
    expect(aboutSite(matter("due"), matter("due").sites[0] as never)).toBe("万春梅、谢红旗");
    const over = matter("over", { limit: { unit: "东关街道", made: 5, limit: 4 } });
    expect(aboutSite(over, over.sites[0] as never)).toBe("东关街道已查 5 次，上限 4 次");
  });
});
