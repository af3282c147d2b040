// What the reader's line and processor can do, as they have shown on a file that has just come.
import { mustSave } from "./when.mjs";

// Measured: starting Python takes this many times as long as running the program around its WebAssembly.
const STARTING = 18;
// That program starts to come slowly, beside other files: the line can do this many times as much.
const SHARE = 3;
const COMPRESSED = 0.25; // of the bytes of memory or of bytecode

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
  return (COMPRESSED * additional) / speed <= STARTING * (ran - responseEnd);
}
