// Start Python under Node from the parts of a bundle, whichever layers have made them: see plugins/bundle/stock.py.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Snapshot } from "../../../widgets/web/startup/snapshot.mjs";

const PACKAGE = "/nameplate.zip"; // where Python finds the package, unless the library's zip holds it

/**
 * @typedef {object} Parts
 * @property {string} runtime the folder of Pyodide; ends in a slash
 * @property {string} script the script around the WebAssembly
 * @property {string} library a zip with the standard library
 * @property {string | null} package a zip with the package
 * @property {string | null} snapshot
 * @property {object} lock what Pyodide shall take for its lock file
 */

/** Return the options of loadPyodide() for the parts. @param {Parts} parts */
export async function optionsFor({ runtime, script, library, lock }) {
  const documented = { indexURL: runtime, stdLibURL: library, packageBaseUrl: runtime, lockFileContents: lock };
  if (script === `${runtime}pyodide.asm.mjs`) return documented;
  const { default: createPyodideModule } = await import(pathToFileURL(script).href);
  return { ...documented, createPyodideModule };
}

/** @param {Parts} parts @returns {Promise<any>} a Pyodide that can import the package */
export async function start(parts) {
  const { loadPyodide } = await import(pathToFileURL(`${parts.runtime}pyodide.mjs`).href);
  const options = await optionsFor(parts);
  if (!parts.snapshot) return started(loadPyodide, options, parts);
  const { default: createModule } = await import(pathToFileURL(parts.script).href);
  return restored(loadPyodide, options, readFileSync(parts.snapshot), createModule);
}

async function started(loadPyodide, options, parts) {
  const pyodide = await loadPyodide(options);
  if (parts.package) {
    pyodide.FS.writeFile(PACKAGE, readFileSync(parts.package));
    pyodide.runPython(`import sys; sys.path.append("${PACKAGE}")`);
  }
  return pyodide;
}

async function restored(loadPyodide, options, file, createModule) {
  const snapshot = new Snapshot(new Uint8Array(file).buffer);
  const { runtime, state } = snapshot.header;
  const pyodide = await loadPyodide({
    ...options,
    _loadSnapshot: Buffer.from(state, "base64"),
    createPyodideModule: async (settings) => {
      const module = await createModule(settings);
      snapshot.restore(module, runtime);
      return module;
    },
  });
  snapshot.check(pyodide.pyimport("nameplate.browser"));
  return pyodide;
}
