/** Deadlines in words, and the colour that goes with the word. */
import { i18n } from "@/i18n";

export type Tone = "red" | "orange" | "yellow" | "none";

export interface Due {
  tone: Tone;
  word: string;
}

/** 逾期 3 天 (red) · 今天到期, 明天到期 (orange) · 还有 3 天 (yellow up to three) · 还有 5 天. */
export function dueOf(days: number): Due {
  const { t } = i18n.global;
  if (days < 0) return { tone: "red", word: t("format.overdue", { n: -days }) };
  if (days === 0) return { tone: "orange", word: t("format.due_today") };
  if (days === 1) return { tone: "orange", word: t("format.due_tomorrow") };
  return { tone: days <= 3 ? "yellow" : "none", word: t("format.days_left", { n: days }) };
}
