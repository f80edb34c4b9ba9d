// A sub-district's year, lived day by day on a clock that the script turns (libfaketime): what the
// pictures of the desk and of every screen are taken of.
import { execFileSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { ask, enrolAll, ink, report, world } from "./browser.mjs";

/** The day it really is; the relay, the devices and this script go by what the file says. */
const real = Number(execFileSync("date", ["+%s"], { env: { ...process.env, LD_PRELOAD: "" } }));
const today = new Date((real + 8 * 3600) * 1000).toISOString().slice(0, 10);
/** As one: who reads the file while it is written would find it empty, and be back in the present. */
function clockIsOff(seconds) {
  const file = process.env.FAKETIME_TIMESTAMP_FILE;
  writeFileSync(`${file}.next`, String(seconds));
  renameSync(`${file}.next`, file);
}
function turnTo(date, hour = 10) {
  const seconds = Math.round(Date.parse(`${date}T${String(hour).padStart(2, "0")}:00:00+08:00`) / 1000);
  clockIsOff(Math.min(0, seconds - real));
}
const of = (month, date) => `${today.slice(0, 4)}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
const later = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

const HAZARDS = [
  ["配电箱柜门缺失，接线端子裸露", "2# 车间配电间"], ["站房疏散通道堆放物料桶，出口被挡", "站房后走道"], ["储罐压力表检定标签过期", "储罐区"],
  ["灭火器压力不足，未按月检查", "成品库"], ["除尘管道积尘超过 3 毫米", "打磨工位"], ["砂轮机防护罩缺失", "机修间"],
  ["可燃气体报警器探头失效", "调漆间"], ["应急照明不亮", "一楼楼梯间"], ["叉车未年检", "装卸区"], ["动火作业没有审批票", "检修现场"],
];

/** A person's own signature, or the site's representative's on an officer's phone. */
async function sign(browser, who, id, role, name) {
  const drawing = await ink(browser, name);
  await ask(who, "Sign", { id, role, name, drawing, opinion: role === "representative" ? "agreed" : null });
}

/** A planned visit with two officers begins. */
async function begun(site, plan) {
  const shown = await ask("wan", "Visit", { site, plan });
  const { id } = await ask("wan", "Begin", {
    site, place: null, kind: shown.kinds[0], basis: "plan", plan: [plan], lists: shown.lists.filter((one) => one.chosen).slice(0, 1).map((one) => one.code),
    team: [[world.ids.xie, "member"]], role: "member", loc: null,
  });
  const view = await ask("wan", "Inspection", { id });
  const list = view.lists[0];
  const items = list ? list.sections.flatMap((section) => section.items) : [];
  for (const { item } of items.slice(0, 8)) {
    await ask("wan", "Answer", { id, list: list.code, item: item.code, value: item.answer.type === "number" ? "20.9" : "ok" });
  }
  return { id, list, items, people: (await ask("wan", "Site", { site })).people };
}

/** It ends, up to the last signature. */
async function ended(browser, { id, people }) {
  await ask("wan", "SetEnd", { id, end: null, rep: people[0].name, rep_post: people[0].title });
  await sign(browser, "wan", id, "officer", "万春梅");
  await sign(browser, "wan", id, "representative", people[0].name);
  await ask("wan", "Finish", { id });
  await ask("wan", "Sync", {});
  await ask("xie", "Sync", {});
  await sign(browser, "xie", id, "officer", "谢红旗");
  await ask("xie", "Sync", {});
  await ask("wan", "Sync", {});
}

/** An act as it is offered, by whoever it is offered to. */
async function does(who, id, kind, fields = {}) {
  const view = await ask(who, "Finding", { id });
  const offer = view.actions.find((one) => one.kind === kind && !one.refused);
  if (!offer) throw new Error(`${who} may not ${kind}: ${view.actions.map((one) => one.kind)}`);
  const event = { k: kind === "rectified_behalf" ? "rectified" : kind, ...fields };
  if (kind === "rectified_behalf") event.behalf = true;
  if (offer.units[0]) event.unit = offer.units[0].id;
  if (offer.units[0] && offer.officers.length > 1) event.officers = offer.officers.slice(0, 2).map((one) => one.person.id);
  await ask(who, "Act", { id, event, photos: [] });
  await ask(who, "Sync", {});
}

/** What happens on which day; time only goes forward. */
const days = [];
const upon = (date, act) => days.push({ date, act });
async function daily() {
  while (days.length > 0) {
    days.sort((one, other) => one.date.localeCompare(other.date));
    const { date, act } = days.shift();
    turnTo(date);
    await act();
  }
}

let n = 0;
/** A hazard of a visit and what becomes of it; `age` is how many months ago that was. */
async function found({ on, row, id, list, items, people, hazard, age }) {
  const [text, location] = HAZARDS[n % HAZARDS.length];
  const item = items[(n * 7) % Math.max(1, items.length)];
  const who = people.find((person) => person.kind === "safety_officer") ?? people[0];
  const clause = { standard: "《工贸企业重大事故隐患判定标准》", article: "第三条第（二）项" };
  const major = age === 0 && hazard === 0 ? { level: "major", clause } : {};
  const made = await report("wan", {
    from: id, item: item ? [list.code, item.item.code] : null, site: row.site, text, location, who: who.id, due: later(on, 7), ...major,
  });
  n += 1;
  const number = n;
  await ask("wan", "Sync", {});
  if (age === 0 && hazard === 2) return;
  await does("wan", made.id, "ordered", { due: later(on, age === 0 ? 4 : 7), who: who.id, ground: "《安全生产法》第六十五条" });
  if (age === 0 || (age === 1 && number % 4 === 0)) return;
  const late = number % ((on.slice(5, 7) % 3) === 0 ? 3 : 9) === 0;
  upon(later(on, late ? 9 : 5), () => does("wan", made.id, "rectified_behalf", { text: "已整改，现场核对" }));
  if (age < 2 && number % 2 === 0) return;
  upon(later(on, 12), async () => {
    await ask("wang", "Sync", {});
    await does("wang", made.id, "passed");
  });
}

/** Lives it, from the first week of January until now. */
export async function lived(browser) {
  turnTo(of(1, 5));
  // One keeps the invitation: a phone that nobody has enrolled yet.
  const people = Object.keys(world.people).filter((who) => who !== "new");
  await enrolAll(people);
  world.ids = {};
  for (const who of people) world.ids[who] = (await ask(who, "Me", {})).person.id;
  const month = Number(today.slice(5, 7));
  const plan = await ask("wan", "Plan", { unit: null, year: null });
  for (let now = 1; now <= month; now++) {
    const rows = plan.rows.flatMap((row) => row.visits.filter((one) => one.own && one.month === now).map((one) => ({ site: row.site.id, plan: one.id })));
    // Last month one visit was left out, this month most are still to be made.
    const made = now === month ? rows.slice(0, 1) : now === month - 1 ? rows.slice(0, -1) : rows;
    for (const [at, row] of made.entries()) {
      const on = now === month ? later(today, -9 + at) : of(now, 6 + at * 5);
      upon(on, async () => {
        const visit = await begun(row.site, row.plan);
        const many = now === month ? 3 : 2;
        for (let hazard = 0; hazard < many; hazard++) await found({ ...visit, on, row, hazard, age: month - now });
        await ended(browser, visit);
      });
    }
  }
  await daily();
  // Now, but for a second: an offset of nothing is not read as one.
  clockIsOff(-1);
  for (const who of ["wan", "wang"]) await ask(who, "Sync", {});
}
