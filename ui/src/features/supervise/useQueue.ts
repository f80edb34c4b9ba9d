/** The queue and where one is in it. */
import { computed, reactive, ref, watch } from "vue";
import type { QueueFilter, QueueGroup } from "@/api/types";
import { useQuery } from "@/api/useQuery";
import { useUndo } from "@/api/useUndo";
import { keepPlace, partsOf, step } from "./groups";

const ROWS = 200;

export function useQueue() {
  const chosen = ref<QueueGroup | null>(null);
  const filter = reactive<QueueFilter>({ query: "", unit: null, period: null });
  const { answer, problem, again } = useQuery("Queue", () => ({ group: chosen.value, filter: { ...filter, query: filter.query.trim() }, limit: ROWS }));
  const undo = useUndo();
  const parts = computed(() => partsOf(answer.value?.groups ?? []));
  const findings = computed(() => answer.value?.findings ?? []);
  const ids = computed(() => findings.value.map((row) => row.id));
  const shown = ref<string | null>(null);
  let at = 0;
  // What was dealt with leaves the list; the next one takes its place.
  watch(ids, (now) => {
    shown.value = keepPlace(now, shown.value, at);
  });
  watch([shown, ids], ([id, now]) => {
    if (id !== null) at = Math.max(0, now.indexOf(id));
  });

  function pick(group: QueueGroup): void {
    chosen.value = group;
    shown.value = null;
    at = 0;
  }
  return {
    filter,
    filtered: computed(() => filter.query.trim() !== "" || filter.unit !== null || filter.period !== null),
    answer,
    problem,
    again,
    undo,
    parts,
    findings,
    ids,
    shown,
    pick,
    group: computed(() => chosen.value ?? answer.value?.group ?? "recheck"),
    count: computed(() => answer.value?.groups.find(([group]) => group === (chosen.value ?? answer.value?.group))?.[1] ?? 0),
    position: computed(() => (shown.value === null ? 0 : ids.value.indexOf(shown.value) + 1)),
    move: (by: number) => {
      shown.value = step(ids.value, shown.value, by);
    },
  };
}
export type QueueInView = ReturnType<typeof useQueue>;
