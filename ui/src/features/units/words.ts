/** Units, certificates and letters in words. */
import type { PersonCard, UnitLetters, UnitPeople } from "@/api/types";
import { addDays, sayDay } from "@/format/dates";
import { daysLeft } from "@/format/due";
import { i18n } from "@/i18n";

/** A certificate that ends within so many days is to be renewed now. */
const SOON = 90;

export type Validity = "none" | "expired" | "soon" | "valid";

export function validityOf(card: PersonCard): Validity {
  if (!card.expires) return "none";
  if (card.expires.days < 0) return "expired";
  return card.expires.days <= SOON ? "soon" : "valid";
}

/** 执法证 QS-0012，有效期到 2028年6月30日 */
export function certificateWords(card: PersonCard): string {
  const { t } = i18n.global;
  if (!card.expires) return "";
  const validity = validityOf(card);
  const { date, days } = card.expires;
  const named = { number: card.certificate ?? "", date: sayDay(date, addDays(date, -days)), n: Math.abs(days), left: daysLeft(days) };
  if (validity === "expired") return t("units.expired", named);
  return t(validity === "soon" ? "units.soon" : "units.valid", named);
}

/** Those whose certificates ended or end soon. */
export function lapsing(units: readonly UnitPeople[]): { unit: UnitPeople; card: PersonCard }[] {
  const all = units.flatMap((unit) => unit.people.map((card) => ({ unit, card })));
  const found = all.filter(({ card }) => ["expired", "soon"].includes(validityOf(card)));
  return found.sort((a, b) => (a.card.expires?.days ?? 0) - (b.card.expires?.days ?? 0));
}

/** Whether a unit or one of its people has these words in its name. */
export function fitsWords(unit: UnitPeople, words: string): boolean {
  const wanted = words.trim();
  return wanted === "" || unit.unit.name.includes(wanted) || unit.people.some(({ person }) => person.name.includes(wanted) || person.title.includes(wanted));
}

/** 达到 3，在途 2，没达到 1；2 项未计数 */
export function standingWords(letters: UnitLetters): string {
  const { t } = i18n.global;
  const parts = (["reached", "running", "missed", "not_counted"] as const).filter((key) => letters[key] > 0);
  return parts.map((key) => t(`units.standing.${key}`, { n: letters[key] })).join(t("units.comma"));
}
