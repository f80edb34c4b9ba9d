import { flushPromises } from "@vue/test-utils";
import { describe, expect, it } from "vitest";
import { effectScope } from "vue";
import { useTransport } from "@/api/call";
import { keepPlace, partsOf, step } from "./groups";
import { useQueue } from "./useQueue";

describe("the queue", () => {
  it("has every group under its part, in the device's order", () => {
    const parts = partsOf([
      ["recheck", 12],
      ["overdue", 3],
      ["due_today", 0],
      ["not_accepted", 1],
      ["order", 2],
    ]);
    expect(parts.map(({ part, groups }) => [part, groups.map((one) => one.group)])).toEqual([
      ["decide", ["recheck", "order"]],
      ["watch", ["overdue", "due_today"]],
      ["new", ["not_accepted"]],
    ]);
  });

  it("colours numbers about risk and deadlines alone, and never a nought", () => {
    const tones = partsOf([["overdue", 3], ["due_today", 0], ["recheck", 9]]).flatMap(({ groups }) => groups.map((one) => one.tone));
    expect(tones).toEqual(["none", "red", "none"]);
  });

  it("goes on with the next row once one is dealt with", () => {
    expect(keepPlace(["a", "c"], "b", 1)).toBe("c");
    expect(keepPlace(["a"], "b", 1)).toBe("a");
    expect(keepPlace([], "b", 1)).toBeNull();
    expect(keepPlace(["a", "b"], "b", 0)).toBe("b");
  });

  it("shows the first row of a group that is picked again", async () => {
    useTransport({
      call: () => Promise.resolve({ Queue: { group: "order", groups: [["order", 1]], findings: [{ id: "a" }] } }),
      listen: () => undefined,
    });
    const scope = effectScope();
    const queue = scope.run(useQueue);
    await flushPromises();
    expect(queue?.shown.value).toBe("a");
    queue?.pick("order");
    await flushPromises();
    expect(queue?.shown.value).toBe("a");
    scope.stop();
  });

  it("stays at the ends of its list", () => {
    expect(step(["a", "b"], "a", -1)).toBe("a");
    expect(step(["a", "b"], "b", 1)).toBe("b");
    expect(step(["a", "b"], null, 1)).toBe("a");
    expect(step([], null, 1)).toBeNull();
  });
});
