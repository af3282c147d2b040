// Practice for typing: names are read that nobody sees, letter by letter, while nobody asks for anything. A browser makes
// fast code of what Python's interpreter has done often, and throws it away where Python does what it has not yet done:
// the first names that a reader types would take ten times as long as later ones.
import { mark, runtime } from "./runtime.mjs";
import { mustSave, whenIdle } from "./when.mjs";

const MISSPELT = "you/Zorblax-instuct-7b-quuxian-v0.3"; // a slip, and words that nobody knows
const REST = 400; // ms before each round; in it the browser makes fast code of what the last one did
const QUIET = 300; // ms without a question, after which practice goes on

// What was read before is remembered; so each round reads something else.
/** @type {((name: string, letters: number) => string)[]} */
const ROUNDS = [
  (name, letters) => name.slice(0, letters),
  (name, letters) => name.slice(-letters),
  (name, letters) => name.slice(0, letters).toUpperCase(),
];
let round = 0; // the runtime stays through instant navigation, and so does what was practised
let practice = Promise.resolve();

/**
 * Practises once the runtime is there and the browser has nothing else to do; not where the reader saves.
 * @param {string[]} names
 * @param {(name: string) => Promise<unknown>} read
 * @param {AbortSignal} signal tells when the reader has left the page
 */
export function practise(names, read, signal) {
  if (mustSave()) return;
  const begin = () => {
    if (runtime.state !== "ready") return;
    whenIdle(() => (practice = practice.then(() => readAll([...names, MISSPELT], read, signal))), signal);
  };
  runtime.addEventListener("change", begin, { signal });
  begin();
}

/**
 * @param {string[]} names
 * @param {(name: string) => Promise<unknown>} read
 * @param {AbortSignal} signal
 */
async function readAll(names, read, signal) {
  try {
    for (let part = ROUNDS[round]; part; part = ROUNDS[++round]) {
      await rest(REST);
      for (const name of names) {
        for (let letters = 1; letters <= name.length; letters++) {
          while (runtime.isAsked(QUIET)) await rest(QUIET);
          if (signal.aborted) return;
          await read(part(name, letters));
        }
      }
    }
    mark("practised");
  } catch (error) {
    console.info(error); // a reader's own question will tell
  }
}

/** @param {number} ms */
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
