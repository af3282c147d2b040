// Hands Pyodide the files that are on their way already. By itself it fetches each one when it comes to need it, and where
// one fails it writes to the console and waits for ever.
//
// Assumes that Pyodide fetches its files with the global fetch(), compiles its WebAssembly with instantiateStreaming(),
// and takes the option createPyodideModule, which its documentation leaves out. plugins/bundle/layers/handed_files.py checks it.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";

// The folder that Pyodide believes its files to be in. It doesn't exist: whatever Pyodide asks for there is handed to it.
const HANDED = at("handed/");
/** @type {Promise<never>} */ const NEVER = new Promise(() => {});

/** @typedef {{ whenInstantiated?: (module: any) => Promise<void>, [option: string]: unknown }} Options */

/**
 * Return a function like loadPyodide(). It may be called again at once after a failure, though the first runtime is still
 * on its way.
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {(settings: object) => Promise<any>} createModule the script around the WebAssembly
 * @param {Promise<WebAssembly.Module>} compiled
 * @returns {(library: Promise<ArrayBuffer>, options: Options) => Promise<any>} `library` is the zip of the standard library
 */
export function handingLoader(loadPyodide, createModule, compiled) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  return async (library, { whenInstantiated, ...options }) => {
    self.fetch = async (request, init) => {
      const address = request instanceof Request ? request.url : String(request);
      if (address === `${HANDED}library`) return new Response(await library.catch(() => NEVER));
      return address.startsWith(HANDED) ? new Response() : fetch(request, init); // the WebAssembly
    };
    WebAssembly.instantiateStreaming = async (_, imports) => {
      const module = await compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    const loading = loadPyodide({
      indexURL: HANDED,
      packageBaseUrl: HANDED,
      stdLibURL: `${HANDED}library`,
      lockFileContents: manifest.lock,
      /** @param {object} settings */
      createPyodideModule: async (settings) => {
        const module = await createModule(settings);
        await whenInstantiated?.(module);
        return module;
      },
      ...options,
    });
    const [pyodide] = await Promise.all([loading, compiled, library]); // where a file fails, Pyodide itself waits for ever
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
    return pyodide;
  };
}
