/** The start screen: which sites, which of them is chosen, and what beginning there would mean. */
import { computed, ref, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { asLocation, position } from "@/api/position";
import { useMe } from "@/api/shared";
import type { InspectionKind, Position, SiteRow, VisitView } from "@/api/types";
import { useCommand } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";

/** The basis that a kind of visit has by itself; empty: its people say it. */
export function basisOf(visit: Pick<VisitView, "kinds" | "bases"> | undefined, kind: InspectionKind | undefined): string {
  const at = kind === undefined ? -1 : (visit?.kinds.indexOf(kind) ?? -1);
  return visit?.bases[at] ?? "";
}

export function useStart() {
  const route = useRoute();
  const router = useRouter();
  const near = shallowRef<Position | null>(null);
  void position().then((at) => {
    near.value = at;
  });

  const query = ref("");
  const { answer: me } = useMe();
  const { answer: start, problem: unread, again: readAgain } = useQuery("Start", () => ({ near: near.value }));
  const { answer: found, problem: unfound, again: findAgain } = useQuery("Sites", () => {
    const words = query.value.trim();
    return words ? { query: words, near: near.value, limit: 30 } : null;
  });

  const problem = computed(() => unread.value ?? unfound.value);
  function again(): void {
    readAgain();
    findAgain();
  }

  const site = ref<string | null>((route.query["site"] as string | undefined) ?? null);
  const plan = ref<string | null>((route.query["plan"] as string | undefined) ?? null);
  const { answer: visit } = useQuery("Visit", () => (site.value ? { site: site.value, plan: plan.value } : null));

  // What the person changed of the proposal; a new site brings its own.
  const kind = ref<InspectionKind | null>(null);
  const basis = ref<string | null>(null);
  const lists = ref<string[] | null>(null);
  const joint = ref<string[]>([]);
  const leads = ref<boolean | null>(null);
  function choose(row: SiteRow): void {
    site.value = row.site.id;
    plan.value = row.plan;
    kind.value = null;
    basis.value = null;
    lists.value = null;
    joint.value = [];
    leads.value = null;
  }
  /** Opened by a link that names the site alone: if it is planned, its visit is meant. */
  let named = site.value !== null && plan.value === null;
  watch(start, (now) => {
    if (!now) return;
    const wanted = site.value === null ? now.planned[0] : now.planned.find((row) => named && row.site.id === site.value);
    named = false;
    if (wanted) choose(wanted);
  });

  const shown = computed(() => (visit.value && visit.value.site.site.id === site.value ? visit.value : undefined));
  const chosenKind = computed(() => kind.value ?? shown.value?.kinds[0]);
  /** What the kind has by itself (the plan, a special action, a re-check), else another unit's plan, until somebody says another. */
  const chosenBasis = computed(() => basis.value ?? (basisOf(shown.value, chosenKind.value) || (joint.value.length > 0 ? "plan" : "")));
  const chosenLists = computed(() => lists.value ?? shown.value?.lists.filter((list) => list.chosen).map((list) => list.code) ?? []);
  const mine = computed(() => shown.value?.team.find((officer) => officer.person.id === me.value?.person?.id));
  const iLead = computed(() => leads.value ?? mine.value?.role === "leader");

  const command = useCommand();
  async function begin(): Promise<void> {
    const now = shown.value;
    if (!now || !chosenKind.value) return;
    const done = await command.run("Begin", {
      site: now.site.site.id,
      place: null,
      kind: chosenKind.value,
      basis: chosenBasis.value || null,
      plan: [...now.plan.map((row) => row.id), ...joint.value],
      lists: chosenLists.value,
      team: [],
      role: iLead.value ? "leader" : "member",
      loc: asLocation(near.value),
    });
    if (done?.id) void router.replace(`/inspect/${done.id}`);
  }
  /** Into a team-mate's inspection, which is here already: by naming oneself. */
  async function join(id: string): Promise<void> {
    const person = me.value?.person?.id;
    if (!person) return;
    const done = await command.run("AddTeam", { id, person, role: "member" });
    if (done) void router.replace(`/inspect/${id}`);
  }
  return { query, me, start, problem, again, found, site, plan, choose, visit: shown, kind: chosenKind, basis: chosenBasis, lists: chosenLists, joint, iLead, command, begin, join, setBasis: (to: string) => (basis.value = to), setKind: (to: InspectionKind) => (kind.value = to), setLists: (to: string[]) => (lists.value = to), setLeads: (to: boolean) => (leads.value = to) };
}
