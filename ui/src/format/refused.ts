/** What something that was not accepted said. */
import type { RefusedRow } from "@/api/types";
import { i18n } from "@/i18n";
import { sayDay, type Day } from "./dates";

/** Its words, and the deadline that it named. */
export function saidWords(row: RefusedRow, today: Day): string {
  const due = row.due && i18n.global.t("refused.due", { day: sayDay(row.due, today) });
  return [...row.words.split("\n"), due].filter(Boolean).join(i18n.global.t("refused.semicolon"));
}
