// Starting Python in a worker. The stock way is the one of Pyodide's documentation. Two layers above it are used where the
// bundle has them: files are handed to Pyodide as they arrive, and Python goes on from a memory snapshot.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { Progress } from "./download.mjs";
import { handingLoader } from "./handed-files.mjs";
import { allIntact } from "./integrity.mjs";
import { snapshotIsFaster } from "./snapshot-or-bytecode.mjs";
import { Snapshot } from "./snapshot.mjs";

/** @typedef {import("./files-from-host.mjs").Files} Files */
/** @typedef {Record<string, (...args: string[]) => string>} Python the functions of nameplate.browser */
/**
 * `complete` gives Python the files that it may want to import from yet; `write` gives it one more.
 * @typedef {{ python: Python, way: "stock" | "bytecode" | "snapshot", complete: (progress: Progress) => Promise<void>,
 *   write: (path: string, content: ArrayBuffer) => void }} Started
 */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Report */
/** @typedef {(report: Report) => void} Listener */

// Where Python finds its library. What is in a snapshot has come from there already.
const LIBRARY = `/lib/python${manifest.python.split(".").slice(0, 2).join("")}.zip`;
// Where Python finds the package, if it isn't in the library's zip.
const PACKAGE = "/nameplate.zip";

/**
 * @param {Files} files
 * @param {{ snapshot: boolean }} allowed
 * @param {Listener} report
 * @returns {Promise<Started>}
 */
export function startPython(files, allowed, report) {
  return manifest.handed ? startHanded(files, allowed, report) : startStock(files, report);
}

/**
 * Start as Pyodide's documentation says, then add the package. Everything that Pyodide fetches is fetched before, and comes
 * from the browser's cache then, because Pyodide doesn't report what is missing: it waits for ever.
 * @param {Files} files
 * @param {Listener} report
 * @returns {Promise<Started>}
 */
async function startStock(files, report) {
  /** @type {Role[]} */ const roles = ["asm_mjs", "wasm", "stdlib", "package"];
  const present = roles.filter((role) => manifest.files[role]);
  const progress = progressFor([...present, "pyodide_mjs"], report);
  const [{ loadPyodide }, contents] = await Promise.all([
    importScript("pyodide_mjs", progress),
    Promise.all(present.map((role) => files.readAsSent(role, progress))),
  ]);
  report({ stage: "start", loaded: 1, total: 1 });
  const indexURL = at(manifest.indexURL);
  const stdLibURL = at(manifest.files.stdlib.path);
  const pyodide = await loadPyodide({ indexURL, stdLibURL, packageBaseUrl: indexURL, lockFileContents: manifest.lock });
  addPackage(pyodide, contents[present.indexOf("package")]);
  await allIntact();
  return started(pyodide, "stock", async () => {});
}

/**
 * Start with files that are handed to Pyodide. The WebAssembly and the script around it come first; how fast the script
 * came decides whether the snapshot is worth its bytes.
 * @param {Files} files
 * @param {{ snapshot: boolean }} allowed
 * @param {Listener} report
 * @returns {Promise<Started>}
 */
async function startHanded(files, allowed, report) {
  const { asm_mjs, stdlib, snapshot } = manifest.files;
  const progress = progressFor(["pyodide_mjs", "asm_mjs", "wasm", snapshot ? "snapshot" : "stdlib"], report);
  const compiled = files.compileWasm(progress);
  compiled.then(() => performance.mark("wasm"), () => {});
  const [{ default: createModule }, { loadPyodide }] = await Promise.all([
    importScript("asm_mjs", progress),
    importScript("pyodide_mjs", progress),
  ]);
  const load = handingLoader(loadPyodide, createModule, compiled);
  if (snapshot && allowed.snapshot && snapshotIsFaster(at(asm_mjs.path), performance.now(), snapshot.bytes - stdlib.bytes)) {
    try {
      const pyodide = await fromSnapshot(load, files.read("snapshot", progress), report);
      return started(pyodide, "snapshot", (progress) => complete(pyodide, files, progress));
    } catch (error) {
      console.info("Python is started from bytecode:", error);
      await allIntact().catch(() => {}); // of files that aren't used
    }
  }
  expect(progress, ["pyodide_mjs", "asm_mjs", "wasm", "stdlib", "package"]);
  const library = files.read("stdlib", progress);
  const archive = manifest.files.package && files.read("package", progress);
  library.then(() => report({ stage: "start", loaded: 1, total: 1 }), () => {});
  const pyodide = await load(library, {});
  addPackage(pyodide, await archive);
  await allIntact();
  return started(pyodide, "bytecode", async () => {});
}

