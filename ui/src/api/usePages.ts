/**
 * A long list of which only the pages near the screen are read: how many rows it has, and those that
 * are here. News ask for the pages in view again; the others are read anew when they come into view.
 */
import { shallowRef, watch, type ShallowRef } from "vue";
import { call, type Answer, type Params, type RequestName } from "./call";
import { asProblem, type Problem } from "./problem";
import { readings, type Turn } from "./readings";
import { shared } from "./sharing";

/** Requests whose answers are pages: rows from an offset on, and how many there are in all. */
export type PagedName = { [K in RequestName]: Answer<K> extends { rows: unknown[]; total: number } ? K : never }[RequestName];
export type RowOf<K extends PagedName> = Answer<K> extends { rows: (infer R)[] } ? R : never;

export interface Pages<K extends PagedName> {
  /** The last page that was read, for what it says of the whole list; nothing before the first. */
  answer: Readonly<ShallowRef<Answer<K> | undefined>>;
  /** As many as there are; those that aren't here yet are undefined. */
  rows: Readonly<ShallowRef<readonly (RowOf<K> | undefined)[]>>;
  problem: Readonly<ShallowRef<Problem | undefined>>;
  again: () => void;
  /** These rows are in view, first and last. */
  see: (first: number, last: number) => void;
}

/** Rows of a page. */
const SIZE = 100;

export function usePages<K extends PagedName>(name: K, params: (offset: number, limit: number) => Params<K>): Pages<K> {
  type Row = RowOf<K>;
  const answer = shallowRef<Answer<K>>();
  const rows = shallowRef<readonly (Row | undefined)[]>([]);
  const problem = shallowRef<Problem>();
  let view: readonly number[] = [0];
  /** Pages that were asked for since the last news. */
  let asked = new Set<number>();
  /** Which reading a page belongs to: an older one is no longer true. */
  let turn: Turn = { over: false, news: false };
  /** The pages before the last news are still shown, until the first of the new ones is here. */
  let old = false;

  async function read(pages: readonly number[]): Promise<void> {
    const mine = turn;
    pages.forEach((page) => asked.add(page));
    try {
      const said = await Promise.all(pages.map((page) => call(name, params(page * SIZE, SIZE))));
      if (mine.over) return;
      put(pages, said);
      problem.value = undefined;
    } catch (thrown) {
      if (mine.over) return;
      pages.forEach((page) => asked.delete(page));
      if (!mine.news) problem.value = asProblem(thrown);
    }
  }

  function put(pages: readonly number[], said: readonly Answer<K>[]): void {
    const before = rows.value;
    const now: (Row | undefined)[] = old ? [] : [...before];
    old = false;
    for (const [at, { rows: found, total }] of said.entries()) {
      now.length = total;
      (found as Row[]).forEach((row, n) => {
        const place = (pages[at] ?? 0) * SIZE + n;
        now[place] = shared(before[place], row);
      });
    }
    rows.value = now;
    answer.value = said.at(-1);
  }

  async function renew(now: Turn): Promise<void> {
    turn = now;
    asked = new Set();
    old = true;
    await read(view);
  }
  function see(first: number, last: number): void {
    const from = Math.floor(first / SIZE);
    view = Array.from({ length: Math.floor(last / SIZE) - from + 1 }, (_, n) => from + n);
    const wanted = view.filter((page) => !asked.has(page));
    if (wanted.length > 0) void read(wanted);
  }

  const { anew, again } = readings(name, renew);
  watch(
    () => JSON.stringify(params(0, SIZE)),
    () => {
      view = [0];
      anew();
    },
    { immediate: true },
  );
  return { answer, rows, problem, again, see };
}
