/** A target in words: how far, what is left, or why it can't be counted. */
import type { LeftItem, TargetRow } from "@/api/types";
import { i18n } from "@/i18n";
import { sayMonth } from "./dates";
import { dueWord } from "./due";
import { dots } from "./names";

export interface TargetLine {
  name: string;
  period: string;
  number?: string | undefined;
  words?: string | undefined;
  progress?: number | undefined;
  reached?: string | undefined;
}

/** Words by a key that the device names; nothing when this app doesn't know it yet. */
function known(prefix: string, key: string, named: Record<string, unknown> = {}): string | undefined {
  const { t, te } = i18n.global;
  return te(`${prefix}.${key}`) ? t(`${prefix}.${key}`, named) : undefined;
}

/** 3 家, 1 条, 2 次: as people count it. */
function measured(target: TargetRow, n: number): string {
  const words = target.metric ? known("target.measure", target.metric, { n }) : undefined;
  return words ?? i18n.global.t("target.measure.other", { n });
}

/**
 * The letter's name without its unit: 按期复查率（%） → 按期复查率. The number has it. Letters are Chinese;
 * in another language it is the measure's name.
 */
export function nameOf({ name, metric }: TargetRow): string {
  const spoken = i18n.global.locale.value !== "zh-CN" && metric ? known("target.name", metric) : undefined;
  return spoken ?? name.replace(/（[^（）]{1,3}）$/, "");
}

/** 1/4 for what is counted out of something, 3 where fewer is better. */
export function numberOf(target: TargetRow): string {
  if (!target.value) return "";
  const [value, of] = target.value;
  return target.fewer ? measured(target, value) : `${value}/${of}`;
}

function byMonth(target: TargetRow): string[] {
  const { t } = i18n.global;
  const months = new Map<number, number>();
  for (const { month } of target.left) if (month !== null) months.set(month, (months.get(month) ?? 0) + 1);
  return [...months].map(([month, n]) => t("target.in_month", { month: sayMonth(month), n: measured(target, n) }));
}

function soonest({ due, site }: LeftItem): string {
  return due ? i18n.global.t("target.due_at", { due: dueWord(due.days), site }) : site;
}

/** 还差 3 家：11 月 2 家，12 月 1 家 · 还差 1 条，今天到期：东关加油站 */
export function leftOf(target: TargetRow): string {
  const { t } = i18n.global;
  const missing = target.missing ?? target.left.length;
  if (missing <= 0) return t("target.nothing_left");
  const n = measured(target, missing);
  const months = byMonth(target);
  if (months.length > 0) return t("target.left_months", { n, months: months.join(t("target.comma")) });
  const first = target.left[0];
  return first ? t("target.left_soonest", { n, soonest: soonest(first) }) : t("target.left", { n });
}

function notCounted(why: string): string {
  const key = why.replace(/^(no|missing)_/, "");
  return known("target.not_counted", key) ?? i18n.global.t("target.not_counted.other");
}

/** 2026-11 → 2026 年 11 月, 2026-Q4 → 2026 年 4 季度, 2026 → 2026 年. */
export function periodWords(label: string): string {
  const { t } = i18n.global;
  const [year = "", part] = label.split("-");
  if (!part) return t("target.label.year", { year });
  return part.startsWith("Q") ? t("target.label.quarter", { year, quarter: part.slice(1) }) : t("target.label.month", { year, month: sayMonth(Number(part)) });
}

/** What a row shows. A number that can't be counted says why; it never shows 0. */
export function targetLine(target: TargetRow): TargetLine {
  const { t } = i18n.global;
  const line = { name: nameOf(target), period: t(`target.period.${target.period}`) };
  const number = numberOf(target);
  switch (target.standing.is) {
    case "reached":
      return { ...line, number, reached: t(target.provisional ? "target.reached_so_far" : "target.reached") };
    case "met_by_nothing":
      return { ...line, number: t("target.nothing"), reached: t("target.met_by_nothing") };
    case "running":
      return { ...line, number, words: leftOf(target), progress: target.progress ?? 0 };
    case "missed":
      return { ...line, number, words: t("target.missed"), progress: target.progress ?? 0 };
    case "out_of_reach":
      return { ...line, number, words: t("target.out_of_reach"), progress: target.progress ?? 0 };
    case "not_counted":
      return { ...line, words: notCounted(target.standing.why) };
    case "not_started":
      return { ...line, words: t("target.not_started") };
    case "not_applicable":
      return { ...line, words: t("target.not_applicable") };
    case "no_points":
      return { ...line, words: dots(number, known("target.no_points", target.standing.why) ?? t("target.no_points.other")) };
  }
}
