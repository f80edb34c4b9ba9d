import { describe, expect, it } from "vitest";
import type { PersonCard, UnitPeople } from "@/api/types";
import { unbroken } from "@/format/dates";
import { certificateWords, fitsWords, lapsing, standingWords, validityOf } from "./words";

const card = (name: string, days: number | null): PersonCard => ({
  person: { id: name, name, unit: "东关街道", title: "应急办检查员", kind: "inspector", phone: null },
  certificate: days === null ? null : "QS-0012",
  expires: days === null ? null : { date: "2026-12-01", days },
});
const unit: UnitPeople = { unit: { id: "u", name: "东关街道办事处", short: "东关街道", risk: null }, depth: 0, level: "township", industry: "", people: [card("甲", 400), card("乙", 10), card("丙", -3), card("丁", null)], answering: [] };

describe("units and people", () => {
  it("say how long a certificate lasts", () => {
    expect(unit.people.map(validityOf)).toEqual(["valid", "soon", "expired", "none"]);
    expect(certificateWords(card("乙", 10))).toBe(`执法证 QS-0012，${unbroken("12月1日")} 到期，还有 10 天`);
    expect(certificateWords(card("乙", 0))).toBe("执法证 QS-0012，今天 到期，今天最后一天");
    expect(certificateWords(card("甲", 400))).toBe(`执法证 QS-0012，有效期到 ${unbroken("2026年12月1日")}`);
    expect(certificateWords(card("丙", -3))).toBe(`执法证 QS-0012，${unbroken("12月1日")} 已到期，过了 3 天`);
    expect(certificateWords(card("丁", null))).toBe("");
  });

  it("list whose certificates ended or end soon, the longest ended first", () => {
    expect(lapsing([unit]).map((one) => one.card.person.name)).toEqual(["丙", "乙"]);
  });

  it("are found by unit, name and title", () => {
    expect(["东关", "甲", "检查员", "", "西关"].map((words) => fitsWords(unit, words))).toEqual([true, true, true, true, false]);
  });

  it("say how a letter stands without noughts", () => {
    expect(standingWords({ unit: unit.unit, depth: 0, reached: 3, running: 2, missed: 0, not_counted: 1 })).toBe("达到 3，在途 2，未计数 1");
  });
});
