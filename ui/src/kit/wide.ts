/** Whether there is room for the desk's frame. */
import { readonly, ref, type Ref } from "vue";

const query = typeof window.matchMedia === "function" ? window.matchMedia("(min-width: 1000px)") : undefined;
const wide = ref(query?.matches ?? false);
query?.addEventListener?.("change", (event) => {
  wide.value = event.matches;
});

/** True from 1000 px on. */
export function useWide(): Readonly<Ref<boolean>> {
  return readonly(wide);
}
