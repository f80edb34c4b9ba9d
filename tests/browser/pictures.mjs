// Walks through the screens of a world with a day's work in it and takes their pictures.
// Argument: JSON of the world: the relay's address, and people with their page and invitation.
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const root = process.cwd();
const require = createRequire(join(root, "ui/package.json"));
const { chromium } = require("playwright-core");
const world = JSON.parse(process.argv[2]);
const folder = join(root, "docs/pictures");
mkdirSync(folder, { recursive: true });

const day = (offset) => {
  const at = new Date(Date.now() + 8 * 3600_000 + offset * 86_400_000);
  return at.toISOString().slice(0, 10);
};

/** One request to a person's device. */
async function ask(who, name, fields) {
  const { page } = world.people[who];
  const response = await fetch(`${page}/__call`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [name]: fields }),
  });
  const answer = await response.json();
  if (answer.error) throw new Error(`${who} ${name}: ${JSON.stringify(answer.error)}`);
  return Object.values(answer.reply)[0];
}

/** A picture of a colour with a darker frame, drawn by the browser itself. */
async function drawn(browser, colour, words) {
  const page = await browser.newPage();
  const url = await page.evaluate(
    ([colour, words]) => {
      const canvas = document.createElement("canvas");
      canvas.width = 800;
      canvas.height = 600;
      const pen = canvas.getContext("2d");
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 800, 600);
      pen.fillStyle = "rgba(0,0,0,.35)";
      pen.fillRect(0, 430, 800, 170);
      pen.fillStyle = "#d8dcd8";
      for (let n = 0; n < 4; n++) pen.fillRect(90 + n * 160, 250 + (n % 2) * 40, 120, 220);
      pen.fillStyle = "#fff";
      pen.font = "48px sans-serif";
      pen.fillText(words, 40, 80);
      return canvas.toDataURL("image/jpeg", 0.9);
    },
    [colour, words],
  );
  await page.close();
  return { base64: url.split(",")[1], loc: null, taken: null };
}

