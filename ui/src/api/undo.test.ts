import { beforeEach, describe, expect, it } from "vitest";
import { useTransport, type Done } from "./call";
import { useUndo } from "./useUndo";

const undone: number[] = [];
let late: number | null = null;
const done = (command: number, ms: number | null): Done => ({ id: "f", command, undo_until: ms === null ? null : Date.now() + ms });

describe("undo", () => {
  beforeEach(() => {
    undone.length = 0;
    late = null;
    useTransport({
      async call(request) {
        const { command } = (request as { Undo: { command: number } }).Undo;
        if (command === late) throw { code: "undo.too_late", details: {}, retry: "never", trace: "" };
        undone.push(command);
        return { Done: done(command, null) };
      },
      listen: () => undefined,
    });
  });

  it("is offered for what can be taken back alone, as long as it can", () => {
    const undo = useUndo();
    undo.offer(done(7, null), "x");
    expect(undo.last.value).toBeUndefined();
    undo.offer(done(7, 10_000), "已责令");
    expect(undo.last.value).toMatchObject({ command: 7, words: "已责令" });
    undo.offer([], "x");
    expect(undo.last.value).toBeUndefined();
  });

  it("takes back all that were done at once, the last first", async () => {
    const undo = useUndo();
    undo.offer([done(1, 10_000), done(2, 9_000), done(3, null)], "已责令 3 条");
    expect(undo.last.value?.ms).toBeLessThanOrEqual(9_000);
    await undo.undo();
    expect([undone, undo.last.value]).toEqual([[2, 1], undefined]);
  });

  it("says so when one is too late, and takes back the others", async () => {
    const undo = useUndo();
    late = 2;
    undo.offer([done(1, 10_000), done(2, 10_000)], "x");
    await undo.undo();
    expect([undone, undo.problem.value?.code]).toEqual([[1], "undo.too_late"]);
  });
});
