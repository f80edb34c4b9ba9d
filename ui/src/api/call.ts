/** The one way to the device core: typed requests in, notices out. */
import { httpTransport } from "./http";
import { tauriTransport } from "./tauri";
import type { Transport } from "./transport";

let transport: Transport | undefined;
const listeners = new Set<(notice: unknown) => void>();

/** What the page finds: the app's window, else a device behind its own address. */
function host(): Transport {
  if (!transport) {
    transport = tauriTransport() ?? httpTransport();
    transport.listen((notice) => {
      for (const listener of listeners) listener(notice);
    });
  }
  return transport;
}

export function call(request: unknown): Promise<unknown> {
  return host().call(request);
}

/** Calls `listener` at each notice, until the returned function is called. */
export function onNotice(listener: (notice: unknown) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another transport instead of the one the page finds: for tests of screens. */
export function useTransport(other: Transport): void {
  transport = other;
  other.listen((notice) => {
    for (const listener of listeners) listener(notice);
  });
}
