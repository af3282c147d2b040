// The memory that Python had when the site was built, after its start. Written over that of a runtime which has only been
// instantiated, it is as if Python had been started here.
//
// The file is a WebAssembly module without code, so that hosts which compress the runtime's WebAssembly compress this
// file, too. Its one section is a custom one ("Custom Section" in the WebAssembly specification)
// and holds the length of a JSON header in four bytes, the header, then the blocks of memory.

/** @typedef {{ HEAPU8: Uint8Array, HEAPU32: Uint32Array, [exported: string]: any }} Module as Emscripten makes it */
/**
 * @typedef {object} Header
 * @property {string} runtime SHA-256 of the WebAssembly that the memory belongs to
 * @property {number} memory its size in bytes
 * @property {{ args: string[], value: string }} known a call of `answer` and what it returned
 * @property {[number, number][]} ranges the blocks: where each begins and ends
 * @property {string} state Pyodide's own header, in base 64
 */

/** What the file begins with: 8 bytes of every module, then a custom section of a length in 5 bytes with the name "memory". */
export const PREFIX_BYTES = 8 + 1 + 5 + 1 + 6;

/**
 * Make the memory of a fresh runtime at least `length` bytes long, always in the same way.
 * @param {Module} module
 * @param {number} length
 */
export function grow(module, length) {
  if (module.HEAPU8.length >= length) return;
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2] ?? 0;
  module._free(module._malloc(length - end));
}

export class Snapshot {
  /** @type {Header} */ header;
  #memory;

  /** @param {ArrayBuffer} file */
  constructor(file) {
    const length = new DataView(file).getUint32(PREFIX_BYTES, true);
    const start = PREFIX_BYTES + 4;
    this.header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, start, length)));
    this.#memory = new Uint8Array(file, start + length);
  }

  /**
   * Write what differs over the memory of a fresh runtime.
   * @param {Module} module
   * @param {string} runtime SHA-256 of the WebAssembly that the runtime runs
   */
  restore(module, runtime) {
    if (this.header.runtime !== runtime) throw new Error("The snapshot is of another runtime.");
    grow(module, this.header.memory);
    const { HEAPU8 } = module; // another one, if it grew
    let place = 0;
    for (const [start, end] of this.header.ranges) {
      HEAPU8.set(this.#memory.subarray(place, place + end - start), start);
      place += end - start;
    }
  }

  /**
   * Throw unless Python answers now as it did then.
   * @param {Record<string, (...args: string[]) => string>} python
   */
  check(python) {
    const { args, value } = this.header.known;
    if (python.answer?.(...args) !== value) throw new Error("The snapshot's answer differs from the one it was made with.");
  }
}
