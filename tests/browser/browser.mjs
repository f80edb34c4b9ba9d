// What the scripts of screens share: a browser, requests to people's devices, a picture to take.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = process.cwd();
const require = createRequire(join(root, "ui/package.json"));
const { chromium } = require("playwright-core");

/** JSON of the world: the relay's address, and people with their page and invitation. */
export const world = JSON.parse(process.argv[2]);

/** The system's browser, by the real clock and without anything that would go out by itself. */
export function launch() {
  return chromium.launch({
    env: { ...process.env, LD_PRELOAD: "" },
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A day from today on, in the sample's zone. */
export function day(offset) {
  const at = new Date(Date.now() + 8 * 3600_000 + offset * 86_400_000);
  return at.toISOString().slice(0, 10);
}

/** One request to a person's device; a problem is thrown with its code. */
export async function ask(who, name, fields) {
  const { page } = world.people[who];
  const response = await fetch(`${page}/__call`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [name]: fields }),
  });
  const answer = await response.json();
  if (answer.error) throw Object.assign(new Error(`${who} ${name}: ${JSON.stringify(answer.error)}`), { code: answer.error.code });
  return Object.values(answer.reply)[0];
}

/** The office reads a sheet into the register, by the relay's command line. */
export function imported(name, rows) {
  const folder = mkdtempSync(join(tmpdir(), "xunan-office-"));
  const file = join(folder, name);
  writeFileSync(file, rows);
  execFileSync(world.office.program, ["import", "--data", world.office.folder, file]);
  rmSync(folder, { recursive: true });
}

/** Enrols everybody with their invitations, or only some. */
export async function enrolAll(people = Object.keys(world.people)) {
  for (const who of people) {
    await ask(who, "Enrol", { relay: world.relay, code: world.people[who].code });
    await ask(who, "Sync", {});
  }
}

/** An act on a finding, as it is offered to this person: in the unit's name, with two officers. */
export async function act(who, finding, kind, fields, photos = []) {
  const view = await ask(who, "Finding", { id: finding });
  const offer = view.actions.find((action) => action.kind === kind);
  if (!offer) throw new Error(`${who} may not ${kind}`);
  const event = { k: kind, ...fields };
  if (offer.units[0]) {
    event.unit = offer.units[0].id;
    const officers = offer.officers.slice(0, 2).map((officer) => officer.person.id);
    if (officers.length === 2) event.officers = officers;
  }
  await ask(who, "Act", { id: finding, event, photos });
}

/** A hazard, as a screen reports it. */
export function report(who, fields) {
  return ask(who, "Report", {
    from: null, item: null, site: null, place: null, complaint: false, text: "", location: "", level: "general",
    clause: null, basis: "", due: null, who: null, photos: [], loc: null, corrected: null, ...fields,
  });
}

/** A phone's or a desk's window. */
export function windowOf(browser, { width = 360, height = 740, scale = 2, dark = false, locale = "zh-CN" } = {}) {
  return browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    hasTouch: width < 500,
    locale,
    timezoneId: "Asia/Shanghai",
    colorScheme: dark ? "dark" : "light",
  });
}

/** A person's page at a place of the app, once it shows what it has to show. */
export async function at(context, who, path) {
  const page = await context.newPage();
  await page.goto(`${world.people[who].page}/#${path}`);
  await quiet(page);
  return page;
}

/** Waits until the page is there with all that it asks its device, and nothing is loaded any more. */
export async function quiet(page) {
  await page.locator("main[aria-busy=false]").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle").catch(() => undefined);
}

/** Watches a page; what it gives waits until everything that the page asked its device is answered and shown. */
export function watched(page) {
  const open = new Set();
  page.on("request", (request) => request.method() === "POST" && open.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => open.delete(request));
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return async () => {
    await drawn();
    for (const request of open) await request.response();
    await drawn();
  };
}

