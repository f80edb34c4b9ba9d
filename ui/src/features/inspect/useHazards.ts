/** Hazards being recorded at items of one inspection: a draft each, filed as a finding. */
import { reactive, type Ref } from "vue";
import { call } from "@/api/call";
import { asLocation, position } from "@/api/position";
import type { InspectionView, ItemView, PhotoShown } from "@/api/types";
import { known, useUnfiled } from "@/api/unfiled";
import type { Command } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import { useShots } from "@/api/useShots";
import type { Day } from "@/format/dates";
import { recordWords } from "@/i18n";
import { dueDay, proposed, type HazardDraft, type SitePeople } from "./hazard";

/** What is kept until it is filed: the drafts by item, and the items whose strip is open. */
interface Held {
  drafts: [string, HazardDraft][];
  open: string[];
}

/** `open` are the items whose strip is open. */
export function useHazards(id: () => string, view: () => InspectionView | undefined, today: () => Day, command: Command, open: Ref<Set<string>>) {
  const drafts = reactive(new Map<string, HazardDraft>());
  const shots = useShots(command);
  const unfiled = useUnfiled<Held>(
    () => `hazards/${id()}`,
    () => (open.value.size > 0 ? { drafts: [...drafts].filter(([key]) => open.value.has(key)), open: [...open.value] } : null),
    (held) => {
      for (const [key, begun] of held.drafts) drafts.set(key, begun);
      for (const key of held.open) open.value.add(key);
    },
  );
  const filed = new Set<string>();
  const { answer: site } = useQuery("Site", () => {
    const at = view()?.row.site;
    return at && open.value.size > 0 ? { site: at.id } : null;
  });

  /** What an item proposes: the note, else its own words as not met; the person makes them exact. */
  function draft(key: string, item: ItemView): HazardDraft {
    const begun = drafts.get(key);
    if (begun) return begun;
    drafts.set(key, { text: item.note ?? recordWords("paper.fails", { text: item.item.text }), level: "general", clause: null, due: "7", date: null, who: null, after: [] });
    return drafts.get(key) as HazardDraft;
  }
  /** The item's photos that no finding has taken yet. */
  function photosOf(item: ItemView): PhotoShown[] {
    const taken = new Set(item.findings.map((finding) => finding.thumb));
    return item.photos.filter((shown) => !taken.has(shown.photo.thumb) && !filed.has(shown.photo.h));
  }
  /** The site's people, for a thumb that is quicker than the first answer, too. */
  async function peopleOf(at: string | undefined): Promise<SitePeople | null> {
    if (site.value || !at) return site.value ?? null;
    return call("Site", { site: at }).catch(() => null);
  }
  async function file(key: string, list: string, item: ItemView): Promise<boolean> {
    const now = drafts.get(key);
    const inspection = view();
    if (!now || !inspection || !(await shots.settled())) return false;
    const shown = photosOf(item);
    const people = await peopleOf(inspection.row.site?.id);
    const done = await command.run("Report", {
      from: inspection.row.id,
      item: [list, item.item.code],
      site: inspection.row.site?.id ?? null,
      place: inspection.row.place,
      complaint: false,
      text: now.text.trim(),
      location: "",
      level: now.level,
      clause: now.level === "major" ? now.clause : null,
      basis: item.item.basis ?? "",
      due: dueDay(now.due, now.date, today()),
      who: (people && proposed(people, now)?.id) ?? null,
      photos: shown.filter((one) => one.here && one.thumb_here).map((one) => known(one.photo)),
      loc: asLocation(await position()),
      corrected: now.due === "now" ? now.after.map(known) : null,
    });
    if (!done) return false;
    for (const { photo } of shown) filed.add(photo.h);
    drafts.delete(key);
    open.value.delete(key);
    await unfiled.flush();
    return true;
  }
  /** Photos of what was put right at once. */
  async function after(key: string, files: File[]): Promise<void> {
    await shots.take(files, (photo) => drafts.get(key)?.after.push(photo));
  }
  return { drafts, draft, site, photosOf, file, after };
}
