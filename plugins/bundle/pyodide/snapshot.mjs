// Write the memory of a Python that has started, imported the package and read some names: a page goes on from there.
//
//   node snapshot.mjs PYODIDE GLUE STDLIB WARM_UP TARGET
//
// PYODIDE is the folder of the runtime, GLUE its script around the WebAssembly as pages get it, STDLIB the zip that the
// browser's Python starts from, WARM_UP a Python program to run before the picture is taken. TARGET is written in the form that widgets/web/snapshot.mjs reads: the length of a JSON
// header in four bytes, the header, then the blocks of memory that differ from those of a runtime which has been
// instantiated only. Such a runtime has the same memory in every browser, because the same WebAssembly wrote it.
//
// _makeSnapshot, _loadSnapshot and createPyodideModule are options of loadPyodide that its documentation leaves out.

import "./told-briefly.mjs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "pyodide";
import { grow } from "../../../widgets/web/snapshot.mjs";

const [runtime, glue, stdLibURL, warmUp, target] = process.argv.slice(2);
const KNOWN = ["SorskootLLM-70b-instruct", "../glossary/", "../families/"]; // a page asks this, to see that all is well
const BLOCK = 256; // bytes; smaller blocks leave out a little more, and make the list of them longer

// The same sources are to give the same bytes: no clock, no chance, nothing of this machine. So every page starts with
// the same seed of Python's hashes, which is all the same to a decoder: nothing in it is a secret.
Date.now = () => 315_532_800_000;
performance.now = () => 0;
crypto.getRandomValues = (view) => view.fill(0);
createRequire(import.meta.url)("node:crypto").randomFillSync = (view) => view.fill(0);

const { default: create } = await import(pathToFileURL(glue).href);
const options = {
  indexURL: runtime,
  stdLibURL,
  packageBaseUrl: runtime,
  lockFileContents: { info: JSON.parse(readFileSync(`${runtime}pyodide-lock.json`, "utf8")).info, packages: {} },
  env: { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONHASHSEED: "0" },
};

/** The memory of a runtime in which Python has not been started; it is made to grow as it grew for the snapshot. */
function instantiated(length) {
  return new Promise((resolve, reject) => {
    const createPyodideModule = async (settings) => {
      const module = await create(settings);
      grow(module, length);
      resolve(module.HEAPU8);
      return new Promise(() => {});
    };
    loadPyodide({ ...options, _loadSnapshot: new Uint8Array(), createPyodideModule }).catch(reject);
  });
}

/** Free memory holds what was written there before: all of it is asked for once, and given back empty. */
function wipeFree(module) {
  const end = () => module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2];
  const held = [];
  for (let size = 2 ** 20, before = end(); size >= 16; size /= 2) {
    for (let place; (place = module._malloc(size)); held.push(place)) {
      module.HEAPU8.fill(0, place, place + size);
      if (end() === before) continue;
      before = end(); // nothing of this size was free: the memory has grown
      module._free(place);
      break;
    }
  }
  for (const place of held) module._free(place);
}

/** Where two memories differ: pairs of the first and the last byte but one. */
function differences(memory, fresh) {
  const ranges = [];
  for (let start = 0; start < memory.length; start += BLOCK) {
    const block = memory.subarray(start, start + BLOCK);
    const before = fresh.subarray(start, start + BLOCK);
    if (block.every((byte, index) => byte === (before[index] ?? 0))) continue;
    if (ranges.at(-1)?.[1] === start) ranges.at(-1)[1] += BLOCK;
    else ranges.push([start, start + BLOCK]);
  }
  return ranges;
}

const python = await loadPyodide({ ...options, _makeSnapshot: true, createPyodideModule: create });
for (const program of [new URL("bare.py", import.meta.url), warmUp]) python.runPython(readFileSync(program, "utf8"));
wipeFree(python._module);
const snapshot = python.makeMemorySnapshot();
const begin = new DataView(snapshot.buffer).getUint32(4, true); // where the memory begins, after Pyodide's own header
const memory = snapshot.subarray(begin);
const ranges = differences(memory, await instantiated(memory.length));
const header = JSON.stringify({
  runtime: createHash("sha256").update(readFileSync(`${runtime}pyodide.asm.wasm`)).digest("hex"),
  memory: memory.length,
  state: Buffer.from(snapshot.subarray(0, begin)).toString("base64"),
  known: { args: KNOWN, value: python.pyimport("nameplate.browser").answer(...KNOWN) },
  ranges,
});
const length = Buffer.alloc(4);
length.writeUInt32LE(Buffer.byteLength(header));
writeFileSync(target, Buffer.concat([length, Buffer.from(header), ...ranges.map(([start, end]) => memory.subarray(start, end))]));
