import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter, type Router } from "vue-router";
import { i18n } from "@/i18n";
import { installTaken, XRow } from ".";

let router: Router;
let drawFrame: () => void = () => undefined;

beforeEach(async () => {
  const page = { template: "" };
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: page }, { path: "/findings/:id", component: page }] });
  installTaken(router);
  await router.push("/");
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (drawFrame = draw));
});
afterEach(() => {
  vi.unstubAllGlobals();
  cleanup();
});
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 5));
}

describe("a way that is taken", () => {
  it("is seen in a frame before its page is made", async () => {
    render(XRow, { props: { title: "护栏缺失", to: "/findings/1" }, global: { plugins: [i18n, router] } });
    const row = screen.getByRole("link", { name: /护栏缺失/ });
    await fireEvent.click(row);
    await settle();
    expect([row.hasAttribute("data-taken"), router.currentRoute.value.path]).toEqual([true, "/"]);
    drawFrame();
    await settle();
    expect([row.hasAttribute("data-taken"), router.currentRoute.value.path]).toEqual([false, "/findings/1"]);
  });

  it("is left for another, and by a page that can't be had: nothing stays pressed", async () => {
    router.addRoute({ path: "/gone", component: () => Promise.reject(new Error("gone")) });
    const rows = ["/findings/1", "/findings/2", "/gone"].map((to) => {
      render(XRow, { props: { title: to, to }, global: { plugins: [i18n, router] } });
      return screen.getByRole("link", { name: to });
    });
    const taken = () => rows.map((row) => row.hasAttribute("data-taken"));
    const [one, two, gone] = rows as [HTMLElement, HTMLElement, HTMLElement];
    await fireEvent.click(one);
    await settle();
    await fireEvent.click(two);
    await settle();
    expect(taken()).toEqual([false, true, false]);
    drawFrame();
    await settle();
    expect([taken(), router.currentRoute.value.path]).toEqual([[false, false, false], "/findings/2"]);
    const failed = vi.spyOn(console, "warn").mockReturnValue();
    const seen = new Promise((done) => router.onError(done));
    gone.addEventListener("click", (event) => event.preventDefault(), { capture: true });
    await fireEvent.click(gone);
    void router.push("/gone").catch(() => undefined);
    await settle();
    expect(taken()).toEqual([false, false, true]);
    drawFrame();
    await seen;
    await settle();
    expect(taken()).toEqual([false, false, false]);
    failed.mockRestore();
  });

  it("is waited for only where something was pressed", async () => {
    await router.push("/findings/2");
    expect(router.currentRoute.value.path).toBe("/findings/2");
  });
});
