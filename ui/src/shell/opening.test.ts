import { cleanup, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useTransport } from "@/api/call";
import { i18n } from "@/i18n";
import OpeningBar from "./OpeningBar.vue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("says that the app is opening once that takes long, until it is open", async () => {
  const device = new EventTarget();
  const opened = new Promise((done) => device.addEventListener("opened", () => done({ Me: { person: null, zone: "Asia/Shanghai" } })));
  useTransport({ call: () => opened, listen: () => undefined });
  render(OpeningBar, { global: { plugins: [i18n] } });
  await flushPromises();
  expect(screen.queryByRole("status")).toBeNull();
  vi.advanceTimersByTime(3000);
  await flushPromises();
  expect(screen.getByRole("status").textContent).toContain("正在打开");
  device.dispatchEvent(new Event("opened"));
  await flushPromises();
  expect(screen.queryByRole("status")).toBeNull();
});
