/** The queue's groups as the desk shows them, and moving in a list by keys. */
import type { QueueGroup } from "@/api/types";

/** What I decide, what I watch, what came in: each in the order that the device gives. */
const PARTS = {
  decide: ["recheck", "extension", "order", "conflict", "refused_signature"],
  watch: ["overdue", "major", "due_today"],
  new: ["new_inspection", "not_accepted"],
} as const satisfies Record<string, readonly QueueGroup[]>;
export type Part = keyof typeof PARTS;

export interface Group {
  group: QueueGroup;
  count: number;
  /** Its number is about risk or a deadline, while there is one. */
  tone: "red" | "orange" | "none";
}

function toneOf(group: QueueGroup, count: number): Group["tone"] {
  if (count === 0) return "none";
  if (group === "overdue" || group === "major") return "red";
  return group === "due_today" ? "orange" : "none";
}

/** Groups by part; a group without rows stays where it is, so that the place of each is known by hand. */
export function partsOf(groups: [QueueGroup, number][]): { part: Part; groups: Group[] }[] {
  return (Object.keys(PARTS) as Part[]).map((part) => ({
    part,
    groups: groups.filter(([group]) => (PARTS[part] as readonly QueueGroup[]).includes(group)).map(([group, count]) => ({ group, count, tone: toneOf(group, count) })),
  }));
}

/** The row that is shown after the list changed: the same if it is still there, else the one at its place. */
export function keepPlace(ids: readonly string[], shown: string | null, at: number): string | null {
  if (shown !== null && ids.includes(shown)) return shown;
  return ids[Math.min(Math.max(at, 0), ids.length - 1)] ?? null;
}

/** The row `by` further, staying at the ends. */
export function step(ids: readonly string[], shown: string | null, by: number): string | null {
  const at = shown === null ? -1 : ids.indexOf(shown);
  return ids[Math.min(Math.max(at + by, 0), ids.length - 1)] ?? null;
}
