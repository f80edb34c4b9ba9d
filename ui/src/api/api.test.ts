import { effectScope, nextTick, ref } from "vue";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, useTransport } from "./call";
import { asProblem } from "./problem";
import { awaited } from "./readings";
import { useCommand } from "./useCommand";
import { useQuery } from "./useQuery";
import type { Notice } from "./types";

type Waiting = { request: Record<string, unknown>; answer: (reply: unknown) => void; refuse: (problem: unknown) => void };

/** A device that answers when the test says so. */
function device() {
  const waiting: Waiting[] = [];
  const told: ((notice: unknown) => void)[] = [];
  useTransport({
    call: (request) => new Promise((answer, refuse) => waiting.push({ request: request as Record<string, unknown>, answer, refuse })),
    listen: (notice) => told.push(notice),
  });
  return { waiting, notice: (notice: Notice) => told.forEach((tell) => tell(notice)) };
}
/** Lets everything run that is ready to. */
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
}
let scope = effectScope();
beforeEach(() => {
  scope = effectScope();
});
afterEach(() => scope.stop());

describe("call", () => {
  it("sends one named request and opens the reply of the same name", async () => {
    const { waiting } = device();
    const asked = call("SyncLog", { limit: 3 });
    expect(waiting[0]?.request).toEqual({ SyncLog: { limit: 3 } });
    waiting[0]?.answer({ SyncLog: [] });
    expect(await asked).toEqual([]);
  });

  it("makes a problem of whatever is thrown, and shows no inner text", () => {
    expect(asProblem({ code: "undo.too_late", retry: "never", details: {}, trace: "a1" }).code).toBe("undo.too_late");
    expect(asProblem(new TypeError("secret")).code).toBe("internal");
    expect(JSON.stringify(asProblem(new TypeError("secret")))).not.toContain("secret");
  });
});

