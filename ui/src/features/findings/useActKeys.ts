/** The desk's keys: what may be done with the finding in view, by the key that its button shows. */
import { onBeforeUnmount, onMounted, watch } from "vue";
import { KEYS, needs } from "./acts";
import type { FindingInView } from "./useFinding";

/**
 * `others` are keys of the screen itself; typing and open sheets keep their keys. Whoever is faster than
 * the next finding is read loses nothing: its sheet opens once it is there. What is done at once, without
 * a sheet, is done only with a finding that one sees.
 */
export function useActKeys(finding: FindingInView, others: Readonly<Record<string, () => void>> = {}): void {
  let early: string | null = null;
  const offerOf = (key: string | null) => finding.offers.value.find((one) => KEYS[one.kind] === key);
  watch(finding.view, (now) => {
    if (!now) return;
    const offer = offerOf(early);
    early = null;
    if (offer && needs(offer)) finding.start(offer);
  });

  function pressed(event: KeyboardEvent): void {
    early = null;
    const busy = event.ctrlKey || event.metaKey || event.altKey || finding.acting.value !== null || finding.more.value;
    const inside = event.target instanceof HTMLElement && event.target.closest("input,textarea,select,[role=dialog]");
    if (busy || inside) return;
    const other = others[event.key];
    const offer = offerOf(event.key);
    if (!finding.view.value) early = event.key;
    if (!other && !offer) return;
    event.preventDefault();
    if (other) other();
    else if (offer) finding.start(offer);
  }
  onMounted(() => window.addEventListener("keydown", pressed));
  onBeforeUnmount(() => window.removeEventListener("keydown", pressed));
}
