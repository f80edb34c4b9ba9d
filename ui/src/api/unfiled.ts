/**
 * What a sheet holds until it is filed. It is kept on the device while one writes, and comes back
 * when the app was ended; photos are kept before it, so that it names them and never carries them.
 */
import { onScopeDispose, watch } from "vue";
import { call } from "./call";
import type { NewPhoto, Photo } from "./types";

/** A pause in typing: less would be written than is typed. */
const PAUSE_MS = 300;

export interface Unfiled {
  /** Keeps what was written since the last pause. */
  flush: () => Promise<void>;
  /** It was filed, or isn't wanted any more. */
  drop: () => Promise<void>;
}

/**
 * `name` of the sheet, or null while there is none; `read` gives what it holds, or null for nothing
 * worth keeping; `restore` takes what was held before.
 */
export function useUnfiled<T>(name: () => string | null, read: () => T | null, restore: (held: T) => void): Unfiled {
  /** What the device holds under the name; undefined until it said so. */
  let held: string | null | undefined;
  let named: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const written = () => {
    const now = read();
    return now === null ? null : JSON.stringify(now);
  };

  async function keep(content: string | null): Promise<void> {
    clearTimeout(timer);
    if (named === null || held === undefined || content === held) return;
    held = content;
    // Full or closing: the sheet itself still has everything.
    await call("KeepUnfiled", { name: named, content }).catch(() => undefined);
  }
  async function open(now: string | null): Promise<void> {
    named = now;
    held = undefined;
    if (now === null) return;
    const found = await call("Unfiled", { name: now }).catch(() => null);
    if (named !== now) return;
    held = found;
    if (found !== null) restore(JSON.parse(found) as T);
  }
  watch(name, (now) => void open(now), { immediate: true });
  watch(written, (now) => {
    clearTimeout(timer);
    timer = setTimeout(() => void keep(now), PAUSE_MS);
  });
  const flush = () => keep(written());
  const leaving = () => void flush();
  window.addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", leaving);
  onScopeDispose(() => {
    leaving();
    window.removeEventListener("pagehide", leaving);
    document.removeEventListener("visibilitychange", leaving);
  });
  return { flush, drop: () => keep(null) };
}

/** A photo that is on the device already, for a command. */
export function known(photo: Photo): NewPhoto {
  return { base64: "", kept: photo, loc: null, taken: null };
}
