/** Where a record that a task, a number or the plan points to is read. */
import type { Place } from "@/api/types";

export function pathOf(place: Place | null): string | undefined {
  if (!place) return undefined;
  if ("Finding" in place) return `/findings/${place.Finding}`;
  if ("Inspection" in place) return `/inspect/${place.Inspection}/record`;
  return `/inspect/start?site=${place.Site}`;
}
