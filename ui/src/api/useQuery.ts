/**
 * A question that stays answered: asks, keeps the last answer while it asks again, and asks again
 * when a notice says that something changed or when the question itself does.
 */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import { call, onNotice, type Answer, type Params, type RequestName } from "./call";
import { asProblem, type Problem } from "./problem";
import { shared } from "./sharing";
import type { Notice } from "./types";

export interface Query<T> {
  /** The last answer; nothing before the first and while there is nothing to ask. */
  answer: Readonly<ShallowRef<T | undefined>>;
  problem: Readonly<ShallowRef<Problem | undefined>>;
  again: () => void;
}

/** Sync goes on all the time: only what shows it asks at each of its steps. */
const OF_SYNC: ReadonlySet<RequestName> = new Set<RequestName>(["SyncState", "SyncLog", "Me"]);

/** Whether a question may have another answer after a notice. */
function concerns(name: RequestName, notice: Notice): boolean {
  if ("Photo" in notice) return false;
  return "Sync" in notice ? OF_SYNC.has(name) : true;
}

/** Reads again when a notice says that the answer may be another; gives the same for a person who asks. */
export function rereads(name: RequestName, read: () => void): () => void {
  let due = false;
  /** Several notices in one turn are one reading. */
  function again(): void {
    if (due) return;
    due = true;
    void Promise.resolve().then(() => {
      due = false;
      read();
    });
  }
  onScopeDispose(
    onNotice((notice) => {
      if (concerns(name, notice)) again();
    }),
  );
  return again;
}

/** `params` gives the request's, or null while there is nothing to ask. */
export function useQuery<K extends RequestName>(name: K, params: () => Params<K> | null): Query<Answer<K>> {
  const answer = shallowRef<Answer<K>>();
  const problem = shallowRef<Problem>();
  let asked = 0;
  let underWay = false;
  let news = false;

  async function read(): Promise<void> {
    const now = params();
    asked += 1;
    const mine = asked;
    news = false;
    underWay = now !== null;
    if (now === null) {
      // Asked again later, it may have another answer by then.
      answer.value = undefined;
      return;
    }
    try {
      const said = await call(name, now);
      if (mine !== asked) return;
      answer.value = shared(answer.value, said);
      problem.value = undefined;
    } catch (thrown) {
      if (mine !== asked) return;
      // What is asked again anyway has not failed yet.
      if (!news) problem.value = asProblem(thrown);
    }
    underWay = false;
    if (news) await read();
  }
  /** News that come while it is being read are read once it is, all together. */
  function renew(): void {
    if (underWay) news = true;
    else void read();
  }

  watch(
    () => JSON.stringify(params()),
    () => void read(),
    { immediate: true },
  );
  return { answer, problem, again: rereads(name, renew) };
}
