/** Pictures by their hash. */
import { computed, shallowRef, watch, type ComputedRef, type Ref } from "vue";
import { onNotice } from "./call";

export interface Picture {
  url: string | null;
  /** It has not arrived on this device. */
  absent: boolean;
}

export async function blobUrl(hash: string): Promise<string | null> {
  return hash ? null : null;
}

export function useBlob(hash: Readonly<Ref<string>>): ComputedRef<Picture> {
  const url = shallowRef<string | null | undefined>();
  async function read(): Promise<void> {
    const asked = hash.value;
    const found = await blobUrl(asked);
    if (asked === hash.value) url.value = found;
  }
  watch(hash, () => void read(), { immediate: true });
  onNotice(() => url.value ?? void read());
  return computed(() => ({ url: url.value ?? null, absent: url.value === null }));
}
