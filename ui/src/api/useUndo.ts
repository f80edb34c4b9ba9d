/** The newest command that can still be taken back, for the bar that offers it. */
import { shallowRef, type ShallowRef } from "vue";
import { call, type Done } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Undoable {
  command: number;
  words: string;
  /** How long it can still be undone. */
  ms: number;
}

export interface Undo {
  last: ShallowRef<Undoable | undefined>;
  problem: ShallowRef<Problem | undefined>;
  /** Offers to take back what `done` says, if it still can be. */
  offer: (done: Done | undefined, words: string) => void;
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
      const ms = (done?.undo_until ?? 0) - Date.now();
      last.value = done && ms > 500 ? { command: done.command, words, ms } : undefined;
    },
    async undo() {
      const command = last.value?.command;
      over();
      if (command === undefined) return;
      try {
        await call("Undo", { command });
      } catch (thrown) {
        problem.value = asProblem(thrown);
      }
    },
  };
}
