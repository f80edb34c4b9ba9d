/** What each act asks for; the same table makes its sheet and its event. */
import { groundOf, officersOf } from "@/format/orders";
import type { ActionOffer, Event, FindingAct, FindingView, Level, NewPhoto } from "@/api/types";

export type Field = "due" | "who" | "to" | "officers" | "ground" | "measure" | "reason" | "text" | "photos" | "five" | "level" | "list" | "not" | "of" | "site";

export interface Act {
  event: Event<FindingAct>;
  photos: NewPhoto[];
}

/** An offer's kind: an event's, or `rectified_behalf`, which is recorded for a site without the app. */
type Kind = FindingAct["k"] | "rectified_behalf";

const FIELDS: Record<Kind, readonly Field[]> = {
  proposed: ["to", "text"],
  ordered: ["due", "who", "ground", "officers"],
  graded: ["level", "officers"],
  accepted: [],
  assigned: ["who"],
  asked: ["due", "reason"],
  granted: ["due", "officers"],
  declined: ["reason", "officers"],
  rectified: ["text", "photos"],
  rectified_behalf: ["text", "photos"],
  corrected_on_spot: ["text", "photos"],
  passed: ["text", "photos", "officers"],
  failed: ["due", "text", "photos", "officers"],
  halted: ["measure", "ground", "officers"],
  resumed: ["text", "officers"],
  reassigned: ["who", "officers"],
  transferred: ["to", "officers"],
  listed: ["list", "who"],
  unlisted: ["text"],
  decided: ["text"],
  settled: ["not", "officers"],
  withdrawn: ["reason"],
  duplicate: ["of"],
  sited: ["site"],
  commented: ["text", "photos"],
};

/** What an office does on paper. */
export const PAPERED: ReadonlySet<string> = new Set(["ordered", "halted", "passed", "failed"]);

/** What takes something away: its sheet says what it means, before it is done. */
export const TAKING: ReadonlySet<string> = new Set(["withdrawn", "duplicate", "transferred", "halted", "unlisted", "settled"]);

/** The desk's keys, by what they do. */
export const KEYS: Readonly<Record<string, string>> = { ordered: "o", granted: "x", passed: "p", failed: "f", reassigned: "r", commented: "c" };

export function fieldsOf(offer: ActionOffer, major: boolean): readonly Field[] {
  const fields = FIELDS[offer.kind as Kind] ?? [];
  return offer.kind.startsWith("rectified") && major ? [...fields, "five"] : fields;
}
/** Done with one tap, with what is proposed, and undone as easily; words and photos may follow. */
const AT_ONCE: ReadonlySet<string> = new Set(["accepted", "passed"]);
export function needs(offer: ActionOffer): boolean {
  return !AT_ONCE.has(offer.kind) && (fieldsOf(offer, false).length > 0 || offer.units.length > 0);
}

/** Where one may not order, the finding is handed to a unit that may. */
export function wayOut(refused: ActionOffer, offers: ActionOffer[]): ActionOffer | undefined {
  return refused.kind === "ordered" ? offers.find((offer) => offer.kind === "proposed" && offer.to.length > 0) : undefined;
}

export interface Given {
  due: string | null;
  who: string | null;
  to: string | null;
  unit: string | null;
  officers: string[];
  level: Level;
  /** Events that do not hold. */
  not: string[];
  /** The other finding, of a duplicate. */
  of: string | null;
  site: string | null;
  words: Record<"ground" | "measure" | "reason" | "text" | "standard" | "article" | "list" | "five_measure" | "five_funds" | "five_who" | "five_plan", string>;
}

/** Everything that can be proposed is. */
export function proposal(offer: ActionOffer, view: FindingView): Given {
  return {
    due: offer.due ?? view.proposed_due,
    who: view.proposed_who?.id ?? offer.people[0]?.id ?? null,
    to: offer.to[0]?.id ?? null,
    unit: offer.units[0]?.id ?? null,
    officers: officersOf(offer, view),
    level: view.row.level === "major" && !view.row.suspected ? "general" : "major",
    not: [],
    of: null,
    site: null,
    words: { ground: groundOf(offer, view), measure: "", reason: "", text: "", standard: view.clause?.standard ?? "", article: view.clause?.article ?? "", list: "", five_measure: "", five_funds: "", five_who: "", five_plan: "" },
  };
}

/** What is still missing, by field; the act is complete when nothing is. */
export function lacking(fields: readonly Field[], given: Given): Field | null {
  const { words } = given;
  const has: Record<Field, boolean> = {
    due: given.due !== null,
    who: given.who !== null,
    to: given.to !== null,
    officers: true,
    ground: words.ground !== "",
    measure: words.measure !== "",
    reason: words.reason !== "",
    text: true,
    photos: true,
    five: [words.five_measure, words.five_funds, words.five_who, words.five_plan].every(Boolean) && given.due !== null,
    level: given.level === "general" || (words.standard !== "" && words.article !== ""),
    list: words.list !== "",
    not: given.not.length > 0,
    of: given.of !== null,
    site: given.site !== null,
  };
  return fields.find((field) => !has[field]) ?? null;
}

/** Under what name the device keeps an act that isn't written yet. */
export function unfiledAct(finding: string, kind: string): string {
  return `act/${finding}/${kind}`;
}

/** The event, with the fields of its kind and what any official act carries. */
export function eventOf(kind: string, fields: readonly Field[], given: Given): Event<FindingAct> {
  const { words } = given;
  const [first, second] = given.officers;
  const own: Record<string, unknown> = kind === "rectified_behalf" ? { k: "rectified", behalf: true } : { k: kind };
  for (const field of fields) {
    if (field === "due" || field === "who" || field === "to" || field === "not" || field === "of" || field === "site") own[field] = given[field];
    else if (field === "ground" || field === "measure" || field === "reason") own[field] = words[field];
    else if (field === "list") own["level"] = words.list;
    else if (field === "level") Object.assign(own, { level: given.level }, given.level === "major" ? { clause: { standard: words.standard, article: words.article } } : {});
    else if (field === "five") own["five"] = { measure: words.five_measure, funds: words.five_funds, due: given.due, who: words.five_who, plan: words.five_plan };
    else if (field === "text" && words.text) own["text"] = words.text;
  }
  if (given.unit) own["unit"] = given.unit;
  if (fields.includes("officers") && first && second) own["officers"] = [first, second];
  return own as unknown as Event<FindingAct>;
}
