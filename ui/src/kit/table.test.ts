import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "@/i18n";
import XBars from "./XBars.vue";
import XTable, { type Column } from "./XTable.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const global = { plugins: [i18n, router] };
const columns: Column[] = [
  { key: "text", word: "隐患", width: 10, grow: true, sorts: true },
  { key: "due", word: "到期", width: 6, sorts: true },
  { key: "team", word: "人员", width: 6 },
];
afterEach(cleanup);

describe("XTable", () => {
  const props = { columns, rows: Array<undefined>(340), keyOf: String, to: String, label: "隐患台账", sorting: { by: "due", descending: false } };

  it("says by what it is sorted, and sorts by another column with a tap", async () => {
    const view = render(XTable, { props, global });
    expect(screen.getByRole("columnheader", { name: /到期/ }).getAttribute("aria-sort")).toBe("ascending");
    expect(screen.getByRole("columnheader", { name: /隐患/ }).getAttribute("aria-sort")).toBe("none");
    await fireEvent.click(screen.getByRole("button", { name: /到期/ }));
    await fireEvent.click(screen.getByRole("button", { name: /隐患/ }));
    expect(view.emitted("update:sorting")).toEqual([[{ by: "due", descending: true }], [{ by: "text", descending: false }]]);
  });

  it("says how many rows there are though only some are there", () => {
    render(XTable, { props, global });
    expect(screen.getByRole("table", { name: "隐患台账" }).getAttribute("aria-rowcount")).toBe("341");
    expect(screen.queryByRole("button", { name: /人员/ })).toBeNull();
  });
});

describe("XBars", () => {
  it("can be read as a table", () => {
    const bars = [
      { key: "1", word: "10 月", share: 0.95, value: "95%" },
      { key: "2", word: "11 月", share: null, value: "–" },
    ];
    render(XBars, { props: { label: "各月按期整改率", bars }, global });
    const table = screen.getByRole("table", { name: "各月按期整改率" });
    expect([...table.querySelectorAll("tr")].map((row) => row.textContent)).toEqual(["10 月95%", "11 月–"]);
  });
});
