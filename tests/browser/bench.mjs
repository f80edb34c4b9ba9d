// What a person feels in a browser that has a district on the device; `cargo xtask bench` prints it.
// XUNAN_BENCH: `{ phone, inspection, findings, often, seldom }`: whose browser it is, an inspection
// with many items, how many findings come, and how often things are measured. Says JSON: samples in
// milliseconds.
import { Browser, invite, kept, world } from "./harness.mjs";

const asked = JSON.parse(process.env.XUNAN_BENCH);
/** How much slower than this machine a phone is. */
const SLOWER = 6;
/** A strong flick of a list, a row a frame: pixels a frame, 4,800 a second. */
const FLING = 80;
/** What may be awaited: a district is long in coming. */
const LONG = 600_000;

const phone = new Browser();
let page = await phone.open();

/** 登记, until the district is on the device. */
async function joined() {
  await page.goto(invite(asked.phone).link);
  await page.getByRole("button", { name: "登记" }).click();
  await page.getByRole("button", { name: "进入今日" }).click({ timeout: LONG });
  await go("/findings");
  await page.getByRole("tab", { name: `已销号${asked.findings}` }).waitFor({ timeout: LONG });
  await kept(page);
}
async function go(path) {
  await page.goto(`${world.url}/#${path}`);
}
async function throttled(page, rate) {
  const session = await phone.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return () => session.send("Emulation.setCPUThrottlingRate", { rate: 1 }).then(() => session.detach());
}

/** From a finger's tap on an answer until the screen says that it is kept. */
async function taps(count) {
  const samples = [];
  const items = await page.getByRole("article").count();
  for (let n = 0; n < count; n++) {
    const answers = page.getByRole("article").nth(n % items).getByRole("group").first();
    const way = answers.getByRole("button", { name: /^(符合|不适用)/, pressed: false }).first();
    const chosen = await way.elementHandle();
    await chosen.scrollIntoViewIfNeeded();
    const kept = chosen.evaluate(
      (button) =>
        new Promise((done) => {
          let tapped = 0;
          button.addEventListener("click", (event) => (tapped = event.timeStamp), { once: true, capture: true });
          const seen = new MutationObserver(() => {
            if (button.getAttribute("aria-pressed") !== "true") return;
            seen.disconnect();
            done(performance.now() - tapped);
          });
          seen.observe(button, { attributeFilter: ["aria-pressed"] });
        }),
    );
    await chosen.tap();
    samples.push(await kept);
    // A person looks for the next one: what comes of the tap later doesn't weigh on it.
    await frames(page, 12);
  }
  return samples;
}

/**
 * From an event until the next frame is drawn, while something is done `count` times: the browser says so, to
 * 8 ms. `heard`: of that what is the page's, from when it heard of it.
 */
async function untilDrawn(page, event, count, something) {
  const told = await page.evaluateHandle((event) => {
    const samples = [];
    const heard = [];
    const note = (all) => {
      for (const one of all.filter(({ name }) => name === event)) {
        samples.push(one.duration);
        heard.push(one.startTime + one.duration - one.processingStart);
      }
    };
    const seen = new PerformanceObserver((all) => note(all.getEntries()));
    seen.observe({ type: "event", durationThreshold: 16 });
    return { samples, heard, note, seen };
  }, event);
  const more = await something(count);
  const { samples, heard } = await told.evaluate(({ samples, heard, note, seen }) => {
    note(seen.takeRecords());
    seen.disconnect();
    return { samples, heard };
  });
  // What was quicker than 16 ms is not said.
  const quick = Array.from({ length: Math.max(0, count - samples.length) }, () => 8);
  return { samples: [...samples, ...quick], heard: [...heard, ...quick], more };
}

/**
 * From a finger on the glass until the next frame: how soon the page takes it. An emulated finger presses
 * nothing before it lifts, so what is pressed is drawn with the tap only.
 */
async function touches(page, pressed, count) {
  const { x, y, width, height } = await pressed.first().boundingBox();
  const at = { x: x + width / 2, y: y + height / 2 };
  const session = await phone.context.newCDPSession(page);
  const touched = await untilDrawn(page, "pointerdown", count, async () => {
    for (let n = 0; n < count; n++) {
      // A finger that is put down and moves away opens nothing.
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
      await frames(page, 12);
      await session.send("Input.dispatchTouchEvent", { type: "touchCancel", touchPoints: [] });
      await frames(page, 12);
    }
  });
  await session.detach();
  return touched.samples;
}
function frames(page, count) {
  return page.evaluate(async (count) => {
    for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame);
  }, count);
}

/** The least that a browser can do: a page of one button that looks pressed once it was tapped. */
async function bare(count) {
  const least = await phone.page();
  await least.setContent(`<style>button { padding: 40px } :active, .heard { background: gray }</style><button onclick="this.classList.toggle('heard')">符合</button>`);
  const full = await throttled(least, SLOWER);
  const button = least.getByRole("button");
  const touch = await touches(least, button, count);
  const tap = await untilDrawn(least, "click", count, async () => {
    for (let n = 0; n < count; n++) {
      await button.tap();
      await frames(least, 12);
    }
  });
  await full();
  await least.close();
  return { touch, tap };
}

/** The browser's own: 4 KiB written to a file of the origin and flushed, in the device's worker. */
async function flushes(count) {
  for (const worker of page.workers()) {
    const samples = await worker.evaluate(async (count) => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle("yardstick", { create: true })).createSyncAccessHandle();
      const block = new Uint8Array(4096).fill(7);
      const samples = Array.from({ length: count }, () => {
        const began = performance.now();
        file.write(block, { at: 0 });
        file.flush();
        return performance.now() - began;
      });
      file.close();
      await folder.removeEntry("yardstick");
      return samples;
    }, count);
    return samples;
  }
  throw new Error("the page has no worker");
}

