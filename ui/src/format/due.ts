/** Deadlines in words, and the colour that goes with the word. */
import { i18n } from "@/i18n";
import { capital } from "./names";

export type Tone = "red" | "orange" | "yellow" | "none";

export interface Due {
  tone: Tone;
  word: string;
}

/** A deadline inside a sentence: due today. */
export function dueWord(days: number): string {
  const { t } = i18n.global;
  if (days < 0) return t("format.overdue", { n: -days });
  if (days === 0) return t("format.due_today");
  return days === 1 ? t("format.due_tomorrow") : daysLeft(days);
}

/** What is left of a span inside a sentence: its last day is said as such. */
export function daysLeft(days: number): string {
  const { t } = i18n.global;
  return days <= 0 ? t("format.last_day") : t("format.days_left", { n: days });
}

/** 逾期 3 天 (red) · 今天到期, 明天到期 (orange) · 还有 3 天 (yellow up to three) · 还有 5 天. */
export function dueOf(days: number): Due {
  const word = capital(dueWord(days));
  if (days < 0) return { tone: "red", word };
  if (days <= 1) return { tone: "orange", word };
  return { tone: days <= 3 ? "yellow" : "none", word };
}
