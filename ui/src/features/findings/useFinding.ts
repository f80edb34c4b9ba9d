/** One finding as a page or the desk shows it: its view, and the acts that the table of rights offers me. */
import { computed, onScopeDispose, shallowRef, watch } from "vue";
import { call, onNotice } from "@/api/call";
import type { ActionOffer } from "@/api/types";
import { useCommand } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import { useUndo, type Undo } from "@/api/useUndo";
import { i18n } from "@/i18n";
import { eventOf, fieldsOf, needs, proposal, unfiledAct, wayOut, type Act } from "./acts";

export function useFinding(id: () => string | null, undo: Undo = useUndo()) {
  const { answer, problem, again } = useQuery("Finding", () => {
    const now = id();
    return now === null ? null : { id: now };
  });
  const command = useCommand();
  /** While another finding is being read, the last one is not shown as if it were this one. */
  const view = computed(() => (answer.value?.row.id === id() ? answer.value : undefined));
  watch(id, (now) => void (now && call("Opened", { id: now }).catch(() => undefined)), { immediate: true });

  // A picture from after that came meanwhile is seen: it is no longer said to be missing.
  onScopeDispose(
    onNotice((notice) => {
      if ("Photo" in notice && view.value?.after.some((photo) => !photo.here && photo.photo.h === notice.Photo.hash)) again();
    }),
  );

  const offers = computed(() => view.value?.actions.filter((offer) => !offer.refused) ?? []);
  /** What I may not do, where there is another way to get it done. */
  const refused = computed(() => view.value?.actions.find((offer) => offer.refused));
  const out = computed(() => (refused.value ? wayOut(refused.value, offers.value) : undefined));
  const likely = computed(() => out.value ?? offers.value.find((offer) => offer.kind !== "commented") ?? offers.value[0]);
  /** What stands beside the likely one; a comment is never in the way. */
  const beside = computed(() => offers.value.filter((offer) => offer !== likely.value && offer.kind !== "commented"));
  /** Whether the phone's bar, which holds two, leaves something out. */
  const hidden = computed(() => offers.value.length > Math.min(beside.value.length, 1) + 1);
  const acting = shallowRef<ActionOffer | null>(null);
  const more = shallowRef(false);

  async function send(act: Act, kind: string = act.event.k): Promise<void> {
    const now = id();
    if (now === null) return;
    const said = i18n.global.t("findings.did", { what: i18n.global.t(`findings.event.${act.event.k}`), where: view.value?.row.site?.short ?? "" });
    const done = await command.run("Act", { id: now, event: act.event, photos: act.photos });
    undo.offer(done, said);
    if (done) await call("KeepUnfiled", { name: unfiledAct(now, kind), content: null }).catch(() => undefined);
  }
  /** A picture of the report goes, as long as the report may be changed; for some seconds it can come back. */
  async function takeOff(hash: string): Promise<void> {
    const now = id();
    if (now === null) return;
    const done = await command.run("RemoveFindingPhoto", { id: now, hash });
    undo.offer(done, i18n.global.t("kit.photo.off"));
  }
  /** An act that needs nothing more is done with one tap, and can be undone. */
  function start(offer: ActionOffer): void {
    const now = view.value;
    if (!now) return;
    // From the list of all acts one gets the sheet, with room for words and pictures.
    if (needs(offer) || (more.value && fieldsOf(offer, false).length > 0)) acting.value = offer;
    else void send({ event: eventOf(offer.kind, fieldsOf(offer, false), proposal(offer, now)), photos: [] });
    more.value = false;
  }
  return { view, problem, again, command, undo, offers, refused, out, likely, beside, hidden, acting, more, send, takeOff, start };
}
export type FindingInView = ReturnType<typeof useFinding>;
