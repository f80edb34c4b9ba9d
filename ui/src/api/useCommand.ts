/**
 * Something done by the person: `run` sends it and gives the answer, or nothing when it was refused;
 * then `problem` says why. The device answers at once, so nothing is shown before it has.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { call, type Answer, type Params, type RequestName } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Command {
  run: <K extends RequestName>(name: K, params: Params<K>) => Promise<Answer<K> | undefined>;
  pending: Readonly<Ref<boolean>>;
  problem: ShallowRef<Problem | undefined>;
}

export function useCommand(): Command {
  const pending = ref(false);
  const problem = shallowRef<Problem>();
  return {
    pending,
    problem,
    async run(name, params) {
      pending.value = true;
      problem.value = undefined;
      try {
        return await call(name, params);
      } catch (thrown) {
        problem.value = asProblem(thrown);
        return undefined;
      } finally {
        pending.value = false;
      }
    },
  };
}
