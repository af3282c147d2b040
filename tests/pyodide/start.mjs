// Start Python under Node from the bundle that readers get, through the manifest that the browser reads:
// nothing but the way of loading differs from a page.

import "../../plugins/bundle/pyodide/told-briefly.mjs";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Snapshot } from "../../widgets/web/snapshot.mjs";

/**
 * @param {string} assets the folder that plugins/bundle/assets.py made
 * @param {"bytecode" | "snapshot"} way what Python starts from
 */
export async function start(assets, way = "bytecode") {
  const folder = pathToFileURL(`${assets}/`);
  const { entry, for_browser: manifest } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  const here = new URL(entry, folder); // the addresses are relative to the folder of the modules
  const at = (path) => fileURLToPath(new URL(path, here));

  const { loadPyodide } = await import(new URL(manifest.pyodide_mjs, here).href);
  const options = {
    indexURL: at(manifest.indexURL),
    stdLibURL: at(manifest.stdlib),
    packageBaseUrl: at(manifest.indexURL),
    lockFileContents: manifest.lock,
  };
  if (way === "bytecode") return loadPyodide(options);

  const snapshot = new Snapshot(new Uint8Array(readFileSync(at(manifest.snapshot))).buffer);
  const { default: create } = await import(new URL(manifest.asm_mjs, here).href);
  const pyodide = await loadPyodide({
    ...options,
    _loadSnapshot: Buffer.from(manifest.state, "base64"),
    createPyodideModule: async (settings) => {
      const module = await create(settings);
      snapshot.restore(module, manifest.runtime);
      return module;
    },
  });
  snapshot.check(pyodide.pyimport("nameplate.browser"));
  return pyodide;
}
