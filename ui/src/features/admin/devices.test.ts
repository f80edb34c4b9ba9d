import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { useTransport } from "@/api/call";
import type { DeviceRow } from "@/api/types";
import { i18n } from "@/i18n";
import RevokeBar from "@/shell/RevokeBar.vue";
import DevicesPage from "./DevicesPage.vue";

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "" } }] });
const plugins = [i18n, router];
const person = (name: string) => ({ id: name, name, unit: "东关街道", title: "科员", kind: "inspector" as const, phone: null });
const device = (id: string, name: string): DeviceRow => ({ id, person: person(name), platform: "android", enrolled: 0, last_sync: 0, revoked: null, this: false });

let shutOut: string[] = [];
let kept: string | null = null;
let refuse: { code: string; retry: string } | null = null;

function answer(name: string, params: Record<string, string | null>): unknown {
  if (name === "AllDevices") return [device("d1", "蔡磊"), device("d2", "谭刚")].map((one) => ({ ...one, revoked: shutOut.includes(one.id) ? 1 : null }));
  if (name === "Unfiled") return kept;
  if (name === "KeepUnfiled") kept = params["content"] ?? null;
  if (name !== "Revoke") return null;
  if (refuse) throw { ...refuse, details: {}, trace: "" };
  shutOut.push(params["device"] ?? "");
  return null;
}
const row = (name: string) => screen.getByRole("button", { name: new RegExp(`^${name}`) });
async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole("button", { name }));
  await flushPromises();
}
async function confirmed(name: string): Promise<void> {
  await fireEvent.click(row(name));
  await flushPromises();
  await press(`停用 ${name} 的设备`);
}

beforeEach(() => {
  vi.useFakeTimers();
  [shutOut, kept, refuse] = [[], null, null];
  useTransport({
    async call(request) {
      const [[name, params] = ["", {}]] = Object.entries(request as Record<string, Record<string, string | null>>);
      return { [name]: answer(name, params) };
    },
    listen: () => undefined,
  });
});
afterEach(async () => {
  cleanup();
  await flushPromises();
  vi.useRealTimers();
});
async function opened() {
  const page = render(DevicesPage, { global: { plugins } });
  render(RevokeBar, { global: { plugins } });
  await flushPromises();
  return page;
}

describe("shutting a device out", () => {
  it("waits until it can't be taken back any more", async () => {
    await opened();
    await confirmed("蔡磊");
    expect(screen.getByRole("dialog", { hidden: true }).textContent).toContain("停用 蔡磊 的设备？");
    expect(row("蔡磊").textContent).toContain("即将停用");
    vi.advanceTimersByTime(9_900);
    await flushPromises();
    expect(shutOut).toEqual([]);
    vi.advanceTimersByTime(200);
    await flushPromises();
    expect([shutOut, kept]).toEqual([["d1"], null]);
    expect(screen.getByText("已停用 蔡磊 的设备")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^蔡磊/ })).toBeNull();
  });

  it("is taken back, and nothing of it is left", async () => {
    await opened();
    await confirmed("蔡磊");
    await press(/^撤销/);
    vi.advanceTimersByTime(20_000);
    await flushPromises();
    expect([shutOut, kept]).toEqual([[], null]);
    expect(row("蔡磊").textContent).not.toContain("即将停用");
  });

  it("goes at once when its page is left or closed, or another follows", async () => {
    const page = await opened();
    await confirmed("蔡磊");
    await confirmed("谭刚");
    expect(shutOut).toEqual(["d1"]);
    page.unmount();
    await flushPromises();
    expect(shutOut).toEqual(["d1", "d2"]);

    shutOut = [];
    await opened();
    await confirmed("蔡磊");
    window.dispatchEvent(new Event("pagehide"));
    expect(shutOut).toEqual(["d1"]);
  });

  it("says on any page why it failed, and is tried again", async () => {
    refuse = { code: "net.unreachable", retry: "later" };
    const page = await opened();
    await confirmed("蔡磊");
    page.unmount();
    await flushPromises();
    expect(screen.getByRole("alert").textContent).toContain("蔡磊 的设备还没有停用");
    expect(kept).toContain("d1");
    refuse = null;
    await press("再试一次");
    expect([shutOut, kept, screen.queryByRole("alert")]).toEqual([["d1"], null, null]);
  });

  it("is over where somebody else did it, and given up where it may not be", async () => {
    refuse = { code: "device.unknown", retry: "never" };
    const page = await opened();
    await confirmed("蔡磊");
    page.unmount();
    await flushPromises();
    expect([kept, screen.queryByRole("alert")]).toEqual([null, null]);
    cleanup();

    refuse = { code: "admin.forbidden", retry: "never" };
    await opened();
    await confirmed("谭刚");
    vi.advanceTimersByTime(10_100);
    await flushPromises();
    await press("知道了");
    expect([shutOut, kept]).toEqual([[], null]);
  });

  it("is done by the app that is opened after one that was ended", async () => {
    kept = JSON.stringify([{ device: "d2", name: "谭刚" }]);
    await opened();
    expect(shutOut).toEqual([]);
    vi.advanceTimersByTime(10_100);
    await flushPromises();
    expect([shutOut, kept]).toEqual([["d2"], null]);
  });
});
