/** Words for what several screens of an inspection show. */
import type { By, ContradictionShown, CountsFor, EndView, InspectionRow, InspectionView, ItemView, PhotoShown } from "@/api/types";
import { clockAt, dayAt, sayTime, type Day } from "@/format/dates";
import { dots, sentences } from "@/format/names";
import { i18n } from "@/i18n";
import type { Contender } from "./ConflictSheet.vue";

/** The site's short name, or the place in words. */
export function whereOf(row: { site: { short: string } | null; place: string | null }): string {
  return row.site?.short ?? row.place ?? "";
}

/** 马平 14:12, 我 14:15; with its day when that is another. */
export function saidBy(by: By | null, today: Day): string | undefined {
  if (!by) return undefined;
  const { t } = i18n.global;
  const name = by.me ? t("inspect.me") : (by.person?.name ?? t("inspect.unknown"));
  const time = dayAt(by.claimed) === today ? clockAt(by.claimed) : sayTime(by.claimed, today);
  return `${name} ${time}`;
}

/** 马平，区应急管理局，14:12: where two people said different things. */
export function saidByInFull(by: By, today: Day): string {
  const { t } = i18n.global;
  const name = by.person?.name ?? t("inspect.unknown");
  return [by.me ? t("inspect.and_me", { name }) : name, by.person?.unit, sayTime(by.claimed, today)].filter(Boolean).join(t("inspect.comma"));
}

/** 4 人、2 个单位; nothing when it counts for nobody. */
export function countedWords(counts: CountsFor): string {
  const { t } = i18n.global;
  const people = counts.people.length > 0 ? t("inspect.counts.people", { n: counts.people.length }) : "";
  const units = counts.units.length > 0 ? t("inspect.counts.units", { n: counts.units.length }) : "";
  return [people, units].filter(Boolean).join(t("inspect.and"));
}

/** 计入 4 人、2 个单位 */
export function countsForWords(counts: CountsFor): string {
  const whom = countedWords(counts);
  return whom && i18n.global.t("inspect.counts.for", { whom });
}

/** 余卫东带队·4 人·计入 4 人、2 个单位 */
export function teamWords(view: InspectionView): string {
  const { t } = i18n.global;
  return dots(view.leader && t("inspect.led_by", { name: view.leader }), t("inspect.people", { n: view.team.length }), countsForWords(view.counts_for));
}

/** How an item's value is said: 符合, 20.9 %, or the words themselves. */
export function valueWord(item: ItemView, value: string | null): string {
  const { t } = i18n.global;
  if (value === null) return t("inspect.unanswered");
  if (item.item.answer.type === "conform") return t(`kit.answer.${value}`);
  return item.item.answer.type === "number" ? `${value} ${item.item.answer.unit}` : value;
}

/** On what ground an official inspection is made; the plan only where there is a planned visit. */
export function basisChoices(planned: boolean): { value: string; word: string }[] {
  const bases = ["plan", "action", "report", "recheck"].filter((basis) => planned || basis !== "plan");
  return bases.map((value) => ({ value, word: i18n.global.t(`inspect.basis.${value}`) }));
}

/** Photos as a strip shows them. */
export function shotsOf(photos: PhotoShown[]): { hash: string; thumb: string; holder: string | undefined }[] {
  return photos.map(({ photo, by }) => ({ hash: photo.h, thumb: photo.thumb, holder: by.person?.name }));
}

/** Answers to one item that contradict each other, with what each of their authors noted and photographed. */
export function contendersOf(item: ItemView, today: Day): Contender[] {
  return item.conflict.map((said) => ({
    value: said.value,
    word: valueWord(item, said.value),
    by: saidByInFull(said.by, today),
    note: item.notes.find((one) => one.by.person?.id === said.by.person?.id)?.value ?? (said.by.me ? (item.note ?? "") : ""),
    thumb: item.photos.find((photo) => photo.by.person?.id === said.by.person?.id)?.photo.thumb ?? null,
  }));
}

/** What stands in a field that is no answer. */
export function fieldWord(about: ContradictionShown, value: string | null, today: Day): string {
  const { t } = i18n.global;
  if (about.field === "plan") return t(value === "1" ? "inspect.contradiction.fulfils" : "inspect.contradiction.not");
  if (value === null) return t("inspect.contradiction.nothing");
  if (about.field === "basis") return t(`inspect.basis.${value}`);
  return about.field === "ended" ? sayTime(Number(value), today) : value;
}

/** 3 人·23/46·隐患 2 条, for lists. */
export function rowWords(row: InspectionRow, today: Day): string {
  const { t } = i18n.global;
  return dots(
    t(`inspect.kind.${row.kind}`),
    row.finished === null ? t("inspect.began", { time: sayTime(row.began, today) }) : sayTime(row.finished, today),
    row.team.join(t("inspect.and")),
    row.findings > 0 && t("inspect.findings", { n: row.findings }),
    row.conflicts > 0 && t("inspect.conflicts", { n: row.conflicts }),
  );
}

/** The conclusion composed from the answers, in the screen's language; what somebody wrote stays as it is. */
export function conclusionWords(end: EndView): string {
  if (!end.composed) return end.conclusion;
  const { t } = i18n.global;
  const { items, ok, fail, na, unanswered } = end.counts;
  const more = [
    [t("kit.answer.fail"), fail],
    [t("kit.answer.na"), na],
    [t("inspect.unanswered"), unanswered],
  ] as const;
  const answers = [`${t("kit.answer.ok")} ${ok}`, ...more.filter(([, n]) => n > 0).map(([word, n]) => `${word} ${n}`)];
  const n = end.findings.length;
  const how = n === 0 ? "no_findings" : end.ordered === 0 ? "raised" : end.ordered === n ? "all_ordered" : "some_ordered";
  return sentences(t("inspect.end.composed", { n: items, answers: answers.join(t("inspect.comma")) }), t(`inspect.end.${how}`, { n, ordered: end.ordered }));
}
