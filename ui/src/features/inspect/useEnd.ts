/** The end of an inspection: what is there, who signs, and finishing. */
import { computed, onScopeDispose } from "vue";
import { newPhoto } from "@/api/blob";
import type { Params, RequestName } from "@/api/call";
import type { OfficerShown, SignatureShown } from "@/api/types";
import { useCommand } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import type { Signing } from "./SignSheet.vue";

const A_MINUTE = 60_000;

export function useEnd(id: () => string) {
  const { answer: end, problem, again } = useQuery("End", () => ({ id: id() }));
  const command = useCommand();
  // Until somebody says or signs something here, the inspection ends now: its minute goes on while one looks.
  const clock = setInterval(again, A_MINUTE);
  onScopeDispose(() => clearInterval(clock));

  const signed = computed(() => end.value?.officers.filter(([, signature]) => signature?.counts) ?? []);
  const findings = computed(() => {
    const all = end.value?.findings ?? [];
    const suspected = all.filter((one) => one.suspected).length;
    const major = all.filter((one) => one.level === "major" && !one.suspected).length;
    return { all: all.length, general: all.length - suspected - major, suspected, major };
  });

  async function kept<K extends RequestName>(name: K, params: Params<K>): Promise<boolean> {
    return (await command.run(name, params)) !== undefined;
  }
  async function conclude(words: string): Promise<void> {
    await command.run("SetEnd", { id: id(), end: words, rep: null, rep_post: null });
  }
  async function signOfficer(officer: OfficerShown, signing: Signing): Promise<boolean> {
    const role = officer.role === "leader" ? "leader" : "officer";
    return kept("Sign", { id: id(), role, name: officer.person.name, drawing: await newPhoto(signing.drawing), opinion: null });
  }
  async function signRepresentative(signing: Signing): Promise<boolean> {
    // After the end its fields change no more: the signature has the name itself.
    const named = end.value?.row.finished !== null || (await kept("SetEnd", { id: id(), end: null, rep: signing.name, rep_post: signing.post }));
    return named && kept("Sign", { id: id(), role: "representative", name: signing.name, drawing: await newPhoto(signing.drawing), opinion: signing.opinion });
  }
  function refuse(reason: string, witness: string): Promise<boolean> {
    return kept("ActOnInspection", { id: id(), event: { k: "refused", reason, witness } });
  }
  async function say(text: string): Promise<void> {
    await command.run("ActOnInspection", { id: id(), event: { k: "lead", text } });
  }
  function finish(): Promise<boolean> {
    return kept("Finish", { id: id() });
  }
  return { end, problem, again, command, signed, findings, conclude, signOfficer, signRepresentative, refuse, say, finish };
}

export type Officer = [OfficerShown, SignatureShown | null];
