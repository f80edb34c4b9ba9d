/** How requests reach the device core: one of a few hosts, chosen once at start. */
import type { Problem } from "./problem";

/** What a host can tell of itself. */
export interface HostFacts {
  /** The one relay that it can reach: that of its own address. */
  relay?: string;
  /** Whether nobody, not even the app, can read the device's key out. */
  keyKept?: boolean;
  /** Whether the system keeps what is stored here when space is short. */
  persistent?: boolean;
}

export interface Transport {
  /** One request, one reply; a failure is thrown as a `Problem`. */
  call(request: unknown): Promise<unknown>;
  /** Notices say what changed, by ids alone. */
  listen(notice: (notice: unknown) => void): void;
  /** Where the device starts with the page: when that no longer needs the page. */
  began?(): Promise<void>;
  /** The invitation's link that the app was opened with, where a host can tell. */
  invitation?(): Promise<string | null>;
  facts?(): Promise<HostFacts>;
}

/** What a host answers to a request that travels as text. */
export type Answer = { reply: unknown } | { error: Problem };

export function opened(answer: Answer): unknown {
  if ("error" in answer) throw answer.error;
  return answer.reply;
}
