import { afterEach, describe, expect, it } from "vitest";
import { speak } from "@/i18n";
import { addDays, clockAt, dayAt, daysBetween, sayDay, sayMoment, sayTime, setZone, unbroken } from "./dates";
import { daysLeft, dueOf } from "./due";
import { shortSite, shortUnit } from "./names";

const NOON = Date.parse("2026-11-24T04:00:00Z"); // noon in Shanghai

describe("days", () => {
  it("turn at the organisation's midnight, not at the phone's", () => {
    expect(dayAt(Date.parse("2026-11-24T15:59:00Z"))).toBe("2026-11-24");
    expect(dayAt(Date.parse("2026-11-24T16:00:00Z"))).toBe("2026-11-25");
    expect(clockAt(Date.parse("2026-11-24T16:00:00Z"))).toBe("00:00");
  });

  it("turn with the zone that the organisation is in", () => {
    setZone("Asia/Urumqi");
    expect(dayAt(Date.parse("2026-11-24T17:59:00Z"))).toBe("2026-11-24");
    setZone("Nowhere/Land");
    expect(clockAt(Date.parse("2026-11-24T18:00:00Z"))).toBe("00:00");
    setZone("Asia/Shanghai");
  });

  it("are counted over months and years", () => {
    expect(daysBetween("2026-02-27", "2026-03-01")).toBe(2);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });

  it.each([
    ["2026-11-24", "今天"],
    ["2026-11-23", "昨天"],
    ["2026-11-25", "明天"],
    ["2026-11-09", "11月9日"],
    ["2025-11-09", "2025年11月9日"],
  ])("%s is said %s", (day, words) => expect(sayDay(day, "2026-11-24")).toBe(unbroken(words)));

  it("are never broken inside", () => {
    expect(unbroken("2025年12月5日")).toBe("2025\u2060年\u206012\u2060月\u20605\u2060日");
    expect(unbroken("2026-12-05")).toBe("2026\u2060-\u206012\u2060-\u206005");
    expect(unbroken("Dec 5, 2025")).toBe("Dec\u00A05,\u00A02025");
  });

  it("of moments are said as short as they can be", () => {
    expect(sayMoment(NOON - 3_600_000, "2026-11-24")).toBe("11:00");
    expect(sayMoment(NOON - 86_400_000, "2026-11-24")).toBe("昨天");
    expect(sayTime(NOON - 15 * 86_400_000, "2026-11-24")).toBe(`${unbroken("11月9日")} 12:00`);
  });
});

describe("deadlines", () => {
  it.each([
    [-3, "red", "逾期 3 天"],
    [0, "orange", "今天到期"],
    [1, "orange", "明天到期"],
    [2, "yellow", "还有 2 天"],
    [3, "yellow", "还有 3 天"],
    [5, "none", "还有 5 天"],
  ] as const)("in %i days are %s and say %s", (days, tone, word) => expect(dueOf(days)).toEqual({ tone, word }));
});

describe("what is left of a span", () => {
  afterEach(() => speak("zh-CN"));

  it("is never said to be nothing: its last day is said as such", async () => {
    expect([2, 1, 0].map(daysLeft)).toEqual(["还有 2 天", "还有 1 天", "今天最后一天"]);
    await speak("en");
    expect([2, 1, 0].map(daysLeft)).toEqual(["2 days left", "1 day left", "last day today"]);
  });
});

describe("short names", () => {
  it.each([
    ["青石区恒源化工有限公司", "恒源化工"],
    ["东关小学扩建项目部", "东关小学扩建项目部"],
    ["石桥大食堂", "石桥大食堂"],
    ["青石新城一期项目部", "青石新城一期项目部"],
  ])("of %s is %s", (name, short) => expect(shortSite(name)).toBe(short));

  it.each([
    ["东关街道办事处", "东关街道"],
    ["石桥镇人民政府", "石桥镇"],
    ["青石区应急管理局", "区应急管理局"],
    ["青石区人民政府", "区人民政府"],
    ["青石区恒源化工有限公司", "青石区恒源化工有限公司"],
  ])("of the unit %s is %s", (name, short) => expect(shortUnit(name)).toBe(short));
});
