/** The newest commands that can still be taken back, for the bar that offers it. */
import { shallowRef, type ShallowRef } from "vue";
import { call, type Done } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Undoable {
  /** Names the offer. */
  command: number;
  /** All of it, the newest first, as it may build on those before. */
  commands: readonly number[];
  words: string;
  /** How long it can still be undone. */
  ms: number;
}

export interface Undo {
  last: ShallowRef<Undoable | undefined>;
  problem: ShallowRef<Problem | undefined>;
  /** Offers to take back what `done` says, if it still can be; several are taken back together. */
  offer: (done: Done | undefined | readonly Done[], words: string) => void;
  undo: () => Promise<void>;
  over: () => void;
}

/** With less left than this, nobody gets to the button. */
const LEAST_MS = 500;

function undoable(done: Done | undefined | readonly Done[], words: string): Undoable | undefined {
  const all = done === undefined ? [] : "command" in done ? [done] : done;
  const open = all.filter((one) => one.undo_until !== null);
  const [first] = open;
  const ms = Math.min(...open.map((one) => one.undo_until ?? 0)) - Date.now();
  return first && ms > LEAST_MS ? { command: first.command, commands: open.map((one) => one.command).sort((a, b) => b - a), words, ms } : undefined;
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
      last.value = undoable(done, words);
    },
    async undo() {
      const commands = last.value?.commands ?? [];
      over();
      for (const command of commands) {
        try {
          // oxlint-disable-next-line no-await-in-loop
          await call("Undo", { command });
        } catch (thrown) {
          // One that is too late keeps none of the others.
          problem.value = asProblem(thrown);
        }
      }
    },
  };
}
