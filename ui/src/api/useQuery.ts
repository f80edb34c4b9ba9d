/**
 * A question that stays answered: asks, keeps the last answer while it asks again, and asks again
 * when a notice says that something changed or when the question itself does.
 */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import { call, onNotice } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Query<T> {
  /** The last answer; nothing before the first. */
  answer: Readonly<ShallowRef<T | undefined>>;
  problem: Readonly<ShallowRef<Problem | undefined>>;
  again: () => void;
}

/** `ask` gives the request, or null while there is nothing to ask yet. */
export function useQuery<T>(ask: () => unknown): Query<T> {
  const answer = shallowRef<T>();
  const problem = shallowRef<Problem>();
  let asked = 0;
  let due = false;

  async function read(): Promise<void> {
    const request = ask();
    const mine = ++asked;
    if (request === null) return;
    try {
      const reply = (await call(request)) as T;
      if (mine !== asked) return;
      answer.value = reply;
      problem.value = undefined;
    } catch (thrown) {
      if (mine === asked) problem.value = asProblem(thrown);
    }
  }

  /** Several notices in one turn are one reading. */
  function again(): void {
    if (due) return;
    due = true;
    void Promise.resolve().then(() => {
      due = false;
      return read();
    });
  }

  watch(() => JSON.stringify(ask()), () => void read(), { immediate: true });
  onScopeDispose(onNotice(again));
  return { answer, problem, again };
}
