import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { effectScope } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { Photo } from "@/api/types";
import { useCommand } from "@/api/useCommand";
import { i18n } from "@/i18n";
import FindingsPage from "./FindingsPage.vue";
import ShotPhotos from "./ShotPhotos.vue";
import { useReport } from "./useReport";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const global = { plugins: [i18n, router] };
const held = JSON.stringify({ text: "通道被挡", level: "general", clause: null, due: "7", date: null, who: null, after: [], photos: [], site: null, place: "", location: "", complaint: false });
const rights = { inspect: true, self_inspect: false, post_check: false, order: false, answer: false, lead: false, supervise: false, administer: false };

beforeEach(() => {
  useTransport({
    async call(request) {
      const [name, params] = Object.entries(request as Record<string, { name?: string }>)[0] ?? ["", {}];
      if (name === "Unfiled") return { Unfiled: params.name === "report" ? held : null };
      const replies: Record<string, unknown> = { Me: { today: "2026-11-24", rights }, Findings: { rows: [], total: 0 }, Sites: [] };
      return { [name]: replies[name] ?? null };
    },
    listen: () => undefined,
  });
});
afterEach(cleanup);

describe("an unfinished report", () => {
  it("can be deleted, and brought back for ten seconds", async () => {
    render(FindingsPage, { global });
    await flushPromises();
    await fireEvent.click(screen.getByRole("button", { name: /没写完的隐患/ }));
    await flushPromises();
    await fireEvent.click(screen.getByRole("button", { name: "删掉草稿" }));
    await flushPromises();
    expect(screen.queryByRole("button", { name: /没写完的隐患/ })).toBeNull();
    expect(screen.getByText("已删掉没写完的隐患")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /撤销/ }));
    await flushPromises();
    expect(screen.getByRole("button", { name: /没写完的隐患/ }).textContent).toContain("通道被挡");
  });

  it("is as it was when it is brought back", async () => {
    const scope = effectScope();
    const report = scope.run(() => useReport(useCommand()));
    await flushPromises();
    const before = JSON.stringify(report?.draft);
    const bringBack = report?.discard();
    expect(report?.begun.value).toBe(false);
    bringBack?.();
    expect(JSON.stringify(report?.draft)).toBe(before);
    scope.stop();
  });

  it("offers to delete the photo that was just taken", async () => {
    const photo: Photo = { h: "a", thumb: "b" } as Photo;
    const view = render(ShotPhotos, { props: { photos: [photo] }, global });
    await fireEvent.click(screen.getByRole("button", { name: "删最后一张" }));
    expect(view.emitted("drop")).toHaveLength(1);
  });
});
