/** The groups of findings: what each asks for. */
import type { FindingFilter, FindingState } from "@/api/types";

const OPEN: FindingState[] = ["reported", "ordered", "accepted", "extension_asked", "rectified"];
const FILTERS = {
  open: { states: OPEN },
  overdue: { overdue: true },
  recheck: { states: ["rectified"] },
  to_order: { states: ["reported"] },
  rectifying: { states: ["ordered", "accepted", "extension_asked"] },
  major: { states: OPEN, major: true },
  mine: { states: OPEN, mine: true },
  done: { states: ["closed", "withdrawn"] },
} as const satisfies Record<string, Partial<{ [K in keyof FindingFilter]: FindingFilter[K] | readonly FindingState[] }>>;

export type Group = keyof typeof FILTERS;
export const GROUPS = Object.keys(FILTERS) as Group[];

export function filterOf(group: Group, query: string, offset: number, limit: number): FindingFilter {
  const { states = [], ...more }: { states?: readonly FindingState[]; overdue?: boolean; major?: boolean; mine?: boolean } = FILTERS[group];
  return { query: query.trim(), site: null, overdue: false, major: false, mine: false, offset, limit, ...more, states: [...states] };
}
