// What every story in a browser needs: a relay, browsers of people, and people without a browser.
// `xunan-browser` starts the stories with the world in XUNAN_WORLD.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = process.cwd();
const { chromium } = createRequire(join(root, "ui/package.json"))("playwright-core");

/** `{ url, folder, relay, person, app }`: the relay's address and data, programs, and the folder that it serves. */
export const world = JSON.parse(process.env.XUNAN_WORLD);

/** How long something may take to arrive before a story gives up, in milliseconds. */
const PATIENCE = 60_000;

/** An invitation for a person: `{ code, link }`. */
export function invite(who) {
  return JSON.parse(execFileSync(world.relay, ["invite", "--data", world.folder, "--person", who, "--json"], { encoding: "utf8" }));
}

const PROGRAM = {
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN"],
};

/** A browser that keeps nothing, as a private window; with more arguments. */
export function passing(...args) {
  return chromium.launch({ ...PROGRAM, args: [...PROGRAM.args, ...args] });
}

/** A person's browser, with a profile of its own on disk. */
export class Browser {
  #profile = mkdtempSync(join(tmpdir(), "xunan-browser-"));
  #options;

  constructor(options = {}) {
    // `args` are further arguments of the program.
    const { width = 360, height = 740, args = [], ...more } = options;
    this.#options = {
      ...PROGRAM,
      args: [...PROGRAM.args, ...args],
      locale: "zh-CN",
      ...more,
      viewport: { width, height },
      hasTouch: width < 500,
      isMobile: width < 500,
      timezoneId: "Asia/Shanghai",
    };
  }

  /** Starts it; gives a page that shows nothing yet. */
  async open() {
    this.context = await chromium.launchPersistentContext(this.#profile, this.#options);
    this.context.setDefaultTimeout(30_000);
    return this.page();
  }

  async page() {
    const page = await this.context.newPage();
    page.on("pageerror", (error) => console.error(`page: ${error}`));
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`console: ${message.text()}`);
    });
    return page;
  }

  /** Ends it, as at the end of a day. */
  async close() {
    await this.context?.close();
    this.context = undefined;
  }

  async [Symbol.asyncDispose]() {
    await this.drop();
  }
  async drop() {
    await this.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

/** A person on a device without a screen. */
export class Person {
  #process;
  #asked = 0;
  #waiting = new Map();
  #folder = mkdtempSync(join(tmpdir(), "xunan-person-"));

  static async joined(who) {
    const person = new Person(who);
    await person.ask("Sync", {});
    return person;
  }

  constructor(who) {
    const { code } = invite(who);
    this.#process = spawn(world.person, ["--data", this.#folder, "--relay", world.url, "--code", code], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      this.#waiting.get(said.id)?.(said);
      this.#waiting.delete(said.id);
    });
  }

  /** The reply's content; a problem is thrown. */
  async ask(name, fields) {
    this.#asked += 1;
    const id = this.#asked;
    const said = await new Promise((done) => {
      this.#waiting.set(id, done);
      this.#process.stdin.write(`${JSON.stringify({ id, [name]: fields })}\n`);
    });
    if (said.error) throw new Error(`${name}: ${JSON.stringify(said.error)}`);
    return Object.values(said.reply)[0];
  }

  /** Syncs until `look` finds something. */
  async sees(look) {
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      await this.ask("Sync", {});
      const found = await look(this);
      if (found) return found;
    }
    throw new Error("it never arrived");
  }

  drop() {
    this.#process.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** 登记 by an invitation's link → 今日. */
export async function enrol(page, who) {
  const { link } = invite(who);
  await page.goto(link);
  await page.getByRole("button", { name: "登记" }).click();
  await page.getByRole("heading", { name: `你是 ${who}` }).waitFor();
  await page.getByRole("button", { name: "进入今日" }).click();
}

/** Goes to another page and waits until it is there, with all that it asks its device. */
export async function arrive(page, go) {
  // Each page names the window anew.
  await page.evaluate(() => {
    document.title = "";
  });
  await go();
  await page.waitForFunction(() => document.title !== "");
  await page.locator("main[aria-busy=false]").waitFor({ state: "attached" });
}

/** The app's files are kept: it opens without a network from now on. */
export async function kept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
}

