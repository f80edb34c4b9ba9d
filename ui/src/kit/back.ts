/**
 * The way back: Escape and the phone's back button close what is on top, before anything leaves
 * the page. Whatever opens over a page registers here while it is open.
 */
import { onScopeDispose, watch, type Ref } from "vue";
import type { Router } from "vue-router";

const open: (() => void)[] = [];

function closeTop(): boolean {
  const close = open[open.length - 1];
  close?.();
  return close !== undefined;
}

/** To be called before the router's first navigation, so that a pop is seen before it acts on it. */
export function installBack(router: Router): void {
  let popped = false;
  router.options.history.listen(() => {
    popped = true;
  });
  router.beforeEach(() => {
    const byBackButton = popped;
    popped = false;
    return !(byBackButton && closeTop());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && closeTop()) event.preventDefault();
  });
}

/** While `shown`, back and Escape call `close`. */
export function useBack(shown: Readonly<Ref<boolean>>, close: () => void): void {
  const leave = () => {
    const at = open.lastIndexOf(close);
    if (at >= 0) open.splice(at, 1);
  };
  watch(
    shown,
    (now) => {
      leave();
      if (now) open.push(close);
    },
    { immediate: true },
  );
  onScopeDispose(leave);
}
