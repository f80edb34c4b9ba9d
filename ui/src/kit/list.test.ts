import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "@/i18n";
import XList from "./XList.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const ROW = 185;
const height = () => Number.parseInt(screen.getByRole("list").querySelector<HTMLElement>(".all")?.style.height ?? "", 10);
const rows = () => screen.getAllByRole("listitem");
/** As they are read. */
const read = () => [...places()].sort((one, other) => one - other);
const places = () => rows().map((row) => Number(row.getAttribute("aria-posinset")));

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a long list", () => {
  const props = { items: Array.from({ length: 300 }, (_, n) => n), keyOf: String, label: "隐患" };
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(3 * ROW);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(ROW);
  });
  const shown = () => render(XList, { props, slots: { default: "行" }, global: { plugins: [i18n, router] } });

  it("takes rows that it has not seen for as high as those that it has, and still does when one comes back", async () => {
    const before = shown();
    await vi.waitFor(() => expect(height()).toBe(300 * ROW));
    before.unmount();
    shown();
    expect(height()).toBe(300 * ROW);
  });

  it("fills the rows that are there anew while it scrolls, and is in order when it rests", async () => {
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
    await vi.waitFor(() => expect(places()).toEqual(read()));
  });

  it("moves no row while the focus is in one", async () => {
    render(XList, { props, slots: { default: "<button>行</button>" }, global: { plugins: [i18n, router] } });
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const list = screen.getByRole("list");
    list.scrollTop = 100 * ROW;
    await fireEvent.scroll(list);
    await vi.waitFor(() => expect(places()).toContain(101));
    await vi.waitFor(() => expect(places()).toEqual(read()));
    const row = screen.getAllByRole("button").find((one) => one.closest("[aria-posinset='104']"));
    row?.focus();
    const last = Math.max(...places());
    list.scrollTop += ROW;
    await fireEvent.scroll(list);
    await vi.waitFor(() => expect(places()).toContain(last + 1));
    expect(places()).toEqual(read());
    expect(document.activeElement).toBe(row);
  });

  it("moves no row that is held, until it is let go", async () => {
    shown();
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const list = screen.getByRole("list");
    vi.useFakeTimers();
    list.scrollTop = 105 * ROW;
    await fireEvent.scroll(list);
    await vi.advanceTimersByTimeAsync(10);
    const slotted = places();
    expect(slotted).not.toEqual(read());
    await fireEvent.pointerDown(list);
    // Long enough for the list to be at rest.
    await vi.advanceTimersByTimeAsync(1000);
    expect(places()).toEqual(slotted);
    await fireEvent.pointerUp(window);
    await vi.advanceTimersByTimeAsync(10);
    expect(places()).toEqual(read());
  });

  it("is in order again when the one who was in a row has gone", async () => {
    render(XList, { props, slots: { default: "<button>行</button>" }, global: { plugins: [i18n, router] } });
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const list = screen.getByRole("list");
    vi.useFakeTimers();
    list.scrollTop = 105 * ROW;
    await fireEvent.scroll(list);
    await vi.advanceTimersByTimeAsync(10);
    expect(places()).not.toEqual(read());
    screen.getAllByRole("button")[0]?.focus();
    await vi.advanceTimersByTimeAsync(1000);
    (document.activeElement as HTMLElement).blur();
    list.scrollTop += ROW;
    await fireEvent.scroll(list);
    await vi.advanceTimersByTimeAsync(1000);
    expect(places()).toEqual(read());
  });
});
