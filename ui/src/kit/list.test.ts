import { cleanup, render, screen } from "@testing-library/vue";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "@/i18n";
import XList from "./XList.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const ROW = 185;
const height = () => Number.parseInt(screen.getByRole("list").querySelector<HTMLElement>(".all")?.style.height ?? "", 10);

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("a long list", () => {
  const props = { items: Array.from({ length: 300 }, (_, n) => n), keyOf: String, label: "隐患" };
  const shown = () => render(XList, { props, slots: { default: "行" }, global: { plugins: [i18n, router] } });

  it("takes rows that it has not seen for as high as those that it has, and still does when one comes back", async () => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(3 * ROW);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(ROW);
    const before = shown();
    await vi.waitFor(() => expect(height()).toBe(300 * ROW));
    before.unmount();
    shown();
    expect(height()).toBe(300 * ROW);
  });
});
