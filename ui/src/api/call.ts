/** The one way to the device core: typed requests in, notices out. */
import { pageTransport } from "@/host";
import { tauriTransport } from "./tauri";
import type { HostFacts, Transport } from "./transport";
import type { Notice, Reply, Request } from "./types";

/** The name of a one-key variant, and what stands under it. */
type NameOf<U> = U extends unknown ? keyof U & string : never;
type Under<U, K extends string> = U extends Record<K, infer V> ? V : never;

export type RequestName = NameOf<Request>;
export type Params<K extends RequestName> = Under<Request, K>;

/** A durable command: what it made, and until when it can be taken back. */
export type Done = Under<Reply, "Done">;

/** A question is answered under its own name; a command by `Done`. */
export type Answer<K extends RequestName> = K extends NameOf<Reply> ? Under<Reply, K> : Done;

let transport: Transport | undefined;
/** The newest first: what the open screen asks is answered before what the whole app shows. */
let listeners: readonly ((notice: Notice) => void)[] = [];

function hear(other: Transport): Transport {
  other.listen((notice) => {
    for (const listener of listeners) listener(notice as Notice);
  });
  return other;
}

/** What the page finds: the app's window, else what this build brings (`@/host`). */
function host(): Transport {
  transport ??= hear(tauriTransport() ?? pageTransport());
  return transport;
}

/** When the device gets on without the page; it may not be open yet. */
export async function deviceBegan(): Promise<void> {
  await host().began?.();
}

/** One request, one answer; what goes wrong is thrown as a `Problem`. */
export async function call<K extends RequestName>(name: K, params: Params<K>): Promise<Answer<K>> {
  const reply = (await host().call({ [name]: params })) as Record<string, unknown>;
  return Object.values(reply)[0] as Answer<K>;
}

/** The invitation's link that the app was opened with, if any. */
export async function openedWith(): Promise<string | null> {
  return (await host().invitation?.().catch(() => null)) ?? null;
}

/** What the host can tell of itself. */
export async function hostFacts(): Promise<HostFacts> {
  return (await host().facts?.()) ?? {};
}

/** Calls `listener` at each notice, until the returned function is called. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  listeners = [listener, ...listeners];
  return () => {
    listeners = listeners.filter((one) => one !== listener);
  };
}

/** Another transport instead of the one the page finds: for tests of screens. */
export function useTransport(other: Transport): void {
  transport = hear(other);
}
