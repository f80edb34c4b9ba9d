/** The plan in words: its sum as a sentence, each visit's mark, what to deal with. */
import type { PlanMatter, PlanMatterSite, PlanSum, PlanView, PlanVisit, VisitState } from "@/api/types";
import { sayMonth } from "@/format/dates";
import { daysLeft } from "@/format/due";
import { capital } from "@/format/names";
import { i18n } from "@/i18n";
import { wasWords } from "./change";

export interface Part {
  words: string;
  /** It is about a deadline that was passed. */
  red: boolean;
}

/** 全年 23 次：查完 19 次，1 次过月没查，还有 3 次 */
export function sumWords(sum: PlanSum): Part[] {
  const { t } = i18n.global;
  const over = sum.late + sum.missed;
  const left = sum.due + sum.coming;
  const parts = [
    { n: sum.done, key: "plan.sum.done", red: false },
    { n: over, key: "plan.sum.over", red: true },
    { n: left, key: "plan.sum.left", red: false },
  ].filter(({ n, key }) => n > 0 || key === "plan.sum.done");
  return parts.map(({ n, key, red }) => ({ words: t(key, { n }), red }));
}

const MARKS: Record<VisitState, string> = { done: "✓", late: "✕", missed: "✕", due: "○", coming: "○", before: "–" };

/** A visit that was made and whose record isn't complete has a mark of its own. */
export function markOf(visit: PlanVisit): string {
  return visit.inspection !== null && visit.state !== "done" ? "◐" : MARKS[visit.state];
}

export function stateWords(visit: PlanVisit): string {
  const { t } = i18n.global;
  return visit.inspection !== null && visit.state !== "done" ? t("plan.state.incomplete") : t(`plan.state.${visit.state}`);
}

/** A visit in full, with what it was before somebody changed it. */
export function said(visit: PlanVisit): string {
  const { t } = i18n.global;
  const officers = visit.officers.map((one) => one.name).join(t("plan.and"));
  const now = t("plan.visit", { unit: visit.unit, month: sayMonth(visit.month), state: stateWords(visit), officers });
  return visit.was ? [now, wasWords(visit)].join(t("plan.comma")) : now;
}

export function isOver(visit: PlanVisit): boolean {
  return visit.state === "late" || visit.state === "missed";
}

/** A visit opens what was made of it, else the start at its site. */
export function wayOf(visit: PlanVisit, site: string): string {
  return visit.inspection === null ? `/inspect/start?site=${site}` : `/inspect/${visit.inspection}/record`;
}

export const MARK_STATES = ["done", "due", "late"] as const;
export function legend(): { mark: string; words: string; red: boolean }[] {
  return MARK_STATES.map((state) => ({ mark: MARKS[state], words: i18n.global.t(`plan.legend.${state}`), red: state === "late" }));
}

export interface MatterWords {
  title: string;
  /** What hurries, before the title. */
  urgent: string;
  tone: "red" | "orange" | "none";
  note: string;
}

export function quarterOf(month: number): number {
  return Math.ceil(month / 3);
}

export function matterWords(matter: PlanMatter, plan: PlanView): MatterWords {
  const { t } = i18n.global;
  const n = matter.sites.length;
  const month = matter.sites[0]?.month ?? plan.month ?? 12;
  const title = t(`plan.matter.${matter.kind}`, { n, quarter: quarterOf(plan.month ?? 12) });
  const note = t(`plan.note.${matter.kind}`);
  if (matter.kind === "late") return { title, urgent: t("plan.urgent.late", { month: sayMonth(month) }), tone: "red", note };
  if (matter.kind === "due") return { title, urgent: capital(daysLeft(plan.days_left)), tone: plan.days_left <= 7 ? "orange" : "none", note };
  return { title, urgent: "", tone: "none", note };
}

/** Who is to go, who could go together, how far over the limit, or which month it was. */
export function aboutSite(matter: PlanMatter, site: PlanMatterSite): string {
  const { t } = i18n.global;
  if (site.limit) return t("plan.over_limit", { unit: site.limit.unit, made: site.limit.made, limit: site.limit.limit });
  const names = site.names.join(t("plan.and"));
  return matter.kind === "missed" && site.month !== null ? t("plan.of_month", { month: sayMonth(site.month), names }) : names;
}
