/** What the host of these screens can tell of itself. What it can't, screens leave out. */
import { readonly, shallowRef, type Ref } from "vue";
import { hostFacts } from "./call";
import type { HostFacts } from "./transport";

const facts = shallowRef<HostFacts>({});
let asked = false;

export function useHost(): Readonly<Ref<HostFacts>> {
  if (!asked) {
    asked = true;
    void hostFacts().then((known) => {
      facts.value = known;
    });
  }
  return readonly(facts) as Readonly<Ref<HostFacts>>;
}
