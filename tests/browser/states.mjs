// Every screen in every state: empty, crowded, long names, wrong, offline, dark, outdoor, large type.
// The pictures go to docs/pictures/states, to be looked at by whoever changes a screen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { act, ask, at, day, drawn, enrolAll, imported, launch, report, root, watched, windowOf, world } from "./browser.mjs";

const folder = join(root, "docs/pictures/states");
mkdirSync(folder, { recursive: true });
const DESK = { width: 1280, height: 800 };
const browser = await launch();

/** A picture of a person's screen; `look` is theme and type size, `before` what is pressed first. */
async function shot(name, who, path, { look = {}, before, dark = false, ...size } = {}) {
  const context = await windowOf(browser, { ...size, dark, scale: 1.5 });
  await context.addInitScript((chosen) => Object.entries(chosen).forEach(([key, value]) => localStorage.setItem(`xunan.${key}`, value)), look);
  const page = await at(context, who, path);
  if (before) {
    const answered = watched(page);
    await before(page);
    await answered();
  }
  // Sheets slide in; a picture of one is taken when it has arrived.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
const press = (name) => (page) => page.getByRole("button", { name }).first().click();
/** A person's screen in each of the looks. */
async function looks(name, who, path, options = {}) {
  await shot(`${name}-dark`, who, path, { ...options, look: { theme: "dark" }, dark: true });
  await shot(`${name}-outdoor`, who, path, { ...options, look: { theme: "outdoor" } });
  await shot(`${name}-large`, who, path, { ...options, look: { type: "large" } });
}
async function sync(...people) {
  for (const who of people) await ask(who, "Sync", {});
}
async function keep(who, photo) {
  const kept = await ask(who, "KeepPhoto", { photo });
  return { kept, loc: null, taken: null };
}
/** A visit of this month's plan at a site, begun by a person with the planned team. */
async function begin(who, short) {
  const start = await ask(who, "Start", { near: null });
  const row = start.planned.find((one) => one.site.short.includes(short));
  const visit = await ask(who, "Visit", { site: row.site.id, plan: row.plan });
  const me = (await ask(who, "Me", {})).person.id;
  const begun = await ask(who, "Begin", {
    site: row.site.id, place: null, kind: visit.kind ?? "routine", basis: "plan", plan: [row.plan],
    lists: visit.lists.filter((list) => list.chosen).map((list) => list.code),
    team: visit.team.filter((one) => one.person.id !== me).map((one) => [one.person.id, one.role]), role: "member", loc: null,
  });
  return { id: begun.id, site: row.site.id };
}

async function empty() {
  await shot("enrol", "nobody", "/enrol");
  const typed = (relay, code) => async (page) => {
    await page.getByRole("textbox").nth(0).fill(code);
    await page.getByRole("textbox").nth(1).fill(relay);
    await page.getByRole("button", { name: "登记" }).click();
    await page.getByRole("alert").waitFor();
  };
  await shot("enrol-wrong-code", "nobody", "/enrol", { before: typed(world.relay, "AAAA-BBBB") });
  await shot("enrol-unreachable", "nobody", "/enrol", { before: typed("http://127.0.0.1:9", world.people.nobody.code) });
  await enrolAll();
  await shot("today-few", "nobody", "/today");
  await shot("inspections-empty", "nobody", "/inspect");
  await shot("findings-empty", "nobody", "/findings");
  await shot("refused-empty", "nobody", "/me/refused");
  await shot("supervise-empty", "wang", "/supervise", DESK);
  await shot("finding-gone", "nobody", "/findings/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
}

const WRONG = ["疏散通道堆放物料桶，出口被挡", "2# 储罐压力表检定标签过期", "配电箱没有关门，箱内积尘", "灭火器压力不足", "可燃气体探测器未检定", "特种作业人员证件过期，正在现场动火作业"];

/** 300 hazards and 300 visits, written by one person's device; a supervisor orders many of them. */
async function crowd(photos) {
  const sites = await ask("wan", "Sites", { query: "", near: null, limit: 60 });
  const short = await keep("wan", photos[0]);
  const other = await keep("wan", photos[1]);
  const ids = [];
  for (let n = 0; n < 300; n++) {
    const site = sites[n % sites.length].site.id;
    const { people } = await ask("wan", "Site", { site });
    const reported = await report("wan", { site, text: `${WRONG[n % WRONG.length]}（第 ${n + 1} 处）`, location: `${(n % 7) + 1} 号车间`, due: day((n % 20) + 1), who: people[0]?.id ?? null, photos: n % 3 ? [n % 2 ? short : other] : [] });
    ids.push([reported.id, people[0]?.id]);
    await ask("wan", "Begin", { site, place: null, kind: "routine", basis: "action", plan: [], lists: [], team: [], role: "member", loc: null });
  }
  await sync("wan", "wang");
  for (const [n, [id, who]] of ids.slice(0, 60).entries()) {
    if (who) await act("wang", id, "ordered", { due: day(n % 12), who, ground: "《安全生产法》第六十五条" });
  }
  await sync("wang", "wan");
  await shot("today-300", "wan", "/today");
  await shot("findings-300", "wan", "/findings", { before: (page) => page.getByRole("list").first().evaluate((list) => list.scrollTo(0, 6000)) });
  await shot("inspections-300", "wan", "/inspect");
  await shot("supervise-300", "wang", "/supervise", DESK);
  await shot("supervise-300-dark", "wang", "/supervise", { ...DESK, look: { theme: "dark" }, dark: true });
  await shot("supervise-300-phone", "wang", "/supervise");
  await shot("supervise-found", "wang", "/supervise", { ...DESK, before: (page) => page.getByRole("searchbox").fill("可燃气体") });
  await shot("findings-desk", "wang", "/findings", { ...DESK, before: (page) => page.getByRole("button", { name: /可燃气体/ }).first().click() });
  const targets = (await ask("wang", "Today", {})).own.concat((await ask("wang", "Today", {})).unit);
  const sizes = await Promise.all(targets.map(async (one) => [one.id, (await ask("wang", "Number", { target: one.id, period: null })).counted.length]));
  const [largest] = sizes.sort((a, b) => b[1] - a[1]);
  if (largest) await shot("number-300", "wang", `/number/${largest[0]}`, { before: (page) => page.getByRole("button", { name: /^另外/ }).click().catch(() => undefined) });
}

/** Names of 18 characters: nothing is cut, everything wraps. */
async function long(photos) {
  await shot("start-long", "long", "/inspect/start");
  const { id, site } = await begin("long", "海峡两岸");
  await sync("long", "wan");
  await ask("wan", "GoOffline", {});
  await ask("long", "GoOffline", {});
  const view = await ask("long", "Inspection", { id });
  const [list] = view.lists;
  const items = list.sections.flatMap((section) => section.items).map((one) => one.item);
  for (const [n, item] of items.slice(0, 5).entries()) {
    if (item.answer.type !== "conform") continue;
    await ask("long", "Answer", { id, list: list.code, item: item.code, value: n === 1 ? "fail" : "ok" });
    await ask("wan", "Answer", { id, list: list.code, item: item.code, value: n === 0 ? "fail" : "ok" });
  }
  await shot("items-offline", "wan", `/inspect/${id}`);
  await shot("sync-offline", "wan", "/me/sync");
  const [, failed] = items;
  const photo = await keep("long", photos[0]);
  const who = (await ask("long", "Site", { site })).people[0].id;
  const { id: finding } = await report("long", { from: id, item: [list.code, failed.code], site, text: "危险化学品储罐区可燃气体探测器安装高度和数量不符合设计文件，且多个探头已超过检定有效期", location: "一期储罐区北侧围堰与泵房之间的消防通道", due: day(3), who, photos: [photo] });
  await ask("long", "GoOnline", {});
  await ask("wan", "GoOnline", {});
  await sync("long", "wan", "long");
  await shot("today-long", "long", "/today");
  await shot("items-long", "long", `/inspect/${id}`);
  await looks("items", "long", `/inspect/${id}`);
  await shot("items-conflict", "long", `/inspect/${id}`, { before: press("定夺") });
  await shot("items-strip", "long", `/inspect/${id}`, { before: (page) => page.getByRole("article").nth(5).getByRole("button", { name: "不符合", exact: true }).click() });
  await shot("team-long", "long", `/inspect/${id}`, { before: press(/人/) });
  await shot("end-long", "long", `/inspect/${id}/end`);
  await shot("record-long", "long", `/inspect/${id}/record`);
  await shot("finding-long", "long", `/findings/${finding}`);
  await looks("finding", "long", `/findings/${finding}`);
  await shot("finding-edit", "long", `/findings/${finding}`, { before: press("改内容") });
  for (const who of ["long", "wan"]) await ask(who, "GoOffline", {});
  await ask("long", "EditFinding", { id: finding, edit: { text: "可燃气体探测器安装高度不符合设计文件" } });
  await ask("wan", "EditFinding", { id: finding, edit: { text: "可燃气体探测器超过检定有效期" } }).catch(() => undefined);
  await shot("finding-offline", "long", `/findings/${finding}`);
  for (const who of ["long", "wan"]) await ask(who, "GoOnline", {});
  await sync("long", "wan", "long");
  await shot("finding-conflict", "long", `/findings/${finding}`);
  await shot("finding-conflict-sheet", "long", `/findings/${finding}`, { before: press("定夺") });
  const camera = async (page) => {
    const chosen = page.waitForEvent("filechooser");
    await page.getByText("拍照记隐患").click();
    await (await chosen).setFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(photos[0].base64, "base64") });
    await page.getByRole("dialog").getByRole("img", { name: /刚拍的/ }).waitFor();
    await page.getByRole("radiogroup", { name: "在哪家单位" }).getByRole("radio").first().click();
  };
  await shot("report", "long", "/findings", { before: camera });
  await shot("report-unfinished", "long", "/findings");
  await ask("long", "KeepUnfiled", { name: "report", content: null });
  for (const [look, chosen] of Object.entries({ dark: { theme: "dark" }, outdoor: { theme: "outdoor" }, large: { type: "large" } })) {
    await shot(`report-${look}`, "long", "/findings", { before: camera, look: chosen, dark: look === "dark" });
    await ask("long", "KeepUnfiled", { name: "report", content: null });
  }
}

