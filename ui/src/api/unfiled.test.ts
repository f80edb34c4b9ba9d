import { effectScope, nextTick, reactive, ref } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useTransport } from "./call";
import { useUnfiled } from "./unfiled";

/** A device that keeps sheets, and what it was told. */
function device(kept: Record<string, string> = {}) {
  const told: unknown[] = [];
  useTransport({
    async call(request) {
      const { Unfiled, KeepUnfiled } = request as { Unfiled?: { name: string }; KeepUnfiled?: { name: string; content: string | null } };
      if (Unfiled) return { Unfiled: kept[Unfiled.name] ?? null };
      told.push(KeepUnfiled);
      if (KeepUnfiled && KeepUnfiled.content !== null) kept[KeepUnfiled.name] = KeepUnfiled.content;
      return { None: {} };
    },
    listen: () => undefined,
  });
  return { told, kept };
}
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    // oxlint-disable-next-line no-await-in-loop
    await nextTick();
  }
}
let scope = effectScope();
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

function sheet(name: () => string | null = () => "report") {
  const draft = reactive({ text: "" });
  const unfiled = scope.run(() => useUnfiled<{ text: string }>(name, () => (draft.text ? { ...draft } : null), (held) => Object.assign(draft, held)));
  return { draft, unfiled: unfiled as NonNullable<typeof unfiled> };
}

describe("what a sheet holds", () => {
  it("is kept after a pause, once", async () => {
    const { told } = device();
    const { draft } = sheet();
    await settled();
    draft.text = "通";
    await nextTick();
    draft.text = "通道";
    await nextTick();
    expect(told).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(told).toEqual([{ name: "report", content: '{"text":"通道"}' }]);
  });

  it("comes back, and is not written again as long as it is the same", async () => {
    const { told } = device({ report: '{"text":"通道被挡"}' });
    const { draft, unfiled } = sheet();
    await settled();
    expect(draft.text).toBe("通道被挡");
    await unfiled.flush();
    expect(told).toEqual([]);
  });

  it("goes when it was filed", async () => {
    const { told } = device({ report: '{"text":"通道被挡"}' });
    const { draft, unfiled } = sheet();
    await settled();
    draft.text = "";
    await unfiled.drop();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([{ name: "report", content: null }]);
  });

  it("is kept at once when the page goes away", async () => {
    const { told } = device();
    const { draft } = sheet();
    await settled();
    draft.text = "通道";
    await nextTick();
    window.dispatchEvent(new Event("pagehide"));
    expect(told).toHaveLength(1);
  });

  it("of one name is never written under another", async () => {
    const { told, kept } = device({ b: '{"text":"另一条"}' });
    const name = ref<string | null>("a");
    const { draft } = sheet(() => name.value);
    await settled();
    draft.text = "这一条";
    await settled();
    vi.advanceTimersByTime(300);
    name.value = "b";
    await settled();
    vi.advanceTimersByTime(1000);
    expect(draft.text).toBe("另一条");
    expect(kept["a"]).toBe('{"text":"这一条"}');
    expect(told).toHaveLength(1);
  });
});
