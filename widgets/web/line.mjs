// What the reader's line and processor can do, as they have shown on a file that has just come.
import { mustSave } from "./when.mjs";

// Measured: what a snapshot saves takes this many times as long as running the program around the WebAssembly.
const SAVED = 33;
// That program comes beside other files: the line can do this many times as much.
const SHARE = 2;
const COMPRESSED = 0.22; // of the bytes of memory or of bytecode

/**
 * Whether Python is there sooner by a memory snapshot than by starting it: its additional bytes take time, too.
 * @param {string} address of the program, which has just run
 * @param {number} ran moment at which it had
 * @param {number} additional bytes, before compression
 */
export function worthSnapshot(address, ran, additional) {
  const [program] = performance.getEntriesByName(address, "resource").slice(-1);
  const { transferSize, encodedBodySize, responseStart, responseEnd } = /** @type {any} */ (program) ?? {};
  if (mustSave()) return false;
  if (!transferSize) return true; // it comes from a cache, or nobody knows
  const speed = (SHARE * encodedBodySize) / Math.max(1, responseEnd - responseStart);
  return (COMPRESSED * additional) / speed <= SAVED * (ran - responseEnd);
}
