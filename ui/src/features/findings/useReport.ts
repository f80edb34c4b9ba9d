/** A hazard reported from anywhere: the draft waits when it is put aside, and is gone once it is filed. */
import { computed, reactive, watch } from "vue";
import { newPhoto } from "@/api/blob";
import { asLocation, position } from "@/api/position";
import type { PersonShown, Report } from "@/api/types";
import type { Command } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import type { Day } from "@/format/dates";
import { dueDay, type HazardDraft } from "../inspect/hazard";

export interface ReportDraft extends HazardDraft {
  photos: File[];
  site: { id: string; name: string } | null;
  /** Words for a place that isn't in the register. */
  place: string;
  location: string;
  who: string | null;
  complaint: boolean;
}

export function emptyDraft(): ReportDraft {
  return { text: "", level: "general", clause: null, due: "7", date: null, after: [], photos: [], site: null, place: "", location: "", who: null, complaint: false };
}

/** Put aside, it is still there when the sheet opens again. */
const draft = reactive(emptyDraft());

/** What is still missing to file it; everything else may come later. */
export function reportLacks(now: ReportDraft): "content" | "where" | null {
  if (now.photos.length === 0 && now.text.trim() === "") return "content";
  return now.site === null && now.place.trim() === "" ? "where" : null;
}

/** The safety officer; for a major one the principal. */
export function suggested(people: PersonShown[], level: ReportDraft["level"]): string | null {
  const wanted = level === "major" ? "principal" : "safety_officer";
  return (people.find((person) => person.kind === wanted) ?? people[0])?.id ?? null;
}

async function reportOf(now: ReportDraft, today: Day): Promise<Report> {
  return {
    from: null,
    item: null,
    site: now.site?.id ?? null,
    place: now.site ? null : now.place.trim(),
    complaint: now.complaint,
    text: now.text.trim(),
    location: now.location.trim(),
    level: now.level,
    clause: now.level === "major" ? now.clause : null,
    basis: "",
    due: dueDay(now.due, now.date, today),
    who: now.who,
    photos: await Promise.all(now.photos.map(newPhoto)),
    loc: asLocation(await position()),
    corrected: now.due === "now" ? await Promise.all(now.after.map(newPhoto)) : null,
  };
}

export function useReport(command: Command) {
  const { answer: site } = useQuery("Site", () => (draft.site ? { site: draft.site.id } : null));
  const people = computed(() => (site.value && site.value.site.site.id === draft.site?.id ? site.value.people : []));
  watch([people, () => draft.level], () => {
    draft.who = suggested(people.value, draft.level);
  });
  /** The new finding's id, or nothing when it was not accepted; then the draft stays. */
  async function file(today: Day): Promise<string | null> {
    const done = await command.run("Report", await reportOf(draft, today));
    if (!done) return null;
    Object.assign(draft, emptyDraft());
    return done.id;
  }
  return { draft, people, file };
}
