/** The app's own window: requests through Tauri's one command, notices as its event. */
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Transport } from "./transport";

export function tauriTransport(): Transport | null {
  if (!isTauri()) return null;
  return {
    call: (request) => invoke("call", { request }),
    invitation: () => invoke("invitation"),
    listen: (notice) => void listen("notice", (event) => notice(event.payload)),
  };
}
