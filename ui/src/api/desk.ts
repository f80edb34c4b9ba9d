/** Whose work the desk's pages are about, and when: one choice that all of them obey. */
import { computed, effectScope, ref } from "vue";
import { useToday } from "./shared";
import { useQuery, type Query } from "./useQuery";
import type { DeskScope, DeskUnit } from "./types";

const app = effectScope(true);
let units: Query<DeskUnit[]> | undefined;
/** Nothing chosen: my first unit. */
const unit = ref<string | null>(null);
/** Nothing chosen: the running month. */
const period = ref<string | null>(null);

/** The months of a year up to a day, newest first, then its quarters, then the year. */
export function periodsUntil(today: string): string[] {
  const year = today.slice(0, 4);
  const month = Number(today.slice(5, 7));
  const months = Array.from({ length: month }, (_, n) => `${year}-${String(month - n).padStart(2, "0")}`);
  const quarter = Math.ceil(month / 3);
  return [...months, ...Array.from({ length: quarter }, (_, n) => `${year}-Q${quarter - n}`), year];
}

export function useDesk() {
  units ??= app.run(() => useQuery("DeskUnits", () => ({}))) as Query<DeskUnit[]>;
  const asked = units;
  const today = useToday();
  const periods = computed(() => periodsUntil(today.value));
  return {
    units: computed(() => asked.answer.value ?? []),
    unit,
    period,
    periods,
    /** The unit that is shown, chosen or not. */
    shown: computed(() => unit.value ?? asked.answer.value?.[0]?.unit.id ?? null),
    scope: computed<DeskScope>(() => ({ unit: unit.value, period: period.value ?? periods.value[0] ?? null })),
  };
}
