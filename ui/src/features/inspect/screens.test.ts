/** The screens of an inspection against a device that answers as the test says. */
import { cleanup, fireEvent, render, screen, within } from "@testing-library/vue";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { effectScope } from "vue";
import { useTransport } from "@/api/call";
import type { By, EndView, FindingView, InspectionRow, InspectionView, ItemView, VisitView } from "@/api/types";
import { i18n } from "@/i18n";
import EndPage from "./EndPage.vue";
import FillPage from "./FillPage.vue";
import OrderSheet from "./OrderSheet.vue";
import RecordPage from "./RecordPage.vue";
import StartPage from "./StartPage.vue";
import { restOf, useInspection } from "./useInspection";
import { useUndo } from "@/api/useUndo";
import { useOrders } from "./useOrders";
import VisitFacts from "./VisitFacts.vue";

const nothing = { render: () => null };
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: nothing }] });
const global = { plugins: [i18n, router] };

/** What was asked of the device, in order. */
let asked: [string, Record<string, unknown>][] = [];
let answers: Record<string, unknown> = {};
const soon = () => Date.now() + 10_000;
beforeEach(() => {
  asked = [];
  answers = {
    Me: { person: person("万春梅"), posts: [], rights: {}, today: "2026-12-20" },
    Unfiled: null,
    SyncState: { unsent: 0, photos_unsent: 0, synced: 0, online: true },
  };
  useTransport({
    call: async (request) => {
      const [name, params] = Object.entries(request as Record<string, Record<string, unknown>>)[0] ?? ["", {}];
      asked.push([name, params]);
      return { [name]: name in answers ? answers[name] : { id: null, command: asked.length, undo_until: soon() } };
    },
    listen: () => undefined,
  });
});
afterEach(cleanup);
const of = (name: string) => asked.filter(([one]) => one === name).map(([, params]) => params);
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((done) => setTimeout(done, 0));
  }
}

const person = (name: string, unit = "东关街道") => ({ id: name, name, unit, title: "", kind: null, phone: null });
const by = (name: string): By => ({ person: person(name), me: false, claimed: 1, received: null });
const officer = (name: string, role = "member") => ({ person: person(name), role, certificate: "1", expires: "2029-06-30", valid: true, planned: true });
const site = { id: "s1", name: "恒源化工有限公司", short: "恒源化工", risk: null };
const row: InspectionRow = { id: "i1", site, place: null, kind: "routine", began: 1, finished: 2, team: ["万春梅", "马平"], answered: [2, 3], findings: 0, conflicts: 1, withdrawn: false, kept: "synced", new: false };
const item = (code: string, more: Partial<ItemView> = {}): ItemView => ({
  item: { code, number: Number(code), section: "电", text: `第${code}项`, answer: { type: "conform" } } as ItemView["item"],
  value: null,
  out_of_limits: false,
  by: null,
  conflict: [],
  late: [],
  note: null,
  notes: [],
  photos: [],
  findings: [],
  ...more,
});
const contested = item("1", { value: "fail", conflict: [{ value: "fail", by: by("马平") }, { value: "ok", by: by("万春梅") }] });
const photo = { photo: { h: "aa", size: 1, thumb: "bb", taken: 1 }, by: by("马平"), here: true, thumb_here: true, uploaded: true };
const record = (more: Partial<InspectionView> = {}): InspectionView => ({
  row,
  basis: null,
  team: [officer("万春梅"), officer("马平", "leader")],
  joined: [1, 1],
  awaited: [],
  leader: "马平",
  counts_for: { people: [], units: [] },
  lists: [{ code: "k1", english: "", name: "用电", sections: [{ name: "电", answered: [1, 3], items: [contested, item("2"), item("3", { item: { ...item("3").item, answer: { type: "text" } } })] }] }],
  photos: [photo],
  findings: [],
  may_fill: false,
  settles: true,
  to_sign: ["officer", "representative"],
  contradictions: [],
  opinions: [],
  plan: [],
  why_not: null,
  timeline: [],
  actions: ["commented"],
  end: "整体较好",
  lacking: ["signatures"],
  signatures: [],
  ...more,
});

