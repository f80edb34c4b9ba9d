import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { PersonShown, PlanView, PlanVisit, VisitChangeView } from "@/api/types";
import { i18n, speak } from "@/i18n";
import ChangeSheet from "./ChangeSheet.vue";
import PlanMatters from "./PlanMatters.vue";
import PlanSites from "./PlanSites.vue";
import PlanTable from "./PlanTable.vue";
import { missingOf, monthChoices, moveWords, noDraft, noMonths, officersOf, standInChoices, wasWords } from "./change";

beforeAll(() => speak("zh-CN"));
afterEach(cleanup);

const person = (name: string, title = ""): PersonShown => ({ id: name, name, unit: "东关街道", title, kind: "inspector", phone: null });
const visit: PlanVisit = { id: "r1", unit: "东关街道", tiny: "东关", own: true, month: 10, kind: "routine", officers: ["万春梅", "王立新"].map((name) => ({ id: name, name })), state: "coming", fixed: null, was: null, inspection: null };
const unit = (short: string) => ({ id: short, name: short, short, risk: null });
const view: VisitChangeView = { visit, site: unit("恒源化工"), unit: unit("东关街道"), officers: [person("万春梅"), person("王立新")], months: [9, 11], stand_ins: [person("谢红旗", "安全检查员"), person("余卫东")], leader: null, leaders: [], ask: [], wrong: null, moves: [] };

describe("a change of the plan", () => {
  it("offers the month as it is, then those that are left", () => {
    expect(monthChoices(view).map((one) => one.word)).toEqual(["10 月（不变）", "9 月", "11 月"]);
    expect(noMonths({ ...view, visit: { ...visit, state: "late" } })).toContain("不移到别的月份");
  });

  it("names a stand-in for one officer, and nobody twice", () => {
    const draft = { ...noDraft(), standIns: { 万春梅: "谢红旗" } };
    expect(officersOf(visit, noDraft())).toBeNull();
    expect(officersOf(visit, draft)).toEqual(["谢红旗", "王立新"]);
    expect(standInChoices(view, person("王立新"), draft).map((one) => one.word)).toEqual(["王立新（不变）", "余卫东"]);
    expect(standInChoices(view, person("万春梅"), draft).map((one) => one.value)).toEqual(["万春梅", "谢红旗", "余卫东"]);
    expect(officersOf(visit, { ...draft, standIns: { 万春梅: "万春梅" } })).toBeNull();
  });

  it("names a leader for the one who leads", () => {
    const led = { ...view, leader: "万春梅", leaders: ["余卫东"] };
    expect(standInChoices(led, person("万春梅"), noDraft()).map((one) => one.value)).toEqual(["万春梅", "余卫东"]);
    expect(standInChoices(led, person("王立新"), noDraft()).map((one) => one.value)).toEqual(["王立新", "谢红旗", "余卫东"]);
  });

  it("says whose number it leaves and enters", () => {
    expect(moveWords({ whose: "万春梅", from: "2026-Q4", to: null })).toBe("万春梅：2026 年 4 季度不再计入");
    expect(moveWords({ whose: "谢红旗", from: null, to: "2026-Q4" })).toBe("谢红旗：2026 年 4 季度计入");
    expect(moveWords({ whose: "东关街道", from: "2026-Q3", to: "2026-Q4" })).toBe("东关街道：从 2026 年 3 季度改到 2026 年 4 季度计入");
  });

  it("keeps in words what was planned before", () => {
    expect(wasWords(visit)).toBe("");
    const was = { month: 9, officers: ["万春梅"], by: "王立新", reason: "停产检修" };
    expect(wasWords({ ...visit, was })).toBe("原定：9 月，万春梅。王立新改：停产检修");
    expect(wasWords({ ...visit, was: { ...was, month: null, officers: [] } })).toBe("王立新改过：停产检修");
  });

  it("says what is still missing", () => {
    const moved = { ...noDraft(), month: 11 };
    expect(missingOf(view, noDraft())).toBe("先选月份或换人");
    expect(missingOf(view, moved)).toBe("写明理由");
    expect(missingOf(view, { ...moved, reason: "停产" })).toBeUndefined();
    const wrong = { code: "plan.month_taken", details: {}, retry: "never" as const, trace: "" };
    expect(missingOf({ ...view, wrong }, { ...moved, reason: "停产" })).toBe("先改上面的内容");
  });
});

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const global = { plugins: [i18n, router] };
const late = (id: string) => ({ site: unit(id), visit: id, month: 10, names: [], limit: null });
type Asked = Record<string, Record<string, unknown>>;

