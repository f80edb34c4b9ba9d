import { effectScope, nextTick, ref } from "vue";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useTransport } from "./call";
import type { Notice } from "./types";
import { usePages } from "./usePages";

type Filter = { query: string; offset: number; limit: number };

/** A device with so many findings, which answers when the test says so. */
function device(total: number) {
  const asked: Filter[] = [];
  const answers: (() => void)[] = [];
  const told: ((notice: unknown) => void)[] = [];
  const state = { total, word: "a" };
  useTransport({
    call: (request) =>
      new Promise((answer) => {
        const { filter } = (request as { Findings: { filter: Filter } }).Findings;
        asked.push(filter);
        const { word, total: all } = state;
        const many = Math.max(0, Math.min(filter.limit, all - filter.offset));
        const rows = Array.from({ length: many }, (_, n) => ({ id: `${word}${filter.offset + n}` }));
        answers.push(() => answer({ Findings: { rows, total: all } }));
      }),
    listen: (notice) => told.push(notice),
  });
  return { asked, answers, state, offsets: () => asked.map((one) => one.offset), tell: (notice: Notice) => told.forEach((one) => one(notice)) };
}
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
}
let scope = effectScope();
beforeEach(() => {
  scope = effectScope();
});
afterEach(() => scope.stop());
function pages(query = ref("")) {
  const filter = (offset: number, limit: number) => ({ filter: { query: query.value, states: [], site: null, overdue: false, major: false, mine: false, offset, limit } });
  const made = scope.run(() => usePages("Findings", filter));
  if (!made) throw new Error("no scope");
  return made;
}
const ids = (made: ReturnType<typeof pages>, ...at: number[]) => at.map((n) => made.rows.value[n]?.id);

describe("usePages", () => {
  it("knows how long the list is, and reads what comes into view, once", async () => {
    const { answers, offsets } = device(1_050);
    const made = pages();
    answers[0]?.();
    await settle();
    expect(made.rows.value).toHaveLength(1_050);
    expect(ids(made, 0, 99, 100)).toEqual(["a0", "a99", undefined]);
    made.see(1_035, 1_049);
    answers[1]?.();
    await settle();
    expect(ids(made, 0, 1_000, 1_049)).toEqual(["a0", "a1000", "a1049"]);
    made.see(1_020, 1_040);
    expect(offsets()).toEqual([0, 1_000]);
  });

  it("reads the pages in view anew after news, together; the others when they are seen again", async () => {
    const { answers, offsets, state, tell } = device(1_000);
    const made = pages();
    answers[0]?.();
    made.see(190, 210);
    answers.slice(1).forEach((answer) => answer());
    await settle();
    state.word = "b";
    state.total = 999;
    tell({ Record: { id: "x" } });
    tell({ Record: { id: "y" } });
    await settle();
    expect(offsets().slice(3)).toEqual([100, 200]);
    answers[3]?.();
    await settle();
    expect(ids(made, 0, 100, 200)).toEqual(["a0", "a100", "a200"]);
    answers[4]?.();
    await settle();
    expect(ids(made, 0, 100, 200)).toEqual([undefined, "b100", "b200"]);
    expect(made.rows.value).toHaveLength(999);
    made.see(0, 10);
    expect(offsets().at(-1)).toBe(0);
  });

  it("comes to the end of a reading while news go on, and reads once more", async () => {
    const { answers, offsets, state, tell } = device(10);
    const made = pages();
    state.word = "b";
    tell({ Record: { id: "x" } });
    await settle();
    tell({ Record: { id: "y" } });
    await settle();
    expect(offsets()).toEqual([0]);
    answers[0]?.();
    await settle();
    expect(ids(made, 0)).toEqual(["a0"]);
    expect(offsets()).toEqual([0, 0]);
    answers[1]?.();
    await settle();
    expect(ids(made, 0)).toEqual(["b0"]);
    expect(offsets()).toEqual([0, 0]);
  });

  it("leaves a page that came into view before the news", async () => {
    const { answers, state, tell } = device(500);
    const made = pages();
    answers[0]?.();
    await settle();
    made.see(400, 410);
    state.word = "b";
    tell({ Record: { id: "x" } });
    await settle();
    answers[2]?.();
    answers[1]?.();
    await settle();
    expect(ids(made, 0, 400)).toEqual([undefined, "b400"]);
  });

  it("begins at the first page of another question", async () => {
    const query = ref("");
    const { answers, asked, state } = device(500);
    const made = pages(query);
    answers[0]?.();
    made.see(400, 410);
    answers[1]?.();
    await settle();
    state.word = "b";
    state.total = 3;
    query.value = "b";
    await nextTick();
    expect(asked.at(-1)).toMatchObject({ query: "b", offset: 0 });
    answers[2]?.();
    await settle();
    expect(made.rows.value.map((row) => row?.id)).toEqual(["b0", "b1", "b2"]);
  });
});
