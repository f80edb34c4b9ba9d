import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "@/i18n";
import XList from "./XList.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const ROW = 185;
const height = () => Number.parseInt(screen.getByRole("list").querySelector<HTMLElement>(".all")?.style.height ?? "", 10);
const rows = () => screen.getAllByRole("listitem");
const places = () => rows().map((row) => Number(row.getAttribute("aria-posinset")));

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

  it("fills the rows that are there anew while it scrolls, and is in order when it rests", async () => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(3 * ROW);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(ROW);
    shown();
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const list = screen.getByRole("list");
    list.scrollTop = 100 * ROW;
    await fireEvent.scroll(list);
    await vi.waitFor(() => expect(places()).toContain(101));
    const made = new Set(rows());
    list.scrollTop = 105 * ROW;
    await fireEvent.scroll(list);
    await vi.waitFor(() => expect(places()).toContain(106));
    expect(new Set(rows())).toEqual(made);
    const first = Math.min(...places());
    await vi.waitFor(() => expect(places()).toEqual(rows().map((_, n) => first + n)));
  });

  it("moves no row while the focus is in one", async () => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(3 * ROW);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(ROW);
    render(XList, { props, slots: { default: "<button>行</button>" }, global: { plugins: [i18n, router] } });
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const list = screen.getByRole("list");
    list.scrollTop = 100 * ROW;
    await fireEvent.scroll(list);
    await vi.waitFor(() => expect(places()).toContain(101));
    const row = screen.getAllByRole("button").find((one) => one.closest("[aria-posinset='104']"));
    row?.focus();
    list.scrollTop += ROW;
    await fireEvent.scroll(list);
    const first = Math.min(...places());
    expect(places()).toEqual(rows().map((_, n) => first + n));
    expect(document.activeElement).toBe(row);
  });
});
