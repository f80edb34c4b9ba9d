import { afterAll, describe, expect, it } from "vitest";
import { clockAt, sayDay, sayMonth, sayTime, unbroken } from "@/format/dates";
import { dueOf, dueWord } from "@/format/due";
import { dots, sentences } from "@/format/names";
import { sayNumber } from "@/format/numbers";
import { periodWords } from "@/format/target";
import { i18n, recordWords, speak } from "@/i18n";
import { spokenOf } from "./language";

describe("the language of a device", () => {
  it.each([
    ["system", ["zh-Hans-CN", "en-US"], "zh-CN"],
    ["system", ["en-GB"], "en"],
    ["system", ["fr-FR", "en"], "en"],
    ["system", ["de-DE"], "zh-CN"],
    ["system", [], "zh-CN"],
    ["en", ["zh-CN"], "en"],
    ["zh-CN", ["en-US"], "zh-CN"],
  ] as const)("chosen %s on a system with %j is %s", (choice, system, spoken) => expect(spokenOf(choice, system)).toBe(spoken));
});

describe("English", () => {
  afterAll(() => speak("zh-CN"));

  it("turns every screen, and tells screen readers so", async () => {
    await speak("en");
    expect(document.documentElement.lang).toBe("en");
    expect(i18n.global.t("shell.tab.findings")).toBe("Findings");
  });

  it.each([
    [-3, "3 days overdue"],
    [-1, "1 day overdue"],
    [0, "due today"],
    [1, "due tomorrow"],
    [2, "2 days left"],
  ])("says a deadline in %i days as %s", async (days, words) => {
    await speak("en");
    expect(dueWord(days)).toBe(words);
    expect(dueOf(days).word.toLowerCase()).toBe(words);
    expect(dueOf(days).word.charAt(0)).toMatch(/[A-Z0-9]/);
  });

  it("says days, months and numbers its own way", async () => {
    await speak("en");
    expect([sayDay("2026-11-24", "2026-11-24"), sayDay("2026-11-09", "2026-11-24"), sayDay("2025-11-09", "2026-11-24")]).toEqual(["today", ...["Nov 9", "Nov 9, 2025"].map(unbroken)]);
    const noon = Date.parse("2026-11-09T04:00:00Z");
    expect(sayTime(noon, "2026-11-24")).toBe(`${unbroken("Nov 9")} ${clockAt(noon)}`);
    expect([sayMonth(11), periodWords("2026-11"), periodWords("2026-Q4")]).toEqual(["Nov", "Nov 2026", "Q4 2026"]);
    expect(sayNumber(1234.56, 1)).toBe("1,234.6");
  });

  it("counts one and many", async () => {
    await speak("en");
    const { t } = i18n.global;
    expect([0, 1, 2].map((n) => t("inspect.people", { n }))).toEqual(["0 people", "1 person", "2 people"]);
    expect(dots("a", null, "b")).toBe("a, b");
    expect(sentences("A.", "B.")).toBe("A. B.");
  });

  it("leaves what goes into records Chinese", async () => {
    await speak("en");
    expect(recordWords("paper.fails", { text: "x" })).toBe("不符合：x");
  });
});
