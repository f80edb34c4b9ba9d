/** Rows of a long list of which only those near the screen are there: for `XList` and `XTable`. */
import { measureElement, useVirtualizer } from "@tanstack/vue-virtual";
import { computed, toRaw, watch, type ComponentPublicInstance, type Ref } from "vue";

export interface Rows<T> {
  /** Which list: one that comes back has its rows as high as they were, so that it is where it was left. */
  place: string;
  /** What scrolls. */
  frame: Ref<HTMLElement | undefined>;
  /** Those that aren't here yet are undefined. */
  items: () => readonly (T | undefined)[];
  keyOf: (item: T) => string;
  /** Height of a row before it was measured, in pixels. */
  estimate: () => number;
  /** Rows drawn beyond the screen, on either side. */
  beyond: number;
  /** The first and the last that are drawn now. */
  seen: (first: number, last: number) => void;
}

/** How high all measured rows of a list are together, and how many were measured. */
const heights = new Map<string, { all: number; of: number }>();

export function useRows<T>(of: Rows<T>) {
  // Rows are mostly as high as those before them: where the guess is right, nothing moves when one comes.
  const measured = heights.get(of.place) ?? { all: 0, of: 0 };
  heights.set(of.place, measured);
  const guess = () => (measured.of > 0 ? Math.round(measured.all / measured.of) : of.estimate());
  const virtual = useVirtualizer<HTMLElement, Element>(
    computed(() => {
      const items = toRaw(of.items());
      return {
        count: of.items().length,
        getScrollElement: () => of.frame.value ?? null,
        estimateSize: guess,
        overscan: of.beyond,
        getItemKey: (at) => {
          const item = items[at];
          return item === undefined ? at : of.keyOf(item);
        },
        measureElement: (element, entry, instance) => {
          const height = measureElement(element, entry, instance);
          measured.all += height;
          measured.of += 1;
          return height;
        },
      };
    }),
  );
  const shown = computed(() =>
    virtual.value
      .getVirtualItems()
      .filter((row) => row.index < of.items().length)
      .map((row) => ({ row, item: of.items()[row.index] })),
  );
  watch(
    () => [shown.value[0]?.row.index, shown.value.at(-1)?.row.index, of.items()] as const,
    ([first, last]) => {
      if (first !== undefined && last !== undefined) of.seen(first, last);
    },
  );
  const height = computed(() => `${virtual.value.getTotalSize()}px`);
  function measure(element: Element | ComponentPublicInstance | null): void {
    if (element instanceof Element) virtual.value.measureElement(element);
  }
  return { shown, height, measure, show: (at: number) => virtual.value.scrollToIndex(at, { align: "auto" }) };
}
