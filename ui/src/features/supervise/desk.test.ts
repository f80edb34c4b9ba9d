import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { effectScope } from "vue";
import { useTransport } from "@/api/call";
import { periodsUntil, useDesk } from "@/api/desk";
import type { DeskUnit } from "@/api/types";
import { i18n } from "@/i18n";
import XDeskTools from "@/kit/XDeskTools.vue";
import { useQueue } from "./useQueue";

const unit = (id: string, depth: number): DeskUnit => ({ unit: { id, name: id, short: id, risk: null }, depth });
const asked: Record<string, unknown>[] = [];
const replies: Record<string, unknown> = { DeskUnits: [unit("区应急管理局", 0), unit("东关街道", 1)], Me: { today: "2026-11-24" }, Queue: { groups: [], findings: [] } };
useTransport({
  call: async (request) => {
    asked.push(request as Record<string, unknown>);
    const name = Object.keys(request as object)[0] ?? "";
    return { [name]: replies[name] };
  },
  listen: () => undefined,
});

function tools(props: { any?: boolean; all?: boolean } = {}) {
  return render(XDeskTools, { props, global: { plugins: [i18n] } });
}
const chosen = (label: string) => screen.getByLabelText<HTMLSelectElement>(label);

describe("unit and period", () => {
  beforeEach(async () => {
    document.body.insertAdjacentHTML("beforeend", '<div id="desk-tools"></div>');
    const desk = useDesk();
    desk.unit.value = null;
    desk.period.value = null;
    await flushPromises();
  });
  afterEach(() => {
    cleanup();
    document.getElementById("desk-tools")?.remove();
  });

  it("that were chosen over the queue hold for tables and dashboard, and back", async () => {
    const queue = tools({ any: true, all: true });
    await flushPromises();
    expect(chosen("时段").value).toBe("any");
    await fireEvent.update(chosen("单位"), "东关街道");
    await fireEvent.update(chosen("时段"), "2026-10");
    queue.unmount();

    const dashboard = tools();
    await flushPromises();
    expect([chosen("单位").value, chosen("时段").value]).toEqual(["东关街道", "2026-10"]);
    expect(useDesk().scope.value).toEqual({ unit: "东关街道", period: "2026-10" });
    await fireEvent.update(chosen("时段"), "2026-Q4");
    dashboard.unmount();

    const scope = effectScope();
    scope.run(useQueue);
    await flushPromises();
    expect(asked[asked.length - 1]).toMatchObject({ Queue: { filter: { query: "", unit: "东关街道", period: "2026-Q4" } } });
    scope.stop();
  });

  it("leave the queue whole while my only unit, with all below it, is shown", async () => {
    tools({ any: true, all: true });
    await flushPromises();
    expect(chosen("单位").value).toBe("区应急管理局");
    const desk = useDesk();
    desk.unit.value = "区应急管理局";
    expect(desk.narrowed.value).toBeNull();
    desk.unit.value = "东关街道";
    expect(desk.narrowed.value).toBe("东关街道");
  });

  it("show the running month where there can't be all time", async () => {
    tools();
    await flushPromises();
    expect(chosen("时段").value).toBe("2026-11");
    expect(useDesk().period.value).toBeNull();
  });
});

describe("periods", () => {
  it("are the year's until today, and in January also what just ended", () => {
    expect(periodsUntil("2026-04-24")).toEqual(["2026-04", "2026-03", "2026-02", "2026-01", "2026-Q2", "2026-Q1", "2026"]);
    expect(periodsUntil("2027-01-02")).toEqual(["2027-01", "2027-Q1", "2027", "2026-12", "2026-Q4", "2026"]);
  });
});
