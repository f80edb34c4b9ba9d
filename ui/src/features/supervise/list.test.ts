import { cleanup, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import { i18n } from "@/i18n";
import QueueList from "./QueueList.vue";
import { useQueue } from "./useQueue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const Host = defineComponent(() => {
  const queue = useQueue();
  return () => h(QueueList, { queue, wide: false });
});
afterEach(cleanup);

describe("what was not accepted", () => {
  it("is not said to be nothing while it is being read", async () => {
    let answer: ((refused: unknown) => void) | undefined;
    const replies: Record<string, unknown> = { Queue: { group: "not_accepted", groups: [["not_accepted", 1]], findings: [], inspections: [], not_accepted: [7], units: [] }, DeskUnits: [], Me: { today: "2026-11-24" } };
    useTransport({
      call(request) {
        const name = Object.keys(request as object)[0] ?? "";
        if (name !== "Refused") return Promise.resolve({ [name]: replies[name] });
        return new Promise((done) => (answer = (refused) => done({ Refused: refused })));
      },
      listen: () => undefined,
    });
    render(Host, { global: { plugins: [i18n, router] } });
    await flushPromises();
    expect(screen.queryByText("这一组没有要办的")).toBeNull();
    answer?.([{ id: 7, site: "老码头火锅城", words: "x", due: null, refused: 0 }]);
    await flushPromises();
    expect(screen.getByText("老码头火锅城")).toBeTruthy();
  });
});
