import { cleanup, render, screen } from "@testing-library/vue";
import { nextTick } from "vue";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useKept } from "./useKept";
import XList from "./XList.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
afterEach(cleanup);

/** A list of a page. */
function open(part: string) {
  return render(XList, { props: { items: ["a", "b"], keyOf: String, label: "隐患", part }, slots: { default: "row" }, global: { plugins: [router] } });
}

describe("who comes back to a page", () => {
  it("finds what was chosen there", () => {
    useKept("page.tab", "open").value = "overdue";
    expect(useKept("page.tab", "open").value).toBe("overdue");
    expect(useKept("page.words", "").value).toBe("");
  });

  it("finds a list where it was, and another list of the page at its own place", async () => {
    const first = open("open");
    screen.getByRole("list").scrollTop = 120;
    first.unmount();
    const second = open("done");
    await nextTick();
    expect(screen.getByRole("list").scrollTop).toBe(0);
    second.unmount();
    open("open");
    await nextTick();
    expect(screen.getByRole("list").scrollTop).toBe(120);
  });
});
