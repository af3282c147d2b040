// Start Python under Node from the bundle that readers get, through the manifest that the browser reads.

import "../../plugins/bundle/pyodide/short-errors.mjs";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { start as startParts } from "../../plugins/bundle/pyodide/start.mjs";

/** What the picker has learnt, as the page loads it. @param {string} assets */
export function learnt(assets) {
  const folder = pathToFileURL(`${assets}/`);
  const { entry, for_browser: manifest } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  return readFileSync(new URL(manifest.requests.path, new URL(entry, folder)), "utf8");
}

/**
 * @param {string} assets the folder that plugins/bundle/assets.py made
 * @param {"bytecode" | "snapshot"} way what Python starts from
 */
export async function start(assets, way = "bytecode") {
  const folder = pathToFileURL(`${assets}/`);
  const { entry, for_browser: manifest } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  const here = new URL(entry, folder); // addresses are relative to the folder of the modules
  const at = (path) => fileURLToPath(new URL(path, here));
  const file = (role) => (manifest.files[role] ? at(manifest.files[role].path) : null);
  return startParts({
    runtime: at(manifest.indexURL),
    script: file("asm_mjs"),
    library: file("stdlib"),
    package: file("package"),
    snapshot: way === "snapshot" ? file("snapshot") : null,
    lock: manifest.lock,
  });
}
