import { cleanup, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import { useQuery } from "@/api/useQuery";
import { i18n, speak } from "@/i18n";
import { XFrame, XPage } from ".";

const plugins = [i18n, createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: XPage }] })];
afterEach(async () => {
  cleanup();
  await speak("zh-CN");
});

for (const [name, page] of Object.entries({ XPage, XFrame })) {
  it(`names the window after the page, in the screen's language (${name})`, async () => {
    const { rerender } = render(page, { props: { label: "责任" }, global: { plugins } });
    expect(document.title).toBe("责任 · 巡安");
    await rerender({ label: "Responsibility" });
    await speak("en");
    await flushPromises();
    expect(document.title).toBe("Responsibility · Xunan");
  });

  it(`is busy until the device has answered what it asks (${name})`, async () => {
    const device = new EventTarget();
    const answered = new Promise((done) => device.addEventListener("answered", () => done({ SyncLog: [] })));
    useTransport({ call: () => answered, listen: () => undefined });
    const asking = defineComponent(() => {
      useQuery("SyncLog", () => ({ limit: 1 }));
      return () => h(page, { label: "同步" });
    });
    render(asking, { global: { plugins } });
    expect(screen.getByRole("main", { name: "同步" }).getAttribute("aria-busy")).toBe("true");
    device.dispatchEvent(new Event("answered"));
    await flushPromises();
    expect(screen.getByRole("main", { name: "同步" }).getAttribute("aria-busy")).toBe("false");
  });
}
