import { cleanup, render } from "@testing-library/vue";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import type { Dashboard } from "@/api/types";
import { i18n } from "@/i18n";
import DashboardNumbers from "./DashboardNumbers.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
afterEach(cleanup);

describe("the numbers", () => {
  it("keep a site's name whole in the line beneath", () => {
    const person = { id: "p", name: "王立新", unit: "东关街道", title: "", kind: null, phone: null };
    const dashboard = { numbers: [{ measure: "not_ordered", count: 3, late: 2, longest: ["恒源化工", 9] }], unsynced: [{ person, since: null }] } as unknown as Dashboard;
    const { container } = render(DashboardNumbers, { props: { dashboard, scope: { unit: null, period: "2026-11" } }, global: { plugins: [i18n, router] } });
    const lines = [...container.querySelectorAll(".under > .x-words")].map((line) => line.textContent?.replace(/\u00A0/g, " "));
    expect(lines).toEqual(["2 条过了期限，最久 9 天，恒源化工", "王立新·东关街道"]);
  });
});
