/** The newest thing done that can still be taken back, for the bar that offers it. */
import { shallowRef, type ShallowRef } from "vue";
import { call, type Done } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Undoable {
  command: number;
  /** What the same tap did to other records: taken back with it. */
  others: number[];
  words: string;
  /** How long it can still be undone. */
  ms: number;
}

export interface Undo {
  last: ShallowRef<Undoable | undefined>;
  problem: ShallowRef<Problem | undefined>;
  /** Offers to take back what `done` says, if it still can be: one command, or several of one tap. */
  offer: (done: Done | Done[] | undefined, words: string) => void;
  undo: () => Promise<void>;
  over: () => void;
}

export function useUndo(): Undo {
  const last = shallowRef<Undoable>();
  const problem = shallowRef<Problem>();
  const over = () => {
    last.value = undefined;
  };
  return {
    last,
    problem,
    over,
    offer(done, words) {
      const several = Array.isArray(done) ? done : done ? [done] : [];
      // The first of them is the first that is sent.
      const ms = Math.min(...several.map((one) => one.undo_until ?? 0)) - Date.now();
      const [first, ...others] = several.map((one) => one.command);
      last.value = first !== undefined && ms > 500 ? { command: first, others, words, ms } : undefined;
    },
    async undo() {
      const now = last.value;
      over();
      if (!now) return;
      // One that can't be taken back any more keeps none of the others.
      for (const command of [now.command, ...now.others]) {
        try {
          // oxlint-disable-next-line no-await-in-loop
          await call("Undo", { command });
        } catch (thrown) {
          problem.value = asProblem(thrown);
        }
      }
    },
  };
}
