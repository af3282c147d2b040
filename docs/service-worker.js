// What a reader's browser keeps of this site, so that a page with a widget opens from there the next time, also offline.
//
// Files whose name holds a hash of their content never change: what is kept of them is used, nothing is asked. For
// everything else the network comes first, and what is kept is for when there is none. widgets/web/offline.mjs registers
// this file once a widget has answered; it stands beside the home page, because a worker serves the folder that it is in.

const ASSETS = "nameplate-assets"; // widgets/web/offline.mjs adds to it, too
const PAGES = "nameplate-pages";
const HASHED = /\/assets\/[a-z]+-[0-9a-f]{12}[/.]/;
const ANY_VARIANT = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = request.method === "GET" && request.url.startsWith(self.registration.scope);
  if (!ours || request.headers.has("Range")) return;
  const stays = HASHED.test(request.url) && request.cache !== "reload";
  event.respondWith(stays ? keptFirst(request) : networkFirst(request));
});

// A page says what it has loaded, and is told when all of it is kept.
self.addEventListener("message", (event) =>
  event.waitUntil(keep(event.data.keep).then(() => event.ports[0]?.postMessage("kept"))),
);

/** @param {Request} request */
async function keptFirst(request) {
  const cache = await caches.open(ASSETS);
  return (await cache.match(request, ANY_VARIANT)) ?? fetch(request);
}

/** @param {Request} request */
async function networkFirst(request) {
  const cache = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") await cache.put(bare(request.url), response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(bare(request.url), ANY_VARIANT);
    if (kept) return kept;
    throw error;
  }
}

/**
 * Keeps files; and only when all of them are there, throws away what an older release has left behind.
 * @param {string[]} addresses
 */
async function keep(addresses) {
  const wanted = new Set(addresses.map(bare));
  for (const address of wanted) {
    const stays = HASHED.test(address);
    const cache = await caches.open(stays ? ASSETS : PAGES);
    if (await cache.match(address, ANY_VARIANT)) continue;
    // What the page has just loaded need not come a second time, however short a time the host lets it be kept for.
    await cache.add(new Request(address, { cache: stays ? "force-cache" : "default" }));
  }
  const assets = await caches.open(ASSETS);
  for (const { url } of await assets.keys()) if (!wanted.has(url)) await assets.delete(url, ANY_VARIANT);
}

/** An address without what a page reads from it by itself: the name, the place. @param {string} address */
function bare(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