const inks = new Map();
/** A signature's ink: a few strokes, another for each name. */
export async function ink(browser, name) {
  if (!inks.has(name)) inks.set(name, await signed(browser, name));
  return inks.get(name);
}
async function signed(browser, name) {
  const page = await browser.newPage();
  const url = await page.evaluate((name) => {
    const canvas = document.createElement("canvas");
    canvas.width = 480;
    canvas.height = 180;
    const pen = canvas.getContext("2d");
    pen.lineWidth = 6;
    pen.lineCap = "round";
    let seed = [...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % 2147483647;
    const next = (most) => ((seed = (seed * 48271) % 2147483647) / 2147483647) * most;
    for (let part = 0; part < name.length; part++) {
      const left = 30 + part * 140;
      for (let stroke = 0; stroke < 4; stroke++) {
        pen.beginPath();
        pen.moveTo(left + next(60), 20 + next(80));
        pen.bezierCurveTo(left + next(120), next(180), left + next(120), next(180), left + 30 + next(90), 70 + next(90));
        pen.stroke();
      }
    }
    return canvas.toDataURL("image/png");
  }, name);
  await page.close();
  return { base64: url.split(",")[1], loc: null, taken: null };
}

/** A photo of a room with drums, drawn by the browser itself: what a camera would give. */
export async function drawn(browser, { tidy = false, hue = 150 } = {}) {
  const page = await browser.newPage();
  const url = await page.evaluate(
    ([isTidy, tone]) => {
      const canvas = document.createElement("canvas");
      canvas.width = 1200;
      canvas.height = 900;
      const pen = canvas.getContext("2d");
      const fill = (colour, ...points) => {
        pen.fillStyle = colour;
        pen.beginPath();
        points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
        pen.fill();
      };
      // Walls, ceiling and floor in perspective.
      fill(`hsl(${tone} 12% 78%)`, [0, 0], [1200, 0], [1200, 900], [0, 900]);
      fill(`hsl(${tone} 10% 88%)`, [380, 220], [820, 220], [820, 560], [380, 560]);
      fill(`hsl(${tone} 30% 42%)`, [0, 470], [380, 420], [380, 560], [0, 900]);
      fill(`hsl(${tone} 30% 36%)`, [1200, 470], [820, 420], [820, 560], [1200, 900]);
      fill(`hsl(${tone} 26% 46%)`, [380, 420], [820, 420], [820, 560], [380, 560]);
      const floor = pen.createLinearGradient(0, 560, 0, 900);
      floor.addColorStop(0, "#9b9f9b");
      floor.addColorStop(1, "#7d827e");
      fill(floor, [380, 560], [820, 560], [1200, 900], [0, 900]);
      fill("#a8473d", [520, 290], [680, 290], [680, 560], [520, 560]);
      fill("#8f3a31", [598, 290], [602, 290], [602, 560], [598, 560]);
      fill("#2f8f5b", [545, 245], [655, 245], [655, 280], [545, 280]);
      const lamp = pen.createRadialGradient(600, 60, 20, 600, 60, 520);
      lamp.addColorStop(0, "rgba(255,255,240,.55)");
      lamp.addColorStop(1, "rgba(255,255,240,0)");
      pen.fillStyle = lamp;
      pen.fillRect(0, 0, 1200, 900);
      if (isTidy) {
        pen.strokeStyle = "#d9b52a";
        pen.lineWidth = 12;
        for (const [from, to] of [[430, 170], [770, 1030]]) {
          pen.beginPath();
          pen.moveTo(from, 575);
          pen.lineTo(to, 890);
          pen.stroke();
        }
      } else {
        const drum = (x, y, size, colour) => {
          const shade = pen.createLinearGradient(x, 0, x + size, 0);
          shade.addColorStop(0, `hsl(${colour} 45% 24%)`);
          shade.addColorStop(0.35, `hsl(${colour} 45% 48%)`);
          shade.addColorStop(1, `hsl(${colour} 45% 20%)`);
          pen.fillStyle = shade;
          pen.fillRect(x, y, size, size * 1.4);
          pen.fillStyle = `hsl(${colour} 40% 40%)`;
          pen.beginPath();
          pen.ellipse(x + size / 2, y, size / 2, size / 7, 0, 0, 7);
          pen.fill();
        };
        drum(470, 470, 105, 205);
        drum(585, 480, 110, 205);
        drum(420, 560, 130, 205);
        drum(560, 575, 135, 28);
        fill("#c39a64", [700, 560], [850, 560], [850, 690], [700, 690]);
        fill("#a9824f", [850, 560], [890, 540], [890, 660], [850, 690]);
        fill("#b88f5b", [690, 690], [880, 690], [880, 820], [690, 820]);
      }
      return canvas.toDataURL("image/jpeg", 0.9);
    },
    [tidy, hue],
  );
  await page.close();
  return { base64: url.split(",")[1], loc: null, taken: null };
}
