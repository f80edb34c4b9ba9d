/** What tabs and the one device of an origin say to each other. Texts are JSON of the core's own types. */

/** The tab that has this Web Lock runs the device. */
export const LOCK = "xunan-device";
/** The BroadcastChannel by which the other tabs reach it. */
export const CHANNEL = "xunan-device";

/** From a tab. */
export type ToDevice =
  | { tab: string; hello: true }
  | { tab: string; call: number; request: string }
  /** The tab came to the front or left it. */
  | { tab: string; front: boolean };

/** What the device's host can do here. */
export interface Opened {
  /** Nobody, not even the app, can read the device's key out of this browser. */
  keyKept: boolean;
}

/** From the device. */
export type FromDevice =
  /** Its scripts run; to the tab that started it alone. */
  | { begins: true }
  /** It is there: after a start, and when a tab asks by `hello`. `run` tells one start from another. */
  | { run: string; opened: Opened }
  /** It can't be opened; the problem, or what a browser throws. */
  | { unopened: string }
  /** It ended and must be started again; what it threw. To the tab that runs it alone. */
  | { died: string }
  | { tab: string; call: number; answer: string }
  /** What changed in one step, each a notice. */
  | { notices: string[] };
