import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHANNEL, type FromDevice, type ToDevice } from "../../../web/worker/messages";
import type { Transport } from "./transport";
import { pageTransport } from "./worker";

/** The worker that a tab started, as the test plays it. */
class Played extends EventTarget {
  static last: Played | undefined;
  readonly heard: ToDevice[] = [];
  ended = false;
  constructor() {
    super();
    Played.last = this;
  }
  postMessage(message: ToDevice): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  says(message: FromDevice): void {
    this.dispatchEvent(new MessageEvent("message", { data: message }));
  }
  /** The n-th call that it heard. */
  asked(n: number): { tab: string; call: number; request: string } {
    return this.heard.filter((message) => "request" in message)[n] as never;
  }
}
const OPENED = { keyKept: true };
let lead: () => void = () => undefined;
/** Another tab has the lock. */
let taken = false;

function worker(): Played {
  if (!Played.last) throw new Error("no worker was started");
  return Played.last;
}
async function hasBegun(tab: Transport): Promise<boolean> {
  return Promise.race([tab.began?.().then(() => true), settle().then(() => false)]) as Promise<boolean>;
}
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 20));
}

beforeEach(() => {
  vi.stubGlobal("Worker", Played);
  Object.defineProperty(navigator, "locks", {
    configurable: true,
    value: {
      request: (_: string, { ifAvailable }: LockOptions, granted: (lock: unknown) => unknown) => {
        if (taken && ifAvailable) return Promise.resolve(granted(null));
        lead = () => void granted({});
        return new Promise(() => undefined);
      },
    },
  });
  Played.last = undefined;
  taken = false;
});
afterEach(() => vi.unstubAllGlobals());

describe("the tab that has the lock", () => {
  it.each([{ begins: true }, { unopened: "{}" }] as const)("leaves the page to the screens when its worker says %o", async (word) => {
    const tab = pageTransport();
    expect(await hasBegun(tab)).toBe(false);
    lead();
    expect(await hasBegun(tab)).toBe(false);
    worker().says(word);
    expect(await hasBegun(tab)).toBe(true);
  });

  it("keeps what is asked until the device is open, and opens its answers", async () => {
    const tab = pageTransport();
    lead();
    const me = tab.call({ Me: {} });
    expect(worker().asked(0)).toBeUndefined();
    worker().says({ run: "1", opened: OPENED });
    const { tab: id, call, request } = worker().asked(0);
    expect(JSON.parse(request)).toEqual({ Me: {} });
    worker().says({ tab: id, call, answer: JSON.stringify({ reply: { Me: { version: "1" } } }) });
    expect(await me).toEqual({ Me: { version: "1" } });
  });

  it("starts a device that ended again; what was asked of it is told as ended, and screens read anew", async () => {
    const tab = pageTransport();
    const noticed: unknown[] = [];
    tab.listen((notice) => noticed.push(notice));
    lead();
    worker().says({ run: "1", opened: OPENED });
    const lost = tab.call({ Finish: { id: "x" } });
    const first = worker();
    first.says({ died: "unreachable" });
    expect(first.ended).toBe(true);
    const later = tab.call({ Me: {} });
    await settle();
    expect(worker()).not.toBe(first);
    worker().says({ run: "2", opened: OPENED });
    await expect(lost).rejects.toMatchObject({ code: "internal", retry: "later" });
    expect(noticed).toEqual([{ Register: {} }]);
    const { tab: id, call } = worker().asked(0);
    worker().says({ tab: id, call, answer: JSON.stringify({ reply: { Me: {} } }) });
    expect(await later).toEqual({ Me: {} });
  });

  it("says why a device can't be opened, and tries again when somebody asks", async () => {
    const tab = pageTransport();
    lead();
    const first = tab.call({ Me: {} });
    worker().says({ unopened: JSON.stringify({ code: "store.failed", details: {}, retry: "later", trace: "" }) });
    await expect(first).rejects.toMatchObject({ code: "store.failed" });
    const ended = worker();
    void tab.call({ Me: {} });
    expect(worker()).not.toBe(ended);
  });
});

describe("a tab without the lock", () => {
  it("leaves the page to the screens at once, and has the device when the other tab is closed", async () => {
    taken = true;
    const tab = pageTransport();
    expect(await hasBegun(tab)).toBe(true);
    expect(Played.last).toBeUndefined();
    lead();
    const me = tab.call({ Me: {} });
    worker().says({ run: "1", opened: OPENED });
    const { tab: id, call } = worker().asked(0);
    worker().says({ tab: id, call, answer: JSON.stringify({ reply: { Me: {} } }) });
    expect(await me).toEqual({ Me: {} });
  });

  it("speaks to the device of the other tab, and is told its notices", async () => {
    const channel = new BroadcastChannel(CHANNEL);
    const heard: ToDevice[] = [];
    channel.addEventListener("message", (event) => heard.push((event as MessageEvent<ToDevice>).data));
    const tab = pageTransport();
    const noticed: unknown[] = [];
    tab.listen((notice) => noticed.push(notice));
    await vi.waitFor(() => expect(heard.some((message) => "hello" in message)).toBe(true));
    channel.postMessage({ run: "1", opened: OPENED });
    const me = tab.call({ Me: {} });
    const asked = await vi.waitFor(() => {
      const found = heard.find((message) => "request" in message);
      if (!found) throw new Error("not yet");
      return found as { tab: string; call: number };
    });
    channel.postMessage({ notices: [JSON.stringify({ Record: { id: "x" } }), JSON.stringify({ Sync: {} })] });
    channel.postMessage({ tab: "another", call: asked.call, answer: JSON.stringify({ reply: { Me: { wrong: true } } }) });
    channel.postMessage({ tab: asked.tab, call: asked.call, answer: JSON.stringify({ reply: { Me: {} } }) });
    expect(await me).toEqual({ Me: {} });
    expect(noticed).toEqual([{ Record: { id: "x" } }, { Sync: {} }]);
    expect(Played.last).toBeUndefined();
    channel.close();
  });
});
