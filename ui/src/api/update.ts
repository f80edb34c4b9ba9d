/**
 * The app's files kept by the browser, and new versions of them: each is fetched beside the one that
 * runs, and waits until a person takes it.
 */

/** How often an open app asks whether there is a new version, in milliseconds. */
const ASK_EVERY = 3_600_000;

/** Takes the version that waits. */
export type Take = () => void;

let waiting: Take | null = null;
let told: (take: Take) => void = () => undefined;

/** Says to `listener` how to take a new version, once there is one. */
export function onVersion(listener: (take: Take) => void): void {
  told = listener;
  if (waiting) listener(waiting);
}

function tell(take: Take): void {
  waiting = take;
  told(take);
}

function reload(): void {
  window.location.reload();
}

function offer(worker: ServiceWorker): void {
  tell(() => {
    navigator.serviceWorker.addEventListener("controllerchange", reload);
    worker.postMessage("take");
  });
}

/** The first version waits for nobody; a later one is offered once it is whole. */
function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
    });
  });
}

/** Another tab took the new version: this one follows when nobody looks at it, or when its person says so. */
function follow(): void {
  if (document.hidden) reload();
  else tell(reload);
}

/** Has the browser keep the app's files from now on. */
export async function keepFiles(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", follow);
  const registration = await serviceWorker.register("/sw.js").catch(() => undefined);
  // Where a browser forbids it the app works all the same, with a network.
  if (!registration) return;
  watch(registration);
  const ask = (): void => void registration.update().catch(() => undefined);
  setInterval(ask, ASK_EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
}
