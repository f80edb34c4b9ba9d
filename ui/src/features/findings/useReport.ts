/** A hazard reported from anywhere: the draft waits when it is put aside or the app ends, and is gone once it is filed. */
import { computed, reactive, watch } from "vue";
import { asLocation, position } from "@/api/position";
import type { Photo, Report } from "@/api/types";
import { known, useUnfiled } from "@/api/unfiled";
import type { Command } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import { useShots } from "@/api/useShots";
import type { Day } from "@/format/dates";
import { dueDay, proposed, type HazardDraft, type SitePeople } from "../inspect/hazard";

export interface ReportDraft extends HazardDraft {
  photos: Photo[];
  site: { id: string; name: string } | null;
  /** Words for a place that isn't in the register. */
  place: string;
  location: string;
  complaint: boolean;
}

export function emptyDraft(): ReportDraft {
  return { text: "", level: "general", clause: null, due: "7", date: null, after: [], photos: [], site: null, place: "", location: "", who: null, complaint: false };
}

/** What is still missing to file it; everything else may come later. */
export function reportLacks(now: ReportDraft): "content" | "where" | null {
  if (now.photos.length === 0 && now.text.trim() === "") return "content";
  return now.site === null && now.place.trim() === "" ? "where" : null;
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
    photos: now.photos.map(known),
    loc: asLocation(await position()),
    corrected: now.due === "now" ? now.after.map(known) : null,
  };
}

/** The person who stays responsible: who was chosen, as long as they are of the site, else who is suggested. */
export function staying(who: string | null, site: SitePeople | undefined, level: ReportDraft["level"]): string | null {
  return (site && proposed(site, { who, level })?.id) ?? who;
}

export function useReport(command: Command) {
  const draft = reactive(emptyDraft());
  const shots = useShots(command);
  const begun = computed(() => JSON.stringify({ ...draft, who: null }) !== JSON.stringify(emptyDraft()));
  const unfiled = useUnfiled<ReportDraft>(
    () => "report",
    () => (begun.value ? { ...draft } : null),
    (held) => Object.assign(draft, held),
  );
  const { answer } = useQuery("Site", () => (draft.site ? { site: draft.site.id } : null));
  const site = computed(() => (answer.value?.site.site.id === draft.site?.id ? answer.value : undefined));
  const people = computed(() => site.value?.people ?? []);
  watch(site, (now) => {
    draft.who = staying(draft.who, now, draft.level);
  });
  /** Another level has another person; one that was chosen by hand before is chosen anew. */
  function grade(level: ReportDraft["level"]): void {
    draft.level = level;
    draft.who = site.value?.suggested[level] ?? draft.who;
  }
  /** Photos are on the device before anything else is written. */
  async function take(files: File[], where: "photos" | "after"): Promise<void> {
    await shots.take(files, (photo) => draft[where].push(photo));
    await unfiled.flush();
  }
  /** The new finding's id, or nothing when it was not accepted; then the draft stays. */
  async function file(today: Day): Promise<string | null> {
    if (!(await shots.settled())) return null;
    const done = await command.run("Report", await reportOf(draft, today));
    if (!done) return null;
    Object.assign(draft, emptyDraft());
    await unfiled.drop();
    return done.id;
  }
  /** Throws the draft away; what this gives brings it back. */
  function discard(): () => void {
    const held = JSON.stringify(draft);
    Object.assign(draft, emptyDraft());
    return () => Object.assign(draft, JSON.parse(held) as ReportDraft);
  }
  return { draft, begun, people, grade, take, file, discard };
}
