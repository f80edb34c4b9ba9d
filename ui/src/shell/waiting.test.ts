import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useTransport } from "@/api/call";
import type { WaitingShown } from "@/api/types";
import { i18n } from "@/i18n";
import WaitingBar from "./WaitingBar.vue";

const undone: number[] = [];
const decision = (command: number, what: string, ms: number): WaitingShown => ({ command, what, place: "宏达机械", undo_until: Date.now() + ms });

async function opened(waiting: WaitingShown[]): Promise<void> {
  useTransport({
    async call(request) {
      if ("Waiting" in (request as object)) return { Waiting: waiting };
      undone.push((request as { Undo: { command: number } }).Undo.command);
      return { Done: { id: null, command: 0, undo_until: null } };
    },
    listen: () => undefined,
  });
  render(WaitingBar, { global: { plugins: [i18n] } });
  await flushPromises();
}

beforeEach(() => {
  vi.useFakeTimers();
  undone.length = 0;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("after the app was ended", () => {
  it("offers what was decided just before, one after the other", async () => {
    await opened([decision(9, "passed", 8000), decision(7, "ordered", 5000)]);
    expect(screen.getByRole("status").textContent).toContain("已记下：复查通过，宏达机械");
    await fireEvent.click(screen.getByRole("button", { name: /撤销/ }));
    await flushPromises();
    expect(undone).toEqual([9]);
    expect(screen.getByRole("status").textContent).toContain("责令整改");
    vi.advanceTimersByTime(5000);
    await flushPromises();
    expect(screen.queryByRole("status")).toBeNull();
    expect(undone).toEqual([9]);
  });

  it("shows nothing where nothing waits, or nobody gets to it any more", async () => {
    await opened([decision(3, "passed", 200)]);
    expect(screen.queryByRole("status")).toBeNull();
  });
});
