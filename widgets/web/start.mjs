// Starting Python in a worker: from the memory snapshot where that is the quicker way and works, else from bytecode.
import { download, Progress } from "./download.mjs";
import manifest from "./manifest.mjs";
import { isKept, store } from "./offline.mjs";
import { Snapshot } from "./snapshot.mjs";

/** @typedef {Record<string, (...args: string[]) => string>} Python the functions of nameplate.browser */
/** @typedef {{ python: Python, restored: boolean, keep: () => Promise<void> }} Started */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Told */

// Megabits a second after decompression, of the WebAssembly while other downloads run beside it: a line of about
// 6 Mbit/s. On a slower one the snapshot's additional bytes take longer than starting Python does.
const FAST_LINE = 12;
// Python imports from this file what is in neither the snapshot nor its memory: it is fetched when it is opened.
const LIBRARY = ["/lib", `python${manifest.python.split(".").slice(0, 2).join("")}.zip`];

/** @param {string} path */
const at = (path) => new URL(path, import.meta.url).href;

/**
 * @param {boolean} again after a failure: the browser may hold a broken copy, so its cache is passed by
 * @param {(progress: Told) => void} tell
 * @returns {Promise<Started>}
 */
export async function start(again, tell) {
  const options = again ? /** @type {const} */ ({ cache: "reload" }) : {};
  const progress = new Progress((loaded, total) => tell({ stage: "download", loaded, total }));
  const { bytes } = manifest;

  /** @type {Map<string, Response>} */
  const unread = new Map();
  const keep = () => store(unread);

  /** @param {"stdlib" | "snapshot" | "wasm"} role */
  const fetched = async (role) => {
    const response = await download(at(manifest[role]), bytes[role], progress, options);
    unread.set(at(manifest[role]), response.clone());
    return response;
  };
  /** @param {"pyodide_mjs" | "asm_mjs"} role */
  const imported = async (role) => {
    const exports = await import(at(manifest[role]));
    progress.add(bytes[role]);
    return exports;
  };

  const compiled = compile(fetched("wasm"));
  const code = Promise.all([compiled, imported("asm_mjs"), imported("pyodide_mjs")]);
  code.catch(() => {}); // told below, as soon as there is something to tell it to
  const restores = !again && (await Promise.race([prefersSnapshot(progress.speed), code.then(() => false)]));
  const memory = fetched(restores ? "snapshot" : "stdlib");
  memory.catch(() => {});
  progress.total = bytes.asm_mjs + bytes.pyodide_mjs + bytes.wasm + bytes[restores ? "snapshot" : "stdlib"];

  const [module, { default: create }, { loadPyodide }] = await code;
  const load = loader(loadPyodide, create, module);
  if (restores) {
    try {
      return { python: await fromSnapshot(load, memory, tell), restored: true, keep };
    } catch (error) {
      console.info("Python is started from bytecode:", error);
    }
  }
  const library = await (await (restores ? fetched("stdlib") : memory)).arrayBuffer();
  tell({ stage: "start", loaded: 1, total: 1 });
  return { python: (await load(library, {})).pyimport("nameplate.browser"), restored: false, keep };
}

/** @param {Promise<Response>} arriving */
async function compile(arriving) {
  const response = await arriving;
  // Not every host names the type that compiling while it arrives asks for.
  if (response.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * Whether the snapshot is the quicker way: what is kept here already is, else it depends on the line.
 * @param {Promise<number>} speed
 */
async function prefersSnapshot(speed) {
  if (await isKept(at(manifest.snapshot))) return true;
  if (await isKept(at(manifest.stdlib))) return false;
  const { saveData = false } = /** @type {any} */ (navigator).connection ?? {};
  return !saveData && (await speed) >= FAST_LINE;
}

/**
 * @param {ReturnType<typeof loader>} load
 * @param {Promise<Response>} memory
 * @param {(progress: Told) => void} tell
 */
async function fromSnapshot(load, memory, tell) {
  const arriving = memory.then(async (response) => new Snapshot(await response.arrayBuffer()));
  arriving.catch(() => {});
  const pyodide = await load(new ArrayBuffer(0), {
    _loadSnapshot: Uint8Array.from(atob(manifest.state), (character) => character.charCodeAt(0)),
    /** @param {any} module */
    whenInstantiated: async (module) => {
      const snapshot = await arriving;
      tell({ stage: "start", loaded: 1, total: 1 });
      snapshot.restore(module, manifest.runtime);
    },
  });
  const [folder = "", name = ""] = LIBRARY;
  pyodide.FS.unlink(`${folder}/${name}`);
  pyodide.FS.createLazyFile(folder, name, at(manifest.stdlib), true, false);
  const python = pyodide.pyimport("nameplate.browser");
  (await arriving).check(python);
  return python;
}

/**
 * Lets Pyodide have what is there already. By itself it fetches everything, each when it comes to need it, and where
 * one fails it writes to the console and waits for ever.
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {(settings: object) => Promise<any>} create
 * @param {WebAssembly.Module} compiled
 */
function loader(loadPyodide, create, compiled) {
  /**
   * @param {ArrayBuffer} library what the file of the standard library is to hold
   * @param {{ whenInstantiated?: (module: any) => Promise<void>, [option: string]: unknown }} options
   */
  return async (library, { whenInstantiated, ...options }) => {
    const { fetch } = self;
    const { instantiateStreaming } = WebAssembly;
    self.fetch = async (request, init) => {
      const address = request instanceof Request ? request.url : new URL(request, location.href).href;
      if (address === at(manifest.stdlib)) return new Response(library);
      return address === at(manifest.wasm) ? new Response() : fetch(request, init);
    };
    WebAssembly.instantiateStreaming = async (_, imports) => ({
      module: compiled,
      instance: await WebAssembly.instantiate(compiled, imports),
    });
    try {
      return await loadPyodide({
        indexURL: at(manifest.indexURL),
        packageBaseUrl: at(manifest.indexURL),
        stdLibURL: at(manifest.stdlib),
        lockFileContents: manifest.lock,
        /** @param {object} settings */
        createPyodideModule: async (settings) => {
          const module = await create(settings);
          await whenInstantiated?.(module);
          return module;
        },
        ...options,
      });
    } finally {
      self.fetch = fetch;
      WebAssembly.instantiateStreaming = instantiateStreaming;
    }
  };
}
