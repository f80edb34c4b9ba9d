/**
 * A question that only the relay can answer: asked when the page opens and when the person asks
 * again, never by itself, so that no page talks to the relay behind anybody's back.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { call, type Answer, type Params, type RequestName } from "@/api/call";
import { asProblem, type Problem } from "@/api/problem";

export interface Asked<T> {
  answer: ShallowRef<T | undefined>;
  problem: ShallowRef<Problem | undefined>;
  pending: Readonly<Ref<boolean>>;
  again: () => Promise<void>;
}

export function useRelay<K extends RequestName>(name: K, params: Params<K>): Asked<Answer<K>> {
  const answer = shallowRef<Answer<K>>();
  const problem = shallowRef<Problem>();
  const pending = ref(false);
  async function again(): Promise<void> {
    if (pending.value) return;
    pending.value = true;
    try {
      answer.value = await call(name, params);
      problem.value = undefined;
    } catch (thrown) {
      problem.value = asProblem(thrown);
    } finally {
      pending.value = false;
    }
  }
  void again();
  return { answer, problem, pending, again };
}
