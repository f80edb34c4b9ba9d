/** The desk's keys: what may be done with the finding in view, by the key that its button shows. */
import { onBeforeUnmount, onMounted } from "vue";
import { KEYS } from "./acts";
import type { FindingInView } from "./useFinding";

/** `others` are keys of the screen itself; typing and open sheets keep their keys. */
export function useActKeys(finding: FindingInView, others: Readonly<Record<string, () => void>> = {}): void {
  function pressed(event: KeyboardEvent): void {
    const busy = event.ctrlKey || event.metaKey || event.altKey || finding.acting.value !== null || finding.more.value;
    const inside = event.target instanceof HTMLElement && event.target.closest("input,textarea,select,[role=dialog]");
    if (busy || inside) return;
    const other = others[event.key];
    const offer = finding.offers.value.find((one) => KEYS[one.kind] === event.key);
    if (!other && !offer) return;
    event.preventDefault();
    if (other) other();
    else if (offer) finding.start(offer);
  }
  onMounted(() => window.addEventListener("keydown", pressed));
  onBeforeUnmount(() => window.removeEventListener("keydown", pressed));
}
