// Keeping what was loaded, for a later visit and for one without a network: see docs/service-worker.js.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { savesData } from "./connection.mjs";

const ASSETS = "nameplate-assets"; // the same in the service worker

/**
 * Keep a file that was decompressed here, as nothing else in the browser does.
 * @param {string} address
 * @param {Response} decompressed one whose body is still unread
 */
export async function keepDecompressed(address, decompressed) {
  if (!("caches" in self)) return void decompressed.body?.cancel(); // browsers have them only on https
  await (await caches.open(ASSETS)).put(address, decompressed);
}

/**
 * Have the service worker keep all that this page has loaded, and the main pages of the site unless that costs the reader.
 * @param {() => void} done
 */
export async function keepThisPage(done) {
  // Pages from `mkdocs serve` change all the time.
  if (!("serviceWorker" in navigator) || "livereload" in window) return;
  await navigator.serviceWorker.register(at("../../service-worker.js"));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const here = loaded.filter((address) => address.startsWith(location.origin));
  const runtime = Object.values(manifest.files).map(({ path }) => at(path));
  const demos = document.querySelector("nameplate-demo") ? [at(manifest.demos.path)] : [];
  if (document.querySelector("nameplate-demo[data-vectors]")) demos.push(at(manifest.vectors.path));
  const learnt = document.querySelector("nameplate-picker") ? [at(manifest.requests.path)] : []; // loaded by the worker
  const { default: names } = await import(at("modules.mjs")); // written by the build, when all modules are there
  const modules = names.map((/** @type {string} */ name) => at(name));
  const answers = new MessageChannel();
  answers.port1.onmessage = done;
  const keep = [location.href, ...here, ...modules, ...runtime, ...learnt, ...demos];
  active?.postMessage({ keep, only: savesData() }, [answers.port2]);
}