/**
 * @param {any} pyodide
 * @param {Started["way"]} way
 * @param {Started["complete"]} complete
 * @returns {Started}
 */
function started(pyodide, way, complete) {
  const write = (/** @type {string} */ path, /** @type {ArrayBuffer} */ content) => pyodide.FS.writeFile(path, new Uint8Array(content));
  return { python: pyodide.pyimport("nameplate.browser"), way, complete, write };
}

/**
 * @param {ReturnType<typeof handingLoader>} load
 * @param {Promise<ArrayBuffer>} file
 * @param {Listener} report
 */
async function fromSnapshot(load, file, report) {
  const arriving = file.then((content) => new Snapshot(content));
  const { state = "", runtime = "" } = manifest;
  const loading = load(Promise.resolve(new ArrayBuffer(0)), {
    _loadSnapshot: Uint8Array.from(atob(state), (character) => character.charCodeAt(0)),
    /** @param {any} module */
    whenInstantiated: async (module) => {
      performance.mark("instantiated");
      const snapshot = await arriving;
      performance.mark("snapshot");
      report({ stage: "start", loaded: 1, total: 1 });
      snapshot.restore(module, runtime);
      performance.mark("restored");
    },
  });
  const [pyodide] = await Promise.all([loading, arriving]); // without its memory, a runtime waits for ever
  pyodide.FS.unlink(LIBRARY); // which is empty yet
  performance.mark("loaded");
  await allIntact();
  (await arriving).check(pyodide.pyimport("nameplate.browser"));
  performance.mark("checked");
  return pyodide;
}

/**
 * Give a restored Python the files that the snapshot was made with.
 * @param {any} pyodide
 * @param {Files} files
 * @param {Progress} progress
 */
async function complete(pyodide, files, progress) {
  const library = await files.read("stdlib", progress);
  await allIntact();
  pyodide.FS.writeFile(LIBRARY, new Uint8Array(library));
}

/**
 * @param {any} pyodide
 * @param {ArrayBuffer | undefined} archive the package, unless the library's zip holds it
 */
function addPackage(pyodide, archive) {
  if (!archive) return;
  pyodide.FS.writeFile(PACKAGE, new Uint8Array(archive));
  pyodide.runPython(`import sys; sys.path.append("${PACKAGE}")`);
}

/**
 * Import a script of Pyodide's.
 * @param {"pyodide_mjs" | "asm_mjs"} role
 * @param {Progress} progress
 */
async function importScript(role, progress) {
  const { path, bytes } = manifest.files[role];
  const exports = await import(at(path));
  performance.mark(role);
  progress.add(bytes);
  return exports;
}

/** @typedef {keyof typeof manifest.files} Role */

/**
 * Count the bytes of these files.
 * @param {Role[]} roles
 * @param {Listener} report
 */
function progressFor(roles, report) {
  return expect(new Progress((loaded, total) => report({ stage: "download", loaded, total })), roles);
}

/** Set the bytes that are to come. @param {Progress} progress @param {Role[]} roles */
function expect(progress, roles) {
  progress.total = roles.reduce((total, role) => total + (manifest.files[role]?.bytes ?? 0), 0);
  return progress;
}
