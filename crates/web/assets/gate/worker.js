// The service worker: what the gate's page needs stays on the device, so that it works with no network.
// VERSION and KEEP stand above this text, where the server writes them: they change with the content of anything that is kept.

self.addEventListener("install", (event) => {
  // All of one version or nothing: where one file cannot be had, the former version goes on.
  const fresh = KEEP.map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("gate-") && name !== VERSION);
  const clean = caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !KEEP.includes(url.pathname)) return;
  const kept = caches.open(VERSION).then((cache) => cache.match(url.pathname));
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});
