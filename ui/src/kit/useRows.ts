/** Rows of a long list of which only those near the screen are there: for `XList` and `XTable`. */
import { useVirtualizer } from "@tanstack/vue-virtual";
import { computed, watch, type ComponentPublicInstance, type Ref } from "vue";

export interface Rows<T> {
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

export function useRows<T>(of: Rows<T>) {
  const virtual = useVirtualizer(
    computed(() => ({
      count: of.items().length,
      getScrollElement: () => of.frame.value ?? null,
      estimateSize: of.estimate,
      overscan: of.beyond,
      getItemKey: (at: number) => {
        const item = of.items()[at];
        return item === undefined ? at : of.keyOf(item);
      },
    })),
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
