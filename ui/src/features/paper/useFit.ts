/** How large a sheet is shown: as wide as the screen allows, or its own size to be read. */
import { computed, onBeforeUnmount, onMounted, ref, type Ref } from "vue";

/** A4 in CSS pixels. */
export const SHEET_WIDTH = 794;

export function useFit(stage: Ref<HTMLElement | undefined>) {
  const width = ref(SHEET_WIDTH);
  const enlarged = ref(false);
  const observer = new ResizeObserver(() => {
    width.value = stage.value?.clientWidth ?? SHEET_WIDTH;
  });
  onMounted(() => stage.value && observer.observe(stage.value));
  onBeforeUnmount(() => observer.disconnect());
  const narrow = computed(() => width.value < SHEET_WIDTH);
  const zoom = computed(() => (narrow.value && !enlarged.value ? width.value / SHEET_WIDTH : 1));
  return { zoom, narrow, enlarged };
}

/** Android's WebView shows pages inside apps and has no printing of its own. */
export function mayPrint(): boolean {
  return typeof window.print === "function" && !/; wv\)/.test(navigator.userAgent);
}
