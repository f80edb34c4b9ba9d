import { nextTick, onBeforeUnmount, onMounted, type Ref } from "vue";

/** Where each page of this visit was scrolled to: one comes back to the same row. */
const places = new Map<string, number>();

/** Scrolls it to where it was left, and remembers where it is when it goes. */
export function useScrollOf(place: string, frame: Ref<HTMLElement | undefined>): void {
  onMounted(async () => {
    // A long list begins at its top by itself; after that it is scrolled.
    await nextTick();
    if (frame.value) frame.value.scrollTop = places.get(place) ?? 0;
  });
  onBeforeUnmount(() => places.set(place, frame.value?.scrollTop ?? 0));
}
