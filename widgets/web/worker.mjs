// Python in a worker: loads the runtime as fast as it comes in, then answers one call after the other.
//
// In:  {id, call, args}                          a function of nameplate.browser and its arguments, all strings
//      {compiled}                                the WebAssembly, where early-start.mjs compiles it
//      {downloaded}                              the file that it was asked to download
// Out: {type: "progress", stage, loaded, total}  bytes so far, counted after decompression
//      {type: "ready", way, stages}              calls are answered from now on; whether Python came from the "snapshot",
//                                                from "bytecode" or the "stock" way, and when each stage of the start
//                                                ended, in ms of the clock
//      {type: "download", download}              asks early-start.mjs to download this file
//      {type: "failed", message}                 the runtime could not be loaded; this worker is of no more use
//      {type: "answer", id, value}               what the function returned, a string
//      {type: "refused", id, message}            the function raised an exception
import { at } from "./assets.mjs";
import manifest from "./manifest.mjs";
import { filesFromHost } from "./startup/files-from-host.mjs";
import { filesFromPage } from "./startup/files-from-page.mjs";
import { startPython } from "./startup/start-python.mjs";

/** @param {object} message */
const post = (message) => self.postMessage(message);

performance.mark("worker");
// The name says who has started this worker. After a failure the browser may hold a broken copy of a file, so everything
// is loaded past its cache, and without the snapshot.
const reload = self.name.endsWith("reload");
const fromHost = filesFromHost(reload ? { cache: "reload" } : {});
const files = self.name.endsWith("early") ? filesFromPage(fromHost) : fromHost;
const starting = startPython(files, { snapshot: !reload }, (progress) => post({ type: "progress", ...progress }));
starting.then(
  ({ way }) => post({ type: "ready", way, stages: stages() }),
  (error) => post({ type: "failed", message: String(error?.message ?? error) }),
);

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  if (!call) return; // for files-from-page.mjs
  try {
    post({ type: "answer", id, value: await answer(call, args) });
  } catch (error) {
    post({ type: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
});

/** @type {Promise<void> | undefined} */
let completed;
/** What was learnt from the example requests, on its way. @type {Promise<string> | undefined} */
let lesson;
/** @type {Promise<void> | undefined} */
let learnt;

// The calls that read requests in people's words.
const LEARNT = new Set(["choice", "prepare"]);

async function fetchLesson() {
  const response = await fetch(at(manifest.requests.path));
  if (!response.ok) throw new Error(`${manifest.requests.path}: ${response.status}`);
  return response.text();
}

/** Give Python what was learnt from the example requests. If that fails, the next call tries again. */
async function learn() {
  try {
    await answer("learn", [await (lesson ??= fetchLesson())]);
  } catch (error) {
    lesson = undefined;
    learnt = undefined;
    throw error;
  }
}

/**
 * @param {string} call
 * @param {string[]} args
 */
async function answer(call, args) {
  if (LEARNT.has(call)) (lesson ??= fetchLesson()).catch(() => {}); // comes in while Python starts; learn() reports a failure
  const { python, complete } = await starting;
  const ask = python[call];
  if (!ask) throw new Error(`nameplate.browser has no ${call}`);
  if (LEARNT.has(call)) await (learnt ??= learn());
  try {
    return ask(...args);
  } catch (error) {
    // A snapshot holds what is often needed. Python gets the rest of its library when it first misses a module.
    const missing = /** @type {any} */ (error)?.type;
    if (missing !== "ModuleNotFoundError" && missing !== "FileNotFoundError" && missing !== "ZipImportError") throw error;
    await (completed ??= complete());
    return ask(...args);
  }
}

function stages() {
  return performance.getEntriesByType("mark").map(({ name, startTime }) => [name, performance.timeOrigin + startTime]);
}
