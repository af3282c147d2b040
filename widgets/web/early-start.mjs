// In the head of a page with a widget, before everything else: where the address asks for an answer, Python is started
// at once. plugins/site/widgets.py writes it there; runtime/runtime.mjs takes over what it has started.
import { isUncompressed } from "./startup/uncompressed.mjs";

/**
 * Start the worker, and download for it: by the time that a worker runs, half of the WebAssembly has come, so the page
 * compiles it. Then the page downloads the snapshot if the worker asks for it, because the worker has no time for what
 * arrives while it makes the runtime from the WebAssembly.
 * @param {string} parameters of the address that ask for an answer, with spaces between them
 * @param {string} program address of the worker
 * @param {string} wasm address of the WebAssembly
 */
export function earlyStart(parameters, program, wasm) {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!parameters.split(" ").some((parameter) => asked.get(parameter))) return;
  performance.mark("nameplate:start");
  const worker = new Worker(program, { type: "module", name: "nameplate early" });
  /** @type {(MessageEvent | ErrorEvent)[]} */ const messages = [];
  worker.onmessage = worker.onerror = (/** @type {MessageEvent | ErrorEvent} */ event) => void messages.push(event);
  /** @type {any} */ (window).nameplateEarly = { worker, messages };
  /** @type {any} */ let refusal; // sent instead of a file: the worker then downloads it, and reports what is wrong
  const compiled = compressed(wasm)
    .then((response) => WebAssembly.compileStreaming(response))
    .catch((error) => (refusal = refusalOf(error)));
  compiled.then((compiled) => worker.postMessage({ compiled }));
  worker.addEventListener("message", async ({ data: { download } }) => {
    if (!download) return;
    const arriving = refusal ?? compressed(download).catch(refusalOf);
    await Promise.race([arrived(wasm), compiled]); // one after the other, in the order they are needed; the line never idles
    const response = await arriving;
    if (!(response instanceof Response)) return worker.postMessage({ downloaded: response });
    const downloaded = await response.arrayBuffer().catch(refusalOf);
    worker.postMessage({ downloaded }, downloaded instanceof ArrayBuffer ? [downloaded] : []);
  });
}

/** Return what the worker gets instead of a file; `uncompressed` has the type of one that the host does not compress. @param {any} error */
const refusalOf = (error) => error?.cause ?? {};

/** @param {string} file whose last byte is there, though it may not be compiled yet */
const arrived = (file) =>
  new Promise((resolve) => {
    const { href } = new URL(file, document.baseURI);
    const look = (/** @type {PerformanceObserverEntryList} */ seen) => seen.getEntriesByName(href).length && resolve(true);
    new PerformanceObserver(look).observe({ type: "resource", buffered: true });
  });

/** @param {string} file */
async function compressed(file) {
  const response = await fetch(file);
  if (!isUncompressed(response)) return response;
  response.body?.cancel();
  throw new Error("the host has a smaller file beside it", { cause: { uncompressed: response.headers.get("Content-Type") ?? "" } });
}
