/** Rows of a long list of which only those near the screen are there: for `XList` and `XTable`. */
import { measureElement, observeElementOffset, useVirtualizer, type Range, type Virtualizer } from "@tanstack/vue-virtual";
import { computed, onMounted, onUnmounted, ref, toRaw, watch, type ComponentPublicInstance, type Ref } from "vue";

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
  /** The first and the last that are drawn now. */
  seen: (first: number, last: number) => void;
}

/** Rows are drawn this far beyond the screen on either side, in pixels: an eighth of a second of a fast fling. */
const BEYOND = 600;

/**
 * Tells where a list was scrolled to, in the time that its frame leaves over: what comes into sight is
 * filled beyond the screen and can wait for the next frame. Only who jumps farther is told at once.
 */
function whereItIs(virtual: Virtualizer<HTMLElement, Element>, tell: (offset: number, scrolling: boolean) => void): () => void {
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = observeElementOffset(virtual, (offset, scrolling) => {
    const now = () => {
      told = offset;
      tell(offset, scrolling);
    };
    clearTimeout(timer);
    if (Math.abs(offset - told) > BEYOND / 2) now();
    else timer = setTimeout(now, 0);
  });
  return () => {
    clearTimeout(timer);
    stop?.();
  };
}

/** A finger or the mouse is down on it. */
function usePressed(frame: Ref<HTMLElement | undefined>): Ref<boolean> {
  const pressed = ref(false);
  const down = () => (pressed.value = true);
  // The click that belongs to it comes first.
  const up = () => void setTimeout(() => (pressed.value = false), 0);
  watch(frame, (now, was) => {
    was?.removeEventListener("pointerdown", down);
    now?.addEventListener("pointerdown", down, { passive: true });
  });
  onMounted(() => ["pointerup", "pointercancel"].forEach((end) => window.addEventListener(end, up)));
  onUnmounted(() => ["pointerup", "pointercancel"].forEach((end) => window.removeEventListener(end, up)));
  return pressed;
}

/** How high all measured rows of a list are together, and how many were measured. */
const heights = new Map<string, { all: number; of: number }>();

export function useRows<T>(of: Rows<T>) {
  // Rows are mostly as high as those before them: where the guess is right, nothing moves when one comes.
  const measured = heights.get(of.place) ?? { all: 0, of: 0 };
  heights.set(of.place, measured);
  const guess = () => (measured.of > 0 ? Math.round(measured.all / measured.of) : of.estimate());
  /** As many rows as were ever near the screen at once: who goes at one end comes back at the other. */
  let slots = 0;
  function near({ startIndex, endIndex, count }: Range): number[] {
    const beyond = measured.of > 0 ? Math.ceil(BEYOND / guess()) : 2;
    slots = Math.max(slots, endIndex - startIndex + 1 + 2 * beyond);
    const first = Math.max(0, Math.min(startIndex - beyond, count - slots));
    return Array.from({ length: Math.min(slots, count) }, (_, n) => first + n);
  }
  const virtual = useVirtualizer<HTMLElement, Element>(
    computed(() => {
      const items = toRaw(of.items());
      return {
        count: of.items().length,
        getScrollElement: () => of.frame.value ?? null,
        estimateSize: guess,
        observeElementOffset: whereItIs,
        rangeExtractor: near,
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
  const rows = computed(() =>
    virtual.value
      .getVirtualItems()
      .filter((row) => row.index < of.items().length)
      .map((row) => ({ row, item: of.items()[row.index], slot: row.index % slots })),
  );
  const pressed = usePressed(of.frame);
  /** Somebody is in a row by key: who is moved loses the focus. */
  const entered = () => document.activeElement !== of.frame.value && of.frame.value?.contains(document.activeElement) === true;
  // While it scrolls, rows stand in the order of their slots: nothing is made or moved, only filled anew.
  // At rest they stand as they are read, but not before who holds one let go: a row that moves away under
  // the mouse would take the click with it.
  const slotted = computed<boolean>((was = false) => {
    // Read in any case: when the list moves again, it is asked again whether somebody is still in a row.
    const scrolling = virtual.value.isScrolling;
    return pressed.value || (was && entered()) ? was : scrolling && !entered();
  });
  const shown = computed(() => (slotted.value ? [...rows.value].sort((one, other) => one.slot - other.slot) : rows.value));
  watch(
    () => [rows.value[0]?.row.index, rows.value.at(-1)?.row.index, of.items()] as const,
    ([first, last]) => {
      if (first !== undefined && last !== undefined) of.seen(first, last);
    },
  );
  const height = computed(() => `${virtual.value.getTotalSize()}px`);
  /** Which row an element is. */
  const rowOf = new WeakMap<Element, string | number | bigint>();
  function measure(element: Element | ComponentPublicInstance | null): void {
    if (!(element instanceof Element)) return;
    const now = virtual.value;
    const key = now.options.getItemKey(now.indexFromElement(element));
    const before = rowOf.get(element);
    rowOf.set(element, key);
    if (before !== undefined && before !== key) {
      if (now.elementsCache.get(before) === element) now.elementsCache.delete(before);
      // Who was in the row that went is not in the one that came.
      if (element.contains(document.activeElement)) of.frame.value?.focus({ preventScroll: true });
    }
    now.measureElement(element);
  }
  return { shown, height, measure, show: (at: number) => virtual.value.scrollToIndex(at, { align: "auto" }) };
}
