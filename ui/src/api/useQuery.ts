/**
 * A question that stays answered: asks, keeps the last answer while it asks again, and asks again
 * when a notice says that something changed or when the question itself does.
 */
import { shallowRef, watch, type ShallowRef } from "vue";
import { call, type Answer, type Params, type RequestName } from "./call";
import { asProblem, type Problem } from "./problem";
import { readings, type Turn } from "./readings";
import { shared } from "./sharing";

export interface Query<T> {
  /** The last answer; nothing before the first and while there is nothing to ask. */
  answer: Readonly<ShallowRef<T | undefined>>;
  problem: Readonly<ShallowRef<Problem | undefined>>;
  again: () => void;
}

/** `params` gives the request's, or null while there is nothing to ask. */
export function useQuery<K extends RequestName>(name: K, params: () => Params<K> | null): Query<Answer<K>> {
  const answer = shallowRef<Answer<K>>();
  const problem = shallowRef<Problem>();
  async function read(turn: Turn): Promise<void> {
    const now = params();
    if (now === null) {
      // Asked again later, it may have another answer by then.
      answer.value = undefined;
      return;
    }
    try {
      const said = await call(name, now);
      if (turn.over) return;
      answer.value = shared(answer.value, said);
      problem.value = undefined;
    } catch (thrown) {
      // What is asked again anyway has not failed yet.
      if (!turn.over && !turn.news) problem.value = asProblem(thrown);
    }
  }

  const { anew, again } = readings(name, read);
  watch(() => JSON.stringify(params()), anew, { immediate: true });
  return { answer, problem, again };
}
