/**
 * Something done by the person: `run` sends it and gives the reply, or nothing when it was refused;
 * then `problem` says why. The device answers at once, so nothing is shown before it has.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { call } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Command {
  run: <T>(request: unknown) => Promise<T | undefined>;
  pending: Readonly<Ref<boolean>>;
  problem: ShallowRef<Problem | undefined>;
}

export function useCommand(): Command {
  const pending = ref(false);
  const problem = shallowRef<Problem>();
  return {
    pending,
    problem,
    async run(request) {
      pending.value = true;
      problem.value = undefined;
      try {
        return (await call(request)) as never;
      } catch (thrown) {
        problem.value = asProblem(thrown);
        return undefined;
      } finally {
        pending.value = false;
      }
    },
  };
}
