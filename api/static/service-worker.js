// Keeps the look of the pages and one page of one's own (my next booking) for when there is no network.
// Pages always come from the network first; nothing that is sent is ever kept; leaving or changing person clears.
const LOOK = "look-1";
const MINE = "mine";
const ALWAYS = [
  "/offline", "/static/voisiture.css", "/static/voisiture.js", "/static/sending.js", "/static/photos.js",
  "/static/offline.js",
  "/static/fonts/atkinson-hyperlegible-next.woff2",
];
const CHANGES_PERSON = /^\/(sessions|people|invitations)(\/|$)|\/departure$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(LOOK).then((cache) => cache.addAll(ALWAYS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name !== LOOK && name !== MINE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (CHANGES_PERSON.test(url.pathname)) event.waitUntil(caches.delete(MINE));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(look(request));
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  }
});

async function look(request) {
  const cache = await caches.open(LOOK);
  const kept = await cache.match(request);
  if (kept) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (lost) {
    const older = await cache.match(request, { ignoreSearch: true });
    if (older) return older;
    throw lost;
  }
}

async function page(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.headers.get("X-Keep-Offline") === "mine") {
      await (await caches.open(MINE)).put(new URL(fresh.url).pathname, fresh.clone());
    }
    return fresh;
  } catch {
    const mine = await caches.open(MINE);
    const wanted = new URL(request.url).pathname === "/" ? (await mine.keys())[0] : request;
    const kept = wanted && await mine.match(wanted, { ignoreSearch: true });
    return kept || (await caches.open(LOOK)).match("/offline");
  }
}
