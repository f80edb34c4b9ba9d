/** The dashboard in words: the chart's title is the sentence that it shows. */
import type { Dashboard, DashboardNumber, Measure, MonthRate, Rate } from "@/api/types";
import { sayMonth } from "@/format/dates";
import { capital } from "@/format/names";
import { periodWords } from "@/format/target";
import { i18n } from "@/i18n";
import type { Bar } from "@/kit/XBars.vue";

export function percentOf(rate: Rate): number {
  return Math.round((rate.good / rate.of) * 100);
}

/** 91%; what is nearly all is never said to be all. */
export function rateWords(rate: Rate): string {
  const percent = percentOf(rate);
  return `${percent === 100 && rate.good < rate.of ? 99 : percent}%`;
}

function kindOf(period: string): "month" | "quarter" | "year" {
  if (!period.includes("-")) return "year";
  return period.includes("Q") ? "quarter" : "month";
}

/** 按期整改率 91%，比上月低 4 个百分点 */
export function rateTitle(dashboard: Dashboard): string {
  const { t } = i18n.global;
  const { rate, before } = dashboard;
  if (!rate || rate.of === 0) return t("dashboard.no_rate", { period: periodWords(dashboard.period) });
  const title = t("dashboard.rate", { rate: rateWords(rate) });
  if (!before || before.of === 0) return title;
  const than = t(`dashboard.than.${kindOf(dashboard.period)}`);
  const by = percentOf(rate) - percentOf(before);
  const compared = by === 0 ? t("dashboard.same", { than }) : t(by < 0 ? "dashboard.lower" : "dashboard.higher", { than, n: Math.abs(by) });
  return [title, compared].join(t("dashboard.comma"));
}

/** 拖后的是南坡镇：11 条里 3 条过期，其余 56 条过期 3 条。 */
export function behindWords(dashboard: Dashboard): string {
  const { t } = i18n.global;
  const { rate, parts } = dashboard;
  if (!rate || rate.of === 0) return "";
  const missed = rate.of - rate.good;
  if (missed === 0) return `${t("dashboard.all_in_time", { of: rate.of })}${t("dashboard.stop")}`;
  const worst = parts[0];
  if (!worst || worst.rate.of === worst.rate.good) return "";
  const own = worst.rate.of - worst.rate.good;
  const behind = t("dashboard.behind", { unit: worst.unit.short, of: worst.rate.of, missed: own });
  const of = rate.of - worst.rate.of;
  return `${[behind, of > 0 ? t("dashboard.rest", { of, missed: missed - own }) : ""].filter(Boolean).join(t("dashboard.comma"))}${t("dashboard.stop")}`;
}

/** Whether the month stands in what the period is about. */
function isIn(period: string, month: number): boolean {
  const part = period.split("-")[1];
  if (!part) return true;
  return part.startsWith("Q") ? Math.ceil(month / 3) === Number(part.slice(1)) : Number(part) === month;
}

export function barsOf(months: readonly MonthRate[], period: string): Bar[] {
  const { t } = i18n.global;
  const single = kindOf(period) !== "year";
  return months.map(({ month, rate, running }) => ({
    key: String(month),
    word: sayMonth(month),
    share: rate && rate.of > 0 ? rate.good / rate.of : null,
    value: rate ? (rate.of > 0 ? rateWords(rate) : t("dashboard.nothing_due")) : "",
    current: single && isIn(period, month),
    running,
  }));
}

export type ToneOf = "red" | "orange" | "none";

/** Only what is about risk and deadlines has a colour, and only while there is any. */
export function toneOf({ measure, count, late }: DashboardNumber): ToneOf {
  if (count === 0) return "none";
  if (measure === "overdue" || measure === "major_open") return "red";
  return late > 0 ? "orange" : "none";
}

/** 最久 9 天，永固铸造 */
export function underNumber(number: DashboardNumber): string {
  const { t } = i18n.global;
  if (!number.longest) return t("dashboard.none");
  const late = number.late > 0 && (number.measure === "not_ordered" || number.measure === "not_rechecked");
  const [site, n] = number.longest;
  const longest = n === 0 ? t("dashboard.fresh", { site }) : t(`dashboard.longest.${number.measure}`, { site, n });
  return capital(late ? [t(`dashboard.late.${number.measure}`, { n: number.late }), longest].join(t("dashboard.comma")) : longest);
}

/** The finding table with the very records of a number. */
export function tableOf(measure: Measure, scope: { unit: string | null; period: string }, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ measure, period: scope.period, ...(scope.unit ? { unit: scope.unit } : {}), ...more });
  return `/tables/findings?${query.toString()}`;
}
