// Choosing between the two ways to a started Python, from what the reader's connection and processor did with a file that
// has just come.
import { savesData } from "../runtime/connection.mjs";

// Measured: a snapshot saves this many times as long as the script around the WebAssembly takes to run.
const SAVED = 33;
// That script arrives beside other files: the connection can carry this many times as much.
const SHARE = 2;
const COMPRESSED = 0.22; // of the bytes of memory or of bytecode

/**
 * Whether Python is there sooner from a memory snapshot than from bytecode: its additional bytes take time, too.
 * @param {string} address of the script, which has just run
 * @param {number} ranAt moment when it had, in ms
 * @param {number} additional bytes, before compression
 */
export function snapshotIsFaster(address, ranAt, additional) {
  const [script] = performance.getEntriesByName(address, "resource").slice(-1);
  const { transferSize, encodedBodySize, responseStart, responseEnd } = /** @type {any} */ (script) ?? {};
  if (savesData()) return false;
  if (!transferSize) return true; // from a cache, or the browser doesn't say
  const speed = (SHARE * encodedBodySize) / Math.max(1, responseEnd - responseStart);
  return (COMPRESSED * additional) / speed <= SAVED * (ranAt - responseEnd);
}
