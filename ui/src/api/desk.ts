/** Whose work the pages for who looks after others are about, and when: one choice that all of them obey. */
import { computed, effectScope, ref } from "vue";
import { useToday } from "./shared";
import { useQuery, type Query } from "./useQuery";
import type { DeskScope, DeskUnit } from "./types";

const app = effectScope(true);
let units: Query<DeskUnit[]> | undefined;
/** Nothing chosen: my first unit, and in lists whatever I may see. */
const unit = ref<string | null>(null);
/** Nothing chosen: all time, and where there can't be all, the running month. */
const period = ref<string | null>(null);

const monthOf = (year: number, month: number) => `${year}-${String(month).padStart(2, "0")}`;

/** The months of a year up to a day, newest first, then its quarters, then the year; in January also what just ended. */
export function periodsUntil(today: string): string[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const months = Array.from({ length: month }, (_, n) => monthOf(year, month - n));
  const quarter = Math.ceil(month / 3);
  const running = [...months, ...Array.from({ length: quarter }, (_, n) => `${year}-Q${quarter - n}`), String(year)];
  return month === 1 ? [...running, monthOf(year - 1, 12), `${year - 1}-Q4`, String(year - 1)] : running;
}

export function useDesk() {
  units ??= app.run(() => useQuery("DeskUnits", () => ({}))) as Query<DeskUnit[]>;
  const asked = units;
  const today = useToday();
  const periods = computed(() => periodsUntil(today.value));
  const mine = computed(() => (asked.answer.value ?? []).filter((one) => one.depth === 0));
  return {
    units: computed(() => asked.answer.value ?? []),
    unit,
    period,
    periods,
    /** The unit that is shown, chosen or not. */
    shown: computed(() => unit.value ?? asked.answer.value?.[0]?.unit.id ?? null),
    scope: computed<DeskScope>(() => ({ unit: unit.value, period: period.value ?? periods.value[0] ?? null })),
    /** Whether several units are mine, so that all of them together are a choice of their own. */
    several: computed(() => mine.value.length > 1),
    /** What a list of whatever I may see is narrowed to: by my only unit not at all. */
    narrowed: computed(() => (unit.value !== null && mine.value.length === 1 && mine.value[0]?.unit.id === unit.value ? null : unit.value)),
  };
}
