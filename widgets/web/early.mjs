// Stands in the head of a page with a widget, before everything else: where the address asks for an answer, Python is
// started at once. plugins/widgets.py writes it there; runtime.mjs takes over what it has made.
import { isAsItIs } from "./as-it-is.mjs";

/**
 * The page compiles the WebAssembly: by the time that a worker runs, half of it has come. Then it takes the snapshot in,
 * if the worker asks for it: the worker has no time for what arrives while it makes the runtime from the WebAssembly.
 * @param {string} parameter of the address that asks for an answer
 * @param {string} program address of the worker
 * @param {string} wasm address of the WebAssembly
 */
export function early(parameter, program, wasm) {
  if (!new URLSearchParams(location.search).get(parameter)) return;
  performance.mark("nameplate:start");
  const worker = new Worker(program, { type: "module", name: "nameplate early" });
  /** @type {(MessageEvent | ErrorEvent)[]} */ const heard = [];
  worker.onmessage = worker.onerror = (/** @type {MessageEvent | ErrorEvent} */ event) => void heard.push(event);
  /** @type {any} */ (window).nameplateEarly = { worker, heard };
  /** @type {any} */ let unable; // what else the worker is told, which then tries, and says what is wrong
  const compiled = compressed(wasm)
    .then((response) => WebAssembly.compileStreaming(response))
    .catch((error) => (unable = told(error)));
  compiled.then((compiled) => worker.postMessage({ compiled }));
  worker.addEventListener("message", async ({ data: { take } }) => {
    if (!take) return;
    const arriving = unable ?? compressed(take).catch(told);
    await Promise.race([arrived(wasm), compiled]); // one after the other, as they are wanted; but the line is never idle
    const response = await arriving;
    if (!(response instanceof Response)) return worker.postMessage({ taken: response });
    const taken = await response.arrayBuffer().catch(told);
    worker.postMessage({ taken }, taken instanceof ArrayBuffer ? [taken] : []);
  });
}

/** What the worker is told instead of a file: in `asItIs` the type of one that the host does not compress. @param {any} error */
const told = (error) => error?.cause ?? {};

/** @param {string} file of which the last byte is there, though it may not be compiled yet */
const arrived = (file) =>
  new Promise((resolve) => {
    const { href } = new URL(file, document.baseURI);
    const look = (/** @type {PerformanceObserverEntryList} */ seen) => seen.getEntriesByName(href).length && resolve(true);
    new PerformanceObserver(look).observe({ type: "resource", buffered: true });
  });

/** @param {string} file */
async function compressed(file) {
  const response = await fetch(file);
  if (!isAsItIs(response)) return response;
  response.body?.cancel();
  throw new Error("a smaller file stands beside it", { cause: { asItIs: response.headers.get("Content-Type") ?? "" } });
}
