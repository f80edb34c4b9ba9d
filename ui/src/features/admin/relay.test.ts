import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import { i18n } from "@/i18n";
import ActsPage from "./ActsPage.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
afterEach(cleanup);

describe("what only the relay can answer", () => {
  it("doesn't look as if it were still being read once its failure was put away", async () => {
    useTransport({
      call: () => Promise.reject({ code: "net.unreachable", details: {}, retry: "later", trace: "" }),
      listen: () => undefined,
    });
    render(ActsPage, { global: { plugins: [i18n, router] } });
    expect(screen.getByText("正在读取本机记录")).toBeTruthy();
    await flushPromises();
    await fireEvent.click(screen.getByRole("button", { name: "知道了" }));
    expect(screen.queryByText("正在读取本机记录")).toBeNull();
    expect(screen.getByRole("button", { name: "刷新" })).toBeTruthy();
  });
});