describe("the rest of a section", () => {
  const scope = effectScope();
  afterEach(() => scope.stop());

  it("is offered to be taken back, by how many it answered", async () => {
    answers["Inspection"] = record({ may_fill: true });
    const inspection = scope.run(() => useInspection(() => "i1"));
    await settled();
    const section = inspection?.sections.value[0];
    if (!inspection || !section) throw new Error("there is a section");
    expect(restOf(section)).toBe(1);
    await inspection.fill(section);
    expect(inspection.undo.last.value?.words).toBe("电：1 项已答符合");
    const { command } = inspection.undo.last.value ?? {};
    await inspection.undo.undo();
    expect(of("Undo")).toEqual([{ command }]);
    expect(inspection.undo.last.value).toBeUndefined();
  });
});

describe("a record that is finished", () => {
  it("leads to the signature that is lacking", async () => {
    answers["Inspection"] = record();
    render(RecordPage, { props: { id: "i1" }, global });
    await settled();
    await fireEvent.click(screen.getByRole("button", { name: "签名" }));
    await settled();
    expect(router.currentRoute.value.fullPath).toBe("/inspect/i1/end");
  });

  it("offers no signature to who has given it", async () => {
    answers["Inspection"] = record({ to_sign: [] });
    render(RecordPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.queryByRole("button", { name: "签名" })).toBeNull();
  });

  it("has its answers settled, and its fields", async () => {
    const ended = { key: "rep", field: "rep", about: "", said: [{ value: "李娜", by: by("马平") }, { value: "张伟", by: by("万春梅") }] };
    answers["Inspection"] = record({ contradictions: [ended] });
    render(RecordPage, { props: { id: "i1" }, global });
    await settled();
    await fireEvent.click(screen.getByRole("button", { name: /第1项/ }));
    await fireEvent.click(within(await screen.findByRole("dialog", { name: /第 1 项/ })).getByRole("radio", { name: /^符合/ }));
    await fireEvent.click(screen.getByRole("button", { name: "定为符合" }));
    expect(of("Settle")).toEqual([{ id: "i1", list: "k1", item: "1", value: "ok" }]);
    await fireEvent.click(screen.getByRole("button", { name: /被检查单位代表/ }));
    await fireEvent.click(screen.getByRole("radio", { name: /张伟/ }));
    await fireEvent.click(screen.getByRole("button", { name: "定为张伟" }));
    expect(of("SettleField")).toEqual([{ id: "i1", key: "rep", value: "张伟" }]);
  });

  it("shows who may not settle what contradicts, and no button", async () => {
    answers["Inspection"] = record({ settles: false });
    render(RecordPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.queryByRole("button", { name: /第1项/ })).toBeNull();
    expect(screen.getByText(/第1项/)).toBeTruthy();
  });

  it("shows the photos of the visit and what the leader said, and takes a remark", async () => {
    answers["Inspection"] = record({ opinions: [{ value: "三天内复查", by: by("马平") }] });
    render(RecordPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.getByRole("heading", { name: "现场照片 1" })).toBeTruthy();
    expect(screen.getByText("三天内复查")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "写意见" }));
    await fireEvent.update(screen.getByLabelText("意见"), "通道已清");
    await fireEvent.click(screen.getByRole("button", { name: "记下意见" }));
    expect(of("ActOnInspection")).toEqual([{ id: "i1", event: { k: "commented", text: "通道已清" } }]);
  });
});

describe("the filling screen", () => {
  it("shows the photos of no item below the list", async () => {
    answers["Inspection"] = record({ may_fill: true });
    render(FillPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.getByRole("heading", { name: "现场照片 1" })).toBeTruthy();
  });

  it("takes a photo off the visit or an item, and offers to bring it back", async () => {
    const [list] = record().lists;
    const shown = { ...item("2", { photos: [{ ...photo, photo: { ...photo.photo, h: "cc" } }] }) };
    answers["Inspection"] = record({ may_fill: true, lists: [{ ...list, sections: [{ name: "电", answered: [1, 1], items: [shown] }] } as InspectionView["lists"][number]] });
    answers["Photo"] = "data:image/png;base64,AA==";
    render(FillPage, { props: { id: "i1" }, global });
    await settled();
    for (const one of screen.getAllByRole("button", { name: /第 1 张照片/ })) {
      // oxlint-disable no-await-in-loop
      await fireEvent.click(one);
      await settled();
      await fireEvent.click(screen.getByRole("button", { name: "拿掉这张照片" }));
      await settled();
    }
    const visit = { id: "i1", list: "-", item: "-", hash: "aa" };
    expect(of("RemovePhoto")).toEqual([{ id: "i1", list: "k1", item: "2", hash: "cc" }, visit]);
    await fireEvent.click(within(screen.getByRole("status")).getByRole("button", { name: /撤销/ }));
    expect(of("Undo")).toHaveLength(1);
  });

  it("has no photo taken off once it is finished", async () => {
    answers["Inspection"] = record();
    answers["Photo"] = "data:image/png;base64,AA==";
    render(FillPage, { props: { id: "i1" }, global });
    await settled();
    await fireEvent.click(screen.getByRole("button", { name: /第 1 张照片/ }));
    await settled();
    expect(screen.queryByRole("button", { name: "拿掉这张照片" })).toBeNull();
  });

  it("of a finished one still offers to settle", async () => {
    answers["Inspection"] = record();
    render(FillPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.getByRole("button", { name: "定夺" })).toBeTruthy();
    cleanup();
    answers["Inspection"] = record({ settles: false });
    render(FillPage, { props: { id: "i1" }, global });
    await settled();
    expect(screen.queryByRole("button", { name: "定夺" })).toBeNull();
  });
});