/** Frames while what scrolls around an element is flung: from one to the next. */
function flung(locator, frames) {
  return locator.first().evaluate(
    async (inside, [frames, step]) => {
      let box = inside;
      while (box.scrollHeight <= box.clientHeight + 1 || getComputedStyle(box).overflowY === "visible") box = box.parentElement;
      const frame = () => new Promise(requestAnimationFrame);
      const samples = [];
      await frame();
      for (let n = 0, last = await frame(); n < frames; n++) {
        box.scrollBy(0, step);
        const now = await frame();
        samples.push(now - last);
        last = now;
      }
      return samples;
    },
    [frames, FLING],
  );
}

/**
 * Frames of the screen while a wheel scrolls the page through the browser's own scrolling: 1 for one that was
 * left out or had a part not painted, 0 for one that came in time.
 */
async function wheeled() {
  const { x, y, width, height } = await page.getByRole("main").boundingBox();
  const session = await phone.context.newCDPSession(page);
  const frames = new Map();
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const { name, args } of value) {
      const frame = name === "PipelineReporter" && args.frame_reporter;
      if (!frame || frame.scroll_state === "SCROLL_NONE" || frame.state === "STATE_NO_UPDATE_DESIRED") continue;
      const whole = !frame.checkerboarded_needs_raster && !frame.checkerboarded_needs_record;
      const came = frame.state !== "STATE_DROPPED" && whole;
      frames.set(frame.frame_sequence, came || frames.get(frame.frame_sequence) === true);
    }
  });
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["cc", "benchmark"] } });
  const way = { xDistance: 0, yDistance: -FLING * 120, speed: FLING * 60, preventFling: true };
  await session.send("Input.synthesizeScrollGesture", { x: x + width / 2, y: y + height / 2, gestureSourceType: "mouse", ...way });
  const over = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await over;
  await session.detach();
  return [...frames.values()].map((came) => (came ? 0 : 1));
}

/** The page's frames while something goes on: 1 for one in which a part of the list in view had no row, else 0. */
async function bareOf(list, something) {
  const looked = await list.evaluateHandle((list) => {
    const seen = { samples: [], over: false };
    const look = () => {
      if (seen.over) return;
      requestAnimationFrame(look);
      const view = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll("[role=listitem]")].map((row) => ({ here: row.querySelector("a") !== null, ...row.getBoundingClientRect().toJSON() }));
      const empty = rows.some((row) => !row.here && row.bottom > view.top && row.top < view.bottom);
      seen.samples.push(empty || Math.max(...rows.map((row) => row.bottom)) < view.bottom ? 1 : 0);
    };
    requestAnimationFrame(look);
    return seen;
  });
  const more = await something();
  const samples = await looked.evaluate((seen) => {
    seen.over = true;
    return seen.samples;
  });
  return { samples, more };
}

/** A finger's taps on rows, each time back to the list. */
async function rows(count) {
  for (let n = 0; n < count; n++) {
    const row = await page.getByRole("listitem").nth(n % 3).getByRole("link").elementHandle();
    await row.tap();
    await row.waitForElementState("hidden");
    await frames(page, 12);
    await page.goBack();
    await page.getByRole("listitem").first().waitFor();
    await frames(page, 12);
  }
}

/** Opened again without a network, until the task of today is there: the page looks at each of its frames. */
async function opened(count) {
  await phone.context.setOffline(true);
  const samples = [];
  for (let n = 0; n < count; n++) {
    await page.close();
    page = await phone.page();
    await go("/today");
    const there = await page.waitForFunction(() => [...document.links].some((link) => link.textContent.includes("继续检查")) && performance.now());
    samples.push(await there.jsonValue());
  }
  await phone.context.setOffline(false);
  return samples;
}

try {
  const began = performance.now();
  await joined();
  const said = { sync: [performance.now() - began] };
  await go(`/inspect/${asked.inspection}`);
  await page.getByRole("article").first().waitFor();
  said.tap = await taps(asked.often);
  said.flush = await flushes(asked.often);
  const some = Math.min(asked.often, 30);
  const full = await throttled(page, SLOWER);
  const answers = await untilDrawn(page, "click", some, taps);
  said.slow_tap = answers.more;
  said.slow_click = answers.samples;
  said.slow_heard = answers.heard;
  said.slow_touch = await touches(page, page.getByRole("article").first().getByRole("button", { name: /^符合/ }), some);
  said.slow_items = await flung(page.getByRole("article"), 120);
  said.slow_items_left_out = await wheeled();
  await go("/findings");
  // By a finger: a mouse that rests on the list would be hit by each row that passes.
  await page.getByRole("tab", { name: /^已销号/ }).tap();
  await page.getByRole("listitem").first().waitFor();
  said.slow_row_touch = await touches(page, page.getByRole("listitem").nth(1).getByRole("link"), some);
  const ways = await untilDrawn(page, "click", some, rows);
  said.slow_row_click = ways.samples;
  said.slow_row_heard = ways.heard;
  said.slow_list = await flung(page.getByRole("listitem"), 240);
  const list = page.getByRole("list").filter({ has: page.getByRole("listitem") });
  const wheel = await bareOf(list, wheeled);
  said.slow_list_left_out = wheel.more;
  said.slow_list_bare = wheel.samples;
  await full();
  const least = await bare(some);
  said.bare_touch = least.touch;
  said.bare_click = least.tap.samples;
  said.bare_heard = least.tap.heard;
  said.start = await opened(asked.seldom);
  console.log(JSON.stringify(said));
} finally {
  await phone.drop();
}
