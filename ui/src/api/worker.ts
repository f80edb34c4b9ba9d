/**
 * The browser's own device: one worker of this origin runs the core (web/worker). The tab that has
 * the Web Lock started it; the others reach it through a channel, and one of them starts it anew when
 * that tab is closed.
 */
import { CHANNEL, LOCK, type FromDevice, type Opened, type ToDevice } from "../../../web/worker/messages";
import type { Problem } from "./problem";
import type { Notice } from "./types";
import { opened, type Answer, type HostFacts, type Transport } from "./transport";
import { keepFiles } from "./update";

/** A worker that ends again and again is started ever more slowly, up to this. */
const START_AT_MOST_MS = 10_000;

interface Waiting {
  done: (answer: Answer) => void;
  /** It was said to a device, and not only put aside until there is one. */
  said: boolean;
  message: ToDevice;
}

/** Tells floor.js that this device is somebody's. */
const ENROLLED = "xunan-enrolled";

/** Which calls were under way can't be known after a device ended: whoever asked asks again. */
const ENDED: Problem = { code: "internal", details: { stopped: "true" }, retry: "later", trace: "" };

function problemOf(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { ...ENDED, trace: text };
  }
}

/** From now on there is something to lose: the system is asked to keep it, and floor.js to ask no more. */
async function keepStorage(): Promise<void> {
  localStorage.setItem(ENROLLED, "yes");
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}

class Tab implements Transport {
  private readonly id = crypto.randomUUID();
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly calls = new Map<number, Waiting>();
  private notice: (notice: unknown) => void = () => undefined;
  private lastCall = 0;
  private worker: Worker | null = null;
  private leads = false;
  private ends = 0;
  /** It is about to be started again. */
  private again: ReturnType<typeof setTimeout> | undefined;
  /** The start of the device that this tab speaks to. */
  private run: string | null = null;
  private about: Opened | null = null;
  /** Who asked about the device before there was one. */
  private curious: ((about: Opened) => void)[] = [];
  /** The worker runs, or another tab has it. */
  private begin: () => void = () => undefined;
  private readonly beginning = new Promise<void>((done) => {
    this.begin = done;
  });

  constructor() {
    this.channel.addEventListener("message", (event: MessageEvent<FromDevice | ToDevice>) => {
      // What a device says in this tab comes directly.
      if (!this.leads) this.hear(event.data);
    });
    document.addEventListener("visibilitychange", () => this.sayFront(!document.hidden));
    window.addEventListener("pagehide", () => this.sayFront(false));
    window.addEventListener("pageshow", () => this.sayFront(!document.hidden));
    void this.lead({ ifAvailable: true });
    this.say({ tab: this.id, hello: true });
    if (localStorage.getItem(ENROLLED)) void keepStorage();
  }

  began(): Promise<void> {
    return this.beginning;
  }

  async call(request: unknown): Promise<unknown> {
    this.lastCall += 1;
    const call = this.lastCall;
    const message = { tab: this.id, call, request: JSON.stringify(request) };
    const answer = await new Promise<Answer>((done) => {
      this.calls.set(call, { done, message, said: this.run !== null });
      if (this.run !== null) this.say(message);
      else if (this.leads && !this.worker && this.again === undefined) this.start();
    });
    return opened(answer);
  }

  listen(notice: (notice: unknown) => void): void {
    this.notice = notice;
  }

  async facts(): Promise<HostFacts> {
    const { keyKept } = this.about ?? (await new Promise<Opened>((done) => this.curious.push(done)));
    return { relay: window.location.origin, keyKept, persistent: await navigator.storage.persisted() };
  }

  /** Held until this tab is closed; where another has it, until that one is. */
  private async lead(options: LockOptions): Promise<void> {
    await navigator.locks.request(LOCK, options, (lock) => {
      if (!lock) {
        this.begin();
        void this.lead({});
        return undefined;
      }
      this.leads = true;
      this.start();
      return new Promise(() => undefined);
    });
  }

  private say(message: ToDevice): void {
    if (this.leads) this.worker?.postMessage(message);
    else this.channel.postMessage(message);
  }

  private sayFront(front: boolean): void {
    this.say({ tab: this.id, front });
  }

  private start(): void {
    this.again = undefined;
    this.run = null;
    this.worker = new Worker(new URL("../../../web/worker/device.ts", import.meta.url), { type: "module", name: "xunan" });
    this.worker.addEventListener("message", (event: MessageEvent<FromDevice>) => this.hear(event.data));
    this.worker.addEventListener("error", (event) => this.hear({ unopened: event.message }));
  }

  private hear(message: FromDevice | ToDevice): void {
    this.begin();
    if ("run" in message) this.meet(message);
    else if ("answer" in message) this.answered(message.tab, message.call, message.answer);
    else if ("notices" in message) message.notices.forEach((notice) => this.changed(JSON.parse(notice) as Notice));
    else if ("unopened" in message) this.unopened(problemOf(message.unopened));
    else if ("died" in message) this.died();
  }

  /** A device is there. One that another start of it answered before is gone, with what it was asked. */
  private meet({ run, opened: about }: { run: string; opened: Opened }): void {
    if (run === this.run) return;
    this.run = run;
    this.about = about;
    for (const tell of this.curious.splice(0)) tell(about);
    this.sayFront(!document.hidden);
    const lost = [...this.calls].filter(([, waiting]) => waiting.said);
    for (const waiting of this.calls.values()) {
      if (waiting.said) continue;
      waiting.said = true;
      this.say(waiting.message);
    }
    // Questions are asked anew before they hear that the first asking failed, and show nothing of it.
    if (lost.length > 0) this.notice({ Register: {} });
    for (const [call] of lost) this.finish(call, { error: ENDED });
  }

  private changed(notice: Notice): void {
    if ("Enrolled" in notice) void keepStorage();
    this.notice(notice);
  }

  private answered(tab: string, call: number, answer: string): void {
    if (tab === this.id) this.finish(call, JSON.parse(answer) as Answer);
  }

  /** Whoever asks next starts it again. */
  private unopened(problem: Problem): void {
    this.stop();
    for (const call of this.calls.keys()) this.finish(call, { error: problem });
  }

  private died(): void {
    this.stop();
    const pause = Math.min(this.ends * 1000, START_AT_MOST_MS);
    this.ends += 1;
    this.again = setTimeout(() => this.start(), pause);
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.run = null;
  }

  private finish(call: number, answer: Answer): void {
    this.calls.get(call)?.done(answer);
    this.calls.delete(call);
  }
}

export function pageTransport(): Transport {
  const tab = new Tab();
  void tab.began().then(keepFiles);
  return tab;
}
