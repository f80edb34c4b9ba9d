// Walks through the screens of a world with a day's work in it and takes their pictures.
// Argument: JSON of the world: the relay's address, and people with their page and invitation.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { act, ask, at, day, drawn, enrolAll, ink, launch, report, root, windowOf } from "./browser.mjs";

const folder = join(root, "docs/pictures");
mkdirSync(folder, { recursive: true });

const browser = await launch();

async function shot(who, path, name, options = {}) {
  const context = await windowOf(browser, options);
  const page = await at(context, who, path);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

try {
  await shot("wan", "/enrol", "enrol");
  await enrolAll();
  const barrels = await drawn(browser);
  const cleared = await drawn(browser, { tidy: true });
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
  const hazard = { site: row.site.id, who: safety.id, photos: [barrels] };
  const finding = (await report("wan", { ...hazard, text: "罐区通道堆放物料桶，出口被挡", location: "罐区泵房", due: day(7), from: id, item: [list.code, failed] })).id;
  const second = (await report("wan", { ...hazard, text: "2# 储罐压力表检定标签过期", location: "储罐区", due: day(3) })).id;
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
