/** What orders have in common, wherever they are given. */
import type { ActionOffer, FindingView } from "@/api/types";
import { i18n } from "@/i18n";

/** Words of law in which no line breaks inside the number of a clause: 第六十五条. */
export function wholeClauses(law: string): string {
  return law.replace(/第[\d〇零一二三四五六七八九十百千]+[编章节条款项]/gu, (number) => [...number].join("\u2060"));
}

/** Whether an enterprise orders its own finding: in the site's name, without officers. */
export function isOwnOrder(offer: ActionOffer, view: FindingView): boolean {
  const site = view.row.site?.id;
  return site !== undefined && offer.units.some((unit) => unit.id === site);
}

/** What an order rests on unless somebody says otherwise: 安全生产法 第六十五条; an enterprise's own, its rules. */
export function groundOf(offer: ActionOffer, view: FindingView): string {
  return view.basis || i18n.global.t(isOwnOrder(offer, view) ? "findings.usual_ground.own" : "findings.usual_ground.official");
}

/** The two officers of an official act, as proposed; an enterprise's own has none. */
export function officersOf(offer: ActionOffer, view: FindingView): string[] {
  return isOwnOrder(offer, view) ? [] : offer.officers.slice(0, 2).map((one) => one.person.id);
}
