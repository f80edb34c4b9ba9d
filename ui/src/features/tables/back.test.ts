import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter, RouterView } from "vue-router";
import { useTransport } from "@/api/call";
import type { FindingAsk, InspectionAsk } from "@/api/types";
import { i18n } from "@/i18n";
import FindingsTable from "./FindingsTable.vue";
import InspectionsTable from "./InspectionsTable.vue";

let asked: Partial<FindingAsk & InspectionAsk> = {};
const record = { render: () => null };
const routes = [
  { path: "/tables/findings", component: FindingsTable },
  { path: "/tables/inspections", component: InspectionsTable },
  { path: "/:rest(.*)*", component: record },
];
const router = createRouter({ history: createMemoryHistory(), routes });

async function go(path: string): Promise<void> {
  await router.push(path);
  await flushPromises();
}
async function choose(label: string, value: string): Promise<void> {
  await fireEvent.update(screen.getByLabelText(label), value);
  await flushPromises();
}

beforeEach(async () => {
  useTransport({
    async call(request) {
      const [[name, params] = ["", {}]] = Object.entries(request as Record<string, { ask?: typeof asked }>);
      if (params.ask) asked = params.ask;
      return { [name]: name.endsWith("Table") ? { unit: null, rows: [], total: 0, sections: [] } : name === "DeskUnits" ? [] : null };
    },
    listen: () => undefined,
  });
  await router.push("/start");
  render(RouterView, { global: { plugins: [i18n, router], stubs: ["XDeskTools"] } });
});
afterEach(cleanup);

describe("who comes back from a record", () => {
  it("finds the table of findings filtered as it was", async () => {
    await go("/tables/findings");
    await choose("状态", "open");
    await choose("等级", "major");
    await go("/findings/f1");
    asked = {};
    await go("/tables/findings");
    expect(asked).toMatchObject({ level: "major", states: expect.arrayContaining(["reported"]) });
    expect(screen.getByLabelText<HTMLSelectElement>("等级").value).toBe("major");
  });

  it("finds the table of inspections filtered as it was", async () => {
    await go("/tables/inspections");
    await choose("状态", "finished");
    await go("/inspect/r1/record");
    asked = {};
    await go("/tables/inspections");
    expect(asked).toMatchObject({ state: "finished" });
  });

  it("finds all that a number of the dashboard counts, when coming from there", async () => {
    const link = "/tables/findings?measure=overdue";
    await go(link);
    expect(asked).toMatchObject({ measure: "overdue", level: null });
    await choose("等级", "general");
    await go("/findings/f1");
    await go(link);
    expect(asked).toMatchObject({ measure: "overdue", level: "general" });
    await go("/dashboard");
    await go(link);
    expect(asked).toMatchObject({ measure: "overdue", level: null });
  });

  it("keeps the filter when the number is let go of", async () => {
    await go("/tables/findings?measure=overdue&section=电气");
    await choose("等级", "general");
    await fireEvent.click(screen.getByRole("button", { name: /去掉这个条件/ }));
    await flushPromises();
    expect(asked).toMatchObject({ measure: null, level: "general", section: null });
  });
});