describe("useQuery", () => {
  it("keeps the last answer while it asks again after a notice", async () => {
    const { waiting, notice } = device();
    const query = scope.run(() => useQuery("SyncLog", () => ({ limit: 1 })));
    waiting[0]?.answer({ SyncLog: ["first"] });
    await settle();
    notice({ Sync: {} });
    notice({ Sync: {} });
    await settle();
    expect(waiting).toHaveLength(2);
    expect(query?.answer.value).toEqual(["first"]);
    waiting[1]?.answer({ SyncLog: ["second"] });
    await settle();
    expect(query?.answer.value).toEqual(["second"]);
  });

  it("asks once more, and not each time, after what came while it was asking", async () => {
    const { waiting, notice } = device();
    const query = scope.run(() => useQuery("Today", () => ({})));
    notice({ Record: { id: "x" } });
    await settle();
    notice({ Record: { id: "y" } });
    await settle();
    expect(waiting).toHaveLength(1);
    waiting[0]?.answer({ Today: ["before"] });
    await settle();
    expect(query?.answer.value).toEqual(["before"]);
    expect(waiting).toHaveLength(2);
    waiting[1]?.answer({ Today: ["after"] });
    await settle();
    expect(query?.answer.value).toEqual(["after"]);
    expect(waiting).toHaveLength(2);
  });

  it("shows no failure of what it asks again anyway", async () => {
    const { waiting, notice } = device();
    const query = scope.run(() => useQuery("Today", () => ({})));
    notice({ Register: {} });
    await settle();
    waiting[0]?.refuse({ code: "internal", details: {}, retry: "later", trace: "" });
    await settle();
    expect(query?.problem.value).toBeUndefined();
    waiting[1]?.refuse({ code: "internal", details: {}, retry: "later", trace: "" });
    await settle();
    expect(query?.problem.value?.code).toBe("internal");
  });

  it("asks what the open screen shows before what was asked for all screens", async () => {
    const { waiting, notice } = device();
    scope.run(() => useQuery("Me", () => ({})));
    scope.run(() => useQuery("Today", () => ({})));
    waiting[0]?.answer({ Me: {} });
    waiting[1]?.answer({ Today: {} });
    await settle();
    notice({ Record: { id: "x" } });
    await settle();
    expect(waiting.slice(2).map(({ request }) => Object.keys(request)[0])).toEqual(["Today", "Me"]);
  });

  it("doesn't ask again at each step of sync when it doesn't show sync", async () => {
    const { waiting, notice } = device();
    scope.run(() => useQuery("Today", () => ({})));
    waiting[0]?.answer({ Today: [] });
    await settle();
    notice({ Sync: {} });
    await settle();
    expect(waiting).toHaveLength(1);
    notice({ Record: { id: "x" } });
    await settle();
    expect(waiting).toHaveLength(2);
  });

  it("drops the answer to a question that is no longer asked", async () => {
    const { waiting } = device();
    const words = ref("配");
    const query = scope.run(() => useQuery("People", () => ({ query: words.value, unit: null, limit: 5 })));
    words.value = "配电";
    await nextTick();
    waiting[1]?.answer({ People: ["new"] });
    await settle();
    waiting[0]?.answer({ People: ["old"] });
    await settle();
    expect(query?.answer.value).toEqual(["new"]);
  });

  it("has no answer from before when the question comes again", async () => {
    const { waiting } = device();
    const shown = ref<string | null>("f1");
    const query = scope.run(() => useQuery("Finding", () => (shown.value === null ? null : { id: shown.value })));
    waiting[0]?.answer({ Finding: "before" });
    await settle();
    shown.value = null;
    await settle();
    shown.value = "f1";
    await settle();
    expect(query?.answer.value).toBeUndefined();
    waiting[1]?.answer({ Finding: "after" });
    await settle();
    expect(query?.answer.value).toBe("after");
  });

  it("is awaited until it is answered, not while it is only asked again", async () => {
    const { waiting, notice } = device();
    const limit = ref<number | null>(1);
    scope.run(() => useQuery("SyncLog", () => (limit.value === null ? null : { limit: limit.value })));
    expect(awaited.value).toBe(true);
    waiting[0]?.answer({ SyncLog: [] });
    await settle();
    expect(awaited.value).toBe(false);
    notice({ Sync: {} });
    await settle();
    expect(waiting).toHaveLength(2);
    expect(awaited.value).toBe(false);
    limit.value = 2;
    await nextTick();
    expect(awaited.value).toBe(true);
    waiting[2]?.refuse({ code: "internal", retry: "never", details: {}, trace: "a1" });
    await settle();
    expect(awaited.value).toBe(false);
    limit.value = 3;
    await nextTick();
    expect(awaited.value).toBe(true);
    limit.value = null;
    await settle();
    expect(awaited.value).toBe(false);
    limit.value = 4;
    await nextTick();
    expect(awaited.value).toBe(true);
    scope.stop();
    expect(awaited.value).toBe(false);
  });

  it("is silent once its page is gone", async () => {
    const { waiting, notice } = device();
    scope.run(() => useQuery("Today", () => ({})));
    scope.stop();
    notice({ Record: { id: "x" } });
    await settle();
    expect(waiting).toHaveLength(1);
  });
});

describe("useCommand", () => {
  it("gives what was made, or says why not", async () => {
    const { waiting } = device();
    const { run, problem, pending } = useCommand();
    const made = run("Finish", { id: "i1" });
    expect(pending.value).toBe(true);
    waiting[0]?.answer({ Done: { id: "i1", command: 7, undo_until: null } });
    expect((await made)?.command).toBe(7);
    const refused = run("Finish", { id: "i1" });
    waiting[1]?.refuse({ code: "permit.finished", details: {}, retry: "never", trace: "" });
    expect(await refused).toBeUndefined();
    expect(problem.value?.code).toBe("permit.finished");
    expect(pending.value).toBe(false);
  });
});
