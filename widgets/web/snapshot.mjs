// The memory that Python had when the site was built, after its start: written over that of a runtime which has only
// been instantiated, it is as if Python had been started here. plugins/bundle/pyodide/snapshot.mjs describes the file.

/** @typedef {{ HEAPU8: Uint8Array, HEAPU32: Uint32Array, [exported: string]: any }} Module as Emscripten makes it */
/**
 * @typedef {{ runtime: string, memory: number, known: { args: string[], value: string }, ranges: [number, number][] }} Header
 */

/**
 * Makes the memory of a fresh runtime at least `length` bytes long, always in the same way.
 * @param {Module} module
 * @param {number} length
 */
export function grow(module, length) {
  if (module.HEAPU8.length >= length) return;
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2] ?? 0;
  module._free(module._malloc(length - end));
}

export class Snapshot {
  /** @type {Header} */ #header;
  #memory;

  /** @param {ArrayBuffer} file */
  constructor(file) {
    const length = new DataView(file).getUint32(0, true);
    this.#header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length)));
    this.#memory = new Uint8Array(file, 4 + length);
  }

  /**
   * Writes what differs over the memory of a fresh runtime.
   * @param {Module} module
   * @param {string} runtime SHA-256 of the WebAssembly that the runtime runs
   */
  restore(module, runtime) {
    if (this.#header.runtime !== runtime) throw new Error("The snapshot is of another runtime.");
    grow(module, this.#header.memory);
    const { HEAPU8 } = module; // another one, if it grew
    let place = 0;
    for (const [start, end] of this.#header.ranges) {
      HEAPU8.set(this.#memory.subarray(place, place + end - start), start);
      place += end - start;
    }
  }

  /**
   * Sees whether Python answers now as it did then.
   * @param {Record<string, (...args: string[]) => string>} python
   */
  check(python) {
    const { args, value } = this.#header.known;
    if (python.answer?.(...args) !== value) throw new Error("The snapshot answers otherwise than it did.");
  }
}