const end = (more: Partial<EndView> = {}): EndView => ({
  row,
  counts: { items: 3, ok: 1, fail: 1, na: 0, unanswered: 1 },
  unanswered: [],
  findings: [],
  conclusion: "整体较好",
  composed: false,
  ordered: 0,
  stand_ins: [],
  officers: [[officer("万春梅"), null], [officer("马平", "leader"), null]],
  representatives: [person("李娜", "恒源化工")],
  rep: null,
  rep_post: null,
  rep_signature: null,
  refusal: null,
  lacking: ["signatures"],
  contradictions: [],
  settles: true,
  opinions: [],
  leads: false,
  ended: 2,
  ...more,
});

describe("the end page", () => {
  it("after the end is for signatures alone: nothing else is put", async () => {
    answers["End"] = end({ ended: null });
    render(EndPage, { props: { id: "i1" }, global });
    await settled();
    expect(of("SetEnd")).toEqual([]);
    expect(screen.queryByRole("button", { name: "完成并封存" })).toBeNull();
    expect(screen.queryByRole("button", { name: "修改" })).toBeNull();
    expect(screen.getByRole("button", { name: "签名" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "请被检查单位代表签名" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "看检查记录" })).toBeTruthy();
  });

  it("before the end is as it was", async () => {
    answers["End"] = end({ ended: null, row: { ...row, finished: null } });
    render(EndPage, { props: { id: "i1" }, global });
    await settled();
    // Only to look must not write: a colleague's signature, given elsewhere meanwhile, would not cover it.
    expect(of("SetEnd")).toEqual([]);
    expect(screen.getByRole("button", { name: "完成并封存" })).toBeTruthy();
  });

  it("has the leader's opinion beside the signatures, for the leader to write", async () => {
    answers["End"] = end({ leads: true });
    render(EndPage, { props: { id: "i1" }, global });
    await settled();
    await fireEvent.click(screen.getByRole("button", { name: "写带队意见" }));
    await fireEvent.update(screen.getByLabelText("意见"), "当场约谈");
    await fireEvent.click(screen.getByRole("button", { name: "记下意见" }));
    expect(of("ActOnInspection")).toEqual([{ id: "i1", event: { k: "lead", text: "当场约谈" } }]);
  });
});

const visit = (more: Partial<VisitView> = {}): VisitView => ({
  site: { site, industry: "", address: "", distance: null, plan: null, kind: null, month: null, visits: 1, limit: null, open: null },
  kinds: ["routine", "special"],
  bases: ["", "action"],
  plan: [],
  joint: [],
  last: null,
  open_findings: 0,
  lists: [],
  team: [officer("万春梅")],
  officers_valid: 1,
  counts_for: { people: [], units: [] },
  joinable: [],
  ...more,
});
const facts = { lists: [], joint: [], leads: false, me: "万春梅" };

