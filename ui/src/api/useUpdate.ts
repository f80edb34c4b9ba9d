/** Whether a new version of the app waits to be taken. */
import { computed, shallowRef, type ComputedRef } from "vue";
import { onVersion, type Take } from "./update";

export interface Update {
  /** A new version is here and can be taken. */
  offered: ComputedRef<boolean>;
  take: () => void;
}

const taking = shallowRef<Take | null>(null);
onVersion((take) => {
  taking.value = take;
});

export function useUpdate(): Update {
  return { offered: computed(() => taking.value !== null), take: () => taking.value?.() };
}
