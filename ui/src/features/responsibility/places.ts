/** Where a record behind a number is read. */
import type { Counted } from "@/api/types";
import { sayDay, type Day } from "@/format/dates";
import { dueOf } from "@/format/due";
import { lineWords } from "@/format/kind";
import { dots } from "@/format/names";
import { pathOf } from "@/format/place";
import { i18n } from "@/i18n";

export interface CountedRow {
  title: string;
  sub: string;
  to: string | undefined;
  due: ReturnType<typeof dueOf> | undefined;
  value: string | undefined;
}

/** A record with its date; at the right how it stands. */
export function countedRow(record: Counted, today: Day): CountedRow {
  const { t } = i18n.global;
  const good = record.days === null ? t("number.good") : record.days === 0 ? t("number.good_same_day") : t("number.good_in", { n: record.days });
  return {
    title: record.site || lineWords(record.line),
    sub: dots(record.site && lineWords(record.line), record.date && sayDay(record.date, today)),
    to: pathOf(record.place),
    due: record.due && !record.counts ? dueOf(record.due.days) : undefined,
    value: record.counts ? good : t("number.bad"),
  };
}