/** A signature's ink: a few strokes, another for each name. */
async function ink(browser, name) {
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

async function act(who, finding, kind, fields, photos = []) {
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

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function shot(who, path, name, options = {}) {
  const { width = 360, height = 740, dark = false, scale = 2, locale = "zh-CN", before } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    hasTouch: width < 500,
    locale,
    timezoneId: "Asia/Shanghai",
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  await page.goto(`${world.people[who].page}/#${path}`);
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" }).catch(() => undefined);
  if (before) await before(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

try {
  await shot("wan", "/enrol", "enrol");
  for (const who of Object.keys(world.people)) {
    await ask(who, "Enrol", { relay: world.relay, code: world.people[who].code });
    await ask(who, "Sync", {});
  }
  const barrels = await drawn(browser, "#6d7f76", "罐区通道");
  const cleared = await drawn(browser, "#8fa39a", "罐区通道");
  await shot("wan", "/today", "today");
  await shot("wan", "/today", "today-dark", { dark: true });
  await shot("wan", "/inspect/start", "start");
  const start = await ask("wan", "Start", { near: null });
  const row = start.planned.find((planned) => planned.site.short === "恒源化工");
  const visit = await ask("wan", "Visit", { site: row.site.id, plan: row.plan });
  const me = (await ask("wan", "Me", {})).person.id;
  const begun = await ask("wan", "Begin", {
    site: row.site.id, place: null, kind: "leader_led", basis: "plan", plan: [row.plan],
    lists: visit.lists.filter((list) => list.chosen).map((list) => list.code),
    team: visit.team.filter((o) => o.person.id !== me).map((o) => [o.person.id, o.role]),
    role: "member", loc: null,
  });
  const id = begun.id;
  const view = await ask("wan", "Inspection", { id });
  const list = view.lists[0];
  const items = list.sections.flatMap((section) => section.items);
  for (const [n, item] of items.slice(0, 6).entries()) {
    const value = item.item.answer.type === "number" ? "20.9" : n === 2 ? "fail" : "ok";
    await ask("wan", "Answer", { id, list: list.code, item: item.item.code, value });
  }
  const failed = items[2].item.code;
  const people = (await ask("wan", "Site", { site: row.site.id })).people;
  const safety = people.find((person) => person.kind === "safety_officer");
  const report = (text, location, days, from, photos) => ask("wan", "Report", {
    from, item: from ? [list.code, failed] : null, site: row.site.id, place: null, complaint: false,
    text, location, level: "general", clause: null, basis: "", due: day(days), who: safety.id,
    photos, loc: null, corrected: null,
  });
  const finding = (await report("罐区通道堆放物料桶，出口被挡", "罐区泵房", 7, id, [barrels])).id;
  const second = (await report("2# 储罐压力表检定标签过期", "储罐区", 3, null, [barrels])).id;
  await ask("wan", "Sync", {});
  await shot("wan", `/inspect/${id}`, "items");
  await shot("wan", `/inspect/${id}`, "items-dark", { dark: true });
  await shot("wan", `/inspect/${id}/end`, "end");
  await ask("wang", "Sync", {});
  for (const which of [finding, second]) {
    await act("wang", which, "ordered", { due: day(7), who: safety.id, ground: "《安全生产法》第六十五条" });
  }
  await ask("wang", "Sync", {});
  await ask("safety", "Sync", {});
  await shot("safety", "/today", "today-enterprise");
  await act("safety", finding, "accepted", {});
  await act("safety", finding, "rectified", { text: "物料桶移入库房，通道画黄线" }, [cleared]);
  await ask("safety", "Sync", {});
  await ask("wang", "Sync", {});
  await ask("wan", "Sync", {});
  await shot("wang", `/findings/${finding}`, "finding");
  await shot("wang", `/findings/${finding}`, "finding-dark", { dark: true });
  await shot("wan", "/findings", "findings");
  await shot("wang", "/supervise", "supervise", { width: 1280, height: 800, scale: 1.5 });
  await shot("wan", "/responsibility", "responsibility");
  const today = await ask("wan", "Today", {});
  const target = today.own.find((one) => one.metric === "plan_completion") ?? today.own[0];
  await shot("wan", `/number/${target.id}`, "number");
  await shot("wan", "/me", "me");
  await shot("wan", `/inspect/${id}/record`, "record");
  await shot("yu", "/today", "today-leader");

  const english = { locale: "en-GB" };
  await shot("wan", "/today", "today-en", english);
  await shot("wan", `/inspect/${id}`, "items-en", english);
  await shot("wang", `/findings/${finding}`, "finding-en", english);

  // Papers: the record signed by all, the order, the re-check.
  const sign = async (who, role, name, opinion = null) => ask(who, "Sign", { id, role, name, drawing: await ink(browser, name), opinion });
  const principal = people.find((person) => person.kind === "principal");
  await ask("wan", "SetEnd", { id, end: null, rep: principal.name, rep_post: principal.title });
  await sign("wan", "officer", "万春梅");
  await sign("wan", "representative", principal.name, "agreed");
  await ask("wan", "Finish", { id });
  await ask("wan", "Sync", {});
  for (const [who, role, name] of [["yu", "leader", "余卫东"], ["wang", "officer", "王立新"]]) {
    await ask(who, "Sync", {});
    await sign(who, role, name);
    await ask(who, "Sync", {});
  }
  await act("wang", finding, "passed", { text: "到现场查看，通道已清空" });
  await ask("wang", "Sync", {});
  await ask("wan", "Sync", {});
  const paper = { width: 842, height: 1240, scale: 1.5 };
  await shot("wan", `/inspect/${id}/paper`, "paper-record", paper);
  await shot("wang", `/findings/${finding}/papers`, "paper-recheck", paper);
  await shot("wang", `/findings/${second}/papers`, "paper-order", paper);
} finally {
  await browser.close();
}
