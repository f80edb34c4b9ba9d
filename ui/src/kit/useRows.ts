/** Rows of a long list of which only those near the screen are there: for `XList` and `XTable`. */
import { useVirtualizer } from "@tanstack/vue-virtual";
import { computed, type ComponentPublicInstance, type Ref } from "vue";

export interface Rows<T> {
  /** What scrolls. */
  frame: Ref<HTMLElement | undefined>;
  items: () => readonly T[];
  keyOf: (item: T) => string;
  /** Height of a row before it was measured, in pixels. */
  estimate: () => number;
  /** Rows drawn beyond the screen, on either side. */
  beyond: number;
  /** What follows is wanted when so many pixels are left. */
  ahead: number;
  end: () => void;
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
      .map((row) => ({ row, item: of.items()[row.index] as T })),
  );
  const height = computed(() => `${virtual.value.getTotalSize()}px`);
  function measure(element: Element | ComponentPublicInstance | null): void {
    if (element instanceof Element) virtual.value.measureElement(element);
  }
  function scrolled(): void {
    const element = of.frame.value;
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < of.ahead) of.end();
  }
  return { shown, height, measure, scrolled, show: (at: number) => virtual.value.scrollToIndex(at, { align: "auto" }) };
}
