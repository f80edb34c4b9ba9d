/**
 * The app's own files, kept so that it opens without a network. Never data: what goes to the relay's
 * endpoints passes by. Built into `sw.js`; the build puts in which files there are.
 */
/// <reference lib="webworker" />

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Of this build; every name but `/` has a hash of the content or is asked for by its own build alone. */
const FILES = JSON.parse("__FILES__") as string[];
const CACHE = "xunan __VERSION__";
/** The relay's endpoints, of every version. */
const ENDPOINTS = /^\/v\d+\//u;

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Not what the browser happens to have: the page must be of this build.
  await cache.addAll(FILES.map((name) => (name.startsWith("/assets/") ? name : new Request(name, { cache: "reload" }))));
}

/** A tab that still runs the last build may ask for its files, so those of one build before stay. */
async function forget(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name !== CACHE).slice(0, -1);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function page(request: Request): Promise<Response> {
  const kept = await caches.match("/", { cacheName: CACHE });
  return kept ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  const kept = (await caches.match(request, { cacheName: CACHE })) ?? (await caches.match(request));
  return kept ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(forget()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin || ENDPOINTS.test(url.pathname)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});
// A person took the new version; until then it waits.
worker.addEventListener("message", (event) => {
  if (event.data === "take") void worker.skipWaiting();
});
