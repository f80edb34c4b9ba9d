/** A long press: 500 ms without moving away. The click that follows it is swallowed. */
import { onScopeDispose } from "vue";

const HOLD_MS = 500;
const SLACK_PX = 10;

export function useHold(held: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  let swallow = false;

  const stop = () => clearTimeout(timer);
  onScopeDispose(stop);

  return {
    onPointerdown(event: PointerEvent) {
      if (event.button !== 0) return;
      swallow = false;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        swallow = true;
        tick();
        held();
      }, HOLD_MS);
    },
    onPointermove(event: PointerEvent) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK_PX) stop();
    },
    onPointerup: stop,
    onPointercancel: stop,
    onPointerleave: stop,
    onContextmenu: (event: Event) => event.preventDefault(),
    onClickCapture(event: Event) {
      if (swallow) {
        swallow = false;
        event.preventDefault();
        event.stopPropagation();
      }
    },
  };
}

/** One haptic tick, where the device can. */
export function tick(): void {
  navigator.vibrate?.(10);
}
