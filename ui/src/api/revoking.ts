/**
 * Shutting devices out. The relay never takes that back, so it is told only when the time to think
 * better of it is over. Until it knows, this device keeps whom it is about: an app that is ended in
 * between tells the relay when it is opened again.
 */
import { shallowReadonly, shallowRef } from "vue";
import { call } from "./call";
import { asProblem, type Problem } from "./problem";

export interface Revocation {
  device: string;
  /** Its person's. */
  name: string;
}

/** How long it can still be taken back. */
export const HELD_MS = 10_000;
/** Nothing is left to shut out: somebody did it before. */
const GONE = "device.unknown";
const KEPT = "revoke";

/** The one that can still be taken back. */
const held = shallowRef<Revocation>();
/** Confirmed, and not known to the relay yet: the held one, too. */
const open = shallowRef<readonly Revocation[]>([]);
/** What the relay heard of last. */
const done = shallowRef<Revocation>();
const failed = shallowRef<{ of: Revocation; problem: Problem }>();
let telling = false;
let keeping: Promise<unknown> = Promise.resolve();

const without = (all: readonly Revocation[], device: string) => all.filter((one) => one.device !== device);

async function kept(): Promise<Revocation[]> {
  const text = await call("Unfiled", { name: KEPT }).catch(() => null);
  return text === null ? [] : (JSON.parse(text) as Revocation[]);
}
/** Another window keeps its own under the same name: they are read anew, one change after the other. */
function keep(change: (all: Revocation[]) => Revocation[]): Promise<unknown> {
  keeping = keeping.then(async () => {
    const all = change(await kept());
    await call("KeepUnfiled", { name: KEPT, content: all.length > 0 ? JSON.stringify(all) : null }).catch(() => undefined);
  });
  return keeping;
}
function forget({ device }: Revocation): Promise<unknown> {
  open.value = without(open.value, device);
  return keep((all) => without(all, device));
}

async function tell(one: Revocation): Promise<void> {
  try {
    await call("Revoke", { device: one.device });
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.code !== GONE) {
      failed.value = { of: one, problem };
      return;
    }
  }
  await forget(one);
  done.value = one;
}
/** Tells the relay all that isn't held; what fails stays, and says why. */
async function tellAll(): Promise<void> {
  if (telling) return;
  telling = true;
  failed.value = undefined;
  const tried = new Set<Revocation>();
  const next = () => open.value.find((one) => one !== held.value && !tried.has(one));
  for (let one = next(); one; one = next()) {
    tried.add(one);
    // oxlint-disable-next-line no-await-in-loop
    await tell(one);
  }
  telling = false;
}

/** The time is over, or nobody is there any more to take it back. */
function release(): void {
  if (!held.value) return;
  held.value = undefined;
  void tellAll();
}
/** Holds one that was just confirmed; the one before it goes. */
function hold(one: Revocation): void {
  release();
  open.value = [...without(open.value, one.device), one];
  held.value = one;
  void keep((all) => [...without(all, one.device), one]);
}
function undo(): void {
  const one = held.value;
  held.value = undefined;
  if (one) void forget(one);
}
/** A failure was read. What may never succeed is given up; the rest goes when the app is opened again. */
function dismiss(): void {
  const now = failed.value;
  failed.value = undefined;
  if (now && now.problem.retry !== "later") void forget(now.of);
}

/**
 * What an app that was ended left: told when nobody can be taking it back in another window any
 * more. Gives what stops waiting for that.
 */
export function resumeRevoking(): () => void {
  const opening = kept();
  const timer = setTimeout(async () => {
    const still = await kept();
    const left = (await opening).filter(({ device }) => still.some((one) => one.device === device));
    open.value = left.reduce((all, one) => [...without(all, one.device), one], open.value);
    void tellAll();
  }, HELD_MS);
  window.addEventListener("pagehide", release);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", release);
  };
}

export function useRevoking() {
  return { held: shallowReadonly(held), open: shallowReadonly(open), done: shallowReadonly(done), failed: shallowReadonly(failed), hold, undo, release, again: tellAll, dismiss };
}
