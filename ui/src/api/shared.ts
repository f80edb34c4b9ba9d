/** Two answers that the whole app shows: who I am, and how sync stands. Asked once for all screens. */
import { computed, effectScope, watch, type ComputedRef } from "vue";
import { dayAt, setZone, type Day } from "@/format/dates";
import { useQuery, type Query } from "./useQuery";
import type { Me, SyncState } from "./types";

const app = effectScope(true);
let me: Query<Me> | undefined;
let sync: Query<SyncState> | undefined;

/** The device's person, posts and rights. */
export function useMe(): Query<Me> {
  me ??= app.run(() => {
    const asked = useQuery("Me", () => ({}));
    watch(() => asked.answer.value?.zone, (zone) => zone && setZone(zone), { flush: "sync" });
    return asked;
  });
  return me as Query<Me>;
}

/** Today in the organisation's zone, as the device counts it. */
export function useToday(): ComputedRef<Day> {
  const { answer } = useMe();
  return computed(() => answer.value?.today ?? dayAt(Date.now()));
}

/** Sync in numbers. */
export function useSyncState(): Query<SyncState> {
  sync ??= app.run(() => useQuery("SyncState", () => ({})));
  return sync as Query<SyncState>;
}
