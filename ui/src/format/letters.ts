/** A letter's total in words. */
import type { LetterView } from "@/api/types";
import { i18n } from "@/i18n";
import { sayNumber } from "./numbers";

/** 已计数的目标得 92 分（…），相当于优秀; the grade is that of the targets that count so far. */
export function totalWords(letter: LetterView): string {
  const { t } = i18n.global;
  if (letter.total === null) return t("number.no_total");
  const total = t("number.total", { points: sayNumber(letter.total, 1), weight: sayNumber(letter.counted_weight, 1), of: sayNumber(letter.weight, 1) });
  return letter.grade === null ? total : total + t("number.graded", { grade: t(`number.grade.${letter.grade}`) });
}
