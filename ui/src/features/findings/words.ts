/** A finding in words: state and deadline are its title. */
import type { By, FieldSaid, FindingRow, FindingView, PhotoShown, ResponsibleShown, TimelineEntry } from "@/api/types";
import { sayDay, sayTime, type Day } from "@/format/dates";
import { dueOf, type Due } from "@/format/due";
import { dots } from "@/format/names";
import { i18n } from "@/i18n";
import type { Moment } from "@/kit";

export function levelWord(row: FindingRow): string {
  const { t } = i18n.global;
  return row.suspected ? t("findings.suspected") : t(`findings.level.${row.level}`);
}
export function whereOf(row: FindingRow): string {
  return row.site?.short ?? row.place ?? "";
}
/** What stands beside the site's name in a list. */
export function listMeta(row: FindingRow): string {
  const { t } = i18n.global;
  return dots(levelWord(row), row.location, row.listed && t("findings.listed"), row.halted && t("findings.halted"), row.disputed && t("findings.disputed"));
}
/** 一般隐患·东关加油站·站房后走道·挂牌督办 */
export function metaOf(row: FindingRow): string {
  const { t } = i18n.global;
  return dots(levelWord(row), whereOf(row), row.location, row.listed && t("findings.listed"), row.halted && t("findings.halted"), row.disputed && t("findings.disputed"));
}
/** Only what is still to be done has a deadline that matters. */
export function dueOfRow(row: FindingRow): Due | undefined {
  return row.due && row.state !== "closed" && row.state !== "withdrawn" ? dueOf(row.due.days) : undefined;
}

function notes(entry: TimelineEntry, today: Day): string | undefined {
  const { t, te } = i18n.global;
  const words = [
    entry.text,
    [entry.due && t("findings.due", { day: sayDay(entry.due, today) }), entry.who && t("findings.who", { name: entry.who }), entry.to && t("findings.to", { unit: entry.to })].filter(Boolean).join(t("findings.comma")),
    entry.photos.length > 0 && t("findings.photos", { n: entry.photos.length }),
    entry.marked && t("findings.marked"),
    entry.clock && t("findings.clock"),
    entry.void && (te(`findings.void.${entry.void}`) ? t(`findings.void.${entry.void}`) : t("findings.void.other")),
  ];
  return words.filter(Boolean).join("\n") || undefined;
}

/** Who did what; an official act names its officers. */
export function momentOf(entry: TimelineEntry, at: number, today: Day): Moment {
  const { t, te } = i18n.global;
  const who = entry.officers.length > 0 ? entry.officers.join(t("findings.and")) : (entry.by.person?.name ?? t("findings.unknown"));
  const what = te(`findings.event.${entry.kind}`) ? t(`findings.event.${entry.kind}`) : t("findings.event.other");
  return { key: entry.event ?? `${entry.kind}-${at}`, title: `${who} ${what}`, note: notes(entry, today), when: sayTime(entry.by.claimed, today), void: entry.void !== null };
}

/** There are pictures from after, and none of them is on this device. */
export function isUnseen(after: Pick<PhotoShown, "here">[]): boolean {
  return after.length > 0 && after.every((photo) => !photo.here);
}

/** What is waited for now, above the newest event. */
export function nowOf(view: FindingView, today: Day): Moment | undefined {
  const { t } = i18n.global;
  const { state } = view.row;
  if (state === "closed" || state === "withdrawn") return undefined;
  const due = view.row.due;
  const waits = [due && t("findings.until", { day: sayDay(due.date, today) }), view.ask_from && t("findings.ask_from", { day: sayDay(view.ask_from, today) })];
  return { key: "now", title: t(`findings.waits.${state}`), note: waits.filter(Boolean).join("\n") || undefined, now: true };
}

export interface Fact {
  key: string;
  label: string;
  value: string;
  phone: string | null;
}
/** 属地 东关街道·余卫东 副主任, with the telephone where it is known. */
export function factOf(one: ResponsibleShown, at: number): Fact {
  const person = one.person && `${one.person.name} ${one.person.title}`;
  return { key: String(at), label: i18n.global.t(`findings.ground.${one.ground}`), value: dots(one.unit?.short, person), phone: one.person?.phone ?? null };
}

/** Who said it, of which unit, when. */
export function saidBy(by: By, today: Day): string {
  const { t } = i18n.global;
  const who = by.me ? t("findings.me", { name: by.person?.name ?? "" }) : (by.person?.name ?? t("findings.unknown"));
  return dots(who, by.person?.unit, sayTime(by.claimed, today));
}

/** A field's value as people say it. */
export function fieldWords(field: string, said: FieldSaid | undefined, today: Day): string {
  if (!said) return "";
  if (field === "level") return i18n.global.t(`findings.level.${said.edit.level ?? "general"}`);
  if (field === "due" && said.edit.due) return sayDay(said.edit.due, today);
  return said.words;
}
