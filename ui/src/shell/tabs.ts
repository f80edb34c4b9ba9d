/** The places of the app, in their order. */
import type { Me } from "@/api/types";
import type { IconName } from "@/kit";

export interface Place {
  key: "today" | "inspect" | "findings" | "responsibility" | "me";
  to: string;
  icon: IconName;
}

export const PLACES: readonly Place[] = [
  { key: "today", to: "/today", icon: "today" },
  { key: "inspect", to: "/inspect", icon: "inspect" },
  { key: "findings", to: "/findings", icon: "finding" },
  { key: "responsibility", to: "/responsibility", icon: "duty" },
  { key: "me", to: "/me", icon: "me" },
];

/** What who looks after others has beside: at the desk in the bar, on the phone under 责任. */
export const DESK = [
  { key: "supervise", to: "/supervise" },
  { key: "plan", to: "/plan" },
  { key: "dashboard", to: "/dashboard" },
  { key: "tables", to: "/tables" },
  { key: "units", to: "/units" },
  { key: "letters", to: "/letters" },
] as const;

/** Supervisors and leaders; everybody else has only own work. */
export function looksAfterOthers(me: Me | undefined): boolean {
  return me !== undefined && (me.rights.supervise || me.rights.lead);
}

/** The desk's bar: who looks after others has those first, and keeps what is done on site and what one signed; own name at the right is 我的. */
export function barPlaces(looksAfter: boolean): readonly { key: string; to: string }[] {
  if (!looksAfter) return PLACES;
  const on = (...keys: Place["key"][]) => PLACES.filter((place) => keys.includes(place.key));
  return [...on("today"), ...DESK, ...on("inspect", "findings", "responsibility")];
}
