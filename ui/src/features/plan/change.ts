/** A change of a planned visit in words, and what of it is still to be said. */
import type { PersonShown, PlanVisit, TargetMove, VisitChangeView } from "@/api/types";
import { sayMonth } from "@/format/dates";
import { dots } from "@/format/names";
import { periodWords } from "@/format/target";
import { i18n } from "@/i18n";

/** What was chosen so far: a month, and who stands in for whom (by id). */
export interface Draft {
  month: number | null;
  standIns: Record<string, string>;
  reason: string;
}

export function noDraft(): Draft {
  return { month: null, standIns: {}, reason: "" };
}

/** The officers as they would be; none while nobody is replaced. */
export function officersOf(visit: PlanVisit, draft: Draft): string[] | null {
  const replaced = visit.officers.map((one) => draft.standIns[one.id] ?? one.id);
  return replaced.some((id, at) => id !== visit.officers[at]?.id) ? replaced : null;
}

/** Its own month first, as what stays. */
export function monthChoices(view: VisitChangeView): { value: string; word: string }[] {
  const { t } = i18n.global;
  const own = view.visit.month;
  return [own, ...view.months].map((month) => ({ value: String(month), word: month === own ? t("plan.change.stays", { month: sayMonth(month) }) : sayMonth(month) }));
}

/** Why there is no other month to choose. */
export function noMonths(view: VisitChangeView): string {
  return i18n.global.t(view.visit.state === "late" ? "plan.change.month_over" : "plan.change.no_month");
}

/** Who may go instead of an officer: nobody twice, and only a leader for the one who leads. */
export function standInChoices(view: VisitChangeView, officer: PersonShown, draft: Draft): { value: string; word: string }[] {
  const taken = new Set(Object.entries(draft.standIns).flatMap(([of, id]) => (of === officer.id ? [] : [id])));
  const leads = officer.id === view.leader;
  const free = view.stand_ins.filter((one) => !taken.has(one.id) && (!leads || view.leaders.includes(one.id)));
  return [{ value: officer.id, word: i18n.global.t("plan.change.goes", { name: officer.name }) }, ...free.map((one) => ({ value: one.id, word: dots(one.name, one.title) }))];
}

/** 万春梅：2026 年 4 季度不再计入 */
export function moveWords({ whose, from, to }: TargetMove): string {
  const { t } = i18n.global;
  if (from && to) return t("plan.change.moves", { whose, from: periodWords(from), to: periodWords(to) });
  return from ? t("plan.change.leaves", { whose, period: periodWords(from) }) : t("plan.change.enters", { whose, period: periodWords(to ?? "") });
}

/** 原定：10 月，万春梅。王立新改：企业停产 */
export function wasWords(visit: PlanVisit): string {
  const { t } = i18n.global;
  if (!visit.was) return "";
  const { month, officers, by, reason } = visit.was;
  const before = [month === null ? "" : sayMonth(month), officers.join(t("plan.and"))].filter(Boolean).join(t("plan.comma"));
  return t(before ? "plan.change.was" : "plan.change.was_same", { before, by, reason });
}

/** What is missing before it can be changed; nothing when it can. */
export function missingOf(view: VisitChangeView | undefined, draft: Draft): string | undefined {
  const { t } = i18n.global;
  if (!view) return t("plan.change.wait");
  if (draft.month === null && officersOf(view.visit, draft) === null) return t("plan.change.choose");
  if (view.wrong) return t("plan.change.mend");
  return draft.reason.trim() ? undefined : t("plan.change.say_why");
}
