import { cleanup, render } from "@testing-library/vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineComponent, h, nextTick } from "vue";
import { useAsleep } from "./useAsleep";

const List = defineComponent({
  setup() {
    const asleep = useAsleep();
    return () => h("p", asleep.value ? "asleep" : "awake");
  },
});

/** So many frames are drawn. */
async function frames(count: number): Promise<void> {
  for (let n = 0; n < count; n++) vi.advanceTimersToNextFrame();
  await nextTick();
}
async function turn(width: number): Promise<void> {
  window.innerWidth = width;
  window.dispatchEvent(new Event("resize"));
  await nextTick();
}

describe("items out of view", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    window.innerWidth = 360;
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("sleep once they were laid out", async () => {
    const { container } = render(List);
    await frames(1);
    expect(container.textContent).toBe("awake");
    await frames(1);
    expect(container.textContent).toBe("asleep");
  });

  it("wake for a new width, and not for a keyboard that takes height", async () => {
    const { container } = render(List);
    await frames(2);
    await turn(360);
    expect(container.textContent).toBe("asleep");
    await turn(740);
    expect(container.textContent).toBe("awake");
    await frames(2);
    expect(container.textContent).toBe("asleep");
  });
});
