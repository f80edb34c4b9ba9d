// Every screen in both languages, on real devices: an English screen has no Chinese but what came
// from the device, a Chinese one no English but that.
import { act, ask, at, day, drawn, enrolAll, launch, report, windowOf } from "./browser.mjs";

const HAN = /\p{Script=Han}+/gu;
const LATIN = /[A-Za-z]{2,}/g;
/** Units, names of languages in their own, and of what a device runs on. */
const ALIKE = new Set(["MB", "English", "中文", "Linux", "Windows", "macOS", "iOS", "Android", "Chrome", "Edge", "Firefox", "Safari"]);

/** All texts of a reply. */
function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** What a person sees or hears on a page. What is marked as Chinese, a paper, is so on purpose. */
function spoken() {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (holder.closest("[lang=zh-CN]:not(html), script, style")) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent);
    else found.push(...["aria-label", "placeholder", "alt", "title"].map((name) => node.getAttribute(name) ?? ""));
  }
  return found;
}

const browser = await launch();
const wrong = [];

/** Looks at a screen in one language; `press` names a button to open first. */
async function look(who, path, locale, press) {
  const context = await windowOf(browser, { locale, ...(path === "/supervise" ? { width: 1280, height: 800 } : {}) });
  const replies = [];
  context.on("response", (response) => {
    if (response.url().endsWith("/__call")) replies.push(response.json().catch(() => null));
  });
  const page = await at(context, who, path);
  if (press) await page.getByRole("button", { name: press[locale] }).first().click();
  const texts = await page.evaluate(spoken);
  const data = (await Promise.all(replies)).flatMap(strings).join("\n");
  if (texts.join("").trim().length < 20) wrong.push(`${locale} ${path}: nothing is shown`);
  for (const text of texts) {
    for (const [word] of text.matchAll(locale === "zh-CN" ? LATIN : HAN)) {
      if (!data.includes(word) && !ALIKE.has(word)) wrong.push(`${locale} ${path}: ${word} in ${text.trim()}`);
    }
  }
  await context.close();
}

async function both(who, path, press) {
  for (const locale of ["zh-CN", "en-GB"]) await look(who, path, locale, press);
}

try {
  await both("wan", "/enrol");
  await enrolAll();
  await both("wan", "/inspect");
  await both("wan", "/findings");
  // A day's work, so that the screens have something to say.
  const start = await ask("wan", "Start", { near: null });
  const row = start.planned.find((planned) => planned.plan && planned.site.short.includes("恒源化工"));
  const visit = await ask("wan", "Visit", { site: row.site.id, plan: row.plan });
  const { id } = await ask("wan", "Begin", {
    site: row.site.id, place: null, kind: visit.kinds[0], basis: "plan", plan: [row.plan],
    lists: visit.lists.filter((list) => list.chosen).map((list) => list.code), team: [], role: "member", loc: null,
  });
  const [list] = (await ask("wan", "Inspection", { id })).lists;
  const items = list.sections.flatMap((section) => section.items).slice(0, 4);
  for (const [n, { item }] of items.entries()) {
    await ask("wan", "Answer", { id, list: list.code, item: item.code, value: item.answer.type === "number" ? "20.9" : n === 2 ? "fail" : "ok" });
  }
  const site = await ask("wan", "Site", { site: row.site.id });
  const safety = site.people.find((person) => person.kind === "safety_officer");
  const made = await report("wan", { from: id, site: row.site.id, text: "通道堆放物料", due: day(3), who: safety?.id ?? null, photos: [await drawn(browser)] });
  await ask("wan", "Sync", {});
  await ask("wang", "Sync", {});
  await act("wang", made.id, "ordered", { due: day(3), who: safety?.id, ground: "《安全生产法》第六十五条" });
  await ask("wang", "Sync", {});
  const target = (await ask("wan", "Today", {})).own[0];

  for (const path of ["/today", "/inspect", "/inspect/start", "/inspect/join", `/inspect/${id}`, `/inspect/${id}/end`, `/inspect/${id}/record`, `/inspect/${id}/paper`]) await both("wan", path);
  for (const path of ["/findings", "/responsibility", `/number/${target.id}`, "/me", "/me/sync", "/me/refused", "/me/devices", "/me/help", "/me/say"]) await both("wan", path);
  for (const path of ["/supervise", `/findings/${made.id}`, `/findings/${made.id}/papers`]) await both("wang", path);
  await both("wan", "/findings", { "zh-CN": "直接写", "en-GB": "Write" });
} finally {
  await browser.close();
}
if (wrong.length > 0) {
  console.error([...new Set(wrong)].join("\n"));
  process.exit(1);
}
