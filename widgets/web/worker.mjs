// Python in a worker: loads the runtime as fast as it comes in, then answers one call after the other.
//
// In:  {id, call, args}                        a function of nameplate.browser and its arguments, all strings
//      {compiled}                              the WebAssembly from a page that compiles it; see fromPage() where it failed to
//      {taken}                                 a file that the page has taken in; the same where it failed to
// Out: {type: "progress", stage, loaded, total}  bytes so far, counted as they are after decompression
//      {type: "ready", restored, stages}       the first call can be answered now; whether a snapshot was restored, and
//                                              when each stage of the start ended, in ms of the clock
//      {type: "take", take}                    the page that has started the worker early shall take in this file
//      {type: "failed", message}               the runtime could not be loaded; this worker is of no more use
//      {type: "answer", id, value}             what the function returned, a string
//      {type: "refused", id, message}          the function raised an exception
import { start } from "./start.mjs";

/** @param {object} message */
const tell = (message) => self.postMessage(message);

performance.mark("worker");
// After a failure the browser may hold a broken copy: then everything is fetched past its cache.
const [early, again] = [self.name.endsWith("early"), self.name.endsWith("again")];
const started = start(early, again, (progress) => tell({ type: "progress", ...progress }));
started.then(
  ({ restored }) => tell({ type: "ready", restored, stages: stages() }),
  (error) => tell({ type: "failed", message: String(error?.message ?? error) }),
);

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  if (!call) return; // from-page.mjs hears it
  try {
    tell({ type: "answer", id, value: await ask(call, args) });
  } catch (error) {
    tell({ type: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
});

/** @type {Promise<void> | undefined} */
let completed;

/**
 * @param {string} call
 * @param {string[]} args
 */
async function ask(call, args) {
  const { python, complete } = await started;
  const ask = python[call];
  if (!ask) throw new Error(`nameplate.browser has no ${call}`);
  try {
    return ask(...args);
  } catch (error) {
    // What is seldom wanted is not in the snapshot; a restored Python is given it when it first misses it.
    const missing = /** @type {any} */ (error)?.type;
    if (missing !== "ModuleNotFoundError" && missing !== "FileNotFoundError" && missing !== "ZipImportError") throw error;
    await (completed ??= complete());
    return ask(...args);
  }
}

function stages() {
  return performance.getEntriesByType("mark").map(({ name, startTime }) => [name, performance.timeOrigin + startTime]);
}
