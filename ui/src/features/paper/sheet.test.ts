import { cleanup, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { OfficerShown, RecordPaper, SignatureShown } from "@/api/types";
import { i18n } from "@/i18n";
import RecordPaperPage from "./RecordPaperPage.vue";
import RecordSheet from "./RecordSheet.vue";
import { paperTime } from "./words";

const person = (name: string, unit: string) => ({ id: name, name, unit, title: "", kind: null, phone: null });
const officer = (name: string, role: string, certificate: string | null, unit = "东关街道"): OfficerShown => ({ person: person(name, unit), role, certificate, expires: certificate ? "2029-06-30" : null, valid: certificate !== null, planned: true });
const signature = (name: string): SignatureShown => ({ role: "officer", name, person: name, drawing: `ink of ${name}`, opinion: null, by: { person: null, me: false, claimed: 0, received: null }, counts: true });
const paper: RecordPaper = {
  id: "r1",
  unit: "青石区东关街道办事处",
  site: { name: "青石区恒源化工有限公司", code: "91379900MACAP1YE8L", address: "北环路152号", principal: person("许雪松", "恒源化工") },
  official: true,
  kind: "routine",
  basis: "plan",
  months: [11],
  began: 0,
  ended: 3_600_000,
  finished: true,
  withdrawn: false,
  officers: [officer("余卫东", "leader", "15009708472"), officer("马平", "member", null, "区应急管理局")],
  lists: ["消防安全检查表"],
  counts: { items: 12, ok: 12, fail: 0, na: 0, unanswered: 0 },
  conclusion: null,
  problems: [],
  signatures: [signature("余卫东")],
  opinions: [],
  rep_post: null,
  rep_signature: null,
  refusal: ["不认可结论", "李建国"],
  lacking: ["signatures"],
  fingerprint: "6f3a91c02be7d458",
};
const show = (one: RecordPaper) => render(RecordSheet, { props: { paper: one }, global: { plugins: [i18n] } }).container;

const replies = { RecordPaper: paper, Me: { relay: "https://relay.example" }, Photo: "data:image/png;base64,AA==" };
beforeAll(() =>
  useTransport({
    call: async (request) => Object.fromEntries(Object.entries(replies).filter(([name]) => name in (request as object))),
    listen: () => undefined,
  }),
);
afterEach(cleanup);

describe("现场检查记录", () => {
  it("is called by whose and of which day it is, where it is printed to a file", async () => {
    vi.stubGlobal("ResizeObserver", vi.fn(class { observe = vi.fn(); disconnect = vi.fn(); }));
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: RecordPaperPage }] });
    render(RecordPaperPage, { props: { id: "r1" }, global: { plugins: [i18n, router] } });
    await flushPromises();
    expect(document.title).toBe("现场检查记录 恒源化工 1970-01-01 · 巡安");
  });

  it("has officers with certificates, and the unit of whom comes from elsewhere", () => {
    const text = show(paper).textContent ?? "";
    expect(text).toContain("15009708472");
    expect(text).toContain("没有执法证");
    expect(text).toContain("区应急管理局");
    expect(text).toContain("按消防安全 1 张检查表检查 12 项。");
    expect(text).toContain("未发现隐患。");
    expect(text).toContain("文号：待编号");
    expect(text).toContain("封存指纹 6f3a 91c0 2be7 d458");
  });

  it("has the drawn signatures, and a line for whom it lacks", async () => {
    const container = show(paper);
    expect(await screen.findByAltText("余卫东的签名")).toBeTruthy();
    expect(screen.queryByAltText("马平的签名")).toBeNull();
    expect(container.textContent).toContain("注：本记录缺执法人员签名。");
  });

  it("has what the leader said, with name and time", () => {
    const by = { person: person("余卫东", "东关街道"), me: false, claimed: Date.parse("2026-11-24T05:42:00Z"), received: null };
    const signed = { ...signature("余卫东"), role: "leader", opinion: "同意，按期复查", by };
    const text = show({ ...paper, opinions: [{ value: "泵房立即清理", by }], signatures: [signed] }).textContent ?? "";
    expect(text).toContain("带队领导");
    expect(text).toContain(`泵房立即清理余卫东 ${paperTime(by.claimed)}`);
    expect(text).toContain("同意，按期复查余卫东");
    expect(show(paper).textContent).not.toContain("带队领导");
  });

  it("says that the site refused, why, before whom, and to whom it was reported", () => {
    const container = show(paper);
    expect(container.querySelectorAll(".ticked")).toHaveLength(1);
    expect(container.textContent).toContain("不认可结论");
    expect(container.textContent).toContain("李建国");
    expect(container.textContent).toContain("《安全生产法》第六十八条");
  });

  it("of an enterprise's own check has no certificates and no signature of the site", () => {
    const text = show({ ...paper, official: false, kind: "self" }).textContent ?? "";
    expect(text).toContain("企业自查记录");
    expect(text).not.toContain("15009708472");
    expect(text).not.toContain("拒绝签名");
  });

  it("that nobody ended says so", () => expect(show({ ...paper, finished: false, fingerprint: null }).textContent).toContain("没有封存"));
});
