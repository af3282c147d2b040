// Keeping what was loaded, for a later visit and for one without a network: see docs/service-worker.js.
import { at } from "./assets.mjs";
import manifest from "./manifest.mjs";

const ASSETS = "nameplate-assets"; // the same in the service worker

/**
 * Keeps a file that was unpacked here, which nothing else in the browser does.
 * @param {string} address
 * @param {Response} unpacked nobody has read it
 */
export async function keepUnpacked(address, unpacked) {
  if (!("caches" in self)) return void unpacked.body?.cancel(); // there are none without https
  await (await caches.open(ASSETS)).put(address, unpacked);
}

/** Has the service worker keep all that this page has loaded. @param {() => void} done */
export async function keepThisPage(done) {
  // A page that `mkdocs serve` shows while it is written is not to be kept.
  if (!("serviceWorker" in navigator) || "livereload" in window) return;
  await navigator.serviceWorker.register(at("../../service-worker.js"));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const runtime = [manifest.asm_mjs, manifest.pyodide_mjs, manifest.wasm, manifest.stdlib, manifest.snapshot].map(at);
  const { default: names } = await import("./modules.mjs"); // written when the others were
  const modules = names.map((/** @type {string} */ name) => at(`./${name}`));
  const here = loaded.filter((address) => address.startsWith(location.origin));
  const answers = new MessageChannel();
  answers.port1.onmessage = done;
  active?.postMessage({ keep: [location.href, ...here, ...modules, ...runtime] }, [answers.port2]);
}
