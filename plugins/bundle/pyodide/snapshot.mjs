// Write the memory of a Python that has started, imported the package and read some names: a page goes on from there.
//
//   node snapshot.mjs PARTS KNOWN WARM_UP TARGET
//
// PARTS says what Python starts from, as in start.mjs; KNOWN is a JSON list of arguments for nameplate.browser.answer, WARM_UP
// a Python program to run before. TARGET is written in the form that widgets/web/startup/snapshot.mjs reads: a WebAssembly
// module whose one custom section holds the length of a JSON header in four bytes, the header, then the blocks of memory
// that differ from those of a runtime which has only been instantiated. Such a runtime has the same memory in every
// browser, because the same WebAssembly wrote it.
//
// _makeSnapshot, _loadSnapshot and createPyodideModule are options of loadPyodide that its documentation leaves out.

import "./short-errors.mjs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { grow, PREFIX_BYTES } from "../../../widgets/web/startup/snapshot.mjs";
import { optionsFor } from "./start.mjs";

const [parts, known] = process.argv.slice(2, 4).map((argument) => JSON.parse(argument));
const [warmUp, target] = process.argv.slice(4);
const BLOCK = 256; // bytes; smaller blocks leave out a little more, and make the list of them longer

// The same sources have to give the same bytes: no clock, no chance, nothing of this machine. So every page starts with the
// same seed of Python's hashes. That does no harm in a decoder, which has no secrets.
process.argv[1] = "./this.program"; // Python's name for itself, as in browsers; else it is the path of this file
Date.now = () => 315_532_800_000;
performance.now = () => 0;
crypto.getRandomValues = (view) => view.fill(0);
createRequire(import.meta.url)("node:crypto").randomFillSync = (view) => view.fill(0);

const { loadPyodide } = await import(pathToFileURL(`${parts.runtime}pyodide.mjs`).href);
const { default: create } = await import(pathToFileURL(parts.script).href);
const options = { ...(await optionsFor(parts)), env: { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONHASHSEED: "0" } };

/** Return the memory of a runtime in which Python has not been started, grown as it has to grow for the snapshot. */
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

/** Clear what is left in free memory: allocate all of it once, and free it with zeros in it. */
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

/** Return where two memories differ: pairs of where a block begins and ends. */
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
for (const program of [new URL("bare_code.py", import.meta.url), warmUp]) python.runPython(readFileSync(program, "utf8"));
wipeFree(python._module);
const snapshot = python.makeMemorySnapshot();
const begin = new DataView(snapshot.buffer).getUint32(4, true); // where the memory begins, after Pyodide's own header
const memory = snapshot.subarray(begin);
const ranges = differences(memory, await instantiated(memory.length));
const header = JSON.stringify({
  runtime: createHash("sha256").update(readFileSync(`${parts.runtime}pyodide.asm.wasm`)).digest("hex"),
  memory: memory.length,
  state: Buffer.from(snapshot.subarray(0, begin)).toString("base64"),
  known: { args: known, value: python.pyimport("nameplate.browser").answer(...known) },
  ranges,
});
const length = Buffer.alloc(4);
length.writeUInt32LE(Buffer.byteLength(header));
const blocks = ranges.map(([start, end]) => memory.subarray(start, end));
writeFileSync(target, customSection("memory", [length, Buffer.from(header), ...blocks]));

/** Return a WebAssembly module that holds nothing but a custom section. */
function customSection(name, contents) {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), ...contents]);
  const size = Buffer.from([0, 7, 14, 21, 28].map((shift) => ((content.length / 2 ** shift) & 0x7f) | (shift < 28 ? 0x80 : 0)));
  const module = Buffer.concat([Buffer.from("\0asm\x01\0\0\0"), Buffer.from([0]), size, content]);
  if (module.length - content.length + 1 + name.length !== PREFIX_BYTES) throw new Error("A section begins elsewhere than is read.");
  return module;
}
