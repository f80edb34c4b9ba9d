/** Ordering what an inspection found: each finding with the offer that the table of rights gives me. */
import { computed, ref, shallowRef } from "vue";
import { call, type Done } from "@/api/call";
import type { ActionOffer, Event, FindingAct, FindingRow, FindingView } from "@/api/types";
import type { Command } from "@/api/useCommand";
import type { Undo } from "@/api/useUndo";
import { groundOf, isOwnOrder } from "@/format/orders";
import { i18n } from "@/i18n";

export interface Order {
  id: string;
  text: string;
  /** `ordered` where the unit has the power, else `proposed` to one that has it. */
  offer: ActionOffer;
  due: string | null;
  who: { id: string; name: string } | null;
  ground: string;
  /** An enterprise's own: in the site's name, without officers. */
  own: boolean;
}

function offerOf(view: FindingView): ActionOffer | undefined {
  const offered = (kind: string) => view.actions.find((action) => action.kind === kind && !action.refused);
  return offered("ordered") ?? offered("proposed");
}

function orderOf(view: FindingView): Order[] {
  const offer = offerOf(view);
  if (!offer) return [];
  const due = view.proposed_due ?? offer.due;
  return [{ id: view.row.id, text: view.row.text, offer, due, who: view.proposed_who ?? offer.people[0] ?? null, ground: groundOf(offer, view), own: isOwnOrder(offer, view) }];
}

export function useOrders(findings: () => FindingRow[], command: Command, undo: Undo) {
  const orders = shallowRef<Order[]>([]);
  const unit = ref<string | null>(null);

  async function read(): Promise<void> {
    const open = findings().filter((row) => row.state === "reported");
    const views = await Promise.all(open.map((row) => call("Finding", { id: row.id }).catch(() => null)));
    orders.value = views.reduce<Order[]>((all, view) => (view ? all.concat(orderOf(view)) : all), []);
    unit.value = orders.value[0]?.offer.units[0]?.id ?? null;
  }
  const own = computed(() => orders.value.some((order) => order.own));
  const official = computed(() => orders.value.filter((order) => order.offer.kind === "ordered"));
  const handed = computed(() => orders.value.filter((order) => order.offer.kind === "proposed"));
  const units = computed(() => official.value[0]?.offer.units ?? []);
  const officers = computed(() => official.value[0]?.offer.officers ?? []);

  function eventOf(order: Order): Event<FindingAct> | null {
    const receiver = order.offer.to[0];
    if (order.offer.kind === "proposed") return receiver ? { k: "proposed", to: receiver.id } : null;
    if (!order.due || !order.who || !unit.value) return null;
    const [first, second] = officers.value;
    const pair: { officers?: [string, string] } = first && second && !order.own ? { officers: [first.person.id, second.person.id] } : {};
    return { k: "ordered", due: order.due, who: order.who.id, ground: order.ground, unit: unit.value, ...pair };
  }
  /** One after the other, in the order shown; what is refused stays and says why. They are taken back together. */
  async function send(chosen: Order[]): Promise<void> {
    const sent: Done[] = [];
    for (const order of chosen) {
      const event = eventOf(order);
      // oxlint-disable-next-line no-await-in-loop
      const done = event && (await command.run("Act", { id: order.id, event, photos: [] }));
      if (done) sent.push(done);
    }
    undo.offer(sent, i18n.global.t("inspect.order.sent", { n: sent.length }));
    await read();
  }
  return { orders, own, official, handed, units, unit, officers, read, send };
}
