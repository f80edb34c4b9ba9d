/** What each act asks for; the same table makes its sheet and its event. */
import type { ActionOffer, Event, FindingAct, FindingView, NewPhoto } from "@/api/types";

export type Field = "due" | "who" | "to" | "officers" | "ground" | "measure" | "reason" | "text" | "photos" | "five" | "clause" | "list";

export interface Act {
  event: Event<FindingAct>;
  photos: NewPhoto[];
}

const FIELDS: Record<FindingAct["k"], readonly Field[]> = {
  proposed: ["to", "text"],
  ordered: ["due", "who", "ground", "officers"],
  graded: ["clause", "officers"],
  accepted: [],
  assigned: ["who"],
  asked: ["due", "reason"],
  granted: ["due", "officers"],
  declined: ["reason", "officers"],
  rectified: ["text", "photos"],
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
  settled: [],
  withdrawn: ["reason"],
  duplicate: [],
  sited: [],
  commented: ["text", "photos"],
};

/** `duplicate`, `settled` and `sited` name other records and have screens of their own. */
export const ELSEWHERE: ReadonlySet<string> = new Set(["duplicate", "settled", "sited"]);

export function fieldsOf(offer: ActionOffer, major: boolean): readonly Field[] {
  const fields = FIELDS[offer.kind as FindingAct["k"]] ?? [];
  return offer.kind === "rectified" && major ? [...fields, "five"] : fields;
}
/** Done with one tap, with what is proposed, and undone as easily; words and photos may follow. */
const AT_ONCE: ReadonlySet<string> = new Set(["accepted", "passed"]);
export function needs(offer: ActionOffer): boolean {
  return !AT_ONCE.has(offer.kind) && (fieldsOf(offer, false).length > 0 || offer.units.length > 0);
}

export interface Given {
  due: string | null;
  who: string | null;
  to: string | null;
  unit: string | null;
  officers: string[];
  /** Recorded by an inspector for a site without the app. */
  behalf: boolean;
  words: Record<"ground" | "measure" | "reason" | "text" | "standard" | "article" | "list" | "five_measure" | "five_funds" | "five_who" | "five_plan", string>;
}

/** Everything that can be proposed is. */
export function proposal(offer: ActionOffer, view: FindingView, behalf: boolean): Given {
  return {
    due: offer.due ?? view.proposed_due,
    who: view.proposed_who?.id ?? offer.people[0]?.id ?? null,
    to: offer.to[0]?.id ?? null,
    unit: offer.units[0]?.id ?? null,
    officers: offer.officers.slice(0, 2).map((one) => one.person.id),
    behalf,
    words: { ground: view.basis, measure: "", reason: "", text: "", standard: "", article: "", list: "", five_measure: "", five_funds: "", five_who: "", five_plan: "" },
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
    ground: true,
    measure: words.measure !== "",
    reason: words.reason !== "",
    text: true,
    photos: true,
    five: [words.five_measure, words.five_funds, words.five_who, words.five_plan].every(Boolean) && given.due !== null,
    clause: words.standard !== "" && words.article !== "",
    list: words.list !== "",
  };
  return fields.find((field) => !has[field]) ?? null;
}

/** The event, with the fields of its kind and what any official act carries. */
export function eventOf(kind: string, fields: readonly Field[], given: Given): Event<FindingAct> {
  const { words } = given;
  const [first, second] = given.officers;
  const own: Record<string, unknown> = { k: kind };
  for (const field of fields) {
    if (field === "due" || field === "who" || field === "to") own[field] = given[field];
    else if (field === "ground" || field === "measure" || field === "reason") own[field] = words[field];
    else if (field === "list") own["level"] = words.list;
    else if (field === "clause") Object.assign(own, { level: "major", clause: { standard: words.standard, article: words.article } });
    else if (field === "five") own["five"] = { measure: words.five_measure, funds: words.five_funds, due: given.due, who: words.five_who, plan: words.five_plan };
    else if (field === "text" && words.text) own["text"] = words.text;
  }
  if (kind === "rectified" && given.behalf) own["behalf"] = true;
  if (given.unit) own["unit"] = given.unit;
  if (fields.includes("officers") && first && second) own["officers"] = [first, second];
  return own as unknown as Event<FindingAct>;
}
