// Python in a worker: loads the runtime as fast as it comes in, then answers one call after the other.
//
// In:  {id, call, args}                        a function of nameplate.browser and its arguments, all strings
// Out: {type: "progress", stage, loaded, total}  bytes so far, counted as they are after decompression
//      {type: "ready", restored}               the first call can be answered now; whether a snapshot was restored
//      {type: "kept"}                          what was downloaded is kept for a later visit
//      {type: "failed", message}               the runtime could not be loaded; this worker is of no more use
//      {type: "answer", id, value}             what the function returned, a string
//      {type: "refused", id, message}          the function raised an exception
import { start } from "./start.mjs";

const KEEPING_WAITS = 1000; // ms, in which the first answers are on their way

/** @param {object} message */
const tell = (message) => self.postMessage(message);

// After a failure the browser may hold a broken copy: then everything is fetched past its cache.
const started = start(self.name.endsWith("again"), (progress) => tell({ type: "progress", ...progress }));
started.then(
  ({ restored, keep }) => {
    tell({ type: "ready", restored });
    setTimeout(() => keep().then(() => tell({ type: "kept" }), console.info), KEEPING_WAITS);
  },
  (error) => tell({ type: "failed", message: String(error?.message ?? error) }),
);

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  try {
    const ask = (await started).python[call];
    if (!ask) throw new Error(`nameplate.browser has no ${call}`);
    tell({ type: "answer", id, value: ask(...args) });
  } catch (error) {
    tell({ type: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
});
