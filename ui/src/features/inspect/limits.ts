/** Limits of a measured value, which are decimal texts: "19.5". */

/** Whether `value` is below `low` or above `high`; both are still good themselves. */
export function outside(value: string, low: string | null, high: string | null): boolean {
  const read = Number(value);
  return (low !== null && read < Number(low)) || (high !== null && read > Number(high));
}

/** 19.5–23.5, ≥ 19.5, ≤ 23.5, or nothing. */
export function limitsOf(low: string | null, high: string | null): string {
  if (low !== null && high !== null) return `${low}–${high}`;
  if (low !== null) return `≥ ${low}`;
  return high === null ? "" : `≤ ${high}`;
}
