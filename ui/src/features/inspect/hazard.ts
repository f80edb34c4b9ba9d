/** A hazard being recorded, before it is filed. */
import type { PersonShown, Photo, SiteView } from "@/api/types";
import { addDays, type Day } from "@/format/dates";

export const DUE_CHOICES = ["now", "3", "7", "15", "date"] as const;
export type DueChoice = (typeof DUE_CHOICES)[number];

export interface ClauseDraft {
  standard: string;
  article: string;
}

/** The day that a choice means; nothing for 当场, which is corrected on the spot. */
export function dueDay(choice: DueChoice, date: Day | null, today: Day): Day | null {
  if (choice === "now") return null;
  return choice === "date" ? date : addDays(today, Number(choice));
}

/** 《判定标准》（应急管理部令第10号）第十三条 → standard and article. */
export function clauseOf(prompt: string): ClauseDraft | null {
  const found = /^(.*?)\s*(第[〇零一二三四五六七八九十百\d.]+条.*|\d+(?:\.\d+)+.*)$/u.exec(prompt.trim());
  return found?.[1] && found[2] ? { standard: found[1], article: found[2] } : prompt ? { standard: prompt, article: "" } : null;
}

export interface HazardDraft {
  text: string;
  level: "general" | "major";
  clause: ClauseDraft | null;
  due: DueChoice;
  date: Day | null;
  /** Who is responsible, as somebody chose; nothing: who is suggested. */
  who: string | null;
  /** Taken after it was put right, for 当场. */
  after: Photo[];
}

/** A site's people, and which of them are suggested. */
export type SitePeople = Pick<SiteView, "people" | "suggested">;

/** Who will be proposed: who was chosen, as long as they are of the site, else who is suggested. */
export function proposed({ people, suggested }: SitePeople, draft: Pick<HazardDraft, "level" | "who">): PersonShown | undefined {
  const known = (id: string | null) => people.find((person) => person.id === id);
  return known(draft.who) ?? known(suggested[draft.level]);
}
