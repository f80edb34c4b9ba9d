import { cleanup, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { PlanView } from "@/api/types";
import { i18n } from "@/i18n";
import { typeSize } from "@/shell/appearance";
import PlanPage from "./PlanPage.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const unit = (id: string) => ({ id, name: id, short: id, risk: null });
const visit = { id: "r1", unit: "东关街道", tiny: "东关", own: true, month: 11, kind: "routine" as const, officers: [], state: "due" as const, fixed: null, was: null, inspection: null };
const plan: PlanView = {
  unit: unit("东关街道"),
  year: 2026,
  years: [2026],
  month: 11,
  days_left: 6,
  sum: { all: 1, done: 0, late: 0, missed: 0, due: 1, coming: 0, before: 0 },
  rows: [{ site: unit("恒源化工"), visits: [visit], limit: null, gap: false }],
  matters: [],
};

afterEach(() => {
  cleanup();
  typeSize.value = "normal";
  document.getElementById("desk-tools")?.remove();
});

describe("the plan at the desk", () => {
  it.each([
    ["normal", true],
    ["huge", false],
  ] as const)("with %s type has months side by side: %s", async (size, table) => {
    document.body.insertAdjacentHTML("beforeend", '<div id="desk-tools"></div>');
    const replies: Record<string, unknown> = { Plan: plan, DeskUnits: [], Me: { today: "2026-11-24" } };
    useTransport({
      async call(request) {
        const name = Object.keys(request as object)[0] ?? "";
        return { [name]: replies[name] };
      },
      listen: () => undefined,
    });
    typeSize.value = size;
    render(PlanPage, { global: { plugins: [i18n, router] } });
    await flushPromises();
    expect(screen.queryByRole("table") !== null).toBe(table);
    expect(screen.getByText("恒源化工")).toBeTruthy();
  });
});