/** A device that answers the sheet, and the relay's answer to the change. */
function device(answers: Partial<VisitChangeView>, refused?: string): Asked[] {
  const asked: Asked[] = [];
  useTransport({
    call: async (request) => {
      const one = request as Asked;
      asked.push(one);
      const name = Object.keys(one)[0] ?? "";
      if (name === "VisitChange") return { VisitChange: { ...view, ...answers } };
      if (name === "ChangePlanned" && refused) throw { code: refused, details: {}, retry: "never", trace: "" };
      return { None: {} };
    },
    listen: () => undefined,
  });
  return asked;
}
const under = (asked: Asked[], name: string) => asked.flatMap((one) => one[name] ?? []);
const changes = (asked: Asked[]) => under(asked, "ChangePlanned");
async function open(emitted: string[] = []) {
  render(ChangeSheet, { props: { modelValue: "r1", onDone: (site: string) => emitted.push(site) }, global });
  await flushPromises();
}
const press = async () => {
  await fireEvent.click(screen.getByRole("button", { name: "改计划" }));
  await flushPromises();
};

describe("the sheet", () => {
  it("asks for nothing before it was said what and why, and then for exactly that", async () => {
    const asked = device({ moves: [{ whose: "万春梅", from: "2026-Q4", to: null }] });
    const done: string[] = [];
    await open(done);
    expect(screen.getByText("恒源化工，10 月，东关街道")).toBeTruthy();
    await press();
    expect(changes(asked)).toEqual([]);
    await fireEvent.click(screen.getByRole("radio", { name: "11 月" }));
    await fireEvent.update(screen.getByLabelText("谁替 万春梅"), "谢红旗");
    await flushPromises();
    const drafts = under(asked, "VisitChange");
    expect(drafts[drafts.length - 1]).toEqual({ row: "r1", month: 11, officers: ["谢红旗", "王立新"] });
    expect(screen.getByText("万春梅：2026 年 4 季度不再计入")).toBeTruthy();
    await press();
    expect(changes(asked)).toEqual([]);
    await fireEvent.update(screen.getByLabelText("理由（必填）"), " 企业停产 ");
    await press();
    expect(changes(asked)).toEqual([{ row: "r1", month: 11, officers: ["谢红旗", "王立新"], reason: "企业停产" }]);
    expect(done).toEqual(["恒源化工"]);
    expect(asked.some((one) => "Sync" in one)).toBe(true);
  });

  it("says in words why it was refused, and keeps what was chosen", async () => {
    const asked = device({}, "net.unreachable");
    await open();
    await fireEvent.click(screen.getByRole("radio", { name: "9 月" }));
    await fireEvent.update(screen.getByLabelText("理由（必填）"), "停产");
    await press();
    expect(changes(asked)).toHaveLength(1);
    expect(screen.getByText("net.unreachable")).toBeTruthy();
    expect((screen.getByLabelText("理由（必填）") as HTMLTextAreaElement).value).toBe("停产");
  });

  it("tells whom to ask where it is not mine to change", async () => {
    device({ visit: { ...visit, fixed: "permit.no_right" }, ask: [person("余卫东"), person("王立新")] });
    await open();
    expect(screen.getByText("可以请余卫东、王立新来改。")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "改计划" })).toBeNull();
  });
});

describe("the offer", () => {
  const fixed: PlanVisit = { ...visit, id: "r2", month: 11, fixed: "plan.fulfilled" };
  const plan: PlanView = { unit: unit("东关街道"), year: 2026, years: [2026], month: 10, days_left: 5, sum: { all: 2, done: 0, late: 0, missed: 0, due: 1, coming: 1, before: 0 }, rows: [{ site: unit("恒源化工"), visits: [visit, fixed], limit: null, gap: false }], matters: [] };

  it.each([
    ["by month", PlanTable],
    ["on the phone", PlanSites],
  ] as const)("stands %s at the visits that I may change alone", async (_, page) => {
    const { emitted } = render(page as typeof PlanTable, { props: { plan }, global });
    const offers = screen.getAllByRole("button");
    expect(offers.map((one) => one.getAttribute("aria-label"))).toEqual(["改计划：10 月，东关街道，还没到月份，万春梅、王立新"]);
    await fireEvent.click(offers[0] as HTMLElement);
    expect(emitted()["change"]).toEqual([["r1"]]);
  });

  it("stands at what is to be dealt with, if that is a visit that I may change", async () => {
    const { emitted } = render(PlanMatters, { props: { plan: { ...plan, matters: [{ kind: "due", sites: [late("r1"), late("r2")] }] } }, global });
    await fireEvent.click(screen.getByRole("button", { name: "改计划：r1" }));
    expect(screen.getAllByRole("button")).toHaveLength(1);
    expect(emitted()["change"]).toEqual([["r1"]]);
  });
});
