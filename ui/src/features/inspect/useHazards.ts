/** Hazards being recorded at items of one inspection: a draft each, filed as a finding. */
import { reactive } from "vue";
import { blobUrl, newPhoto } from "@/api/blob";
import { call } from "@/api/call";
import { asLocation, position } from "@/api/position";
import type { InspectionView, ItemView, NewPhoto, PersonShown, PhotoShown } from "@/api/types";
import type { Command } from "@/api/useCommand";
import type { Day } from "@/format/dates";
import { recordWords } from "@/i18n";
import { dueDay, type HazardDraft } from "./hazard";

/** Photos that are on the device already, for a report that takes them along. */
async function handOver(shown: PhotoShown[]): Promise<NewPhoto[]> {
  const photos = await Promise.all(
    shown.map(async ({ photo }): Promise<NewPhoto | null> => {
      const url = await blobUrl(photo.h);
      return url === null ? null : { base64: url.slice(url.indexOf(",") + 1), loc: photo.loc ?? null, taken: photo.taken };
    }),
  );
  return photos.filter((photo) => photo !== null);
}

export function useHazards(view: () => InspectionView | undefined, today: () => Day, command: Command) {
  const drafts = reactive(new Map<string, HazardDraft>());
  const filed = new Set<string>();
  let people: Promise<PersonShown[]> | undefined;

  /** What an item proposes: the note, else its own words as not met; the person makes them exact. */
  function draft(key: string, item: ItemView): HazardDraft {
    const known = drafts.get(key);
    if (known) return known;
    drafts.set(key, { text: item.note ?? recordWords("paper.fails", { text: item.item.text }), level: "general", clause: null, due: "7", date: null, after: [] });
    return drafts.get(key) as HazardDraft;
  }
  /** The item's photos that no finding has taken yet. */
  function photosOf(item: ItemView): PhotoShown[] {
    const taken = new Set(item.findings.map((finding) => finding.thumb));
    return item.photos.filter((shown) => !taken.has(shown.photo.thumb) && !filed.has(shown.photo.h));
  }
  /** The safety officer; for a major one the principal. */
  async function responsible(level: HazardDraft["level"]): Promise<string | null> {
    const site = view()?.row.site?.id;
    if (!site) return null;
    people ??= call("Site", { site }).then((answer) => answer.people).catch(() => []);
    const wanted = level === "major" ? "principal" : "safety_officer";
    return (await people).find((person) => person.kind === wanted)?.id ?? null;
  }
  async function file(key: string, list: string, item: ItemView): Promise<boolean> {
    const now = drafts.get(key);
    const inspection = view();
    if (!now || !inspection) return false;
    const shown = photosOf(item);
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
      who: await responsible(now.level),
      photos: await handOver(shown),
      loc: asLocation(await position()),
      corrected: now.due === "now" ? await Promise.all(now.after.map(newPhoto)) : null,
    });
    if (!done) return false;
    for (const { photo } of shown) filed.add(photo.h);
    drafts.delete(key);
    return true;
  }
  return { drafts, draft, photosOf, file };
}
