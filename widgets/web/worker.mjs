// Python in a worker: loads the runtime as fast as it comes in, then answers one call after the other.
//
// In:  {id, call, args}                        a function of nameplate.browser and its arguments, all strings
// Out: {type: "progress", stage, loaded, total}  bytes so far, counted as they are after decompression
//      {type: "ready"}                         the first call can be answered now
//      {type: "failed", message}               the runtime could not be loaded; this worker is of no more use
//      {type: "answer", id, value}             what the function returned, a string
//      {type: "refused", id, message}          the function raised an exception
import manifest from "./manifest.mjs";

/** @param {string} path */
const at = (path) => new URL(path, import.meta.url).href;
/** @param {object} message */
const tell = (message) => self.postMessage(message);

// After a failure the browser may hold a broken copy: then everything is fetched past its cache.
const again = self.name.endsWith("again");
const total = Object.values(manifest.bytes).reduce((sum, bytes) => sum + bytes, 0);
let loaded = 0;
let told = 0;

/** @param {number} bytes */
function count(bytes) {
  loaded += bytes;
  const now = performance.now();
  if (now - told < 80 && loaded < total) return;
  told = now;
  tell({ type: "progress", stage: "download", loaded, total });
}

/** @param {Response} response */
async function countBytes(response) {
  if (!response.body) return;
  for (let reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    count(value.byteLength);
  }
}

/**
 * Starts a download. Its bytes are counted on a copy, so that the browser can compile the original while it arrives.
 * @param {string} path
 */
async function download(path) {
  const response = await fetch(at(path), again ? { cache: "reload" } : {});
  if (!response.ok) throw new Error(`${path.split("/").pop()}: ${response.status} ${response.statusText}`.trim());
  countBytes(response.clone()).catch(() => {}); // a broken download is reported by whoever reads the original
  return response;
}

/**
 * @param {string} path
 * @param {number} bytes
 */
async function module(path, bytes) {
  const exports = await import(at(path));
  count(bytes);
  return exports;
}

/** @param {Promise<Response>} arriving */
async function compile(arriving) {
  const response = await arriving;
  // Not every host names the type that compiling while it arrives asks for.
  if (response.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * Lets Pyodide have what is under way already. By itself it starts each download only when it comes to need it, and
 * where one fails it writes to the console and waits for ever.
 * @param {Promise<Response>} library
 * @param {Promise<WebAssembly.Module>} compiled
 * @returns {() => void} puts everything back
 */
function handOver(library, compiled) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async (request, init) => {
    if (request instanceof URL || typeof request === "string") {
      const address = new URL(request, location.href).href;
      if (address === at(manifest.stdlib)) return library;
      if (address === at(manifest.wasm)) return new Response(); // it is compiled already, see below
    }
    return fetch(request, init);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/** @returns {Promise<Record<string, (...args: string[]) => string>>} the functions of nameplate.browser */
async function start() {
  const library = download(manifest.stdlib);
  const compiled = compile(download(manifest.wasm));
  const parts = Promise.all([library, compiled, module(manifest.asm_mjs, manifest.bytes.asm_mjs)]);
  parts.catch(() => {}); // told below, as soon as there is something to tell it to
  const { loadPyodide } = await module(manifest.pyodide_mjs, manifest.bytes.pyodide_mjs);
  const putBack = handOver(library, compiled);
  const indexURL = at(manifest.indexURL);
  const loading = loadPyodide({
    indexURL,
    packageBaseUrl: indexURL,
    stdLibURL: at(manifest.stdlib),
    lockFileContents: manifest.lock,
  });
  loading.catch(() => {}); // fails as well, later and less clearly, where a part is missing
  try {
    await parts; // the first that fails ends the waiting
    tell({ type: "progress", stage: "start", loaded: total, total });
    return (await loading).pyimport("nameplate.browser");
  } finally {
    putBack();
  }
}

const started = start();
started.then(
  () => tell({ type: "ready" }),
  (error) => tell({ type: "failed", message: String(error?.message ?? error) }),
);

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  try {
    const ask = (await started)[call];
    if (!ask) throw new Error(`nameplate.browser has no ${call}`);
    tell({ type: "answer", id, value: ask(...args) });
  } catch (error) {
    tell({ type: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
});
