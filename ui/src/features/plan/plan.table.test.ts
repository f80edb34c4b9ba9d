import { cleanup, render, screen } from "@testing-library/vue";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import type { PlanView, PlanVisit } from "@/api/types";
import { i18n } from "@/i18n";
import PlanMatters from "./PlanMatters.vue";
import PlanTable from "./PlanTable.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const global = { plugins: [i18n, router] };
const site = (short: string) => ({ id: short, name: short, short, risk: "yellow" as const });
const visit = (month: number, more: Partial<PlanVisit> = {}): PlanVisit => ({ id: `r${month}`, unit: "东关街道", tiny: "东关", own: true, month, kind: "routine", officers: [{ id: "p1", name: "万春梅" }], state: "due", fixed: "permit.no_right", was: null, inspection: null, ...more });
const plan: PlanView = {
  unit: { ...site("东关街道"), risk: null },
  year: 2026,
  years: [2026],
  month: 11,
  days_left: 5,
  sum: { all: 3, done: 1, late: 1, missed: 0, due: 1, coming: 0, before: 0 },
  rows: [
    { site: { ...site("恒源化工"), id: "s1" }, visits: [visit(2, { state: "done", inspection: "i1" }), visit(10, { state: "late" }), visit(11)], limit: { unit: "东关街道", made: 7, limit: 6 }, gap: false },
    { site: site("金锋刀具"), visits: [], limit: null, gap: true },
  ],
  matters: [{ kind: "gap", sites: ["甲", "乙", "丙", "丁"].map((name) => ({ site: site(name), visit: null, month: null, names: [], limit: null })) }],
};
afterEach(cleanup);

describe("the plan by month", () => {
  it("leads from each visit to what was made of it, or to the start", () => {
    render(PlanTable, { props: { plan }, global });
    const ways = screen.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")]);
    expect(ways).toEqual([
      ["✓ 东关2 月，东关街道，查完，万春梅", "/inspect/i1/record"],
      ["✕ 东关10 月，东关街道，过月没查，本月底前补查仍算数，万春梅", "/inspect/start?site=s1"],
      ["○ 东关11 月，东关街道，本月待查，万春梅", "/inspect/start?site=s1"],
    ]);
    expect(screen.getByText("超上限")).toBeTruthy();
  });

  it("says where nobody goes instead of leaving the quarter empty", () => {
    render(PlanTable, { props: { plan }, global });
    expect(screen.getByText("4 季度没人查").closest("td")?.getAttribute("colspan")).toBe("3");
    const row = screen.getByText("金锋刀具").closest("tr");
    expect(row?.querySelectorAll("td")).toHaveLength(9 + 1 + 1);
  });

  it("shows three sites of a matter, and all when asked", async () => {
    render(PlanMatters, { props: { plan }, global });
    expect(screen.getAllByRole("link")).toHaveLength(3);
    screen.getByRole("button", { name: "还有 1 家" }).click();
    expect(await screen.findByText("丁")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
