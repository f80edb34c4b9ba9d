/** What was taken away on this device alone: for ten seconds it can be brought back. */
import { shallowRef, type ShallowRef } from "vue";

export interface Restorable {
  /** Tells one from the next. */
  key: number;
  words: string;
  restore: () => unknown;
}

export interface Restore {
  last: ShallowRef<Restorable | undefined>;
  ms: number;
  /** Offers to bring back what `words` say was taken away. */
  offer: (words: string, restore: () => unknown) => void;
  undo: () => void;
  over: () => void;
}

const MS = 10_000;

export function useRestore(): Restore {
  const last = shallowRef<Restorable>();
  let offered = 0;
  const over = () => {
    last.value = undefined;
  };
  return {
    last,
    ms: MS,
    over,
    offer(words, restore) {
      offered += 1;
      last.value = { key: offered, words, restore };
    },
    undo() {
      const now = last.value;
      over();
      void now?.restore();
    },
  };
}
