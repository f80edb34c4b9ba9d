/** A refusal in words: what had no effect, why, and what each way out does. */
import type { RefusedRow, RefusedWay } from "@/api/types";
import { sentences } from "@/format/names";
import { i18n, problemWords } from "@/i18n";

/** What it was, as a noun: 这条责令, 这次修改. */
export function whatWord(row: RefusedRow): string {
  const { t, te } = i18n.global;
  return te(`refused.what.${row.what}`) ? t(`refused.what.${row.what}`) : t("refused.what.other");
}

/** The reason, by its code alone. */
export function whyWords(row: RefusedRow): string {
  return problemWords({ code: row.code, details: row.details, retry: "never", trace: "" });
}

/** 隐患本身和照片已被接受; only what is known for sure is said to be accepted. */
export function safeWords(row: RefusedRow): string {
  const { t } = i18n.global;
  const kept = row.photos.length > 0 ? t("refused.kept_photos", { n: row.photos.length }) : t("refused.kept");
  const beside = row.accepted_beside > 0 ? t("refused.beside", { n: row.accepted_beside }) : "";
  return sentences(kept, beside);
}

export interface Way {
  key: string;
  way: RefusedWay;
  title: string;
  words: string;
  /** What the primary button says once this way is chosen. */
  press: string;
}

function nameOf(way: RefusedWay): "propose" | "comment" | "again" | "archive" {
  if ("Propose" in way) return "propose";
  if ("Comment" in way) return "comment";
  return "Again" in way ? "again" : "archive";
}

export function wayOf(way: RefusedWay): Way {
  const { t } = i18n.global;
  const name = nameOf(way);
  const unit = "Propose" in way ? way.Propose.name : "";
  const key = "Propose" in way ? `propose-${way.Propose.to}` : name;
  return { key, way, title: t(`refused.way.${name}.title`, { unit }), words: t(`refused.way.${name}.words`, { unit }), press: t(`refused.way.${name}.press`, { unit }) };
}

/** What was done with it, once somebody decided. */
export function resolvedWords(way: RefusedWay): string {
  const unit = "Propose" in way ? way.Propose.name : "";
  return i18n.global.t(`refused.way.${nameOf(way)}.done`, { unit });
}

/** Where the record itself is, if it is on this device. */
export function recordOf(row: RefusedRow): string | undefined {
  if (!row.record) return undefined;
  if ("Finding" in row.record) return `/findings/${row.record.Finding}`;
  return "Inspection" in row.record ? `/inspect/${row.record.Inspection}` : undefined;
}