/** 今日 → 开始检查 → the planned visit → the filling screen. Gives the inspection's id. */
export async function begin(page) {
  await page.getByRole("button", { name: "开始检查", exact: true }).click();
  // The first visit of the plan is proposed and opens in place: only then is the list at rest.
  await page.getByRole("button", { name: /^(开始检查|加入|继续检查) / }).waitFor();
  // In some months the one before is open, too.
  await page.getByRole("radio", { name: /恒源化工/ }).first().click();
  // Where team-mates are at it already, one joins them.
  await page.getByRole("button", { name: /^(开始检查 恒源化工$|加入 恒源化工)/ }).click();
  await page.getByRole("article").first().waitFor();
  return page.url().split("/").at(-1);
}

/** The n-th item of the inspection on the screen, counted from 0. */
export function answer(page, n, word) {
  return page.getByRole("article").nth(n).getByRole("group").first().getByRole("button", { name: new RegExp(`^${word}( |$)`) });
}

/** Opens an item and gives it a photo, by the same input that opens a phone's camera. */
export async function shoot(page, n, picture) {
  const camera = page.getByRole("article").nth(n).getByLabel("拍照");
  if ((await camera.count()) === 0) await page.getByRole("article").nth(n).getByRole("button").first().click();
  await camera.first().setInputFiles(picture);
}

/** Waits until an item shows its answer. */
export async function shows(page, n, word) {
  await page.getByRole("article").nth(n).getByRole("button", { name: new RegExp(`^${word}`), pressed: true }).waitFor();
}

/** A photo as a camera takes it, a few megapixels of noise: a file for an input. */
export async function photo(page, [width, height] = [1600, 1200]) {
  const bytes = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      const image = context.createImageData(width, height);
      for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, at + 65_536));
      for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [width, height],
  );
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

const axe = readFileSync(join(root, "ui/node_modules/axe-core/axe.min.js"), "utf8");

/** What a screen reader's user would stumble over on this screen: serious and critical findings. */
export async function barriers(page) {
  // The page's policy allows no inline scripts; the debugger is not bound by it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n  ")}`);
}

/** The same in every light. */
export async function barriersInAnyLight(page) {
  const found = [];
  for (const theme of ["light", "dark", "outdoor"]) {
    // Colours pass into each other; what is read is how it looks in the end.
    await page.evaluate(async (chosen) => {
      document.documentElement.dataset.theme = chosen;
      await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
    }, theme);
    found.push(...(await barriers(page)).map((words) => `${theme}: ${words}`));
  }
  return found;
}

/** How many sheets of A4 the printer gets of a page, and that there is nothing on them of the screen around the paper. */
export async function sheets(page) {
  await page.emulateMedia({ media: "print" });
  const left = [];
  for (const role of ["banner", "navigation", "heading", "button", "link", "status", "alert", "tab"]) {
    for (const one of await page.getByRole(role).and(page.locator(":not([lang=zh-CN]:not(html) *)")).all()) left.push(`${role}: ${await one.innerText()}`);
  }
  assert.deepEqual(left, [], "printed beside the paper");
  const file = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: null });
  const sizes = file.toString("latin1").match(/\/MediaBox ?\[[^\]]*\]/gu) ?? [];
  for (const size of sizes) {
    const [width, height] = size.match(/[\d.]+/gu).slice(2).map((points) => Math.round((points / 72) * 25.4));
    assert.deepEqual([width, height], [210, 297], "millimetres of A4");
  }
  return sizes.length;
}

/** At the desk's queue: the one hazard that is to be ordered. */
export async function order(page) {
  await page.getByRole("button", { name: /还没责令 1/ }).click();
  await page.getByRole("button", { name: "责令整改" }).click();
  const sheet = page.getByRole("dialog", { name: "责令整改" });
  await sheet.getByRole("radio", { name: "7 天", checked: true }).waitFor();
  await sheet.getByRole("button", { name: "责令整改" }).click();
}

/** Draws a stroke and signs: `done` is the word of the button that ends it. */
export async function sign(page, button, done = "签好了") {
  await page.getByRole("button", { name: button, exact: true }).first().click();
  const sheet = page.getByRole("dialog");
  const paper = sheet.locator("canvas");
  // The sheet slides in: a stroke before it stands still would miss the paper.
  await paper.click({ trial: true });
  const { x, y } = await paper.boundingBox();
  await page.mouse.move(x + 60, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 80, { steps: 4 });
  await page.mouse.move(x + 160, y + 40, { steps: 4 });
  await page.mouse.up();
  await sheet.getByRole("button", { name: done }).click();
  await paper.waitFor({ state: "detached" });
}
