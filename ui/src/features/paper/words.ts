/** Words of papers: Chinese in every language of the screens, in the forms that an office expects. */
import type { FindingPaper, ProblemOnPaper, RecordPaper } from "@/api/types";
import { clockAt, dayAt, unbroken, type Day } from "@/format/dates";
import { shortSite } from "@/format/names";
import { wholeClauses } from "@/format/orders";
import { recordWords as words } from "@/i18n";

/** 2026年11月24日 */
export function paperDay(day: Day): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return unbroken(words("paper.day", { year, month: Number(month), day: Number(date) }));
}

/** 13时42分 */
export function paperClock(at: number): string {
  const [hour = "", minute = ""] = clockAt(at).split(":");
  return unbroken(words("paper.clock", { hour: Number(hour), minute }));
}

/** 2026年11月24日 13时42分 */
export function paperTime(at: number): string {
  return `${paperDay(dayAt(at))} ${paperClock(at)}`;
}

/** From when to when; the day is said once if it is one. */
export function paperSpan(began: number, until: number | null): string {
  if (until === null) return paperTime(began);
  const end = dayAt(began) === dayAt(until) ? paperClock(until) : paperTime(until);
  return `${paperTime(began)} ${words("paper.record.to")} ${end}`;
}

/** 6f3a 91c0 2be7 d458 */
export function paperPrint(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/gu, "$1 ");
}

/** A paper's name in a folder, by which days sort: 现场检查记录 恒源化工 2026-11-24. */
export function filed(what: string, site: string, day: Day): string {
  return [what, shortSite(site), day].join(" ");
}

/** A sentence that ends as one. */
export function ended(text: string): string {
  const bare = text.trim();
  return !bare || /[。！？；.!?]$/u.test(bare) ? bare : bare + words("paper.stop");
}

/** 领导带队，年度计划 11 月 */
export function wayOf(paper: RecordPaper): string {
  const planned = paper.basis === "plan" && paper.months.length > 0;
  const basis = planned ? words("paper.basis.plan_months", { months: paper.months.join(words("paper.and")) }) : words(`paper.basis.${paper.basis ?? "none"}`);
  return paper.official ? [words(`paper.way.${paper.kind}`), basis].join(words("paper.comma")) : words(`paper.way.${paper.kind}`);
}

/** What was wrong: 罐区通道堆放物料（泵房）。一般隐患。《消防法》第二十八条。照片 1 张。 */
export function problemWords(problem: ProblemOnPaper): string {
  const where = problem.location && words("paper.order.where", { location: problem.location });
  const level = words(`paper.level.${problem.suspected ? "suspected" : problem.level}`);
  const clause = problem.clause ? `${problem.clause.standard}${problem.clause.article}` : problem.basis;
  const photos = problem.photos > 0 ? words("paper.record.photos", { n: problem.photos }) : "";
  return [ended(problem.text.replace(/[。；]$/u, "") + where), level, wholeClauses(clause), photos].map(ended).join("");
}

function handlingOf(problem: ProblemOnPaper, day: Day): string {
  if (problem.corrected) return "corrected";
  if (problem.measure) return "halted";
  if (problem.due) return problem.due <= day ? "at_once" : "ordered";
  return problem.to ? "proposed" : "open";
}

/** How they were handled on that day or after, those handled alike together: 第 1、3 项责令 2026年12月1日前整改完毕；第 2 项尚未责令。 */
export function handling(problems: readonly ProblemOnPaper[], day: Day): string {
  const groups = new Map<string, { at: number[]; first: ProblemOnPaper }>();
  for (const [at, problem] of problems.entries()) {
    const how = [handlingOf(problem, day), problem.due, problem.measure, problem.to].join();
    const group = groups.get(how) ?? { at: [], first: problem };
    group.at.push(at + 1);
    groups.set(how, group);
  }
  const said = [...groups.values()].map(({ at, first }) => {
    const items = words("paper.record.items", { items: at.join(words("paper.and")) });
    return words(`paper.record.${handlingOf(first, day)}`, { items, day: first.due ? paperDay(first.due) : "", measure: first.measure ?? "", unit: first.to ?? "" });
  });
  if (said.length === 0) return "";
  const official = problems.some((one) => one.due !== null || one.measure !== null);
  return ended(said.join(words("paper.semicolon"))) + (official ? words("paper.record.see") : "");
}

/** The hazard of an order: its words, where, and what it offends. */
export function hazardOf(paper: FindingPaper): string {
  const where = paper.location && words("paper.order.where", { location: paper.location });
  return ended(paper.text.replace(/[。；]$/u, "") + where) + (paper.basis ? words("paper.order.breaks", { basis: wholeClauses(paper.basis) }) : "");
}

/** What is ordered: by a day, at once, or a measure on site. */
export function orderOf(paper: FindingPaper): string {
  const kind = paper.measure ? "measure" : paper.kind === "measure" ? "at_once" : "ordered";
  const named = { ground: wholeClauses(paper.ground), measure: paper.measure.replace(/。$/u, ""), day: paper.due ? paperDay(paper.due) : "" };
  return words(`paper.order.${kind}${paper.ground ? "" : "_plain"}`, named);
}

/** What the re-check looked at: the order, and what was reported. */
export function recheckOf(paper: FindingPaper): { about: string; report: string; opinion: string } {
  const { recheck } = paper;
  if (!recheck) return { about: "", report: "", opinion: "" };
  const about =
    recheck.ordered && recheck.due
      ? words(`paper.recheck.${recheck.extended ? "about_extended" : "about"}`, {
          unit: recheck.ordered_by ?? paper.unit,
          day: paperDay(recheck.ordered),
          due: paperDay(recheck.due),
          extended: recheck.extended ? paperDay(recheck.extended) : "",
        })
      : words("paper.recheck.about_plain");
  const report =
    recheck.rectified_at === null
      ? words("paper.recheck.no_report")
      : words("paper.recheck.reported", { day: paperDay(dayAt(recheck.rectified_at)), words: ended(recheck.rectified || words("paper.recheck.photos_only")) });
  const opinion = recheck.passed ? words("paper.recheck.passed") : words("paper.recheck.failed", { day: paper.due ? paperDay(paper.due) : "" });
  return { about, report, opinion };
}
