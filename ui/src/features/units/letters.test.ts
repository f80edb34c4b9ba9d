import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import { i18n } from "@/i18n";
import LettersPage from "./LettersPage.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const unit = { id: "u", name: "东关街道办事处", short: "东关街道", risk: null };
afterEach(cleanup);

describe("letters by unit", () => {
  it("say so when no unit is found, and when the unit's has none that I see", async () => {
    const answer = { unit, letters: [], units: [{ unit, depth: 0, reached: 1, running: 0, missed: 0, not_counted: 0 }] };
    useTransport({ call: async (request) => ({ [Object.keys(request as object)[0] ?? ""]: answer }), listen: () => undefined });
    render(LettersPage, { props: { id: "u" }, global: { plugins: [i18n, router] } });
    await flushPromises();
    expect(screen.getByText("东关街道还没有责任书")).toBeTruthy();
    await fireEvent.update(screen.getByRole("searchbox"), "南坡");
    expect(screen.getByText("没有找到单位")).toBeTruthy();
  });
});
