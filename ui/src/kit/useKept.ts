import { ref, type Ref } from "vue";

/** What was chosen on each page of this visit, by a name of its own. */
const kept = new Map<string, Ref<unknown>>();

/** A choice that is still there when one comes back to the page: a tab, words that were searched. */
export function useKept<T>(name: string, first: T): Ref<T> {
  const held = kept.get(name) ?? ref(first);
  kept.set(name, held);
  return held as Ref<T>;
}
