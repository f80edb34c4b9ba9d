import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { InspectionView, ItemView, ListView, OfficerShown } from "@/api/types";
import { i18n } from "@/i18n";
import AnswerList from "./AnswerList.vue";
import ItemRow from "./ItemRow.vue";
import JoinPage from "./JoinPage.vue";
import StartPage from "./StartPage.vue";
import TeamSheet from "./TeamSheet.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const global = { plugins: [i18n, router] };
const unreachable = { code: "store.failed", details: {}, retry: "later", trace: "" };

/** A device that answers from a table; what isn't in it is refused. */
function device(replies: Record<string, unknown>) {
  const asked: Record<string, unknown>[] = [];
  useTransport({
    async call(request) {
      asked.push(request as Record<string, unknown>);
      const name = Object.keys(request as object)[0] ?? "";
      if (!(name in replies)) throw unreachable;
      return { [name]: replies[name] };
    },
    listen: () => undefined,
  });
  return asked;
}
const item: ItemView = { item: { code: "1", number: 12, text: "配电箱无带电体裸露", answer: { type: "conform" } }, value: "ok", out_of_limits: false, by: null, conflict: [], late: [], note: null, notes: [], photos: [], findings: [] } as unknown as ItemView;
const row = (id: string, plan: string | null = null) => ({ site: { id, name: `${id}有限公司`, short: id, risk: null }, industry: "", address: "", distance: null, plan, kind: null, month: null, visits: 0, limit: null, open: null });
const visit = (id: string) => ({ site: row(id), kinds: ["routine"], bases: ["plan"], plan: [], joint: [], last: null, open_findings: 0, lists: [], team: [], officers_valid: 0, counts_for: { people: [], units: [] }, joinable: [] });
const officer = (name: string): OfficerShown => ({ person: { id: name, name, unit: "东关街道", title: "", kind: "inspector", phone: null }, role: "member", certificate: null, expires: null, valid: false, planned: false });
afterEach(cleanup);

describe("the start", () => {
  it("says what went wrong instead of waiting for ever", async () => {
    device({});
    render(StartPage, { global });
    await flushPromises();
    expect(screen.getByRole("alert")).toBeTruthy();
    expect(screen.queryByText("正在读取本机记录")).toBeNull();
  });

  it("doesn't say that a site isn't there before it was looked for", async () => {
    device({ Start: { month: 11, planned: [], nearest: [], recent: [], days_left: 6 }, Sites: [] });
    render(StartPage, { global });
    await flushPromises();
    await fireEvent.update(screen.getByRole("searchbox"), "恒源");
    expect(screen.queryByText("没有找到这家单位")).toBeNull();
    await flushPromises();
    expect(screen.getByText("没有找到这家单位")).toBeTruthy();
  });
});

describe("the start at a site that a link named", () => {
  const at = { month: 11, planned: [row("恒源化工", "p1")], nearest: [], recent: [], days_left: 6 };

  it.each([
    ["恒源化工", "恒源化工有限公司"],
    ["金锋刀具", "金锋刀具有限公司"],
  ])("shows %s as chosen, with all that belongs to it", async (id, name) => {
    device({ Start: at, Visit: visit(id), Me: { today: "2026-11-24" } });
    await router.push(`/inspect/start?site=${id}`);
    render(StartPage, { global });
    await flushPromises();
    const radios = screen.getAllByRole("radio", { checked: true });
    expect(radios.map((radio) => radio.textContent)).toEqual([expect.stringContaining(name)]);
    expect(screen.getByText("本单位还没查过", { exact: false })).toBeTruthy();
  });
});

describe("the answers of a record", () => {
  it("say so where nothing is wrong", () => {
    const lists = [{ code: "a", name: "a", sections: [{ name: "s", answered: [1, 1], items: [item] }] }] as unknown as ListView[];
    render(AnswerList, { props: { lists, today: "2026-11-24", settles: false }, global });
    expect(screen.getByText("没有不符合的项目")).toBeTruthy();
  });
});

describe("an item", () => {
  const props = { item, today: "2026-11-24", readonly: false, settles: false, strip: true, answer: async () => true };

  it("has the focus once its strip is filed, so that keys go on from there", async () => {
    const Host = defineComponent({ props: { strip: Boolean }, setup: (host) => () => h(ItemRow, { ...props, strip: host.strip }, () => (host.strip ? h("button", { type: "button" }, "记下") : null)) });
    const view = render(Host, { props: { strip: true }, global });
    screen.getByRole("button", { name: "记下" }).focus();
    await view.rerender({ strip: false });
    await flushPromises();
    expect(document.activeElement).toBe(screen.getByRole("article"));
  });

  it("leaves the focus on the answer that closed the strip", async () => {
    const view = render(ItemRow, { props, global });
    const ok = screen.getByRole("button", { name: /^符合/ });
    ok.focus();
    await view.rerender({ strip: false });
    expect(document.activeElement).toBe(ok);
  });
});

describe("joining", () => {
  beforeEach(() => {
    Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: vi.fn(() => Promise.reject(new Error("none"))) } });
  });

  it("looks for a code again once its person read why the last didn't do", async () => {
    device({});
    render(JoinPage, { global });
    await flushPromises();
    await fireEvent.update(screen.getByLabelText("队友手机上的码"), "wrong");
    await fireEvent.click(screen.getByRole("button", { name: "加入检查" }));
    await flushPromises();
    expect(navigator.mediaDevices.getUserMedia).toHaveBeenCalledTimes(1);
    await fireEvent.click(screen.getByRole("button", { name: "知道了" }));
    await flushPromises();
    expect(navigator.mediaDevices.getUserMedia).toHaveBeenCalledTimes(2);
  });
});

describe("the team", () => {
  const view = { row: { id: "i1" }, team: [officer("马平"), officer("李强")], joined: [1000, null], awaited: [], counts_for: { people: [], units: [] }, may_fill: true } as unknown as InspectionView;

  it("can take out who was named by mistake, and put them back", async () => {
    device({ JoinCode: "code", Me: { person: { id: "万春梅" }, today: "2026-11-24" } });
    const run = vi.fn(() => Promise.resolve({ id: "i1", command: 1, undo_until: null }));
    render(TeamSheet, { props: { show: true, view, command: { run, pending: { value: false }, problem: { value: undefined } } as never }, global });
    await flushPromises();
    expect(screen.getAllByRole("button", { name: "移出" })).toHaveLength(1);
    await fireEvent.click(screen.getByRole("button", { name: "移出" }));
    await flushPromises();
    expect(run).toHaveBeenLastCalledWith("LeaveTeam", { id: "i1", person: "李强" });
    await fireEvent.click(screen.getByRole("button", { name: /撤销/ }));
    await flushPromises();
    expect(run).toHaveBeenLastCalledWith("AddTeam", { id: "i1", person: "李强", role: "member" });
  });
});
