// Stands in the head of a page with a widget, before everything else: where the address asks for an answer, Python is
// started at once. plugins/widgets.py writes it there; runtime.mjs takes over what it has made.

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
  let able = true; // to take in what the host sends; else the worker tries, and says what is wrong
  const compiled = compressed(wasm)
    .then((response) => WebAssembly.compileStreaming(response))
    .catch(() => ((able = false), null));
  compiled.then((compiled) => worker.postMessage({ compiled }));
  worker.addEventListener("message", async ({ data: { take } }) => {
    if (!take) return;
    const arriving = able ? compressed(take).catch(() => null) : null;
    await Promise.race([arrived(wasm), compiled]); // one after the other, as they are wanted; but the line is never idle
    const taken = (await (await arriving)?.arrayBuffer().catch(() => null)) ?? null;
    worker.postMessage({ taken }, taken ? [taken] : []);
  });
}

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
  const { headers } = response;
  if (headers.get("Content-Encoding") || !headers.get("Content-Length")) return response;
  response.body?.cancel();
  throw new Error("a smaller file stands beside it: see fetched() in download.mjs");
}
