// Stands in the head of a page with a widget, before everything else: where the address asks for an answer, Python is
// started at once. plugins/widgets.py writes it there; runtime.mjs takes over what it has made.

/**
 * The page compiles the WebAssembly: by the time that a worker runs, half of it has come.
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
  compile(wasm).then(
    (compiled) => worker.postMessage({ compiled }),
    () => worker.postMessage({ compiled: null }), // then the worker tries, and says what is wrong
  );
}

/** @param {string} wasm */
async function compile(wasm) {
  const response = await fetch(wasm);
  const { headers } = response;
  if (headers.get("Content-Encoding") || !headers.get("Content-Length")) return WebAssembly.compileStreaming(response);
  response.body?.cancel();
  throw new Error("a smaller file stands beside it: see fetched() in download.mjs");
}
