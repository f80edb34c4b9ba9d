/**
 * The worker that runs the device core: it tells the core what happened and carries out what the core
 * says. Tabs speak to it directly (the one that started it) or through a channel (the others).
 */
import init, { Device, type Effect, type Send, type Sign, type Scale } from "xunan-web";
import { browserKey, publicHalf, signed } from "./key";
import { CHANNEL, type FromDevice, type Opened, type ToDevice } from "./messages";
import { sent } from "./network";
import { ready } from "./picture";
import { platformOf } from "./platform";

/** Longest timer of a browser, in milliseconds. */
const LONGEST = 2 ** 31 - 1;
/** The worker of a tab that was closed gives its files back a moment later. */
const OPEN_AGAIN_MS = 100;
const OPEN_TRIES = 50;

const owner = self as unknown as DedicatedWorkerGlobalScope;
const channel = new BroadcastChannel(CHANNEL);
const run = crypto.randomUUID();

class Host {
  /** Whom to answer, by the number that the core knows a call by. */
  private readonly callers = new Map<number, { tab: string; call: number; own: boolean }>();
  private readonly requests = new Map<number, AbortController>();
  private readonly fronts = new Set<string>();
  private readonly soon = new MessageChannel();
  private lastCall = 0;
  private alarm: ReturnType<typeof setTimeout> | undefined;
  private dead = false;

  constructor(
    private readonly device: Device,
    private readonly key: CryptoKeyPair | null,
    readonly opened: Opened,
  ) {
    // A turn of its own for each tick: what screens ask meanwhile comes before the next one.
    this.soon.port1.addEventListener("message", () => this.tick());
    this.soon.port1.start();
    owner.addEventListener("online", () => this.front());
  }

  /** Tells the core, and carries out what it says. A core that ended is never asked again. */
  tell(what: () => Effect[]): void {
    if (this.dead) return;
    clearTimeout(this.alarm);
    try {
      const notices: string[] = [];
      for (const effect of what()) {
        if (effect.do === "notice") notices.push(effect.notice);
        else this.carryOut(effect);
      }
      // Together: a screen that is told of several things at once reads once.
      if (notices.length > 0) tellAll({ notices });
    } catch (thrown) {
      this.dead = true;
      post({ died: String(thrown) });
    }
  }

  hear(message: ToDevice, own: boolean): void {
    if ("request" in message) {
      this.lastCall += 1;
      this.callers.set(this.lastCall, { tab: message.tab, call: message.call, own });
      this.tell(() => this.device.call(this.lastCall, message.request));
    } else if ("front" in message) {
      if (message.front) this.fronts.add(message.tab);
      else this.fronts.delete(message.tab);
      this.front();
    } else {
      (own ? post : tellOthers)({ run, opened: this.opened });
    }
  }

  tick(): void {
    this.tell(() => this.device.tick());
  }

  private front(): void {
    this.tell(() => this.device.front(this.fronts.size > 0));
  }

  private carryOut(effect: Exclude<Effect, { do: "notice" }>): void {
    switch (effect.do) {
      case "send":
        void this.send(effect);
        break;
      case "cancel":
        this.requests.get(effect.id)?.abort();
        this.requests.delete(effect.id);
        break;
      case "sign":
        void this.sign(effect);
        break;
      case "scale":
        void this.scale(effect);
        break;
      case "continue":
        this.soon.port2.postMessage(null);
        break;
      case "wake":
        clearTimeout(this.alarm);
        this.alarm = setTimeout(() => this.tick(), Math.min(Math.max(effect.at - Date.now(), 0), LONGEST));
        break;
      case "reply":
        this.reply(effect.id, effect.answer);
    }
  }

  private reply(id: number, answer: string): void {
    const caller = this.callers.get(id);
    this.callers.delete(id);
    if (caller) (caller.own ? post : tellOthers)({ tab: caller.tab, call: caller.call, answer });
  }

  private async send(request: Send): Promise<void> {
    const cut = new AbortController();
    this.requests.set(request.id, cut);
    const answer = await sent(request, cut);
    // One that was cancelled is not waited for.
    if (!this.requests.delete(request.id)) return;
    this.tell(() => (answer ? this.device.answered(request.id, answer.status, answer.offset, answer.body) : this.device.failed(request.id)));
  }

  private async sign({ id, message }: Sign): Promise<void> {
    // The core asks only where the browser has the key.
    if (!this.key) return;
    const signature = await signed(this.key, message);
    this.tell(() => this.device.signed(id, signature));
  }

  private async scale(scale: Scale): Promise<void> {
    const scaled = await ready(scale);
    this.tell(() => this.device.scaled(scale.id, scaled?.picture, scaled?.thumb));
  }
}

function post(message: FromDevice): void {
  owner.postMessage(message);
}

function tellOthers(message: FromDevice): void {
  channel.postMessage(message);
}

function tellAll(message: FromDevice): void {
  post(message);
  tellOthers(message);
}

async function open(): Promise<Host> {
  await init({ module_or_path: new URL("../pkg/xunan_web_bg.wasm", import.meta.url) });
  const key = await browserKey();
  const publicKey = key ? await publicHalf(key) : undefined;
  const device = await openedAfter(publicKey, OPEN_TRIES);
  return new Host(device, key, { keyKept: device.key_is_kept_by_browser() });
}

async function openedAfter(publicKey: Uint8Array | undefined, tries: number): Promise<Device> {
  try {
    return await Device.open(publicKey, platformOf(navigator.userAgent));
  } catch (thrown) {
    if (tries === 1 || !String(thrown).includes("store.in_use")) throw thrown;
    await new Promise((done) => setTimeout(done, OPEN_AGAIN_MS));
    return openedAfter(publicKey, tries - 1);
  }
}

/** What tabs say before the device is open. */
const early: [ToDevice, boolean][] = [];
let hear = (message: ToDevice, own: boolean): void => {
  early.push([message, own]);
};
owner.addEventListener("message", (event: MessageEvent<ToDevice>) => hear(event.data, true));
channel.addEventListener("message", (event: MessageEvent<ToDevice | FromDevice>) => {
  if ("hello" in event.data || "request" in event.data || "front" in event.data) hear(event.data, false);
});

post({ begins: true });
open().then(
  (host) => {
    hear = (message, own) => host.hear(message, own);
    tellAll({ run, opened: host.opened });
    for (const [message, own] of early) host.hear(message, own);
    host.tick();
  },
  (thrown: unknown) => tellAll({ unopened: String(thrown) }),
);