describe("the basis of a visit", () => {
  it("that the kind has not by itself is asked for, without the plan where there is none", async () => {
    const view = render(VisitFacts, { props: { ...facts, visit: visit(), kind: "routine", basis: "" }, global });
    const group = screen.getByRole("radiogroup", { name: "依据" });
    expect(within(group).getAllByRole("radio").map((one) => one.textContent)).toEqual(["专项行动", "举报投诉", "复查"]);
    await fireEvent.click(within(group).getByRole("radio", { name: "举报投诉" }));
    expect(view.emitted("basis")).toEqual([["report"]]);
  });

  it("is asked for again where the year's limit is reached", () => {
    const full = visit({ site: { ...visit().site, visits: 2, limit: 2 } });
    render(VisitFacts, { props: { ...facts, visit: full, kind: "special", basis: "action" }, global });
    expect(screen.getByText("已到年度检查上限，再查请写明依据")).toBeTruthy();
    expect(screen.getByRole("radiogroup", { name: "依据" })).toBeTruthy();
  });

  it("is no question where it is known, nor to an enterprise", () => {
    render(VisitFacts, { props: { ...facts, visit: visit(), kind: "special", basis: "action" }, global });
    render(VisitFacts, { props: { ...facts, visit: visit({ kinds: ["self"], bases: [""] }), kind: "self", basis: "" }, global });
    expect(screen.queryByRole("radiogroup", { name: "依据" })).toBeNull();
    expect(screen.queryByText(/没有计划依据/)).toBeNull();
  });
});

async function opened(view: VisitView): Promise<void> {
  answers["Start"] = { month: 12, planned: [view.site], nearest: [], recent: [], days_left: 11 };
  answers["Visit"] = view;
  answers["Sites"] = [];
  render(StartPage, { global });
  await settled();
}

describe("the start", () => {
  const theirs = { ...row, finished: null, id: "i9", team: ["马平"] };

  it("goes on with one's own inspection", async () => {
    await opened(visit({ site: { ...visit().site, open: "i7" }, joinable: [theirs] }));
    await fireEvent.click(screen.getByRole("button", { name: "继续检查 恒源化工" }));
    await settled();
    expect(router.currentRoute.value.fullPath).toBe("/inspect/i7");
    expect(of("AddTeam")).toEqual([]);
  });

  it("joins a team-mate's by name", async () => {
    await opened(visit({ joinable: [theirs] }));
    expect(screen.getByText("马平正在检查这家单位")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "加入 恒源化工 的检查" }));
    await settled();
    expect(of("AddTeam")).toEqual([{ id: "i9", person: "万春梅", role: "member" }]);
    expect(router.currentRoute.value.fullPath).toBe("/inspect/i9");
  });

  it("begins with the basis of the kind, none where its people didn't say it", async () => {
    await opened(visit());
    await fireEvent.click(screen.getByRole("button", { name: "开始检查 恒源化工" }));
    await settled();
    expect(of("Begin")).toMatchObject([{ kind: "routine", basis: null }]);
  });
});

const finding = (id: string, units: string[]): FindingView =>
  ({
    row: { id, text: id, state: "reported", site },
    proposed_due: "2026-12-27",
    proposed_who: person("丁敏"),
    basis: "",
    actions: [{ kind: "ordered", units: units.map((unit) => ({ id: unit, name: unit, short: unit, risk: null })), officers: [officer("万春梅"), officer("马平")], people: [], to: [], due: null, refused: null }],
  }) as unknown as FindingView;

describe("orders at the end", () => {
  const command = { run: async (name: string, params: unknown) => ((asked.push([name, params as Record<string, unknown>]), { id: null, command: asked.length, undo_until: soon() })), pending: { value: false }, problem: { value: undefined } };
  const rows = ["f1", "f2"].map((id) => ({ id, state: "reported" }));
  const undo = useUndo();
  const made = (view: FindingView) => {
    answers["Finding"] = view;
    return useOrders(() => rows as never, command as never, undo);
  };

  it("always rest on a ground, and all are taken back with one tap", async () => {
    const orders = made(finding("f1", ["u1"]));
    await orders.read();
    await orders.send(orders.official.value);
    const sent = of("Act").map((one) => one["event"]);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({ k: "ordered", unit: "u1", ground: "《中华人民共和国安全生产法》第六十五条", officers: ["万春梅", "马平"] });
    expect(undo.last.value?.words).toBe("已责令 2 条");
    await undo.undo();
    expect(of("Undo")).toHaveLength(2);
  });

  it("of an enterprise are its own: no officers, its rules as the ground, and words for it", async () => {
    const orders = made(finding("f1", ["s1"]));
    await orders.read();
    await orders.send(orders.official.value);
    const [event] = of("Act").map((one) => one["event"]);
    expect(event).toMatchObject({ unit: "s1", ground: "本单位安全生产规章制度" });
    expect(event).not.toHaveProperty("officers");
    render(OrderSheet, { props: { show: true, orders }, global });
    expect(screen.getByRole("dialog", { name: "责令整改" }).textContent).not.toMatch(/执法人员|不足两人/);
  });
});
