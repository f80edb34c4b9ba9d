/** A report being changed: what it says now, and what an edit of it puts. */
import type { Clause, FindingEdit, FindingView, Level } from "@/api/types";
import type { Day } from "@/format/dates";

export interface Reported {
  text: string;
  location: string;
  level: Level;
  clause: Clause | null;
  due: Day | null;
  who: string | null;
}

/** A suspected one was called major; its clause is what is still missing. */
export function reportOf(view: FindingView): Reported {
  return {
    text: view.row.text,
    location: view.row.location,
    level: view.row.suspected ? "major" : view.row.level,
    clause: view.clause,
    due: view.proposed_due,
    who: view.proposed_who?.id ?? null,
  };
}

/** Only what differs, so that a team-mate's words in other fields stay; nothing if nothing does. */
export function changes(before: Reported, now: Reported): FindingEdit | null {
  const [text, location] = [now.text.trim(), now.location.trim()];
  const clause = now.level === "major" && JSON.stringify(now.clause) !== JSON.stringify(before.clause) ? now.clause : null;
  const edit: FindingEdit = {
    text: text === before.text ? null : text,
    location: location === before.location ? null : location,
    level: now.level === before.level ? null : now.level,
    clause,
    basis: null,
    due: now.due === before.due ? null : now.due,
    who: now.who === before.who ? null : now.who,
  };
  return Object.values(edit).some((value) => value !== null) ? edit : null;
}
