/**
 * Who takes a way sees at once that it was taken: what was pressed looks pressed from the next frame on,
 * and the page that it leads to is made after that frame. A whole page takes a slow phone several.
 */
import type { Router } from "vue-router";

/** Where nothing is drawn (a hidden page), nobody waits longer. */
const AT_MOST_MS = 100;
/** Styles give it the look of `:active`. */
const TAKEN = "data-taken";

/** When what was just changed has been drawn. */
function drawn(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, AT_MOST_MS);
    // Its callbacks come before the frame is drawn.
    requestAnimationFrame(() => setTimeout(done, 0));
  });
}

export function installTaken(router: Router): void {
  let pressed: Element | null = null;
  let taken: Element | null = null;
  document.addEventListener(
    "click",
    (event) => {
      pressed = event.target instanceof Element ? event.target.closest("a[href], button") : null;
      // What it leads to is asked for in this turn, or it leads nowhere.
      setTimeout(() => (pressed = null), 0);
    },
    true,
  );
  function leave(): void {
    taken?.removeAttribute(TAKEN);
    taken = null;
  }
  router.beforeEach(async () => {
    if (!pressed) return;
    // One that was pressed before and led nowhere yet: what stays on the screen must not stay pressed.
    leave();
    taken = pressed;
    taken.setAttribute(TAKEN, "");
    await drawn();
  });
  router.afterEach(leave);
  router.onError(leave);
}