/** Looks again and again, and gives up after a minute. */
async function until(words, look) {
  const end = Date.now() + 60_000;
  while (!(await look())) if (Date.now() > end) throw new Error(words);
}

/** Orders written without a network, while their unit loses its power to order. */
async function refused(photos) {
  await ask("wang", "GoOffline", {});
  const { findings } = await ask("wang", "Queue", { group: "order", limit: 3 });
  for (const { id, site } of findings) {
    const { people } = await ask("wang", "Site", { site: site.id });
    await act("wang", id, "ordered", { due: day(5), who: people[0].id, ground: "《安全生产法》第六十五条", text: "限期清理通道，未改完前不得恢复装卸作业" }, [await keep("wang", photos[0])]);
  }
  imported("单位.csv", "单位名称,层级,上级单位（属地）,责令整改权限\n东关街道办事处,乡镇（街道）,青石区人民政府,\n");
  // The relay takes over within a second what its command line wrote.
  await until("the unit never lost its power", async () => {
    await sync("wan");
    const { actions } = await ask("wan", "Finding", { id: findings[0].id });
    return actions.find((action) => action.kind === "ordered")?.refused;
  });
  await ask("wang", "GoOnline", {});
  await until("the orders were never refused", async () => {
    await sync("wang");
    return (await ask("wang", "Refused", {})).length === findings.length;
  });
  await shot("today-refused", "wang", "/today");
  await shot("refused", "wang", "/me/refused");
  const [first, second] = await ask("wang", "Refused", {});
  await shot("refusal", "wang", `/me/refused/${first.id}`);
  await looks("refusal", "wang", `/me/refused/${first.id}`);
  await shot("refusal-desk", "wang", `/me/refused/${first.id}`, DESK);
  await shot("refusal-en", "wang", `/me/refused/${first.id}`, { locale: "en" });
  await ask("wang", "ResolveRefused", { id: second.id, way: second.ways.at(-1) });
  await shot("refused-resolved", "wang", "/me/refused");
  await shot("refusal-resolved", "wang", `/me/refused/${second.id}`);
  await shot("sync-refused", "wang", "/me/sync");
}

try {
  const photos = [await drawn(browser), await drawn(browser, { hue: 210 })];
  await empty();
  await crowd(photos);
  await long(photos);
  await looks("today", "wan", "/today");
  await looks("start", "wan", "/inspect/start");
  await looks("me", "wan", "/me");
  await looks("responsibility", "wan", "/responsibility");
  await refused(photos);
} finally {
  await browser.close();
}
