/**
 * Whether the items out of view may sleep: they stay as high as they are, and are neither painted nor
 * searched for what a finger meant. Not before all of them were laid out once, and again after a new
 * width: no height is guessed, and nothing moves.
 */
import { onMounted, onUnmounted, readonly, ref, type Ref } from "vue";

export function useAsleep(): Readonly<Ref<boolean>> {
  const asleep = ref(false);
  let frame = 0;
  let width = 0;

  function laidOut(): void {
    width = window.innerWidth;
    // The browser notes heights at the end of a frame.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => (asleep.value = true));
    });
  }
  function resized(): void {
    if (window.innerWidth === width) return;
    cancelAnimationFrame(frame);
    asleep.value = false;
    laidOut();
  }
  onMounted(() => {
    laidOut();
    window.addEventListener("resize", resized);
  });
  onUnmounted(() => {
    cancelAnimationFrame(frame);
    window.removeEventListener("resize", resized);
  });
  return readonly(asleep);
}
