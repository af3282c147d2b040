// Starting Python in a worker: from the memory snapshot where that is the quicker way and works, else from bytecode.
import { at } from "./assets.mjs";
import { content, fetched, Progress } from "./download.mjs";
import { takenByPage } from "./from-page.mjs";
import { worthSnapshot } from "./line.mjs";
import manifest from "./manifest.mjs";
import { Snapshot } from "./snapshot.mjs";
import { compiledHere, compiledInPage } from "./wasm.mjs";

/** @typedef {Record<string, (...args: string[]) => string>} Python the functions of nameplate.browser */
/** @typedef {{ python: Python, restored: boolean, complete: () => Promise<void> }} Started */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Told */

// Where Python finds its library; what is in the snapshot's memory has come from there already.
const LIBRARY = `/lib/python${manifest.python.split(".").slice(0, 2).join("")}.zip`;

// Where Pyodide takes its files to be: there is nothing, what it asks for is given to it.
const GIVEN = at("given/");
/** @type {Promise<never>} */ const NEVER = new Promise(() => {});

/**
 * The WebAssembly and what runs it come first; how fast the latter came tells whether the snapshot is worth its bytes.
 * `complete` fetches what a restored Python may want to import yet.
 * @param {boolean} early the page compiles the WebAssembly and takes in what follows it
 * @param {boolean} again after a failure: the browser may hold a broken copy, so its cache is passed by
 * @param {(progress: Told) => void} tell
 * @returns {Promise<Started>}
 */
export async function start(early, again, tell) {
  const options = again ? /** @type {const} */ ({ cache: "reload" }) : {};
  const { bytes } = manifest;
  const progress = new Progress((loaded, total) => tell({ stage: "download", loaded, total }));
  const expect = (/** @type {"stdlib" | "snapshot"} */ role) =>
    (progress.total = bytes.asm_mjs + bytes.pyodide_mjs + bytes.wasm + bytes[role]);
  expect("snapshot");
  const compiled = early ? compiledInPage(options) : compiledHere(options);
  compiled.then(() => performance.mark("wasm"), () => {});
  progress.guess(bytes.wasm, compiled);
  /** @param {"stdlib" | "snapshot"} role */
  const download = (role) => {
    expect(role);
    const [address, size] = [at(manifest[role]), bytes[role]];
    /** @param {string} [asItIs] */
    const alone = (asItIs) => content(fetched(address, size, options, asItIs), size, progress);
    if (!early) return alone();
    const taken = takenByPage(address, size);
    compiled.then(() => progress.guess(size, taken), () => {});
    return taken.catch((error) => alone(error.cause.asItIs));
  };
  /** @param {"pyodide_mjs" | "asm_mjs"} role */
  const imported = async (role) => {
    const exports = await import(at(manifest[role]));
    performance.mark(role);
    progress.add(bytes[role]);
    return exports;
  };

  const [{ default: create }, { loadPyodide }] = await Promise.all([imported("asm_mjs"), imported("pyodide_mjs")]);
  const load = loader(loadPyodide, create, compiled);
  if (!again && worthSnapshot(at(manifest.asm_mjs), performance.now(), bytes.snapshot - bytes.stdlib)) {
    try {
      const pyodide = await fromSnapshot(load, download("snapshot"), tell);
      return { python: pyodide.pyimport("nameplate.browser"), restored: true, complete: () => complete(pyodide) };
    } catch (error) {
      console.info("Python is started from bytecode:", error);
    }
  }
  const library = download("stdlib");
  library.then(() => tell({ stage: "start", loaded: 1, total: 1 }), () => {});
  return { python: (await load(library, {})).pyimport("nameplate.browser"), restored: false, complete: async () => {} };
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
 * @param {Promise<ArrayBuffer>} file
 * @param {(progress: Told) => void} tell
 */
async function fromSnapshot(load, file, tell) {
  const arriving = file.then((content) => new Snapshot(content));
  const loading = load(Promise.resolve(new ArrayBuffer(0)), {
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
  const [pyodide] = await Promise.all([loading, arriving]); // a runtime that gets no memory waits for ever
  pyodide.FS.unlink(LIBRARY); // which is empty yet
  performance.mark("loaded");
  (await arriving).check(pyodide.pyimport("nameplate.browser"));
  performance.mark("checked");
  return pyodide;
}

/**
 * Lets Pyodide have what is on its way already. By itself it fetches everything, each when it comes to need it, and where
 * one fails it writes to the console and waits for ever.
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {(settings: object) => Promise<any>} create
 * @param {Promise<WebAssembly.Module>} compiled
 */
function loader(loadPyodide, create, compiled) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /**
   * May be called again at once where that fails, though the first runtime is still on its way.
   * @param {Promise<ArrayBuffer>} library what the file of the standard library is to hold
   * @param {{ whenInstantiated?: (module: any) => Promise<void>, [option: string]: unknown }} options
   */
  return async (library, { whenInstantiated, ...options }) => {
    self.fetch = async (request, init) => {
      const address = request instanceof Request ? request.url : String(request);
      if (address === `${GIVEN}library`) return new Response(await library.catch(() => NEVER));
      return address.startsWith(GIVEN) ? new Response() : fetch(request, init); // the WebAssembly
    };
    WebAssembly.instantiateStreaming = async (_, imports) => {
      const module = await compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    const loading = loadPyodide({
      indexURL: GIVEN,
      packageBaseUrl: GIVEN,
      stdLibURL: `${GIVEN}library`,
      lockFileContents: manifest.lock,
      /** @param {object} settings */
      createPyodideModule: async (settings) => {
        const module = await create(settings);
        await whenInstantiated?.(module);
        return module;
      },
      ...options,
    });
    const [pyodide] = await Promise.all([loading, compiled, library]); // where one of the others fails, it waits for ever
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
    return pyodide;
  };
}
