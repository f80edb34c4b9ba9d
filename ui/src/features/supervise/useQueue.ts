/** The queue and where one is in it. */
import { computed, ref, watch } from "vue";
import { useDesk } from "@/api/desk";
import type { QueueFilter, QueueGroup } from "@/api/types";
import { useQuery } from "@/api/useQuery";
import { useUndo } from "@/api/useUndo";
import { useKept } from "@/kit";
import { keepPlace, partsOf, step } from "./groups";

const ROWS = 200;

export function useQueue() {
  const chosen = useKept<QueueGroup | null>("queue.group", null);
  const desk = useDesk();
  const words = ref("");
  const filter = computed<QueueFilter>(() => ({ query: words.value.trim(), unit: desk.narrowed.value, period: desk.period.value }));
  const { answer, problem, again } = useQuery("Queue", () => ({ group: chosen.value, filter: filter.value, limit: ROWS }));
  const undo = useUndo();
  const parts = computed(() => partsOf(answer.value?.groups ?? []));
  const findings = computed(() => answer.value?.findings ?? []);
  const ids = computed(() => findings.value.map((row) => row.id));
  const group = computed(() => chosen.value ?? answer.value?.group ?? "recheck");
  const wanted = ref<string | null>(null);
  const place = ref(0);
  /** What was dealt with leaves the list, and the next one takes its place; a list that isn't there yet shows none. */
  const shown = computed({
    get: () => (answer.value?.group === group.value ? keepPlace(ids.value, wanted.value, place.value) : null),
    set: (id) => {
      wanted.value = id;
    },
  });
  watch([shown, ids], ([id, now]) => {
    if (id === null) return;
    wanted.value = id;
    place.value = now.indexOf(id);
  });

  function pick(other: QueueGroup): void {
    chosen.value = other;
    wanted.value = null;
    place.value = 0;
  }
  return {
    words,
    filtered: computed(() => filter.value.query !== "" || filter.value.unit !== null || filter.value.period !== null),
    answer,
    problem,
    again,
    undo,
    parts,
    findings,
    ids,
    shown,
    pick,
    group,
    count: computed(() => answer.value?.groups.find(([one]) => one === group.value)?.[1] ?? 0),
    position: computed(() => (shown.value === null ? 0 : ids.value.indexOf(shown.value) + 1)),
    move: (by: number) => {
      shown.value = step(ids.value, shown.value, by);
    },
  };
}
export type QueueInView = ReturnType<typeof useQueue>;
