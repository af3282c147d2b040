// What a reader's browser keeps of this site, so that a page with a widget opens from there the next time, also offline.
//
// Files whose name holds a hash of their content never change: what is kept of them is used without asking the host. For
// everything else the network comes first, and what is kept is for when it is down. This file is registered by
// widgets/web/runtime/keep-offline.mjs once a widget has answered. It is beside the home page, because a service worker
// serves the folder that it is in.

const ASSETS = "nameplate-assets"; // widgets/web/runtime/keep-offline.mjs adds to it, too
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

/**
 * Ask the host for what a request is for. A link of an earlier release has a name in its query, which only the page reads.
 * @param {Request} request
 */
function ask(request) {
  if (request.mode !== "navigate" || !new URL(request.url).search) return fetch(request);
  return fetch(bare(request.url), { cache: request.cache, redirect: "manual", referrerPolicy: "no-referrer" });
}

// A page says what it has loaded, and gets a message when all of it is kept.
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
    const response = await ask(request);
    if (response.ok && response.type === "basic") await cache.put(bare(request.url), response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(bare(request.url), ANY_VARIANT);
    if (kept) return kept;
    throw error;
  }
}

/**
 * Keep files. Only when all of them are there, delete what an older release has left behind.
 * @param {string[]} addresses
 */
async function keep(addresses) {
  const wanted = new Set(addresses.map(bare));
  for (const address of wanted) {
    const stays = HASHED.test(address);
    const cache = await caches.open(stays ? ASSETS : PAGES);
    if (await cache.match(address, ANY_VARIANT)) continue;
    // What the page has just loaded isn't downloaded again, however short a time the host lets browsers keep it.
    await cache.add(new Request(address, { cache: stays ? "force-cache" : "default" }));
  }
  const assets = await caches.open(ASSETS);
  for (const { url } of await assets.keys()) if (!wanted.has(url)) await assets.delete(url, ANY_VARIANT);
}

/** Return an address without the query and the fragment, which only the page reads. @param {string} address */
function bare(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
