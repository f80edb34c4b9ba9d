/** Pictures by their hash: what is on this device, and what is asked for when it isn't. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from "vue";
import { call, onNotice } from "./call";
import { useSyncState } from "./shared";
import type { NewPhoto } from "./types";

export interface Picture {
  url: string | null;
  /** It has not arrived on this device. */
  absent: boolean;
}

/** The newest are kept, so that scrolling back doesn't read them again. */
const KEPT = 200;
const urls = new Map<string, string>();

export async function blobUrl(hash: string): Promise<string | null> {
  const known = urls.get(hash);
  if (known) return known;
  const url = await call("Photo", { hash }).catch(() => null);
  if (url) {
    urls.set(hash, url);
    const oldest = urls.keys().next();
    if (urls.size > KEPT && !oldest.done) urls.delete(oldest.value);
  }
  return url;
}

export function useBlob(hash: Readonly<Ref<string>>): ComputedRef<Picture> {
  const url = shallowRef<string | null>();
  async function read(): Promise<void> {
    const asked = hash.value;
    const found = asked ? await blobUrl(asked) : null;
    if (asked !== hash.value) return;
    url.value = found;
    if (asked && found === null) await call("FetchPhoto", { hash: asked }).catch(() => undefined);
  }
  watch(hash, () => void read(), { immediate: true });
  // What the relay didn't have yet, the device asks for no more: once again after each whole sync. A
  // step of sync is no occasion, as the asking is one itself.
  const { answer: sync } = useSyncState();
  watch(
    () => sync.value?.synced,
    (_, before) => {
      if (before !== undefined && url.value === null) void read();
    },
  );
  onScopeDispose(
    onNotice((notice) => {
      const came = "Photo" in notice && notice.Photo.hash === hash.value;
      // While a host's line was cut, it may have come unheard.
      if (came || ("Register" in notice && url.value === null)) void read();
    }),
  );
  return computed(() => ({ url: url.value ?? null, absent: url.value === null }));
}

/** A file that was just taken or a drawn signature, as the device wants it. */
export async function newPhoto(file: Blob): Promise<NewPhoto> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => failed(new Error("unreadable")));
    reader.readAsDataURL(file);
  });
  const taken = file instanceof File ? file.lastModified : null;
  return { base64: url.slice(url.indexOf(",") + 1), kept: null, loc: null, taken };
}
