// Starting Python in a worker: from the memory snapshot where that is the quicker way and works, else from bytecode.
import { Download, fetched, Progress } from "./download.mjs";
import manifest from "./manifest.mjs";
import { Snapshot } from "./snapshot.mjs";
import { mustSave } from "./when.mjs";

/** @typedef {Record<string, (...args: string[]) => string>} Python the functions of nameplate.browser */
/** @typedef {{ python: Python, restored: boolean, complete: () => Promise<void> }} Started */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Told */

// Megabits a second after decompression, of the snapshot while the WebAssembly comes beside it: a line of about
// 6 Mbit/s. On a slower one the snapshot's additional bytes take longer than starting Python does.
const FAST_LINE = 12;
// Where Python finds its library; what is in the snapshot's memory has come from there already.
const LIBRARY = `/lib/python${manifest.python.split(".").slice(0, 2).join("")}.zip`;

/** @param {string} path */
const at = (path) => new URL(path, import.meta.url).href;

/**
 * `complete` fetches what a restored Python may want to import yet.
 * @param {boolean} again after a failure: the browser may hold a broken copy, so its cache is passed by
 * @param {(progress: Told) => void} tell
 * @returns {Promise<Started>}
 */
export async function start(again, tell) {
  const options = again ? /** @type {const} */ ({ cache: "reload" }) : {};
  const progress = new Progress((loaded, total) => tell({ stage: "download", loaded, total }));
  const { bytes } = manifest;

  /** @param {"stdlib" | "snapshot"} role */
  const download = (role) => new Download(at(manifest[role]), bytes[role], progress, options);
  /** @param {"pyodide_mjs" | "asm_mjs"} role */
  const imported = async (role) => {
    const exports = await import(at(manifest[role]));
    performance.mark(role);
    progress.add(bytes[role]);
    return exports;
  };

  const compiled = compile(fetched(at(manifest.wasm), bytes.wasm, options));
  compiled.then(() => performance.mark("wasm"), () => {});
  progress.guess(bytes.wasm, compiled);
  const code = Promise.all([compiled, imported("asm_mjs"), imported("pyodide_mjs")]);
  code.catch(() => {}); // told below, as soon as there is something to tell it to
  const memory = again || mustSave() ? undefined : download("snapshot");
  progress.total = bytes.asm_mjs + bytes.pyodide_mjs + bytes.wasm + bytes[memory ? "snapshot" : "stdlib"];
  const restores = await memory?.speed.then((speed) => speed >= FAST_LINE, () => false);
  if (!restores) {
    memory?.abort();
    progress.total = bytes.asm_mjs + bytes.pyodide_mjs + bytes.wasm + bytes.stdlib;
  }
  const library = restores ? undefined : download("stdlib");
  library?.content.catch(() => {});

  const [module, { default: create }, { loadPyodide }] = await code;
  performance.mark("code");
  const load = loader(loadPyodide, create, module);
  if (memory && restores) {
    try {
      const pyodide = await fromSnapshot(load, memory.content, tell);
      return { python: pyodide.pyimport("nameplate.browser"), restored: true, complete: () => complete(pyodide) };
    } catch (error) {
      console.info("Python is started from bytecode:", error);
    }
  }
  const content = await (library ?? download("stdlib")).content;
  tell({ stage: "start", loaded: 1, total: 1 });
  return { python: (await load(content, {})).pyimport("nameplate.browser"), restored: false, complete: async () => {} };
}

/** @param {Promise<Response>} arriving */
async function compile(arriving) {
  const response = await arriving;
  // Not every host names the type that compiling while it arrives asks for.
  const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * Gives a restored Python its library, which the snapshot was made with.
 * @param {any} pyodide
 */
async function complete(pyodide) {
  const response = await fetched(at(manifest.stdlib), manifest.bytes.stdlib, {});
  pyodide.FS.writeFile(LIBRARY, new Uint8Array(await response.arrayBuffer()));
}

/**
 * @param {ReturnType<typeof loader>} load
 * @param {Promise<ArrayBuffer>} content of the snapshot
 * @param {(progress: Told) => void} tell
 */
async function fromSnapshot(load, content, tell) {
  const arriving = content.then((file) => new Snapshot(file));
  arriving.catch(() => {});
  const pyodide = await load(new ArrayBuffer(0), {
    _loadSnapshot: Uint8Array.from(atob(manifest.state), (character) => character.charCodeAt(0)),
    /** @param {any} module */
    whenInstantiated: async (module) => {
      performance.mark("instantiated");
      const snapshot = await arriving;
      performance.mark("snapshot");
      tell({ stage: "start", loaded: 1, total: 1 });
      snapshot.restore(module, manifest.runtime);
      performance.mark("restored");
    },
  });
  pyodide.FS.unlink(LIBRARY); // which is empty yet
  performance.mark("loaded");
  (await arriving).check(pyodide.pyimport("nameplate.browser"));
  performance.mark("checked");
  return pyodide;
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
