// Start Python under Node from the bundle that readers get, through the manifest that the browser reads:
// nothing but the way of loading differs from a page.

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

// Node would print the line of the runtime that threw, which is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

/** @param {string} assets the folder that plugins/bundle.py made */
export async function start(assets) {
  const folder = pathToFileURL(`${assets}/`);
  const { modules } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  const here = new URL(modules["manifest.mjs"], folder);
  const { default: manifest } = await import(here.href);
  const at = (path) => fileURLToPath(new URL(path, here));

  const { loadPyodide } = await import(new URL(manifest.pyodide_mjs, here).href);
  return loadPyodide({
    indexURL: at(manifest.indexURL),
    stdLibURL: at(manifest.stdlib),
    packageBaseUrl: at(manifest.indexURL),
    lockFileContents: manifest.lock,
  });
}
