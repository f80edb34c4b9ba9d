// Every screen: in Chinese on a phone in light, and in two more pictures that put it at the desk, into
// English, dark, outdoor and large type. Screens take turns, so that each two looks meet somewhere.
// The pictures go to docs/pictures/screens, to be looked at by whoever changes a screen.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { act, ask, day, drawn, quiet, report, root, watched, windowOf, world } from "./browser.mjs";
import { screensOf } from "./screens.mjs";

const folder = join(root, "docs/pictures/screens");
/** What `XUNAN_SCREENS` names, separated by commas, is taken alone. */
const only = process.env.XUNAN_SCREENS?.split(",");

const PHONE = { width: 360, height: 740 };
/** As far down as a thumb scrolls. */
const LONG = { width: 360, height: 1200 };
const DESK = { width: 1280, height: 800 };
const PLAIN = { name: "", size: PHONE };
const TURNS = [
  [{ name: "desk-en-dark", size: DESK, en: true, theme: "dark" }, { name: "outdoor-large", size: LONG, theme: "outdoor", type: "large" }],
  [{ name: "en-dark-large", size: LONG, en: true, theme: "dark", type: "large" }, { name: "desk-outdoor", size: DESK, theme: "outdoor" }],
  [{ name: "desk-dark-large", size: DESK, theme: "dark", type: "large" }, { name: "en-outdoor", size: LONG, en: true, theme: "outdoor" }],
  [{ name: "desk-en-outdoor-large", size: DESK, en: true, theme: "outdoor", type: "large" }, { name: "dark-huge", size: LONG, theme: "dark", type: "huge" }],
];

const words = {};
/** A catalogue's words by their key: what is pressed is named as the look's language names it. */
function wordOf(key, en) {
  const [file, ...path] = key.split(".");
  const name = `ui/src/locales/${en ? "en" : "zh-CN"}/${file}.json`;
  words[name] ??= JSON.parse(readFileSync(join(root, name), "utf8"));
  return path.reduce((part, step) => part[step], words[name]);
}
/** What a word is found by, in each of its forms, or one of several; where it has places for others, anything may stand. */
function nameOf(keys, en) {
  const literal = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const forms = [keys].flat().flatMap((key) => wordOf(key, en).split(" | "));
  return new RegExp(forms.map((form) => form.split(/\{\w+\}/).map(literal).join(".*")).join("|"));
}

async function taken(browser, { name, who, path, opens = [], before }, look) {
  const context = await windowOf(browser, { ...look.size, scale: 1, locale: look.en ? "en-GB" : "zh-CN", dark: look.theme === "dark" });
  context.setDefaultTimeout(10_000);
  const { theme = "light", type = "normal" } = look;
  await context.addInitScript((chosen) => Object.entries(chosen).forEach(([key, value]) => localStorage.setItem(`xunan.${key}`, value)), { theme, type });
  const page = await context.newPage();
  const answered = watched(page);
  await page.goto(`${world.people[who].page}/#${path}`);
  await quiet(page);
  for (const keys of opens) {
    const named = nameOf(keys, look.en);
    await page.getByRole("button", { name: named }).or(page.getByRole("radio", { name: named })).first().click();
    await answered();
  }
  if (before) await before(page);
  await answered();
  // Sheets slide in; a picture of one is taken when it has arrived.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const file = join(folder, `${[name, look.name].filter(Boolean).join("-")}.png`);
  await page.screenshot({ path: file });
  await context.close();
  // A screen has few colours: half the bytes do.
  execFileSync("pngquant", ["--ext", ".png", "--force", "128", file]);
}

/** What is under way today: a visit with two officers who differ, a hazard on it, one put right and waiting. */
async function underWay(browser) {
  const [barrels, cleared] = [await drawn(browser), await drawn(browser, { tidy: true })];
  const { planned } = await ask("wan", "Start", { near: null });
  const [site] = await ask("wan", "Sites", { query: "恒源化工", near: null, limit: 1 });
  // Few months have it in their plan; in the others it is looked at all the same.
  const row = planned.find((one) => one.site.id === site.site.id) ?? site;
  const visit = await ask("wan", "Visit", { site: row.site.id, plan: row.plan });
  const { id } = await ask("wan", "Begin", {
    site: row.site.id, place: null, kind: visit.kinds[0], basis: row.plan ? "plan" : "action", plan: row.plan ? [row.plan] : [], lists: visit.lists.filter((one) => one.chosen).map((one) => one.code),
    team: [[world.ids.wang, "member"], [world.ids.yu, "leader"]], role: "member", loc: null,
  });
  await ask("wan", "Sync", {});
  await ask("wang", "Sync", {});
  const [list] = (await ask("wan", "Inspection", { id })).lists;
  const items = list.sections.flatMap((section) => section.items).map((one) => one.item);
  for (const who of ["wan", "wang"]) await ask(who, "GoOffline", {});
  for (const [n, item] of items.slice(0, 9).entries()) {
    const value = item.answer.type === "number" ? "20.9" : n === 2 ? "fail" : "ok";
    await ask("wan", "Answer", { id, list: list.code, item: item.code, value });
  }
  await ask("wang", "Answer", { id, list: list.code, item: items[1].code, value: "fail" });
  for (const who of ["wan", "wang"]) await ask(who, "GoOnline", {});
  const { people } = await ask("wan", "Site", { site: row.site.id });
  const { id: who } = people.find((one) => one.id === world.ids.safety) ?? people[0];
  const { id: finding } = await report("wan", {
    from: id, item: [list.code, items[2].code], site: row.site.id, who, photos: [barrels], text: "罐区通道堆放物料桶，出口被挡", location: "罐区泵房", due: day(7),
  });
  const { id: fresh } = await report("wan", { site: row.site.id, who, photos: [barrels], text: "2# 储罐压力表检定标签过期", location: "储罐区", due: day(3) });
  for (const one of ["wan", "wang"]) await ask(one, "Sync", {});
  await act("wang", finding, "ordered", { due: day(7), who, ground: "《安全生产法》第六十五条" });
  for (const one of ["wang", "safety"]) await ask(one, "Sync", {});
  await act("safety", finding, "accepted", {});
  await act("safety", finding, "rectified", { text: "物料桶移入库房，通道画黄线" }, [cleared]);
  for (const one of ["safety", "wang", "wan", "yu", "xie", "guo"]) await ask(one, "Sync", {});
  return { id, finding, fresh, site: row.site.id };
}

/** What the pictures are of: today's work, and what the year left behind. */
export async function staged(browser) {
  const now = await underWay(browser);
  const { rows } = await ask("wan", "Inspections", { filter: { query: "", site: null, finished: true, mine: true, offset: 0, limit: 1 } });
  const { own } = await ask("wan", "Today", {});
  const [target] = own.filter((one) => one.metric === "plan_completion").concat(own);
  const [list] = await ask("guo", "Checklists", {});
  const unit = (await ask("wang", "Me", {})).person.unit;
  const units = await ask("wang", "Organisation", {});
  const own_unit = units.find((one) => one.unit.name === unit || one.unit.short === unit) ?? units[0];
  return { ...now, done: rows[0].id, target: target.id, list: list.code, unit: own_unit.unit.id };
}

/** Takes every picture of what is staged. */
export async function gallery(browser, stage) {
  const all = screensOf(stage);
  if (!only) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [n, screen] of all.entries()) {
    if (only && !only.includes(screen.name)) continue;
    for (const look of [PLAIN, ...TURNS[n % TURNS.length]]) {
      await taken(browser, screen, look).catch((error) => {
        throw new Error(`${screen.name} ${look.name}`, { cause: error });
      });
    }
  }
}
