// What a reader's browser keeps of this site, so that its pages open from there the next time, also offline.
//
// Files whose name holds a hash of their content never change: what is kept of them is used without asking the host. For
// everything else the network comes first, and what is kept is for when it is down. This file is registered by
// widgets/web/runtime/keep-offline.mjs once a widget has answered. It is beside the home page, because a service worker
// serves the folder that it is in. Keeping may fail at any time, as storage may be full or refused: then the network serves.
//
// After one visit to a page with a widget, the main pages, the guide, the glossary and the widgets are kept. offline.json,
// which plugins/publish/offline.py writes, lists them; it is why other pages aren't: a reader's storage is not ours to fill.

const ASSETS = "nameplate-assets"; // widgets/web/runtime/keep-offline.mjs adds to it, too
const PAGES = "nameplate-pages";
const HASHED = /\/assets\/[a-z]+-[0-9a-f]{12}[/.]/;
const RELEASE = /\/assets\/web-[0-9a-f]{12}\//;
const RELEASES = 2; // whose files are kept: one tab may still show the release before
const MOST_OTHERS = 200; // pages that the reader has opened, and what they load
const ANY_VARIANT = { ignoreVary: true };
const LIST = "offline.json";
const OFFLINE = "offline.html";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = request.method === "GET" && request.url.startsWith(self.registration.scope);
  if (!ours || request.headers.has("Range")) return;
  event.respondWith(HASHED.test(request.url) ? keptFirst(request) : networkFirst(request));
});

// A page says what it has loaded, and gets a message when all of it is kept.
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data).then(() => event.ports[0]?.postMessage("kept"))));

/**
 * Ask the host for what a request is for. A link of an earlier release has a name in its query, which only the page reads.
 * @param {Request} request
 */
function ask(request) {
  if (request.mode !== "navigate" || !new URL(request.url).search) return fetch(request);
  return fetch(bare(request.url), { cache: request.cache, redirect: "manual", referrerPolicy: "no-referrer" });
}

/** @param {Request} request */
async function keptFirst(request) {
  const cache = await opened(ASSETS);
  if (request.cache !== "reload") return (await found(cache, request)) ?? fetch(request);
  // The page has found its copy broken. What comes now replaces it.
  await cache?.delete(request, ANY_VARIANT).catch(() => {});
  const response = await fetch(request);
  if (isWanted(request.url, response)) put(cache, request.url, response.clone());
  return response;
}

/** @param {Request} request */
async function networkFirst(request) {
  const cache = await opened(PAGES);
  try {
    const response = await ask(request);
    if (response.ok && response.type === "basic") put(cache, bare(request.url), response.clone());
    return response;
  } catch (error) {
    const kept = await found(cache, bare(request.url));
    if (kept) return kept;
    const here = self.registration.scope;
    if (request.mode !== "navigate" || !(await found(cache, here + OFFLINE))) throw error;
    return Response.redirect(`${here}${OFFLINE}#${bare(request.url).slice(here.length)}`);
  }
}

/**
 * Keep what a page has loaded, then the rest of what is there offline.
 * @param {{ keep: string[], only?: boolean }} asked addresses of the page and of all that it needs; `only` those
 */
async function keepAll({ keep: addresses, only }) {
  const [assets, pages] = [await opened(ASSETS), await opened(PAGES)];
  if (!assets || !pages) return;
  const wanted = [...new Set(addresses.map(bare))];
  await keep(wanted, { assets, pages });
  const list = only ? undefined : await listed();
  if (!list) return;
  await keep(list, { assets, pages });
  const all = new Set(wanted.concat(list));
  await tidy(assets, [...all].filter((address) => HASHED.test(address)));
  const others = (await pages.keys()).filter(({ url }) => !all.has(url)); // the oldest first
  for (const request of others.slice(0, -MOST_OTHERS)) await pages.delete(request, ANY_VARIANT);
}

/** Return the addresses of what is kept beside the reader's page; undefined if the host doesn't say. */
async function listed() {
  try {
    const response = await fetch(self.registration.scope + LIST);
    return (await response.json()).map((address) => self.registration.scope + address);
  } catch {
    return undefined;
  }
}

/**
 * Keep files, unless they are kept already. One that doesn't come is left out.
 * @param {string[]} addresses
 * @param {{ assets: Cache, pages: Cache }} caches
 */
async function keep(addresses, { assets, pages }) {
  for (const address of addresses) {
    const stays = HASHED.test(address);
    const cache = stays ? assets : pages;
    if (await found(cache, address)) continue;
    try {
      // What the page has just loaded isn't downloaded again, however short a time the host lets browsers keep it.
      const response = await fetch(address, { cache: stays ? "force-cache" : "default" });
      if (isWanted(address, response)) await cache.put(address, response);
    } catch (error) {
      console.info("Not kept:", address, error);
    }
  }
}

/**
 * Delete what neither this release needs nor the one that was in use before it: another tab may still show that.
 * @param {Cache} assets
 * @param {string[]} addresses what this release needs
 */
async function tidy(assets, addresses) {
  const release = addresses.map((address) => RELEASE.exec(address)?.[0]).find(Boolean);
  if (!release) return;
  const marks = self.registration.scope + "kept/"; // no file is there; each entry lists the files of a release
  await put(assets, marks + release, Response.json({ used: Date.now(), addresses }));
  const releases = [];
  const files = [];
  for (const request of await assets.keys()) {
    if (!request.url.startsWith(marks)) files.push(request.url);
    else releases.push({ url: request.url, ...(await (await assets.match(request)).json()) });
  }
  releases.sort((one, other) => other.used - one.used);
  const needed = new Set(releases.slice(0, RELEASES).flatMap((one) => one.addresses));
  const gone = [...releases.slice(RELEASES).map(({ url }) => url), ...files.filter((url) => !needed.has(url))];
  for (const url of gone) await assets.delete(url, ANY_VARIANT);
}

/** Whether a response is the file itself, and not a page that a host sends in place of one. */
function isWanted(address, response) {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  return response.ok && response.type === "basic" && !(isPage && HASHED.test(address));
}

/** @param {string} name @returns {Promise<Cache | undefined>} undefined if storage is refused */
const opened = (name) => caches.open(name).catch(() => undefined);

/** @param {Cache | undefined} cache @param {RequestInfo} request */
const found = (cache, request) => cache?.match(request, ANY_VARIANT).catch(() => undefined);

/** Keep a response unless storage is full. */
const put = (cache, address, response) => cache?.put(address, response).catch((error) => console.info("Not kept:", address, error));

/** Return an address without the query and the fragment, which only the page reads. @param {string} address */
function bare(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
