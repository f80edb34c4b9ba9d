import { describe, expect, it } from "vitest";
import type { EndView } from "@/api/types";
import { speak } from "@/i18n";
import { clauseOf, dueDay } from "./hazard";
import { limitsOf, outside } from "./limits";
import { conclusionWords } from "./words";

describe("a measured value", () => {
  it.each([
    ["19.5", false],
    ["19.4", true],
    ["23.5", false],
    ["23.51", true],
  ])("%s between 19.5 and 23.5: outside is %s", (value, is) => expect(outside(value, "19.5", "23.5")).toBe(is));

  it("may have one limit or none", () => {
    expect(outside("25", null, "10")).toBe(true);
    expect(outside("-40", null, "10")).toBe(false);
    expect([limitsOf("19.5", "23.5"), limitsOf(null, "10"), limitsOf("3", null), limitsOf(null, null)]).toEqual(["19.5–23.5", "≤ 10", "≥ 3", ""]);
  });
});

describe("a hazard's deadline", () => {
  it.each([
    ["now", null],
    ["7", "2026-12-01"],
    ["date", "2026-12-31"],
  ] as const)("%s is %s", (choice, day) => expect(dueDay(choice, "2026-12-31", "2026-11-24")).toBe(day));
});

describe("the checklist's prompt", () => {
  it.each([
    ["《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十三条", "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）", "第十三条"],
    ["GB 35181—2025 4.2.1", "GB 35181—2025", "4.2.1"],
  ])("%s is read as standard and article", (prompt, standard, article) => expect(clauseOf(prompt)).toEqual({ standard, article }));

  it("is kept whole where no article can be told", () => {
    expect(clauseOf("重大事故隐患判定标准")).toEqual({ standard: "重大事故隐患判定标准", article: "" });
    expect(clauseOf("")).toBeNull();
  });
});

describe("the conclusion", () => {
  const end = { composed: true, conclusion: "", ordered: 3, counts: { items: 46, ok: 41, fail: 3, na: 0, unanswered: 2 }, findings: [{}, {}, {}] } as unknown as EndView;

  it("is composed as the record has it", () => {
    // The same words as core/src/command/inspection/conclude.rs puts into the record.
    expect(conclusionWords(end)).toBe("查 46 项：符合 41，不符合 3，未答 2。3 条隐患已责令限期整改。");
    expect(conclusionWords({ ...end, ordered: 1 })).toContain("发现隐患 3 条，其中 1 条已责令限期整改。");
    expect(conclusionWords({ ...end, ordered: 0 })).toContain("发现隐患 3 条，已提出。");
  });

  it("in English is English, and what somebody wrote stays", async () => {
    await speak("en");
    expect(conclusionWords(end)).toBe("46 items: Met 41, Not met 3, Unanswered 2. 3 findings, all ordered to be rectified.");
    expect(conclusionWords({ ...end, composed: false, conclusion: "整体较好" })).toBe("整体较好");
    await speak("zh-CN");
  });
});
