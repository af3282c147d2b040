// Keeping what was loaded, for a later visit and for one without a network: see docs/service-worker.js.
import manifest from "./manifest.mjs";

const ASSETS = "nameplate-assets"; // the same in the service worker

/** @param {string} path */
const at = (path) => new URL(path, import.meta.url).href;

/** Whether a file is kept here. @param {string} address */
export async function isKept(address) {
  try {
    return Boolean(await caches.match(address, { ignoreVary: true }));
  } catch {
    return false; // no caches without https
  }
}

/**
 * Keeps downloads, which would else have to come a second time from hosts that say nothing about keeping them.
 * @param {Map<string, Response>} downloads by their addresses; nobody has read these responses
 */
export async function store(downloads) {
  if (!("caches" in self)) return;
  const cache = await caches.open(ASSETS);
  for (const [address, response] of downloads) if (!(await isKept(address))) await cache.put(address, response);
}

/** Has the service worker keep all that this page has loaded. @param {() => void} done */
export async function keepThisPage(done) {
  // A page that `mkdocs serve` shows while it is written is not to be kept.
  if (!("serviceWorker" in navigator) || "livereload" in window) return;
  await navigator.serviceWorker.register(at("../../service-worker.js"));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const runtime = [manifest.asm_mjs, manifest.pyodide_mjs, manifest.wasm, manifest.stdlib, manifest.snapshot].map(at);
  const modules = manifest.modules.map((name) => at(`./${name}`));
  const here = loaded.filter((address) => address.startsWith(location.origin));
  const answers = new MessageChannel();
  answers.port1.onmessage = done;
  active?.postMessage({ keep: [location.href, ...here, ...modules, ...runtime] }, [answers.port2]);
}
